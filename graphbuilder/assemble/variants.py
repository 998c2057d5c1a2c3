"""Names of one thing whose keys differ: which of a corpus' names are variants of which.

Each rule is safe on its own, and only joins names that the corpus prints: a settled acronym spelled out ("LLM
unlearning"), a class word behind a proper name ("BERT model"), "score" behind a metric, "X of Y" for "Y X",
the forms of a verb ("fine-tuned"), a general word behind a name that stands alone too ("reasoning tasks"), an
adjective for its noun ("distributional shift"), and a short list of synonyms.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
#: A short form that is given inside a longer name: "chain-of-thought (CoT) prompting".
_BRACKET = re.compile(r"\s*\(([A-Za-z0-9-]{2,10})\)\s*")
#: A word of fewer letters is no verb that its gerund alone would show ("cod").
_VERB = 5

_REORDERED = "the same words in another order"

Variant = tuple[str, str, str]


def variants(
    prints: Mapping[str, Counter[str]], types: Mapping[str, EntityType], ledger: Ledger
) -> Iterator[Variant]:
    """Pairs of keys of one thing with the reason: (variant, usual one, reason), in order.

    ``prints`` maps a key to its printed forms with their counts, ``types`` to the type that most papers give.
    """
    for k, other in _reordered(prints):
        yield k, other, _REORDERED
    spelled: dict[str, str] = {}
    for k in sorted(prints):
        form = _usual(prints[k])
        whole = _spelled_out(form, ledger)
        if whole and (whole in prints or whole in spelled):
            yield k, spelled.get(whole, whole), "an acronym in it spelled out"
        elif whole:
            spelled[whole] = k
        name = _without_class_word(form, metric=types.get(k) == "Metric")
        if name and (_is_proper(prints.get(key(name), Counter())) or types.get(key(name)) == "Metric"):
            yield k, key(name), "a class word behind the name"
        plain = _plain(form, prints)
        if plain and types.get(k) in _PLAIN and types.get(plain) in _PLAIN:
            yield k, plain, "a general word with it"
        for same, why in (
            (_alike(form), "forms of one word"),
            (_turned(form), _REORDERED),
            (_without_bracket(form), "a short form in brackets left out"),
        ):
            if same and same in prints:
                yield k, same, why
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
    if spelled[-1] != parts[-1] or words(spelled[-2])[-1:] != words(spelled[-1]):
        return key(" ".join(spelled)) if spelled != parts else None
    return key(" ".join(spelled[:-1])) if spelled != parts else None  # "LoRA adaptation", "GAN network"


def _without_class_word(name: str, metric: bool) -> str | None:
    """A name without the class word behind ("BERT model"); None where there is none or nothing stays."""
    parts = name.replace("-", " ").split()
    for n in (2, 1):
        tail = " ".join(words(" ".join(parts[-n:])))
        if len(parts) > n and (tail in word_list("generic") or (metric and tail == "score")):
            bare = name[: len(name.rstrip()) - sum(map(len, parts[-n:])) - (n - 1)].rstrip(" -")
            return bare if any(c.isupper() for c in bare) else None
    return None


def _without_bracket(name: str) -> str | None:
    """The key of a name without the short form in it, whose first letter one of its words begins with."""
    bracket = _BRACKET.search(name)
    if not bracket or not is_short_form(bracket[1]):
        return None
    initials = {word[0] for word in words(name[: bracket.start()])}
    return key(_BRACKET.sub(" ", name)) if bracket[1][0].casefold() in initials else None


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


def _reordered(prints: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Names of the same three words or more, the commoner order second: the last word stays the last
    ("linear stochastic bandits"), or was the first and is done to the rest ("tracking camera pose").

    Kinds of networks stay apart: a "variational diffusion autoencoder" is no "diffusion variational" one.
    """
    near: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for k in sorted(prints):
        form = _usual(prints[k])
        if form.count(" ") > 1:
            near[" ".join(sorted(part[:2] for part in form.casefold().split()))].append((k, form))
    kept = word_list("turn") | word_list("architecture") | {"based", "of"}
    alike: dict[tuple[str, ...], list[tuple[int, str, tuple[str, ...]]]] = defaultdict(list)
    for k, form in (name for names in near.values() if len(names) > 1 for name in names):
        if kept.isdisjoint(words(form)):
            parts = tuple(map(key, form.split()))
            alike[tuple(sorted(parts))].append((-prints[k].total(), k, parts))
    for same in alike.values():
        (_, usual, order), *others = sorted(same)
        for _, k, parts in others:
            if parts[-1] == order[-1] or _done_to(parts, order) or _done_to(order, parts):
                yield k, usual


def _usual(forms: Counter[str]) -> str:
    """The commonest form, the first of several."""
    return min(forms, key=lambda f: (-forms[f], f)) if len(forms) > 1 else next(iter(forms))


def _done_to(parts: tuple[str, ...], order: tuple[str, ...]) -> bool:
    """Whether the first word says what is done to the rest: "tracking pose", but no "reasoning model"."""
    done = parts[0].endswith("ing") and len(parts[0]) > _VERB and parts[-1] not in word_list("class model")
    return done and (*parts[1:], parts[0]) == order


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
