"""When two printed names are one name: the folding that assembly and questions share.

:func:`key` reads past letter case, plural, hyphen and space, accents, LaTeX and British spelling, and keeps
apart what differs in substance: versions (``LLaMA-2`` and ``LLaMA-3``), sizes (``CIFAR-10`` and
``CIFAR-100``), and numbers that only touch (``LLaMA-2 7B`` is not ``LLaMA-27B``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

_LATEX = re.compile(r"\\(?:text|math)?(?:bf|it|rm|sf|tt|cal|bb|frak|sc|texttt|textsc|emph)\b|[\\${}^_~]")
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*[+#*]*", re.UNICODE)
_ACRONYM_PLURAL = re.compile(r"(?=.*[A-Z].*s$)\w*[A-Z0-9]s$")
#: "SQuAD 2.0" is "SQuAD 2".
_POINT_ZERO = re.compile(r"(?<=\d)(?<!\.\d)\.0$")
#: Capitals of so many letters may be an acronym whose S is no plural: "VITS" is not "ViTs".
_SHORT = 6
_IZE = re.compile(r"^(\w{3,})is(ation|ations|ing|ed|er|ers)$")
#: Words of this shape are spelled with s on both sides of the ocean.
_NOT_IZE = re.compile(
    r"^(?:adv|arise?|compr|concise|dev|disgu|excerc|exerc|improv|like?w|no|po|prec|prom|rev|ra|superv|surpr|"
    r"self-?superv|unsuperv|telev|r|w|enterpr|adverti|franch|desp|dem|circumc|inc|exc|chast)is"
)


@lru_cache(maxsize=500_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, each folded to a singular in American spelling, in order.

    >>> words("Post-Training Quantisations")
    ('post', 'training', 'quantization')
    """
    text = unicodedata.normalize("NFKC", name.replace("&", " and "))
    text = _LATEX.sub("", text)
    if not text.isascii():
        text = "".join(_plain(c) for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    found = _WORD.findall(text)
    if len(found) > 1 and text.isupper() and any(len(word) > _SHORT and word.isalpha() for word in found):
        found = [word.casefold() for word in found]  # a title in capitals: "LANGUAGE MODELS"
    return tuple(map(_singular, found))


@lru_cache(maxsize=1_000_000)
def key(name: str) -> str:
    """The key under which equal names meet: the folded words without space between them.

    Two digits that would touch are kept apart by a hyphen. A name without a letter or digit folds to itself.

    >>> key("LLMs") == key("llm"), key("pre-training") == key("Pretraining")
    (True, True)
    >>> key("LLaMA-2 7B") == key("LLaMA-27B")
    False
    """
    return joined(words(name)) or unicodedata.normalize("NFKC", name).casefold().strip()


def joined(folded: Iterable[str]) -> str:
    """The key of a name from its folded words."""
    whole = ""
    for word in folded:
        whole += "-" + word if whole and whole[-1].isdigit() and word[0].isdigit() else word
    return whole


@lru_cache(maxsize=500_000)
def is_short_form(name: str) -> bool:
    """Whether a name looks like an acronym: one token of 2 to 10 characters, mostly capitals.

    >>> is_short_form("VIB"), is_short_form("LLMs"), is_short_form("pruning")
    (True, True, False)
    """
    token = name[:-1] if _ACRONYM_PLURAL.match(name) and name.endswith("s") else name
    if not 2 <= len(token) <= 10 or " " in token:
        return False
    letters = [c for c in token if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return capitals >= 2 and capitals * 2 >= len(letters)


def is_proper_name(name: str) -> bool:
    """Whether a name is written as no common word is: a capital or digit inside one of its words.

    >>> is_proper_name("LoRA"), is_proper_name("ImageNet-1K subset"), is_proper_name("Chain-of-Thought")
    (True, True, False)
    """
    return any(any(c.isupper() or c.isdigit() for c in word[1:]) for word in name.replace("-", " ").split())


def initials_fit(short: str, long: str) -> bool:
    """Whether ``short`` can stand for ``long``: its letters occur in order, the first at a word's start."""
    letters = [c for c in short.lower().rstrip("s") if c.isalnum()]
    text = long.lower()
    if not letters or not text or text[0] != letters[0]:
        return False
    at = 0
    for c in letters:
        at = text.find(c, at) + 1
        if not at:
            return False
    return True


@cache
def _plain(character: str) -> str:
    """Greek letters by their names, so that β-VAE meets beta-VAE; everything else as it is."""
    name = unicodedata.name(character, "")
    if not (name.startswith("GREEK ") and " LETTER " in name):
        return character
    return name.rsplit(" ", 1)[-1].lower().replace("lamda", "lambda")  # Unicode has it without b


@lru_cache(maxsize=200_000)
def _singular(word: str) -> str:
    british, stems, plurals, singulars = _spelling()
    word = _POINT_ZERO.sub("", word)
    if _ACRONYM_PLURAL.match(word):
        return word[:-1].casefold()
    capitals = word.isupper() and word.endswith("S") and len(word) <= _SHORT
    word = word.casefold()
    if capitals:
        return word
    word = plurals.get(word) or word
    if word not in singulars:
        word = _strip_plural(word)
    stem = british.match(word)
    if stem and not word.startswith(american := stems[stem[0]]):
        word = american + word[stem.end() :]
    match = _IZE.match(word)
    if match and not _NOT_IZE.match(word):
        word = f"{match[1]}iz{match[2]}"
    elif word.endswith("ise") and len(word) > 6 and not _NOT_IZE.match(word):
        word = word[:-3] + "ize"
    return word


def _strip_plural(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


@cache
def _spelling() -> tuple[re.Pattern[str], dict[str, str], dict[str, str], frozenset[str]]:
    tables: dict[str, dict[str, str]] = {"stem": {}, "plural": {}, "singular": {}}
    for line in files("graphbuilder").joinpath("spelling.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, left, *right = line.split("\t")
            tables[kind][left] = right[0] if right else left
    british = re.compile("|".join(map(re.escape, tables["stem"])))
    return british, tables["stem"], tables["plural"], frozenset(tables["singular"])
