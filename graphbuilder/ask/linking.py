"""From the words of a question to what they stand for in the graph and in the papers' text.

A span of the question becomes a :class:`Phrase`: the entities that it names through any of their forms, and
the parts whose words a sentence must have to speak of it. "hallucinations in large language models" is no
entity, but two parts; each is known by all its forms ("LLMs").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from graphbuilder.ask.index import Entity, Index, Text
from graphbuilder.ask.language import Token, fold, is_filler, is_generic, stem, stems, tokens, vocabulary
from graphbuilder.names import is_short_form
from graphbuilder.records import ENTITY_TYPES

Stems = tuple[str, ...]
Span = tuple[int, int]

#: Words of a phrase that may stand together as one name.
_LONGEST_NAME = 8
#: What a generic word (model, task) weighs beside one with content.
_GENERIC_WEIGHT = 0.25
#: An alias of one word stands for its name when this share of the papers that say it say another form.
_MOSTLY = 0.4
#: A name's core stands for it when this share of the papers that say the core say the name.
_HALF = 0.5
#: Missing parts of a phrase weigh more than their share.
_ALL_PARTS = 1.5
#: ... and no more than one paper in seven says the core.
_RARE = 2.0


@dataclass(frozen=True)
class Part:
    """Words that stand for one thing; ``forms`` are the stems of its names, the words as asked first.

    ``owners`` are the papers in which the graph found the thing: elsewhere a one-word alias (``short``, such
    as "TTS") may stand for something else, and counts only beside another form. ``cased`` are the forms of
    one word that stand for the thing only where they are written as a short form: mAP, but not map.
    """

    text: str
    forms: tuple[Stems, ...]
    entities: tuple[Entity, ...]
    weight: float
    short: tuple[Stems, ...] = ()
    owners: frozenset[str] = frozenset()
    cased: frozenset[Stems] = frozenset()

    def is_written(self, word: Token) -> bool:
        """Whether a word that has the stem of a form is also written as it has to be."""
        return (word.stem,) not in self.cased or not _is_small(word.text)

    def forms_in(self, text: Text) -> tuple[Stems, ...]:
        """The forms that stand for the thing in a paper."""
        if not self.short or text.id in self.owners:
            return self.forms
        others = tuple(form for form in self.forms if form not in self.short)
        said = any(self._printed[form] in unit for form in others for unit in text.stems)
        return self.forms if said else others

    @cached_property
    def _printed(self) -> dict[Stems, str]:
        return {form: f" {' '.join(form)} " for form in self.forms}

    def strengths(self, text: Text, rarity: dict[str, float]) -> list[float]:
        """How fully the title and each sentence of a paper speak of the part, 0 to 1."""
        forms = self.forms_in(text)
        if not self.cased:
            return [self._strength(unit, rarity, forms) for unit in text.stems]
        return [
            self._strength(unit, rarity, tuple(f for f in forms if self._is_written_in(f, text, number)))
            for number, unit in enumerate(text.stems)
        ]

    def _is_written_in(self, form: Stems, text: Text, number: int) -> bool:
        if form not in self.cased or f" {form[0]} " not in text.stems[number]:
            return True
        return any(self.is_written(word) for word in text.words(number) if word.stem == form[0])

    def _strength(self, unit: str, rarity: dict[str, float], forms: tuple[Stems, ...]) -> float:
        """1 for a name of the part among a unit's stems, less for its words apart."""
        if any(self._printed[form] in unit for form in forms):
            return 1.0
        best = 0.0
        for form in forms:
            if len(form) > 1:
                total = sum(rarity[s] for s in form)
                there = sum(rarity[s] for s in form if f" {s} " in unit)
                share = there / total
                if share > 1 - 1e-9:
                    near = _close(unit.split(), form, len(form) + 2)
                    share *= 0.9 if near and not any(map(is_filler, form)) else 0.6
                else:
                    share *= 0.6
                best = max(best, share)
        return best


@dataclass(frozen=True, eq=False)
class Phrase:
    """What a span of the question stands for.

    ``entities`` are those that the whole span names, with ``narrower`` ones below them; ``corrected`` maps
    words as typed to the known word that was read instead, ``unknown`` are words that no paper has. A phrase
    with ``options`` is said by whatever says one of them ("time-series or graph models").
    """

    text: str
    parts: tuple[Part, ...]
    entities: tuple[Entity, ...] = ()
    narrower: tuple[Entity, ...] = ()
    labels: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    rarity: dict[str, float] = field(default_factory=dict)
    options: tuple[Phrase, ...] = ()

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the entities that the phrase names, the narrower ones too."""
        own = [e.id for e in (*self.entities, *self.narrower) if e.label in ENTITY_TYPES]
        return [*own, *(i for option in self.options for i in option.ids)]

    @cached_property
    def id_set(self) -> frozenset[str]:
        """The ids, to look one up."""
        return frozenset(self.ids)

    def strengths(self, text: Text) -> list[float]:
        """How fully the title and each sentence of a paper speak of the phrase, 0 to 1."""
        if self.options:
            return [max(column) for column in zip(*(o.strengths(text) for o in self.options), strict=True)]
        found = []
        total = sum(part.weight for part in self.parts) or 1.0
        whole = f" {' '.join(s for part in self.parts for s in part.forms[0])} " if self.parts else ""
        strengths = [part.strengths(text, self.rarity) for part in self.parts]
        for number, unit in enumerate(text.stems):
            if len(self.parts) > 1 and whole in unit:
                found.append(1.0)
                continue
            said = (p.weight * s[number] for p, s in zip(self.parts, strengths, strict=True))
            share = sum(said) / total
            found.append(share**_ALL_PARTS if len(self.parts) > 1 else share)
        return found


def either(text: str, options: Sequence[Phrase]) -> Phrase:
    """A phrase that is said wherever one of several is."""
    return Phrase(
        text=text,
        parts=tuple(dict.fromkeys(part for option in options for part in option.parts)),
        corrected=tuple(dict.fromkeys(c for option in options for c in option.corrected)),
        unknown=tuple(dict.fromkeys(u for option in options for u in option.unknown)),
        rarity={s: r for option in options for s, r in option.rarity.items()},
        options=tuple(options),
    )


class Linker:
    """Finds what spans of a question stand for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.link = lru_cache(maxsize=20_000)(self._link)
        self.name = lru_cache(maxsize=20_000)(self._name)

    def _name(self, text: str) -> Phrase:
        """A name as the graph has it, by its forms alone: what its mentions are marked by."""
        own = stems(text)
        entities = self._index.named("".join(own))
        printed = _printed(entities)
        forms = tuple(form for form in dict.fromkeys((own, *map(stems, printed))) if form)
        cased = _cased((own, *forms), (text, *printed))
        return Phrase(text, (Part(text, forms, entities, 1.0, cased=cased),), entities)

    def _link(self, text: str) -> Phrase:
        """The phrase that a span of a question stands for."""
        words, corrected, unknown = self._known(self._trim(tokens(text), text))
        if not words:
            return Phrase(text, (), unknown=unknown)
        core, labels = _without_kind(words)
        entities = (self._entities(words) or self._entities(core)) if core else ()
        parts: tuple[Part, ...] = ()
        if entities:
            parts = (self._part(core or words, entities, alone=True),)
        elif core:
            named = any(self._entities(words[-n:]) for n in range(2, min(len(words), _LONGEST_NAME)))
            parts = tuple(self._parts(words if named else core, text))
        below = (n for e in entities if e.label in ENTITY_TYPES for n in self._index.narrower(e.id))
        narrower = {n.id: n for n in sorted(below, key=lambda n: (-n.papers, n.id))}
        rarity = {s: self._weigh(s) for part in parts for form in part.forms for s in form}
        options: tuple[Phrase, ...] = ()
        if entities and sum(not is_generic(w.stem) and not is_filler(w.stem) for w in core or words) > 2:
            # a long name may also be said in pieces
            pieces = tuple(self._parts(core or words, text, whole=False))
            both = {**rarity, **{s: self._weigh(s) for part in pieces for form in part.forms for s in form}}
            options = (Phrase(text, parts, rarity=rarity), Phrase(text, pieces, rarity=both))
        return Phrase(
            text=text,
            parts=parts,
            entities=entities,
            narrower=tuple(narrower.values()),
            labels=labels,
            corrected=corrected,
            unknown=unknown,
            rarity=rarity,
            options=options,
        )

    def _known(self, words: list[Token]) -> tuple[list[Token], tuple[tuple[str, str], ...], tuple[str, ...]]:
        """The words with typing slips mended, what was mended, and what no paper has."""
        mended, corrected, unknown = [], [], []
        for word in words:
            if is_filler(word.stem) or self._index.papers_with((word.stem,)) or self._index.knows(word.text):
                mended.append(word)
            elif not _is_code(word.text) and (near := self._index.near_words(word.text)):
                mended.append(Token(near[0], stem(near[0]), word.start, word.end))
                corrected.append((word.text, near[0]))
            else:
                mended.append(word)
                unknown.append(word.text)
        return mended, tuple(corrected), tuple(unknown)

    def _entities(self, words: list[Token]) -> tuple[Entity, ...]:
        key = "".join(w.stem for w in words)
        found = self._index.named(key) if key else ()
        return tuple(e for e in found if e.label != "Author")

    def _parts(self, words: list[Token], text: str, whole: bool = True) -> list[Part]:
        """Cut a phrase into the fewest names that the graph knows, words joined by hyphens, and words.

        Of two ways with as many the one with the better known names is taken: "personalized" and
        "text-to-image generation".
        """
        longest = min(_LONGEST_NAME, len(words) if whole else len(words) - 1)
        # the best way to cut what stands behind each place: how many parts, how unknown, their spans
        best: list[tuple[int, float, tuple[Span, ...]]] = [(0, 0.0, ())] * (len(words) + 1)
        for at in reversed(range(len(words))):
            joined = max(_joined(words, at, text), self._compound(words, at))
            best[at] = best[at + 1]
            empty = is_filler(words[at].stem) and joined == at + 1
            ways = []
            for end in range(joined + empty, min(len(words), at + longest) + 1):
                if self._is_name(words[at:end]) or (end == joined and not empty):
                    known = max((e.papers for e in self._things(words[at:end])), default=0)
                    count, unknown, spans = best[end]
                    ways.append((count + 1, unknown - math.log1p(known), ((at, end), *spans)))
            best[at] = min(ways, default=best[at])
        return [self._part(words[a:b], self._things(words[a:b])) for a, b in best[0][2]]

    def _is_name(self, words: list[Token]) -> bool:
        """Whether the graph or the field has a name for words."""
        if is_filler(words[-1].stem):
            return False
        return bool(
            self._things(words) or tuple(w.stem for w in words) in _short_forms() or self._glued(words)
        )

    def _things(self, words: list[Token]) -> tuple[Entity, ...]:
        return tuple(e for e in self._entities(words) if e.label in ENTITY_TYPES)

    def _trim(self, words: list[Token], text: str) -> list[Token]:
        """The words without the empty ones around them; "in-context", "novel view synthesis" stay whole."""
        first, last = 0, len(words)
        while last > first and is_filler(words[last - 1].stem):
            last -= 1
        while first < last and is_filler(words[first].stem) and _joined(words, first, text) == first + 1:
            if any(self._is_name(words[first:end]) for end in range(first + 2, last + 1)):
                break
            first += 1
        return words[first:last]

    def _compound(self, words: list[Token], at: int) -> int:
        """The end of a compound with a generic head: "dataset distillation" is no distillation."""
        pair = tuple(w.stem for w in words[at : at + 2])
        if len(pair) < 2 or not is_generic(pair[0]) or is_generic(pair[1]) or is_filler(pair[1]):
            return at + 1
        return at + 2 if self._index.papers_with(pair) else at + 1

    def _part(self, words: list[Token], entities: tuple[Entity, ...], alone: bool = False) -> Part:
        asked = tuple(w.stem for w in words)
        forms = [asked]
        for entity in entities:
            if entity.label not in ENTITY_TYPES:
                continue
            for form in (entity.name, *entity.aliases):
                sequence = tuple(t.stem for t in tokens(form))
                if sequence and sequence not in forms and not _is_plain_word(form, sequence):
                    forms.append(sequence)
        named = {stems(e.name) for e in entities if e.label == "Dataset"}
        forms = [asked, *(f for f in forms[1:] if len(f) > 1 or f in named or self._stands_for(f, forms))]
        forms = [asked, *(f for f in forms[1:] if not _says_less(f, asked))]
        short = tuple(f for f in forms[1:] if len(f) == 1 and f not in named)
        forms += [f for f in _short_forms().get(asked, ()) if f not in forms]
        forms += [f for f in self._glued(words) if f not in forms]
        for name in list(forms):
            heart = _heart(name)
            if heart and heart not in forms and len(heart) < len(name) and self._same(name, heart):
                forms.append(heart)
        text = " ".join(w.text for w in words)
        content = [s for s in asked if not is_filler(s)]
        weight = max((self._weigh(s) for s in content), default=0.1)
        if len(content) > 1:
            whole = self._index.rarity(asked) if self._index.papers_with(asked) else 0.0
            weight = max(weight, whole, 0.6 * sum(map(self._weigh, content)))
        owners = frozenset(
            paper
            for entity in entities
            if entity.label in ENTITY_TYPES
            for paper, _, _ in self._index.roles(entity=entity.id)
        )
        cased = _cased(forms, (*_printed(entities), *_printed_short_forms()))
        if len(words) == 1 and not is_short_form(text):
            # typed in small letters it may be the word itself, unless it is all that is asked
            names = {fold(form) for form in _printed(entities)}
            cased -= set() if alone and fold(text) in names else {asked}
        return Part(text, tuple(forms), entities, weight, short, owners, cased)

    def _glued(self, words: list[Token]) -> tuple[Stems, ...]:
        """The one word that some papers write for two: HuggingFace, timeseries, backpropagation."""
        plain = (w.text.isalpha() and len(w.text) > 2 and not is_filler(w.stem) for w in words)
        if len(words) != 2 or not all(plain):
            return ()
        one = (stem("".join(w.text for w in words)),)
        return (one,) if self._index.papers_with(one) else ()

    def _stands_for(self, alias: Stems, forms: list[Stems]) -> bool:
        """Whether the papers that say a one-word alias mostly say another form too: it means the same."""
        having = self._index.papers_with(alias)
        others: set[int] = set()
        for form in forms:
            if form != alias:
                others |= self._index.papers_with(form)
        return not having or len(having & others) >= _MOSTLY * len(having)

    def _same(self, form: Stems, core: Stems) -> bool:
        """Whether papers that say the core mean the form: "unlearning" is "machine unlearning" here."""
        whole, having = self._index.papers_with(form), self._index.papers_with(core)
        return len(whole) >= _HALF * len(having) and self._index.rarity(core) > _RARE

    def _weigh(self, one: str) -> float:
        rarity = max(0.15, self._index.rarity((one,)))
        return rarity * (_GENERIC_WEIGHT if is_generic(one) else 0.05 if is_filler(one) else 1.0)


def has_synonym(form: Stems) -> bool:
    """Whether the field has another name for these words."""
    return form in _short_forms()


@lru_cache(maxsize=1)
def _printed_short_forms() -> tuple[str, ...]:
    """The forms of one word among them, as they are printed."""
    groups = (*vocabulary()["short_forms"], *vocabulary()["synonyms"])
    return tuple(form for group in groups for form in group if " " not in form)


@lru_cache(maxsize=1)
def _short_forms() -> dict[Stems, tuple[Stems, ...]]:
    """The other forms of what the field abbreviates, or calls by two names, without a word."""
    groups = [
        tuple(stems(form) for form in group)
        for group in (*vocabulary()["short_forms"], *vocabulary()["synonyms"])
    ]
    others: dict[Stems, tuple[Stems, ...]] = {}
    for group in groups:
        for form in group:
            others[form] = tuple(dict.fromkeys((*others.get(form, ()), *(f for f in group if f != form))))
    return others


#: Kinds that are taken off a name, and those that stand alone.
_LEFT = ("Dataset", "Metric", "Method", "Concept")
_ALONE = ("Dataset", "Metric", "Survey")


def _without_kind(words: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """Take off the word that says what kind of thing is meant: "the Kinetics dataset" is a Dataset.

    A kind alone ("a benchmark") leaves nothing but its label.
    """
    kinds: dict[str, str] = {w: label for label, listed in vocabulary()["kinds"].items() for w in listed}
    labels = []
    while words and (kind := kinds.get(words[-1].text.casefold())):
        alone = kind in _ALONE or (kind == "Method" and is_generic(words[-1].stem))
        if not (kind in _LEFT if len(words) > 1 else alone):
            break
        labels.append(kind)
        words = words[:-1]
    if labels and labels[-1] in _ALONE and all(is_generic(w.stem) or is_filler(w.stem) for w in words):
        words = []  # "an evaluation metric"
    return words, tuple(labels)


def _joined(words: list[Token], at: int, text: str) -> int:
    """The end of the words that hyphens join to the word there."""
    end = at + 1
    while end < len(words) and text[words[end - 1].end : words[end].start] in ("-", "", "/"):
        end += 1
    return end


def _heart(name: Stems) -> Stems:
    """A name without the empty words around it: "unlearning" of "machine unlearning"."""
    told = [at for at, one in enumerate(name) if not is_generic(one) and not is_filler(one)]
    return name[told[0] : told[-1] + 1] if told else ()


def _says_less(form: Stems, asked: Stems) -> bool:
    """Whether a form leaves out what was asked for: "machine translation" for the multimodal kind, MT too."""
    if len(form) == 1:
        return len(form[0]) < sum(not is_filler(s) for s in asked) and len(asked) > 1
    return set(form) < set(asked)


def _is_code(word: str) -> bool:
    """Whether a word is spelled as a name or an acronym, where one letter makes another thing."""
    return any(c.isdigit() for c in word) or sum(c.isupper() for c in word) > 1


def _close(words: list[str], form: Stems, width: int) -> bool:
    """Whether the words of a name stand near each other, in any order."""
    wanted = set(form)
    return any(wanted <= set(words[at : at + width]) for at in range(max(1, len(words) - width + 1)))


def _printed(entities: Sequence[Entity]) -> list[str]:
    """All names of things, as the graph has them."""
    return [form for e in entities if e.label in ENTITY_TYPES for form in (e.name, *e.aliases)]


def _cased(forms: Sequence[Stems], printed: Sequence[str]) -> frozenset[Stems]:
    """The forms of one word that are printed as short forms alone: VIB and mAP, but not Dice and DICE."""
    found: dict[Stems, bool] = {}
    for name in printed:
        if " " not in name and len(sequence := stems(name)) == 1:
            found[sequence] = found.get(sequence, True) and is_short_form(name)
    return frozenset(form for form in forms if found.get(form))


def _is_small(word: str) -> bool:
    """Whether a word is written without capitals behind its first letter, as words are in a sentence."""
    return word[1:].islower()


def _is_plain_word(form: str, sequence: Stems) -> bool:
    """Whether a short form reads as an ordinary word once its capitals are gone (IN, AVE, RETURN)."""
    return len(sequence) == 1 and (is_filler(sequence[0]) or is_generic(sequence[0]) or len(sequence[0]) < 2)
