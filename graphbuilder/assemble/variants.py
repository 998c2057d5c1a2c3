"""Names of one thing whose keys differ: which of a corpus' names are variants of which.

Each rule is safe on its own, and only joins names that the corpus prints: a settled acronym spelled out ("LLM
unlearning"), a class word behind a proper name ("BERT model"), "score" behind a metric, "X of Y" for "Y X",
the forms of a verb ("fine-tuned"), and a short list of synonyms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cache
from importlib.resources import files

from graphbuilder.assemble.ledger import Ledger, word_list
from graphbuilder.names import is_proper_name, is_short_form, key, words
from graphbuilder.records import EntityType

#: A capitalized word is a name, and no word of a title alone, if so many papers print it.
KNOWN_NAME = 5

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
        turned = _turned(form)
        if turned and turned in prints:
            yield k, turned, "the same words in another order"
        if " " not in form:
            for verb in _verb_forms(k, prints):
                yield verb, k, "forms of one verb"
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


def _is_proper(prints: Counter[str]) -> bool:
    """Whether a name is written as a proper name, and not merely with the capital of a title's word."""
    inside = sum(n for form, n in prints.items() if is_proper_name(form))
    capital = sum(n for form, n in prints.items() if form[:1].isupper())
    return inside * 2 > prints.total() or (prints.total() >= KNOWN_NAME and capital * 2 > prints.total())


def _turned(name: str) -> str | None:
    """The key of "Y X" for "X of Y"; None for any other name."""
    parts = words(name)
    if parts.count("of") != 1 or len(parts) < 3 or set(parts) & (word_list("small") - {"of"}):
        return None
    at = parts.index("of")
    return key(" ".join((*parts[at + 1 :], *parts[:at]))) if 0 < at < len(parts) - 1 else None


def _verb_forms(k: str, prints: Container[str]) -> list[str]:
    """The past and the bare form of a gerund's key that are printed too; no past, no verb ("coding")."""
    past, *bare = f"{k[:-3]}ed", f"{k[:-3]}e", k[:-3]
    return [past, *(form for form in bare if form in prints)] if k.endswith("ing") and past in prints else []


@cache
def _synonyms() -> tuple[tuple[str, ...], ...]:
    text = files("graphbuilder.assemble").joinpath("synonyms.tsv").read_text(encoding="utf-8")
    return tuple(
        tuple(map(key, line.split("\t"))) for line in text.splitlines() if line and not line.startswith("#")
    )
