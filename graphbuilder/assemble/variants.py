"""Names of one thing whose keys differ: which of a corpus' names are variants of which.

Each rule is safe on its own, and only joins names that the corpus prints: a settled acronym spelled out ("LLM
unlearning"), a class word behind a proper name ("BERT model"), "score" behind a metric, "X of Y" for "Y X",
the forms of a verb ("fine-tuned"), a general word behind a name that stands alone too ("reasoning tasks"), an
adjective for its noun ("distributional shift"), and a short list of synonyms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from graphbuilder.assemble.ledger import Ledger, word_list
from graphbuilder.names import is_proper_name, is_short_form, key, words
from graphbuilder.records import EntityType

#: A capitalized word is a name, and no word of a title alone, if so many papers print it.
KNOWN_NAME = 5

#: Types of which a general word behind a name makes nothing else.
_PLAIN = ("Method", "Concept")

#: Endings of a quality or an action, and of its adjective or verb.
_ENDINGS = (
    ("ability", "able"),
    ("ence", "ent"),
    ("ation", "ate"),
    ("ation", "ating"),
    ("ation", "ing"),
    ("ization", "ize"),
    ("ization", "ized"),
    ("ization", "izing"),
)
#: A word of fewer letters is no verb that its gerund alone would show ("cod").
_VERB = 5

Variant = tuple[str, str, str]


def variants(
    prints: Mapping[str, Counter[str]], types: Mapping[str, EntityType], ledger: Ledger
) -> Iterator[Variant]:
    """Pairs of keys of one thing with the reason: (variant, usual one, reason), in order.

    ``prints`` maps a key to its printed forms with their counts, ``types`` to the type that most papers give.
    """
    spelled: dict[str, str] = {}
    for k in sorted(prints):
        form = min(prints[k], key=lambda f: (-prints[k][f], f))
        whole = _spelled_out(form, ledger)
        if whole and (whole in prints or whole in spelled):
            yield k, spelled.get(whole, whole), "an acronym in it spelled out"
        elif whole:
            spelled[whole] = k
        bare = _without_class_word(form, metric=types.get(k) == "Metric")
        if bare and (_is_proper(prints.get(key(bare), Counter())) or types.get(key(bare)) == "Metric"):
            yield k, key(bare), "a class word behind the name"
        plain = _plain(form, prints)
        if plain and types.get(k) in _PLAIN and types.get(plain) in _PLAIN:
            yield k, plain, "a general word with it"
        alike = _alike(form)
        if alike and alike in prints:
            yield k, alike, "forms of one word"
        turned = _turned(form)
        if turned and turned in prints:
            yield k, turned, "the same words in another order"
        if " " not in form:
            for word in (*_verb_forms(k, prints), *_qualities(k, prints)):
                yield word, k, "forms of one word"
    for synonyms in _synonyms():
        known = [s for s in synonyms if s in prints]
        for other in known[1:]:
            yield other, known[0], "synonyms"


def _spelled_out(name: str, ledger: Ledger) -> str | None:
    """The key of a name with the acronyms in it spelled out ("LLM unlearning"); None if there are none."""
    parts = name.replace("-", " ").split()
    if len(parts) < 2:
        return None
    spelled = [(ledger.settled(key(part)) if is_short_form(part) else None) or part for part in parts]
    return key(" ".join(spelled)) if spelled != parts else None


def _without_class_word(name: str, metric: bool) -> str | None:
    """A name without the class word behind ("BERT model"); None where there is none or nothing stays."""
    parts = name.replace("-", " ").split()
    for n in (2, 1):
        tail = " ".join(words(" ".join(parts[-n:])))
        if len(parts) > n and (tail in word_list("generic") or (metric and tail == "score")):
            bare = name[: len(name.rstrip()) - sum(map(len, parts[-n:])) - (n - 1)].rstrip(" -")
            return bare if any(c.isupper() for c in bare) else None
    return None


def _plain(name: str, prints: Mapping[str, Counter[str]]) -> str | None:
    """The key of a name without a general word ("attention mechanism"), where that is printed too.

    One word must be known and say something by itself: "learning" and "learning method" are two things.
    """
    parts = name.replace("-", " ").split()
    tail = words(parts[-1]) if len(parts) > 1 else ()
    if len(parts) > 1 and parts[0].lower() in word_list("lead"):
        parts = parts[1:]
    elif tail and (tail[0] in word_list("tail") or _is_said(parts[-2], tail[0])):
        parts = parts[:-1]
    else:
        return None
    bare = key(" ".join(parts))
    forms = prints.get(bare, Counter())
    several = any(len(form.replace("-", " ").split()) > 1 for form in forms)
    known = forms.total() >= KNOWN_NAME and bare not in word_list("vague")
    return bare if several or (forms and known) else None


def _is_said(word: str, tail: str) -> bool:
    """Whether a word says already what is behind it, as in "diffusion transformer models"."""
    return (tail == "model" and not word_list("architecture").isdisjoint(words(word))) or (
        tail == "function" and words(word) == ("loss",)
    )


def _alike(name: str) -> str | None:
    """The key of a name with its adjectives made nouns ("distributional shift"); None for any other."""
    parts = words(name)
    nouns = tuple(_nouns().get(part, part) for part in parts if part != "based")  # "CNN-based models"
    return key(" ".join(nouns)) if len(nouns) > 1 and nouns != parts else None


@cache
def _nouns() -> Mapping[str, str]:
    return dict(pair.split("=") for pair in word_list("same"))


def _is_proper(prints: Counter[str]) -> bool:
    """Whether a name is written as a proper name, and not merely with the capital of a title's word."""
    inside = sum(n for form, n in prints.items() if is_proper_name(form))
    capital = sum(n for form, n in prints.items() if form[:1].isupper())
    known = prints.total() >= KNOWN_NAME and capital * 2 > prints.total()
    return inside * 2 > prints.total() or known or 1 < prints.total() == capital


def _turned(name: str) -> str | None:
    """The key of "Y X" for "X of Y"; None for any other name."""
    parts = words(name)
    if parts.count("of") != 1 or len(parts) < 3 or set(parts) & (word_list("small") - {"of"}):
        return None
    at = parts.index("of")
    return key(" ".join((*parts[at + 1 :], *parts[:at]))) if 0 < at < len(parts) - 1 else None


def _verb_forms(k: str, prints: Mapping[str, Counter[str]]) -> list[str]:
    """The past and the bare form of a gerund's key that are printed too; "models" shows a noun, no verb."""
    if not k.endswith("ing"):
        return []
    past = f"{k[:-3]}ed"
    stems = [k[:-3], f"{k[:-3]}e", *([k[:-4]] if k[-4:-3] == k[-5:-4] else [])]
    bare = [s for s in stems if s in prints and (past in prints or not _has_plural(prints[s]))]
    return [*([past] if past in prints else []), *(s for s in bare if len(s) >= _VERB or past in prints)]


def _qualities(k: str, prints: Mapping[str, Counter[str]]) -> list[str]:
    """Other forms of a quality or an action that are printed too: "interpretable" of "interpretability"."""
    forms = [k[: -len(ending)] + other for ending, other in _ENDINGS if k.endswith(ending)]
    return [form for form in forms if form in prints and not _has_plural(prints[form])]


def _has_plural(prints: Counter[str]) -> bool:
    return any(form.endswith("s") for form in prints)


@cache
def _synonyms() -> tuple[tuple[str, ...], ...]:
    text = files("graphbuilder.assemble").joinpath("synonyms.tsv").read_text(encoding="utf-8")
    return tuple(
        tuple(map(key, line.split("\t"))) for line in text.splitlines() if line and not line.startswith("#")
    )
