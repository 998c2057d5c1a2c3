"""Acronyms that a text defines: "Variational Information Bottleneck (VIB)", "LLMs (large language models)".

After Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical
text", with these changes: initials of words are tried before letters inside words, the long form never
reaches over a sentence border, hyphenated words give an initial for each part, a plural s of the short
form needs no letter, and brackets that hold citations, list marks or examples are passed over. Besides
brackets, a title may define its name ("VIB: Variational Information Bottleneck for ..."), and words may
("VIB, which stands for Variational Information Bottleneck").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphbuilder.extract.lexicon import listed
from graphbuilder.extract.sentences import sentence_of
from graphbuilder.records import Definition, Span

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{1,120})(?=[)\](\[])")
_SHORT = re.compile(r"[^\W_](?:[^\W_]|[-‐‑–./&+*'’ ](?=[^\W_])|[+*]){0,19}\Z")
_NO_SHORT = re.compile(
    r"(?:[ivx]+|[a-z]|\d[\d.,]*|[A-Z]|(?:19|20)\d\d|.*\b(?:19|20)\d\d[a-z]?"
    r"|(?:Fig|Sec|Tab|Eq|Table|Figure|Section)\b.*)\Z"
)
_LEAD = re.compile(
    r"(?:rm|or|termed|called|dubbed|denoted|abbreviated(?:\ as)?|aka|a\.k\.a\.|i\.e\.,?|namely|short"
    r"|hereafter)\s+"
)
_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)?")
_NAMED = re.compile(r"(\S{2,20}):\s+(?:(?:An?|The)\s+)?(?=[A-Z])")
_STANDS = re.compile(
    r"(?<!\S)[\"'“‘]?([^\s()\[\],;:\"'“”‘’]{2,20})[\"'”’]?,?\s+(?:which\s+|that\s+)?"
    r"(?:stands|standing|short|is\s+short)\s+for\s+(?:the\s+)?[\"'“‘]?(?=\w)"
)
#: Words inside a long form that may give no letter, and last words that belong to none.
_SKIPPED = listed("definitions", "skipped")
_GENERIC = listed("definitions", "generic")
_HARD = re.compile(r"[;:!?()\[\]{}]")


def find(text: str, sentences: Sequence[Span]) -> tuple[Definition, ...]:
    """All pairs of short and long form in the order of place, each pair of forms once."""
    found: dict[tuple[str, str], Definition] = {}
    for definition in (*_titled(text, sentences), *_all(text, sentences)):
        found.setdefault((definition.short, definition.long.lower()), definition)
    return tuple(found.values())


def _titled(text: str, sentences: Sequence[Span]) -> Iterator[Definition]:
    """A title's name and the words behind the colon; a name and the words that it is said to stand for."""
    title = _NAMED.match(text)
    said = _STANDS.finditer(text) if "stand" in text or "short" in text else ()
    for match in (*([title] if title else ()), *said):
        short = match[1]
        border = sentence_of(sentences, match.start())[1]
        if _is_short(short) and sum(c.isupper() for c in short) >= 2 and short[-1] != "s":
            end = _initialled(text, short, match.end(), border)
            if end:
                yield Definition(short, text[match.end() : end], match.span(1), (match.end(), end))


def _initialled(text: str, short: str, start: int, border: int) -> int | None:
    """Where the words from ``start`` have given all letters of ``short``, one initial each, small words none.

    There the phrase must end too: with the sentence, at a mark, or before a small or generic word.
    """
    letters = [c.lower() for c in short if c.isalnum()]
    hard = _HARD.search(text, start, border)
    words = _WORD.finditer(text, start, hard.start() if hard else border)
    for word in words:
        if letters and word[0][0].lower() == letters[0]:
            letters.pop(0)
        elif word[0].lower() not in _SKIPPED:
            return None
        if not letters:
            after = next(words, None)
            ends = not after or text[word.end()] in ",." or after[0].lower() in _SKIPPED | _GENERIC
            return word.end() if ends else None
    return None


def _all(text: str, sentences: Sequence[Span]) -> Iterator[Definition]:
    for bracket in _BRACKET.finditer(text):
        sentence = sentence_of(sentences, bracket.start())
        inner_start = bracket.start(1)
        lead = _LEAD.match(bracket[1])
        if lead:
            inner_start += lead.end()
        inner = text[inner_start : bracket.end(1)]
        # "(VIB; Alemi et al., 2017)", "(SSL, for short)": the first piece is the candidate
        piece = re.split(r"[;,]|\bfor short\b| -- ", inner, maxsplit=1)[0].strip(" \"'“”‘’`*")
        at = text.find(piece, inner_start) if piece else -1
        if at < 0:
            continue
        listed = any(_is_short(p.strip()) for p in re.split(r",| and ", inner[len(piece) :]))
        if _is_short(piece) and not listed:
            long = long_form(text, piece, sentence[0], bracket.start())
            if long:
                yield Definition(piece, text[long[0] : long[1]], (at, at + len(piece)), long)
                continue
        before = re.search(
            r"[^\s()\[\]{},;:]{2,20}\s?\Z", text[max(sentence[0], bracket.start() - 22) : bracket.start()]
        )
        if before and len(re.split(r"[\s-]", piece)) >= 2:
            short = before.group().strip(" \"'“”‘’`*")
            start = text.rfind(short, 0, bracket.start())
            if _is_short(short) and sum(c.isupper() for c in short) >= 2:
                capitals = short.split("-")[0]  # "PCB-Merging (Parameter Competition Balancing)"
                for form in (short, capitals) if len(capitals) > 2 and capitals.isupper() else (short,):
                    long = long_form(text, form, at, at + len(piece))
                    if long and long[0] == at and form == short:
                        yield Definition(short, text[slice(*long)], (start, start + len(short)), long)
                        break
                    if long == (at, at + len(piece)):
                        yield Definition(form, piece, (start, start + len(form)), long)
                        break


def _is_short(form: str) -> bool:
    return (
        2 <= len(form) <= 20
        and form.count(" ") <= 1
        and any(c.isupper() for c in form)
        and bool(_SHORT.match(form))
        and not _NO_SHORT.match(form)
    )


def long_form(text: str, short: str, start: int, end: int) -> Span | None:
    """The span in ``text[start:end]``, ending where that ends, whose letters ``short`` abbreviates.

    A last word such as "framework" stays out where the letters do not need it.
    """
    start = max(start, end - 30 * (len(short) + 4))
    end = start + len(re.sub(r"['’]s\Z", "", text[start:end].rstrip()).rstrip(" \"'“”‘’`*\\{}~"))
    for hard in _HARD.finditer(text, start, end):
        start = hard.end()
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    if not words or words[-1][1] < end - 2:
        return None
    words = words[-(2 * len(short) + 4) :]
    generic = text[slice(*words[-1])].lower() in _GENERIC and len(words) > 1
    for letters in _spellings(short):
        needless = generic and text[words[-1][0]].lower() != letters[-1]
        for matcher, last in (
            (_initials, words),
            (_initials, words[:-1]),
            (_inside, words[:-1]),
            (_inside, words),
        ):
            if last is not words and not needless:
                continue
            at = matcher(text, last, letters)
            if at is None:
                continue
            while at > words[0][0] and text[at - 1] in "-‐‑":  # "multi-modal": from the start of the compound
                at = max(w[0] for w in words if w[0] < at)
            if _plausible(text, short, at, last[-1][1], len(letters)):
                return at, last[-1][1]
    return None


def _spellings(short: str) -> Iterator[list[str]]:
    """The letters that the long form must have: without a plural s, as they stand, with "A2" as "AA"."""
    letters = [c.lower() for c in short if c.isalnum()]
    if letters[-1] == "s" and len(letters) > 2 and short[-1] == "s":
        yield letters[:-1]
    yield letters
    counted = re.sub(r"([^\W\d_])([234])|([234])([^\W\d_])", _repeat, "".join(letters))
    if counted != "".join(letters):
        yield list(counted)


def _repeat(match: re.Match[str]) -> str:
    """ "A2" and "3D" as so many letters."""
    return match[1] * int(match[2]) if match[1] else match[4] * int(match[3])


def _initials(text: str, words: Sequence[Span], letters: Sequence[str]) -> int | None:
    """Each letter is the initial of a word, in order and without gaps but for words such as "of"."""
    i = len(words)
    for letter in reversed(letters):
        while True:
            i -= 1
            if i < 0:
                return None
            word = text[words[i][0] : words[i][1]].lower()
            if word[0] == letter or (letter == "x" and word.startswith(("ex", "cross", "trans"))):
                break
            if word not in _SKIPPED:
                return None
    return words[i][0]


def _inside(text: str, words: Sequence[Span], letters: Sequence[str]) -> int | None:
    """Schwartz & Hearst: letters in order from the right, the first one at the start of a word."""
    begins = {w[0] for w in words}
    # "XMC" of "extreme multi-label classification": x is the second letter of its word
    begins |= {w[0] + 1 for w in words if letters[0] == "x" and text[w[0] : w[0] + 2].lower() == "ex"}
    at = words[-1][1]
    for k in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= words[0][0] and (text[at].lower() != letters[k] or (k == 0 and at not in begins)):
            at -= 1
        if at < words[0][0]:
            return None
    return at if at in {w[0] for w in words} else at - 1


def _plausible(text: str, short: str, start: int, end: int, letters: int) -> bool:
    long = text[start:end]
    words = long.split()
    return (
        letters > 1
        and len(long) > len(short)
        and len(words) <= min(letters + 5, 2 * letters)
        and short not in words
        and words[0].lower() not in _SKIPPED
        and not any(word[0].isdigit() and word[-1].isdigit() for word in words)
    )
