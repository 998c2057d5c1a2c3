"""From a question to a plan: which queries to run, with what in their slots.

Every wording of the catalogue is tried on the question; each reading is scored by how much of the question
it says itself and by how well what fills its slots fits their types. A question may hold several
constraints ("unlearning papers since 2023 that are evaluated on CIFAR-10 but not on ImageNet"): each
becomes a step of the plan, and a paper has to meet them all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from graphbuilder.ask.catalogue import Param, Query
from graphbuilder.ask.index import Entity, Index, form_key
from graphbuilder.ask.keywords import KeyWords, Piece
from graphbuilder.ask.language import is_filler, stems, tokens
from graphbuilder.ask.linking import Linker, Phrase, either
from graphbuilder.ask.wording import Question, Reading, SlotSpan, phrases
from graphbuilder.records import ENTITY_TYPES

#: Words that stand for a paper are at least this share of its title, or begin it.
_PART_OF_TITLE = 0.4
#: The score of a reading that puts something where it cannot be.
_MISFIT = -8.0
#: A question longer than this is read up to here.
LONGEST = 600

_YEARS = (
    (re.compile(r"\b(?:between|from) ((?:19|20)\d\d) (?:and|to|until|-) ((?:19|20)\d\d)\b", re.I), "span"),
    (re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b"), "span"),
    (
        re.compile(
            r"\b(?:published |written |dated |dating |from )?(?:since|from) ((?:19|20)\d\d) on(?:wards?)?\b",
            re.I,
        ),
        "since",
    ),
    (
        re.compile(
            r"\b(?:published |written |dated |released )?(?:(?:in|from|of) )?((?:19|20)\d\d)"
            r" (?:or|and) (?:later|newer|after|afterwards|onwards?|beyond|more recent)\b",
            re.I,
        ),
        "since",
    ),
    (
        re.compile(
            r"\b(?:published |written |dated |released )?(?:(?:in|from|of) )?((?:19|20)\d\d)"
            r" (?:or|and) (?:earlier|older|before)\b",
            re.I,
        ),
        "until",
    ),
    (re.compile(r"\b(?:published |written |dated )?since ((?:19|20)\d\d)\b", re.I), "since"),
    (
        re.compile(
            r"\b(?:published |written |dated )?(?:after|later than|newer than) ((?:19|20)\d\d)\b", re.I
        ),
        "after",
    ),
    (
        re.compile(
            r"\b(?:published |written |dated )?(?:before|earlier than|older than|prior to) ((?:19|20)\d\d)\b",
            re.I,
        ),
        "before",
    ),
    (
        re.compile(
            r"\b(?:published |written |dated )?(?:until|up to|till|by the end of) ((?:19|20)\d\d)\b", re.I
        ),
        "until",
    ),
    (
        re.compile(
            r"\b(?:(?:that|which) )?(?:(?:are|were) )?"
            r"(?:published |written |dated |released |appeared |dates? |dating |came out |appear(?:ing)? )?"
            r"(?:in|from|of|during|dated|published|back to) (?:the )?(?:years? )?((?:19|20)\d\d)(?![\w.%-])",
            re.I,
        ),
        "in",
    ),
    (re.compile(r"\b((?:19|20)\d\d)(?= (?:papers?|works?|articles?|publications?)\b)", re.I), "in"),
    (re.compile(r"\(((?:19|20)\d\d)\)"), "in"),
    (re.compile(r"(?:,\s*)?\b(?:of the )?years? (?:of )?((?:19|20)\d\d)\b", re.I), "in"),
    (re.compile(r"^((?:19|20)\d\d)$"), "in"),
    (re.compile(r"(?:,\s*|\()((?:19|20)\d\d)\)?$"), "in"),
    (re.compile(r"^((?:19|20)\d\d)(?=,? [a-z-]+ .*\b(?:papers?|works?|articles?|publications?)\b)"), "in"),
)
_CLAUSE = re.compile(
    r"(?:,\s*|\s+)(?P<join>but (?:are |is |were |do |does |have |has )?(?:not|no|never)|"
    r"and (?:are |is |were |do |does )?not|"
    r"but(?: also| are| is| were| have| has| do)?|and(?: also| that| which| who| are| is| were| have| has)*|"
    r"(?:that|which|who) also(?: are| is| have)?|(?:that|which) (?:do|does|are|is|were) not|"
    r"except(?: for)?|excluding|other than|not|that|which|who)\s+",
    re.I,
)
#: Quotes around a name, and spaces.
_EMPTY_MARKS = re.compile(r"[\s\"“”„«»]+")
_UNFILLED = re.compile(r"(?: of| for| on)? \{\w+\}")
#: A name that more papers say is nobody's own.
_MOST_NAMED = 500
#: What may stand around the name of a paper or a system: "the authors of", "the ... paper".
_AROUND_NAME = re.compile(
    r"^(?:the )?(?:(?:authors?|paper|work|model|method|system|framework) "
    r"(?:of|on|behind|called|named|about|titled|entitled) |paper )?(?:the )?"
    r"|\s+(?:paper|authors?|model|method|work|system|framework|approach)$",
    re.I,
)
#: "model collapse (training on own outputs)": one thing in two ways; the bracket may be cut off.
_GLOSSED = re.compile(r"(.+?)\s*\(([^()]+)\)?")
#: A sentence of politeness behind the question.
_TRAIL = re.compile(
    r"(?<=[.?!])\s+(?:please\s+)?(?:list|name|show|give)\b(?:\s+(?:me|all|the|them|papers?|works?))*$", re.I
)
_VERSUS = re.compile(r"\s+(?:vs\.?|versus|as opposed to)\s+", re.I)
_OR = re.compile(r"\s*,\s*or\s+|\s+or\s+|\s+/\s+", re.I)
_IN = re.compile(r"\s+(?:at|in|on|for|when|while)\s+", re.I)
_AND = re.compile(r",\s*and\s+|,\s*|\s+and\s+|\s+as well as\s+|\s+plus\s+|\s+together with\s+|\s*&\s*", re.I)
#: What is done to all that follows: "explaining X or Y".
_ACTION = re.compile(r"[a-z]+(?:ing|s)\s")
_NEGATIVE = re.compile(r"\b(?:not|no|never|except|excluding|other than)\b", re.I)


@dataclass(frozen=True, slots=True)
class Step:
    """One query with the phrases of its slots.

    Papers must not meet it if it is ``negated``; they may meet ``also`` instead.
    """

    query: Query
    phrases: Mapping[str, tuple[Phrase, ...]]
    extra: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    negated: bool = False
    score: float = 0.0
    also: Step | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks: steps that all have to hold, and a span of years."""

    question: str
    steps: tuple[Step, ...]
    since: int | None = None
    until: int | None = None

    def understood(self) -> str:
        """The question as it was read, in words."""
        said = []
        for number, step in enumerate(self.steps):
            text = step.query.says or step.query.about
            for name, linked in step.phrases.items():
                text = text.replace("{" + name + "}", " and ".join(map(_spoken, linked)))
            text = _UNFILLED.sub("", text)
            for linked in step.extra.values():
                text += f", {' and '.join(map(_spoken, linked))}"
            said.append(f"{'but not ' if step.negated else 'and ' if number else ''}{text}")
        years = ""
        if self.since is not None and self.since == self.until:
            years = f", dated {self.since}"
        elif self.since is not None and self.until is not None:
            years = f", dated {self.since} to {self.until}"
        elif self.since is not None:
            years = f", dated {self.since} or later"
        elif self.until is not None:
            years = f", dated {self.until} or earlier"
        return ", ".join(said) + years


class Compiler:
    """Reads questions by the wordings of a catalogue."""

    def __init__(self, queries: Mapping[str, Query], index: Index) -> None:
        self._queries = queries
        self._index = index
        self._linker = Linker(index)
        self.named_papers = lru_cache(maxsize=5000)(self._named_papers)

    def compile(self, question: str) -> Plan | None:
        """The plan for a question; None if no word of it says anything."""
        text = _without_lead(_EMPTY_MARKS.sub(" ", question[:LONGEST]))
        text, since, until = _years(text)
        steps = self._steps(text)
        if not steps and (since is not None or until is not None):
            steps = [Step(self._queries["papers-in-year"], {})]
        return Plan(question, tuple(steps), since, until) if steps else None

    def _steps(self, text: str) -> list[Step]:
        """The best reading of a text as a whole, or of its clauses if those read better."""
        whole = self._best(text)
        best = [whole] if whole else []
        best_score = whole.score if whole else -1.0
        for match in _CLAUSE.finditer(text):
            first, second = text[: match.start()], text[match.end() :]
            negated = _NEGATIVE.search(match["join"]) is not None
            one = self._best(first)
            two = self._best(f"papers that {second}", bare=True) or self._best(f"papers {second}", bare=True)
            if two is None and negated:
                two = self._best(f"papers about {second}")
            if one is None or two is None or one.query.answers != "papers" or two.query.answers != "papers":
                continue
            if two.query.name == "papers-about" and not negated:
                continue
            score = one.score + two.score - 1.5 + (2.0 if negated else 0.0)
            if score > best_score:
                best_score = score
                best = [
                    one,
                    Step(two.query, two.phrases, two.extra, two.ids, two.numbers, negated, two.score),
                ]
        return best

    def _best(self, text: str, bare: bool = False) -> Step | None:
        question = Question(text)
        readings: list[tuple[float, Query, Reading]] = []
        for query in self._queries.values():
            for wording in query.wordings:
                if bare and len(wording.pieces) < 2:
                    continue
                readings += [(r.literal, query, r) for r in wording.read(question)]
        readings.sort(key=lambda r: (-r[0], len(r[2].slots), r[1].name))
        best: Step | None = None
        slots: tuple[SlotSpan, ...] = ()
        for literal, query, reading in readings[:60]:
            if best is not None and literal + 2.0 < best.score - 1.0:
                break
            step = self._fit(question, query, reading)
            if step is not None and (best is None or step.score > best.score + 1e-9):
                best = step if not _is_bare(question, query, reading) else self._either(question, step)
                slots = reading.slots
        if bare:
            return best
        keys = KeyWords(question, self._linker.link, self.named_papers)
        left = keys.residue(slots) + (best is None or best.query.name == "papers-about")
        other = self._by_keywords(keys, question, left) if left else None
        if other is None or (
            best is not None and best.query == other.query and other.query.answers == "values"
        ):
            return best
        return other

    def _by_keywords(self, keys: KeyWords, question: Question, left: int) -> Step | None:
        """The reading of a question's key words, if it leaves fewer words of asking than were left."""
        asked = keys.read()
        if asked is None or keys.residue(asked.slots) >= left:
            return None
        step = self._fit(question, self._queries[asked.query], Reading(asked.slots, len(asked.slots)))
        return step if step is not None and step.score > _MISFIT / 2 else None

    def _either(self, question: Question, step: Step) -> Step:
        """Two readings of a few bare words: "A in B" asks for papers about A in B, be A used there or not."""
        about = self._queries["papers-about"]
        whole = Step(about, {"concept": (self._linker.link(question.text),)}, score=step.score)
        method = any("Method" in {e.label for e in phrase.entities} for phrase in step.phrases["method"])
        return replace(step, also=whole) if method else replace(whole, also=step)

    def _fit(self, question: Question, query: Query, reading: Reading) -> Step | None:
        """A reading as a step with its score; None if something in a slot cannot be what it should be."""
        score = float(reading.literal)
        linked: dict[str, tuple[Phrase, ...]] = {}
        extra: dict[str, tuple[Phrase, ...]] = {}
        ids: dict[str, tuple[str, ...]] = {}
        numbers: dict[str, int] = {}
        for name, first, last in reading.slots:
            said = question.said(first, last)
            param = query.param(name)
            if param is not None and param.type == "Int":
                if not said.isdigit() or not 0 < int(said) <= 1000:
                    return None
                numbers[name] = int(said)
                continue
            if all(is_filler(t.stem) for t in tokens(said)) and not _is_spelled_as_name(said):
                return None
            if param is not None and param.type == "Author":
                authors = self._index.authors_like(said)
                if not authors:
                    return None
                ids[name] = tuple(a.id for a in authors)
                linked[name] = (self._linker.link(said),)
                score += 1.0
                continue
            if param is not None and param.type == "Paper":
                papers = self.named_papers(said)
                if not papers or said.split()[-1].casefold() in phrases("open-ends"):
                    return None
                ids[name] = papers
                linked[name] = (self._linker.link(_AROUND_NAME.sub("", said)),)
                score += 1.0
                continue
            said, topic = self._without_topic(said, param)
            if topic is not None:
                extra["topic"] = (topic,)
            several = self._several(said, param, query)
            if name == "topic" and not any(phrase.parts for phrase in several):
                continue  # "architectures compared with X": no more than the kind is said
            into = linked if param is not None else extra
            into[name] = (*into.get(name, ()), *several)
            score += sum(_fits(phrase, param, self._index) for phrase in several) / len(several)
            score -= _asks(said)
        if (own := self._of_paper(question, query, reading, linked)) is not None:
            return own
        query, linked = self._retyped(question, query, linked, extra)
        return Step(query, linked, extra, ids, numbers, False, score)

    def _without_topic(self, said: str, param: Param | None) -> tuple[str, Phrase | None]:
        """What is compared with, and in what: "CLIP at image-text retrieval"."""
        pieces = _IN.split(said, maxsplit=1)
        if param is None or param.role not in ("compared", "beaten", "replaced") or len(pieces) < 2:
            return said, None
        if self._linker.link(said).entities or not self._linker.link(pieces[0]).entities:
            return said, None
        return pieces[0], self._linker.link(pieces[1])

    def _of_paper(
        self, question: Question, query: Query, reading: Reading, linked: Mapping[str, tuple[Phrase, ...]]
    ) -> Step | None:
        """Datasets, metrics, methods "for SAMURAI" are those of that paper."""
        of_paper = self._queries.get(f"{query.name.removesuffix('-for')}-of-paper")
        concepts = linked.get("concept", ())
        if (
            of_paper is None
            or not concepts
            or any(e.label == "Concept" for p in concepts for e in p.entities)
        ):
            return None
        keys = KeyWords(question, self._linker.link, self.named_papers)
        paper = keys.paper_in([Piece("", first, last) for _, first, last in reading.slots], titles=False)
        if paper is None:
            return None
        return self._fit(question, of_paper, Reading((("paper", paper.first, paper.last),), reading.literal))

    def _retyped(
        self,
        question: Question,
        query: Query,
        linked: dict[str, tuple[Phrase, ...]],
        extra: Mapping[str, tuple[Phrase, ...]],
    ) -> tuple[Query, dict[str, tuple[Phrase, ...]]]:
        """The query that fits what fills the slot: one uses a method, but reports a metric."""
        if query.name == "papers-using" and all(map(_is_dataset, linked.get("method", ()))):
            query, linked = self._queries["papers-evaluated-on"], {"dataset": linked["method"]}
        if query.name == "papers-introducing":
            return self._of_kind(query, linked)
        if query.name not in ("papers-using", "papers-evaluated-on") or not linked:
            return query, linked
        (phrases_,) = linked.values()
        labels = {e.label for p in phrases_ for e in p.entities} & set(ENTITY_TYPES)
        if labels == {"Metric"}:
            return self._queries["papers-reporting"], {"metric": phrases_}
        papers = any(word.folded.startswith("paper") for word in question.words)
        if labels == {"Concept"} and query.name == "papers-evaluated-on" and not extra and not papers:
            return self._queries["datasets-for"], {"concept": phrases_}
        return query, linked

    def _of_kind(
        self, query: Query, linked: dict[str, tuple[Phrase, ...]]
    ) -> tuple[Query, dict[str, tuple[Phrase, ...]]]:
        """A "speech recognition corpus" is a corpus for speech recognition; a named one is itself."""
        (phrase,) = linked["thing"] if len(linked["thing"]) == 1 else (None,)
        if (
            phrase is None
            or not phrase.parts
            or not {"Dataset", "Metric", "Survey", "Method"} & set(phrase.labels)
        ):
            return query, linked
        rest, _, kind = phrase.text.rpartition(" ")
        if not rest.islower() or any(e.label in ("Dataset", "Metric") for e in phrase.entities):
            return query, linked
        of_kind: dict[str, tuple[Phrase, ...]] = {
            "thing": (self._linker.link(kind),),
            "concept": (self._linker.link(rest),),
        }
        return self._queries["papers-introducing-for"], of_kind

    def _several(self, said: str, param: Param | None, query: Query) -> tuple[Phrase, ...]:
        """The phrases of a slot, all of which are asked for: "CIFAR-10 and ImageNet" are two."""
        whole = self._linker.link(said)
        if whole.entities:
            return (whole,)
        if glossed := _GLOSSED.fullmatch(said):
            return (either(said, [self._linker.link(way) for way in glossed.groups()]),)
        said = re.sub(r"^(both|either)\s+", "", said.strip(), flags=re.I)
        purpose = query.name == "papers-using-for" and param is not None and param.role == "studied"
        for pattern, all_of in ((_VERSUS, True), (_OR, False), (_AND, not purpose)):
            pieces = [p.strip() for p in pattern.split(said) if p.strip()]
            if not 2 <= len(pieces) <= 6:
                continue
            shared = _share_head(pieces)
            if all_of:
                several = tuple(self._linker.link(p) for p in shared)
                if pattern is _VERSUS or all(len(p.parts) == 1 for p in several):
                    return several
            else:
                own = () if _ACTION.match(said) else pieces
                options = dict.fromkeys(
                    [
                        *shared,
                        *(
                            p
                            for p, q in zip(own, shared, strict=False)
                            if len(pieces) > 2 or self._is_own(p, q)
                        ),
                    ]
                )
                return (either(said, [self._linker.link(p) for p in options]),)
        return (whole,)

    def _is_own(self, piece: str, shared: str) -> bool:
        """Whether one of two things needs no word of the other: nobody speaks of vision generation."""
        whole = re.search(r"[\s-]", piece) is not None or _is_spelled_as_name(piece)
        return whole or (len(shared.split()) == 2 and not self._index.papers_with(stems(shared)))

    def _named_papers(self, said: str) -> tuple[str, ...]:
        """Papers that a name stands for, also where "the X paper" or "X (Y)" is said."""
        bare = _AROUND_NAME.sub("", said)
        glossed = _GLOSSED.fullmatch(bare)
        either_way = re.split(r"\s+/\s+|,?\s+or\s+", bare)
        names = dict.fromkeys([said, bare, *(glossed.groups() if glossed else ()), *either_way])
        return next((found for name in names if (found := self._papers_called(name))), ())

    def _papers_called(self, said: str) -> tuple[str, ...]:
        """Papers whose title a name is, or what they introduce, or that alone have the word."""
        words = [t for t in tokens(said) if not is_filler(t.stem) or t.text[:1].isupper()]
        if not words:
            return ()
        keys = dict.fromkeys([form_key(said), "".join(t.stem for t in words)])
        entities = [e for key in keys if key for e in self._index.named(key)]
        papers = [e.id for e in entities if e.label == "Paper"]
        if papers:
            return tuple(dict.fromkeys(papers))
        introducing: list[str] = []
        for entity in entities:
            if entity.label in ("Method", "Dataset"):
                introducing += [
                    p for p, _, role in self._index.roles(entity=entity.id) if role == "INTRODUCES"
                ]
        if 0 < len(set(introducing)) <= 3:
            return tuple(dict.fromkeys(introducing))
        if having := self._index.papers_with(tuple(t.stem for t in tokens(said))):
            few = frozenset(map(self._index.paper_id, having)) if len(having) <= _MOST_NAMED else frozenset()
            return self._papers_saying(said, few, entities) if few else ()
        mended = self._linker.link(said)
        fixed = said
        for typed, known in mended.corrected:
            fixed = fixed.replace(typed, known)
        return self._papers_called(fixed) if fixed != said and not mended.unknown else ()

    def _papers_saying(
        self, said: str, having: frozenset[str], entities: Sequence[Entity]
    ) -> tuple[str, ...]:
        """The papers that a name seems to belong to: it stands in their title, or nearly only with them."""
        sequence = tuple(t.stem for t in tokens(said))
        if _is_common(entities):
            return ()
        titled = [p for p in sorted(having) if self._in_title(p, sequence)]
        words = said.split()
        name_like = all(any(c.isupper() or c.isdigit() for c in w) for w in words) or bool(titled)
        alone = len(having) == 1 and len(words) == 1
        counts = {p: self._count(p, sequence) for p in having}
        most = max(counts.values())
        once = alone and _is_spelled_as_name(said)
        if len(having) <= 3 and (name_like or alone) and (most >= 2 or titled or once):
            return tuple(p for p in sorted(counts) if counts[p] == most)
        return ()

    def _in_title(self, paper: str, sequence: tuple[str, ...]) -> bool:
        text = self._index.paper(paper)
        if text is None or f" {' '.join(sequence)} " not in text.stems[0]:
            return False
        title = text.stems[0].split()
        return len(sequence) >= _PART_OF_TITLE * len(title) or tuple(title[: len(sequence)]) == sequence

    def _count(self, paper: str, sequence: tuple[str, ...]) -> int:
        text = self._index.paper(paper)
        return 0 if text is None else sum(f" {' '.join(sequence)} " in unit for unit in text.stems)


def _is_bare(question: Question, query: Query, reading: Reading) -> bool:
    """Whether a question is no more than two things joined by a word such as "in"."""
    if query.name != "papers-using-for" or len(reading.slots) != 2:
        return False
    (_, first, end), (_, start, last) = sorted(reading.slots, key=lambda slot: slot[1])
    return (
        first == 0
        and last == len(question.words)
        and reading.literal == 1
        and start == end + 1
        and question.words[end].folded in phrases("bare")
    )


def _may_be_dataset(phrase: Phrase) -> bool:
    """Whether a phrase is a dataset as far as the graph knows, or something that has a name."""
    return bool(phrase.entities) or "Dataset" in phrase.labels or phrase.text != phrase.text.lower()


def _is_dataset(phrase: Phrase) -> bool:
    """Whether a phrase is a dataset, as most papers know it."""
    labels = [e.label for e in phrase.entities if e.label in ENTITY_TYPES]
    return "Dataset" in phrase.labels if not labels else labels[0] == "Dataset"


def _is_spelled_as_name(said: str) -> bool:
    """Whether a word has capitals or digits where an ordinary word has none: MoRE, PwoA, S2FT."""
    return " " not in said and any(c.isupper() or c.isdigit() for c in said[1:])


def _share_head(pieces: list[str]) -> list[str]:
    """Give each piece what it leaves to another, as in "explaining time-series or graph models"."""
    first, last = pieces[0].split(), pieces[-1].split()
    if len(first) > 1 and _ACTION.match(pieces[0]):
        rest = _share_head([" ".join(first[1:]), *pieces[1:]])
        return [f"{first[0]} {piece}" for piece in rest]
    if len(last) > 1 and all(len(p.split()) < len(last) for p in pieces[:-1]):
        return [*(f"{p} {' '.join(last[len(p.split()) :])}" for p in pieces[:-1]), pieces[-1]]
    if len(first) > 1 and all(len(p.split()) < len(first) for p in pieces[1:]):
        return [pieces[0], *(f"{' '.join(first[: -len(p.split())])} {p}" for p in pieces[1:])]
    return pieces


def _is_common(entities: Sequence[Entity]) -> bool:
    """Whether a name belongs to a concept of the field rather than to one paper."""
    return any(entity.label in ("Concept", "Metric", "Dataset") for entity in entities)


def _fits(phrase: Phrase, param: Param | None, index: Index) -> float:
    if not phrase.parts:
        return 0.3 if phrase.labels and param is not None and param.role == "introduced" else -2.0
    if param is not None and param.role == "evaluated" and not _may_be_dataset(phrase):
        return _MISFIT  # "trained on their own outputs"
    score = 0.0
    labels = {e.label for e in phrase.entities}
    if phrase.entities:
        score += 0.6
    elif len(phrase.parts) == 1 and not phrase.unknown:
        score += 0.3
    if param is not None and param.type in ENTITY_TYPES:
        if param.type in labels or param.type in phrase.labels:
            score += 0.6
        elif labels & set(ENTITY_TYPES):
            score -= 0.8 if param.type == "Metric" else 0.2
    return score


def _asks(said: str) -> float:
    """How much a slot's words look like the asking itself: the wording has left too much to it."""
    words = re.findall(r"[\w'-]+", said.casefold())
    return 1.5 * sum(word in phrases("asking") for word in words)


def _without_lead(text: str) -> str:
    """The question without the words of politeness that open it."""
    text = re.sub(r"^(what|where|how|which)['’]s\b", r"\1 is", text.strip(), flags=re.I)
    text = _TRAIL.sub("", text.rstrip("?!. "))
    text = _empty_words().sub("", f" {text.strip().rstrip('?!. ')}").strip()
    text = _recent().sub("", text)
    changed = True
    while changed:
        changed = False
        for lead in phrases("lead"):
            if text.casefold().startswith(lead + " "):
                text = text[len(lead) :].lstrip(" ,:")
                changed = True
                break
    return text


@lru_cache(maxsize=1)
def _empty_words() -> re.Pattern[str]:
    """The words that a question may hold anywhere and that ask for nothing: "ever", "so far"."""
    return re.compile(rf"\s(?:{'|'.join(phrases('empty'))})(?=\s|$)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _recent() -> re.Pattern[str]:
    """What may be said of papers and asks for nothing: "recent papers"."""
    nouns = r"papers?|works?|articles?|publications?|preprints?|studies|research|literature"
    return re.compile(rf"\b(?:{'|'.join(phrases('of-papers'))})\s+(?=(?:{nouns})\b)", re.IGNORECASE)


def _years(text: str) -> tuple[str, int | None, int | None]:
    """A text without the words that say years, and the first and last year they allow."""
    since = until = None
    for pattern, kind in _YEARS:
        match = pattern.search(text)
        if match is None:
            continue
        year = int(match[1])
        if kind == "span":
            since, until = sorted((year, int(match[2])))
        elif kind in ("since", "after"):
            since = year + (kind == "after")
        elif kind in ("before", "until"):
            until = year - (kind == "before")
        else:
            since = until = year
        text = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
        return re.sub(r"(?:[\s,;:(]+(?:and|but|that are|which are))?[\s,;:(]*$", "", text), since, until
    return text, None, None


def _spoken(phrase: Phrase) -> str:
    if phrase.entities:
        name = phrase.entities[0].name
        return name if form_key(name) == form_key(phrase.text) else f"{phrase.text} ({name})"
    return phrase.text
