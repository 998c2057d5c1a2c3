"""Answers a question: compiles it, runs its Cypher, and weighs what comes back by what the text says."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphbuilder.ask.alike import alike
from graphbuilder.ask.answer import Answer, Evidence, Found, merged
from graphbuilder.ask.catalogue import Query, catalogue
from graphbuilder.ask.compiler import Compiler, Plan, Step
from graphbuilder.ask.evidence import SAID, Support, is_own_voice, is_survey, spans, support
from graphbuilder.ask.figures import figures
from graphbuilder.ask.fulltext import having_words
from graphbuilder.ask.index import Text, form_key, open_index
from graphbuilder.ask.language import is_filler, stem, tokens, vocabulary
from graphbuilder.ask.linking import Linker, Phrase, either
from graphbuilder.ask.listings import (
    Listed,
    companions,
    is_place,
    is_reference,
    known_datasets,
    listed_datasets,
    printed_whole,
)
from graphbuilder.ask.wording import class_of
from graphbuilder.errors import GraphbuilderError

if TYPE_CHECKING:
    from graphbuilder.stores import Store

#: From this score on an answer is one that we stand by; below it and from the second on it is related.
ANSWER, RELATED = 0.6, 0.3
#: Related answers that are worth showing.
_MOST_RELATED = 10
#: Papers that are offered for having words of a question, where nothing else is found.
_BY_TEXT = 5
#: Entities that are answered at most, the sentences shown for one, and the papers that are read for lists.
_MOST_ENTITIES, _MOST_EVIDENCE, _MOST_READ = 100, 5, 25
#: Ids of narrower entities that a query is asked with, the most used first.
_MOST_IDS = 100
#: Where nothing is stood by, the papers that come nearest are the answer, if they are few and say the one
#: thing asked at least so surely, or all of several: where no answer is meant, hardly any paper says all.
_NEARLY, _NEARLY_ALL, _MOST_NEARLY = 0.55, 0.33, 3
#: Of two things asked, what a sentence has to say of the one that it says less of.
_BY_HALVES = 0.4
#: Where the best says it no more than half plainly, those so near to it are answers too.
_NEAR_BEST = 0.75
#: A paper whose datasets, metrics or methods are answered, where none says more plainly what they are for.
_PARTLY = 0.45
#: ... and those that are so little behind the best.
_BEHIND = 0.1
#: Papers that a phrase may be looked for in, the likeliest first.
_MOST_CANDIDATES = 300
#: Score of a paper that says a thing fully in one sentence, and how many such papers are few.
_SPOKEN_OF, _FEW = 0.5, 4
_PLAINLY = 0.95
#: Neighbours of a paper that we stand by.
_NEIGHBOURS = 6
#: How much shared entities add to likeness of words, and how near a neighbour has to be beside the nearest.
_SHARED, _NEAR = 0.15, 0.5

#: A figure that stands so many characters from a metric may be its own.
_NEAR_FIGURE = 40

#: A paper is meant without its name if it has this share of a question's words, that much more than others.
_MOST_WORDS, _AHEAD = 0.75, 0.1

#: "CLIP score", "Contrastive Language-Image Pretraining (CLIP) score": a name that its head makes a metric.
_HEADED = re.compile(
    r"\b(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*(?: \((?P<short>[A-Z][\w-]*)\))? "
    r"(?P<head>score|error|distance|index))\b"
)
_PLAIN = re.compile(r"^(?:[a-z][a-z-]* )+(?=[A-Z])")
_KIND = re.compile(r"\s+(data ?sets?|benchmarks?|corpus|corpora|test sets?|scores?|metrics?)$", re.IGNORECASE)


class Asker:
    """Answers questions from a graph.

    Parameters
    ----------
    store : Store
        The graph.
    queries : Path, optional
        A directory of further queries; one of the same name replaces a shipped one.

    Examples
    --------
    >>> from graphbuilder.stores import open_store
    >>> Asker(open_store("graph.lbug")).ask("which papers use VIB for pruning").answers  # doctest: +SKIP
    """

    def __init__(self, store: Store, queries: Path | None = None) -> None:
        self.store = store
        self.queries = catalogue(queries)
        self.index = open_index(store)
        self.linker = Linker(self.index)
        self._compiler = Compiler(self.queries, self.index)

    def ask(self, question: str) -> Answer:
        """Answer one question; a question that nothing fits has no answers, never an error."""
        plan = self._compiler.compile(question)
        if plan is None:
            found = having_words(self.index, self.store, question, _BY_TEXT)
            return Answer(question, "nothing that I know how to look up", related=tuple(found))
        unknown = [w for phrase in _phrases(plan) for w in phrase.unknown]
        first = plan.steps[0]
        ran: list[tuple[str, str, Mapping[str, Any]]] = []
        if first.query.answers == "papers":
            answers, related = self._papers(plan, ran)
            if not answers and (wider := _either(plan)) is not None:
                answers, related = self._papers(wider, ran)
        elif first.query.answers == "entities":
            answers, related = self._entities(plan, ran)
        elif first.query.answers == "values":
            answers, related = self._values(plan, ran)
        else:
            answers, related = self._table(plan, ran)
        if unknown:
            answers, related = [], [*answers, *related]
        if not answers and not related:
            related = having_words(self.index, self.store, question, _BY_TEXT)
        understood = plan.understood()
        mended = [c for phrase in _phrases(plan) for c in phrase.corrected]
        if mended:
            understood += " (read " + ", ".join(f"{a} as {b}" for a, b in dict.fromkeys(mended)) + ")"
        query, cypher, parameters = ran[0]
        return Answer(
            question=question,
            understood=understood,
            query=query,
            parameters=parameters,
            cypher=cypher,
            unused=tuple(dict.fromkeys(unknown)),
            answers=tuple(answers),
            related=tuple(related[:_MOST_RELATED]),
            suggestions=() if answers else self._suggest(_phrases(plan)),
            steps=tuple(ran),
        )

    def rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of a named query, its parameters as the engine takes them (ids, numbers)."""
        return self.store.run(self.queries[name].cypher, parameters).rows

    def parameters(self, name: str, values: Mapping[str, str]) -> dict[str, Any]:
        """What a person gives for the parameters of a named query, as the engine takes it.

        Names become the ids of what they stand for, numbers become numbers; ``papers`` becomes the papers
        whose text has the other words.

        Raises
        ------
        GraphbuilderError
            If there is no such query or parameter, or a name stands for nothing.
        """
        query = self.queries.get(name)
        if query is None:
            raise GraphbuilderError(f"no query is called {name!r}: see graphbuilder query --list")
        known = {param.name for param in query.params} - {"papers"}
        for key in values:
            if key not in known:
                raise GraphbuilderError(
                    f"query {name} has no parameter {key!r}: it takes {', '.join(sorted(known))}"
                )
        ids: dict[str, tuple[str, ...]] = {}
        numbers: dict[str, int] = {}
        linked: dict[str, tuple[Phrase, ...]] = {}
        for param in query.params:
            value = values.get(param.name)
            if value is None:
                if param.name in known and param.default is None:
                    raise GraphbuilderError(f"query {name} needs -p {param.name}=...")
                continue
            if param.type == "Int":
                if not value.lstrip("-").isdigit():
                    raise GraphbuilderError(f"{param.name} is a number, not {value!r}")
                numbers[param.name] = int(value)
            elif param.type == "Paper":
                ids[param.name] = self.papers_named(value)
                if not ids[param.name]:
                    raise GraphbuilderError(f"no paper or system is called {value!r}")
            elif param.type == "Author":
                ids[param.name] = tuple(a.id for a in self.index.authors_like(value))
            else:
                linked[param.name] = (self.linker.link(value),)
        step = Step(query, linked, {}, ids, numbers)
        phrases = [p for several in linked.values() for p in several]
        said = self._saying(phrases) if phrases else []
        plan = Plan(name, (step,), numbers.get("since"), numbers.get("until"))
        return self._parameters(step, plan, said)

    def papers_named(self, name: str) -> tuple[str, ...]:
        """Ids of the papers that a title, or the name of what they introduce, stands for."""
        return self._compiler.named_papers(name)

    def connection(self, one: Sequence[str], two: Sequence[str]) -> tuple[list[Found], str]:
        """How entities are connected: over papers that name both, else over a third; and the query used."""
        for name in ("connection", "connection-over-two"):
            rows = self.rows(name, a=list(one), b=list(two))
            if rows:
                return self._found(self.queries[name], rows), name
        return [], "connection"

    # Papers ---------------------------------------------------------------------------------------------

    def _papers(
        self, plan: Plan, ran: list[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[list[Found], list[Found]]:
        scores: dict[str, float] = {}
        shown: dict[str, list[Evidence]] = defaultdict(list)
        notes: dict[str, str] = {}
        banned: set[str] = set()
        among = self._among(plan)
        for number, step in enumerate(plan.steps):
            met = self._step(step, plan, ran, among)
            if step.also is not None:
                for paper, other in self._step(step.also, plan, ran, among).items():
                    met[paper] = max(met.get(paper, other), other, key=lambda each: each[0])
            if step.negated:
                banned |= {paper for paper, (score, _, _) in met.items() if score >= 0.5}
                continue
            for paper, (score, evidence, note) in met.items():
                if number and paper not in scores:
                    continue
                scores[paper] = min(score, scores.get(paper, 1.0))
                shown[paper] += evidence
                notes[paper] = note
            if number:
                scores = {p: s for p, s in scores.items() if p in met}
        found = []
        for paper, score in scores.items():
            text = self.index.paper(paper)
            if paper in banned or score < RELATED:
                continue
            title = text.title if text is not None else notes.get(f"title:{paper}", paper)
            said = tuple(dict.fromkeys(shown[paper]))
            found.append(Found(paper, title, "Paper", score, (), said, notes.get(paper, "")))
        found.sort(key=lambda f: (-round(f.score, 4), f.id))
        if plan.steps[0].query.name == "papers-about" and len(plan.steps) == 1:
            found = self._lift(found, plan.steps[0])
        if found:
            nearly = self._nearly(found, plan)
            found = [replace(f, score=ANSWER) if f.score < ANSWER and f in nearly else f for f in found]
        return [f for f in found if f.score >= ANSWER], [f for f in found if f.score < ANSWER]

    def _nearly(self, found: Sequence[Found], plan: Plan) -> list[Found]:
        """Papers, best first, that come near enough to be answers: to the best, or else to what is asked."""
        best = found[0].score
        if best >= ANSWER:
            return [f for f in found if f.score >= max(_SPOKEN_OF, _NEAR_BEST * best)]
        if all(step.query.name == "papers-about" for step in plan.steps):
            return []
        phrases = _phrases(plan)
        least = max(_NEARLY_ALL if len(phrases) > 1 else _NEARLY, best - _BEHIND)
        nearly = [f for f in found if f.score >= least and self._names_all(f.id, phrases)]
        if not nearly and len(phrases) > 1:
            nearly = [f for f in found if f.score >= least and self._says_together(f.id, phrases)]
        return nearly if len(nearly) <= _MOST_NEARLY else []

    def _names_all(self, paper: str, phrases: Sequence[Phrase]) -> bool:
        """Whether a sentence of a paper speaks of each phrase, in full of a name, or it has an edge to it."""
        text = self.index.paper(paper)
        if text is None:
            return False
        for phrase in phrases:
            least = _SPOKEN_OF if phrase.text.islower() else SAID
            if phrase.parts and max(phrase.strengths(text)) < least and not self._edges(paper, phrase):
                return False
        return True

    def _says_together(self, paper: str, phrases: Sequence[Phrase]) -> bool:
        """Whether one sentence of a paper says all phrases by halves, and at least one of them in full."""
        text = self.index.paper(paper)
        strengths = [phrase.strengths(text) for phrase in phrases if phrase.parts] if text else []
        units = [unit for unit in zip(*strengths, strict=True) if min(unit) >= _BY_HALVES]
        return any(max(unit) >= _PLAINLY for unit in units)

    def _among(self, plan: Plan) -> frozenset[int] | None:
        """The papers that can meet every constraint of a plan; None where there is but one constraint."""
        among = None
        if plan.since is not None or plan.until is not None:
            among = self.index.dated(plan.since, plan.until)
        positive = [self._asked(step) for step in plan.steps if not step.negated]
        if len(positive) > 1:
            for asked in filter(None, positive):
                covering = frozenset(self._covering([p for _, _, phrases in asked for p in phrases]))
                among = covering if among is None else among & covering
        return among

    def _lift(self, found: list[Found], step: Step) -> list[Found]:
        """Where few papers speak of a thing at all, those that do so plainly are the answer."""
        few = {f.id for f in found if f.score >= _SPOKEN_OF}
        if len(few) > _FEW:
            return found
        lifted = []
        for one in found:
            text = self.index.paper(one.id)
            plain = text is not None and all(
                max(phrase.strengths(text)) >= _PLAINLY for phrase in step.phrases["concept"]
            )
            lifted.append(replace(one, score=max(one.score, ANSWER)) if one.id in few and plain else one)
        return lifted

    def _step(
        self,
        step: Step,
        plan: Plan,
        ran: list[tuple[str, str, Mapping[str, Any]]],
        among: frozenset[int] | None,
    ) -> dict[str, tuple[float, list[Evidence], str]]:
        """Papers that a step finds: score, evidence and a note."""
        if step.query.name.startswith("papers-related"):
            return self._neighbours(step, plan, ran)
        asked = self._asked(step)
        said = self._saying([phrase for _, _, phrases in asked for phrase in phrases], among)
        if not asked:
            return {row["paper"]: (1.0, [], "") for row in self._run(step, plan, ran, papers=said)}
        weighed = {paper: self._weigh(text, asked) for paper in said if (text := self.index.paper(paper))}
        near = [paper for paper in said if paper in weighed and weighed[paper][0] >= RELATED]
        met: dict[str, tuple[float, list[Evidence], str]] = {}
        for paper in dict.fromkeys(row["paper"] for row in self._run(step, plan, ran, papers=near)):
            if paper not in weighed and (text := self.index.paper(paper)) is not None:
                weighed[paper] = self._weigh(text, asked)
            if paper in weighed:
                met[paper] = (*weighed[paper], "")
        return met

    def _asked(self, step: Step) -> list[tuple[str, str, tuple[Phrase, ...]]]:
        """(slot, role, phrases) of what a paper has to say."""
        asked = []
        for name, linked in step.phrases.items():
            param = step.query.param(name)
            if param is not None and param.role:
                asked.append((name, param.role, linked))
        for name, linked in step.extra.items():
            asked.append((name, "evaluated" if name == "on_dataset" else "topic", linked))
        return asked

    def _weigh(
        self, text: Text, asked: list[tuple[str, str, tuple[Phrase, ...]]]
    ) -> tuple[float, list[Evidence]]:
        """How surely a paper says all that is asked, and where."""
        supports: list[tuple[str, Phrase, Support]] = []
        # what costs most is looked at last, and only where the rest holds
        for _, role, linked in sorted(asked, key=lambda each: each[1] == "introduced"):
            if role == "introduced" and any(s.score < RELATED for _, _, s in supports):
                return 0.0, []
            for phrase in linked:
                edges = self._edges(text.id, phrase, narrower=role != "introduced")
                if role == "introduced" and not phrase.parts:
                    supports.append((role, phrase, self._introduces(text, phrase)))
                else:
                    real = "studied" if role == "topic" else role
                    supports.append((role, phrase, support(text, phrase, real, edges)))
        score = min(s.score for _, _, s in supports)
        if any(role == "introduced" and not phrase.parts for role, phrase, _ in supports):
            score *= self._made_for(supports)
        loose = [(role, s) for role, _, s in supports if role in ("used", "studied")]
        if len(loose) > 1 and len(loose) == len(supports):
            score = max(score, self._together(text, [s for _, s in loose]))
            titled = any(s.units and s.units[0] >= _PLAINLY for role, s in loose if role == "used")
            if titled and all(s.units and max(s.units) >= _PLAINLY for _, s in loose):
                score = max(score, ANSWER)
        return score, self._evidence(text, [(phrase, one) for _, phrase, one in supports])

    def _evidence(self, text: Text, supports: list[tuple[Phrase, Support]]) -> list[Evidence]:
        """The sentences that say what was asked: one that says it all if there is one."""
        marks: dict[int, list[tuple[int, int]]] = {}
        shared = max(
            range(len(text.units)),
            key=lambda u: (min((s.units[u] for _, s in supports if s.units), default=0.0), u > 0, -u),
        )
        together = all(not s.units or s.units[shared] >= SAID for _, s in supports)
        for phrase, one in supports:
            unit = shared if together and len(supports) > 1 else one.best
            if unit is not None:
                marks.setdefault(unit, []).extend(spans(text.words(unit), phrase))
        return [
            Evidence(text.id, text.unit(unit), *text.units[unit], marks=tuple(sorted(set(found))))
            for unit, found in marks.items()
        ]

    def _together(self, text: Text, supports: list[Support]) -> float:
        """How surely two things are said together: in the title, or in one sentence."""
        best = 0.0
        for unit in range(len(text.stems)):
            least = min(s.units[unit] for s in supports)
            if least < SAID:
                continue
            value = 1.0 if unit == 0 else 0.9 if is_own_voice(text, unit) else 0.55
            best = max(best, value * least)
        return best

    def _introduces(self, text: Text, phrase: Phrase) -> Support:
        """Whether a paper introduces anything of a kind: a dataset, a benchmark, a metric."""
        for _, entity, role in self.index.roles(paper=text.id):
            known = self.index.entity(entity)
            if role == "INTRODUCES" and known is not None and known.label in phrase.labels:
                return Support(1.0, (), (), ("INTRODUCES",))
        if "Survey" in phrase.labels:
            found = is_survey(text)
            units = tuple(float(u == found) for u in range(len(text.units)))
            return Support(0.9 if found is not None else 0.0, units, units, ())
        word = re.escape(phrase.text.split()[-1].rstrip("s").casefold())
        made = (
            "(?:propos|introduc|present|develop|creat|build|built|construct|contribut|releas|curat|collect"
            "|publish)"
        )
        anew = rf"\b(?:new|novel) (?:[\w-]+ ){{0,3}}{word}s?\b"
        pattern = re.compile(rf"\b(?:{made}|provid)\w*\b.{{0,80}}\b{word}s?\b|{anew}")
        titled = re.compile(rf"\b(an?|the|new) ([\w-]+ ){{0,4}}{word}s?\b|\w{word}\b")
        for unit in range(len(text.units)):
            printed = text.unit(unit).casefold()
            if (titled if unit == 0 else pattern).search(printed):
                units = tuple(float(u == unit) for u in range(len(text.units)))
                return Support(0.85, units, units, ())
        return Support(0.0, (), (), ())

    def _made_for(self, supports: list[tuple[str, Phrase, Support]]) -> float:
        """Less where the purpose is no more than named once, away from what is introduced."""
        made = [u for role, p, s in supports if role == "introduced" and not p.parts for u in _said_in(s)]
        for role, phrase, one in supports:
            if phrase.parts and role in ("studied", "topic"):
                fullest = max(one.units)
                units = [u for u, said in enumerate(one.units) if said >= 0.7 * fullest]
                if len(units) < 2 and 0 not in units and not set(units) & set(made):
                    return 0.7
        return 1.0

    def _edges(self, paper: str, phrase: Phrase, narrower: bool = True) -> list[str]:
        wanted = phrase.id_set if narrower else {e.id for e in phrase.entities}
        return (
            [role for _, entity, role in self.index.roles(paper=paper) if entity in wanted] if wanted else []
        )

    def _saying(self, phrases: Iterable[Phrase], among: frozenset[int] | None = None) -> list[str]:
        """Papers whose text has most of the words of every phrase, the fullest first, and those that edges
        lead to; ``among`` are the only ones that matter."""
        wanted = list(phrases)
        covered = self._covering(wanted)
        if among is not None:
            covered = {paper: share for paper, share in covered.items() if paper in among}
        fullest = heapq.nsmallest(_MOST_CANDIDATES, covered.items(), key=lambda item: (-item[1], item[0]))
        return [self.index.paper_id(paper) for paper, _ in fullest]

    def _covering(self, phrases: Sequence[Phrase]) -> dict[int, float]:
        """Papers that may speak of all phrases, with the share of the words they have; 0 by edges alone."""
        total: dict[int, float] | None = None
        for phrase in phrases:
            if not phrase.parts:
                continue
            covered: dict[int, float] = {}
            for option in phrase.options or (phrase,):
                for paper, share in self._having(option).items():
                    covered[paper] = max(share, covered.get(paper, 0.0))
            kept = {p: c for p, c in covered.items() if c >= 0.35}
            total = kept if total is None else {p: c * total[p] for p, c in kept.items() if p in total}
        linked: frozenset[int] | None = None
        for phrase in phrases:
            if phrase.parts:
                own = self.index.holders(phrase.ids)
                linked = own if linked is None else linked & own
        return {**dict.fromkeys(linked or (), 0.0), **(total or {})}

    def _having(self, phrase: Phrase) -> dict[int, float]:
        """Papers that have words of a phrase, with the share of the words they have."""
        covered: dict[int, float] = defaultdict(float)
        weight = sum(p.weight for p in phrase.parts)
        for part in phrase.parts:
            having: dict[int, float] = {}
            for form in part.forms:
                having.update(dict.fromkeys(self.index.papers_with(form), 1.0))
                if len(form) > 1:
                    for paper, share in self._apart(form, phrase).items():
                        having[paper] = max(having.get(paper, 0.0), 0.8 * share)
            for paper, share in having.items():
                covered[paper] += share * part.weight / weight
        return covered

    def _apart(self, form: tuple[str, ...], phrase: Phrase) -> dict[int, float]:
        """Papers that have at least half of a name's words somewhere, by the weight of those words."""
        rarity = sum(phrase.rarity[s] for s in form)
        apart: dict[int, float] = defaultdict(float)
        for one in dict.fromkeys(form):
            if phrase.rarity[one] / rarity >= 0.15:
                for paper in self.index.papers_with((one,)):
                    apart[paper] += phrase.rarity[one] / rarity
        return {paper: share for paper, share in apart.items() if share >= 0.5}

    def _neighbours(
        self, step: Step, plan: Plan, ran: list[tuple[str, str, Mapping[str, Any]]]
    ) -> dict[str, tuple[float, list[Evidence], str]]:
        words: dict[str, float] = {}
        for paper in step.ids["paper"]:
            for other, cosine in alike(self.index, paper, 2 * _MOST_RELATED):
                words[other] = max(cosine, words.get(other, 0.0))
        edges: dict[str, tuple[float, str]] = {}
        for row in self._run(step, plan, ran, papers=list(words)):
            shared = ", ".join(row["shared"] or [])
            edges[row["paper"]] = max((row["score"], shared), edges.get(row["paper"], (0.0, "")))
        most_edges = max((score for score, _ in edges.values()), default=0.0) or 1.0
        near = {
            paper: words.get(paper, 0.0) * (1 + _SHARED * score / most_edges)
            for paper, (score, _) in edges.items()
        }
        nearest = max(near.values(), default=0.0) or 1.0
        near = {paper: score / nearest for paper, score in near.items()}
        met: dict[str, tuple[float, list[Evidence], str]] = {}
        for rank, paper in enumerate(sorted(near, key=lambda p: (-near[p], p))):
            stands = rank < _NEIGHBOURS and near[paper] >= _NEAR
            score = ANSWER + 0.4 * near[paper] if stands else RELATED + 0.29 * near[paper]
            met[paper] = (min(score, 1.0), [], f"shares {edges[paper][1]}" if edges[paper][1] else "")
        return met

    # Entities, values, tables ---------------------------------------------------------------------------

    def _entities(
        self, plan: Plan, ran: list[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[list[Found], list[Found]]:
        step = plan.steps[0]
        about: dict[str, float] = {}
        if step.query.param("papers") is not None:
            asked = self._asked(step)
            candidates = self._saying([p for _, _, phrases in asked for p in phrases])
            for paper in candidates:
                text = self.index.paper(paper)
                if text is not None:
                    score, _ = self._weigh(text, asked)
                    if score >= _PARTLY:
                        about[paper] = score
            top = max(about.values(), default=0.0)
            least = max(ANSWER, 0.8 * top) if top >= ANSWER else top
            about = {p: s for p, s in about.items() if s >= least}
        rows = self._run(step, plan, ran, papers=list(about))
        found = self._named(step.query, rows, about)
        loose: list[Found] = []
        if step.query.label == "Metric":
            self._beside(found)
            loose = _loose(found)
        near = list(about or step.ids.get("paper", ()))
        if step.query.label == "Dataset" and len(near) <= _MOST_READ:
            for paper in near:
                self._listed(paper, step.query.name, found)
            found = {id_: f for id_, f in found.items() if not _is_placed(f)}
        return sorted((f for f in found.values() if f not in loose), key=lambda f: -f.score), loose

    def _named(
        self, query: Query, rows: list[dict[str, Any]], about: Mapping[str, float]
    ) -> dict[str, Found]:
        """The entities of rows, the surest and most supported first, each with the best of its sentences."""
        by_entity: dict[str, list[tuple[float, dict[str, Any]]]] = defaultdict(list)
        for row in rows:
            if is_reference(row["name"]):
                continue
            score = about.get(row.get("paper", ""), 1.0)
            if row.get("confidence") is not None:
                score = min(score, 0.4 + 0.6 * row["confidence"])
            by_entity[row["entity"]].append((score, row))
        best = sorted(by_entity, key=lambda e: (-max(score for score, _ in by_entity[e]), -len(by_entity[e])))
        found: dict[str, Found] = {}
        for id_ in best[:_MOST_ENTITIES]:
            entity, name = self.index.entity(id_), by_entity[id_][0][1]["name"]
            label = entity.label if entity is not None else query.label or ""
            aliases = entity.aliases if entity is not None else ()
            if label in ("Dataset", "Metric") and (bare := _bare(name)) not in ("", name, *aliases):
                aliases = (*aliases, bare)
            evidence = tuple(e for _, row in by_entity[id_][:_MOST_EVIDENCE] for e in self._sentences(row))
            if label == "Dataset":
                printed = (printed_whole(e.sentence, *mark) for e in evidence for mark in e.marks)
                aliases = tuple(dict.fromkeys((*aliases, *printed)))
            score = max(score for score, _ in by_entity[id_])
            found[id_] = Found(id_, name, label, score, aliases, evidence)
        return found

    def _beside(self, found: dict[str, Found]) -> None:
        """Add the metrics that a sentence lists right after a known one: "on mIoU and mAcc"."""
        for known in list(found.values()):
            for evidence in known.evidence:
                beside = re.search(
                    rf"\b{re.escape(known.name)}(?:,| and|, and) (?P<name>[A-Za-z]*[A-Z][\w-]*)",
                    evidence.sentence,
                )
                for match in filter(None, (beside, *_HEADED.finditer(evidence.sentence))):
                    name = match["name"]
                    short = f"{match['short']} {match['head']}" if "head" in match.groupdict() else ""
                    key = form_key(name)
                    named = self.index.named(key)
                    taken = {form_key(form) for f in found.values() for form in (f.name, *f.aliases)}
                    other = any(e.label != "Metric" and e.papers > 1 for e in named)
                    if other or any(key in form for form in taken):
                        continue
                    id_ = named[0].id if named else f"text:{key}"
                    aliases = (*(named[0].aliases if named else ()), *([short] if short else []))
                    mark = replace(evidence, marks=(match.span("name"),))
                    found[id_] = Found(id_, name, "Metric", ANSWER, aliases, (mark,), "named in the text")

    def _listed(self, paper: str, query: str, found: dict[str, Found]) -> None:
        """Add the datasets that a paper's sentences name and the graph has no edge for."""
        text = self.index.paper(paper)
        if text is None:
            return
        introduced = query == "datasets-introduced-by-paper"
        names = listed_datasets(text, self.index)
        if introduced:
            names = [n for n in names if n.new]
        else:
            names += known_datasets(text, self.index, self.linker)
            names += self._in_one_list(text, found)
        for listed in names:
            key = form_key(listed.name)
            known = {form_key(form) for f in found.values() for form in (f.name, *f.aliases)}
            if any(key in other or other in key for other in known):
                continue
            entity = next((e for e in self.index.named(key) if e.label == "Dataset"), None)
            evidence = Evidence(
                paper, text.unit(listed.unit), *text.units[listed.unit], marks=((listed.start, listed.end),)
            )
            id_ = entity.id if entity is not None else f"text:{key}"
            aliases = entity.aliases if entity is not None else ()
            found[id_] = Found(id_, listed.name, "Dataset", ANSWER, aliases, (evidence,), "named in the text")

    def _in_one_list(self, text: Text, found: Mapping[str, Found]) -> list[Listed]:
        """What a paper's sentences join by "and" to something that was found there."""
        units = {span: unit for unit, span in enumerate(text.units)}
        joined: list[Listed] = []
        for one in found.values():
            for evidence in one.evidence:
                unit = units.get((evidence.start, evidence.end))
                if evidence.paper == text.id and unit:
                    for start, end in evidence.marks:
                        joined += companions(text, unit, start, end, self.index)
        return joined

    def _values(
        self, plan: Plan, ran: list[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[list[Found], list[Found]]:
        step = plan.steps[0]
        phrases = [p for linked in (*step.phrases.values(), *step.extra.values()) for p in linked]
        papers = (
            step.ids.get("paper") or self._paper_within(plan.question) or self._papers_by_words(plan.question)
        )
        step = replace(step, ids={**step.ids, "paper": tuple(papers)})
        rows = self._run(step, plan, ran, papers=list(papers))
        metric = step.phrases.get("metric", ())
        dataset = step.extra.get("on_dataset", ())
        found: list[Found] = []
        for paper in papers:
            text = self.index.paper(paper)
            if text is None:
                continue
            for figure in figures(
                text,
                plan.question,
                metric,
                dataset,
                (*step.phrases.get("paper", ()), *step.extra.get("rest", ())),
                [r for r in rows if r["paper"] == paper],
                self._numbered(paper),
            ):
                evidence = Evidence(
                    paper, text.unit(figure.unit), *text.units[figure.unit], marks=(figure.mark,)
                )
                found.append(
                    Found(
                        f"{paper}#{figure.value}",
                        figure.value,
                        "Result",
                        figure.score,
                        figure.also,
                        (evidence,),
                    )
                )
        found.sort(key=lambda f: -f.score)
        if not found or not phrases:
            return [], found
        best = found[0].score
        stand = [f for f in found if f.score >= best - 1e-6 and f.score >= 1.0]
        return stand[:1], [f for f in found if f not in stand[:1]]

    def _numbered(self, paper: str) -> list[str]:
        """Names of a paper's entities that hold a number."""
        entities = (self.index.entity(entity) for _, entity, _ in self.index.roles(paper=paper))
        forms = (form for e in entities if e is not None for form in (e.name, *e.aliases))
        return [form for form in forms if re.search(r"[A-Za-z].*\d", form)]

    def _paper_within(self, question: str) -> tuple[str, ...]:
        """The paper that a question names somewhere in its words, the longest name first."""
        words = question.rstrip("?!. ").split()
        for length in range(min(6, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                said = " ".join(words[at : at + length]).strip(",;:'\"")
                if said.endswith("'s"):
                    said = said[:-2]
                if length == 1 and not any(c.isupper() or c.isdigit() for c in said[1:]):
                    continue
                if papers := self._compiler.named_papers(said):
                    return papers
        return ()

    def _papers_by_words(self, question: str) -> tuple[str, ...]:
        """The paper that alone has nearly all content words of a question that names none."""
        amount = {stem(word) for said in class_of("how-much") for word in said}
        wanted = [t.stem for t in tokens(question) if not is_filler(t.stem) and t.stem not in amount]
        rarity = {s: self.index.rarity((s,)) for s in wanted}
        total = sum(rarity.values())
        found = []
        for paper in self.index.search([(s,) for s in rarity], 20):
            text = self.index.paper(paper)
            if text is not None:
                whole = "".join(text.stems)
                found.append((sum(r for s, r in rarity.items() if f" {s} " in whole) / total, paper))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        if not found or found[0][0] < _MOST_WORDS or (len(found) > 1 and found[1][0] > found[0][0] - _AHEAD):
            return ()
        return (found[0][1],)

    def _table(
        self, plan: Plan, ran: list[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[list[Found], list[Found]]:
        step = plan.steps[0]
        papers: list[str] = []
        if step.query.param("papers") is not None:
            papers = self._counted(self._asked(step))
        rows = self._run(step, plan, ran, papers=papers)
        if not rows and step.query.name == "connection":
            step = replace(step, query=self.queries["connection-over-two"])
            rows = self._run(step, plan, ran, papers=[])
        return self._found(step.query, rows), []

    def _counted(self, asked: list[tuple[str, str, tuple[Phrase, ...]]]) -> list[str]:
        """All papers that say what is asked; where they are too many to be weighed, those that name it."""
        phrases = [p for _, _, several in asked for p in several]
        covered = self._covering(phrases)
        if len(covered) <= _MOST_CANDIDATES:
            weighed = ((id_, self.index.paper(id_)) for id_ in map(self.index.paper_id, covered))
            return [id_ for id_, text in weighed if text and self._weigh(text, asked)[0] >= ANSWER]
        named = (n for n, share in sorted(covered.items()) if share > 0.99 or share == 0.0)
        return list(map(self.index.paper_id, named))

    def _found(self, query: Query, rows: list[dict[str, Any]]) -> list[Found]:
        found = []
        for number, row in enumerate(rows, start=1):
            name = _read_row(query, row)
            id_ = str(row.get("entity") or row.get("paper") or f"{query.name}:{number}")
            entity = self.index.entity(id_)
            label = entity.label if entity is not None else "Row"
            plain = {k: v for k, v in row.items() if isinstance(v, str | int | float | bool)}
            aliases = entity.aliases if entity is not None else ()
            found.append(Found(id_, name, label, 1.0, aliases, self._sentences(row), "", plain))
        return found

    # Running and quoting --------------------------------------------------------------------------------

    def _run(
        self,
        step: Step,
        plan: Plan,
        ran: list[tuple[str, str, Mapping[str, Any]]],
        papers: list[str],
    ) -> list[dict[str, Any]]:
        parameters = self._parameters(step, plan, papers)
        ran.append((step.query.name, step.query.cypher, parameters))
        return self.store.run(step.query.cypher, parameters).rows

    def _parameters(self, step: Step, plan: Plan, papers: list[str]) -> dict[str, Any]:
        parameters: dict[str, Any] = {}
        for param in step.query.params:
            if param.name == "papers":
                parameters["papers"] = papers
            elif param.name in step.ids:
                parameters[param.name] = list(step.ids[param.name])
            elif param.name == "since":
                parameters["since"] = plan.since if plan.since is not None else 1 if plan.until else 0
            elif param.name == "until":
                parameters["until"] = plan.until if plan.until is not None else 9999
            elif param.type == "Int":
                parameters[param.name] = step.numbers.get(param.name, int(param.default or 10))
            else:
                linked = step.phrases.get(param.name, ())
                ids = dict.fromkeys(i for phrase in linked for i in phrase.ids)
                parameters[param.name] = list(ids)[:_MOST_IDS]
        for param in step.query.params:
            if f"${param.name}_labels" in step.query.cypher:
                linked = step.phrases.get(param.name, ())
                parameters[f"{param.name}_labels"] = [
                    label for phrase in linked if not phrase.parts for label in phrase.labels
                ]
        return parameters

    def sentence(self, row: Mapping[str, Any]) -> tuple[Evidence, ...]:
        """The sentence that a row holds, found again in its paper, with the words of ``name`` marked."""
        text = self.index.paper(row.get("paper") or "")
        sentence = row.get("sentence")
        if text is None or not sentence:
            return ()
        start = f"{text.title}\n{text.abstract}".find(sentence)
        if start < 0:
            return ()
        end = start + len(sentence)
        unit = next((n for n, span in enumerate(text.units) if span == (start, end)), None)
        words = tokens(sentence) if unit is None else text.words(unit)
        marks = tuple(spans(words, self.linker.name(row["name"]))) if row.get("name") else ()
        return (Evidence(text.id, sentence, start, end, marks),)

    def _sentences(self, row: Mapping[str, Any]) -> tuple[Evidence, ...]:
        found: list[Evidence] = []
        for side, name in (("a_", "a"), ("b_", "b"), ("", "name")):
            found += self.sentence(
                {
                    "paper": row.get(f"{side}paper") or row.get("paper"),
                    "sentence": row.get(f"{side}sentence"),
                    "name": row.get(name) or row.get("name"),
                }
            )
        return merged(found)

    def _suggest(self, phrases: Iterable[Phrase]) -> tuple[str, ...]:
        names: list[str] = []
        for phrase in phrases:
            names += [e.name for e in self.index.names_like(phrase.text, 5)]
        return tuple(dict.fromkeys(names))[:8]


def _either(plan: Plan) -> Plan | None:
    """A plan for papers about A of C and B of C, where none is about both: about either; None for others."""
    step = plan.steps[0]
    several = step.phrases.get("concept", ())
    if step.query.name != "papers-about" or len(plan.steps) > 1 or len(several) < 2:
        return None
    shared = set.intersection(*({t.stem for t in tokens(phrase.text)} for phrase in several))
    if all(map(is_filler, shared)):
        return None
    one = either(" or ".join(phrase.text for phrase in several), several)
    return replace(plan, steps=(replace(step, phrases={"concept": (one,)}),))


def _bare(name: str) -> str:
    """A name without its kind, and without plain words in front of it: "out-of-distribution OptiBench"."""
    return _PLAIN.sub("", _KIND.sub("", name))


def _is_placed(found: Found) -> bool:
    """Whether all sentences of a dataset name it as an institution or its place: data came from there."""
    said = [is_place(e.sentence, *e.marks[0]) for e in found.evidence if e.marks]
    return bool(said) and all(said)


def _loose(found: Mapping[str, Found]) -> list[Found]:
    """Metrics that are no more than words ("accuracy") without a figure, where others have figures."""
    words = frozenset(vocabulary()["loose_metrics"])
    measured = [f for f in found.values() if any(map(_has_figure, f.evidence))]
    if len(measured) < 2:
        return []
    return [f for f in found.values() if f not in measured and f.name.casefold().split()[-1] in words]


def _has_figure(evidence: Evidence) -> bool:
    """Whether a figure stands near what is marked in a sentence."""
    near = (
        evidence.sentence[max(0, start - _NEAR_FIGURE) : end + _NEAR_FIGURE] for start, end in evidence.marks
    )
    return any(re.search(r"\d", said) for said in near)


def _said_in(support: Support) -> list[int]:
    return [unit for unit, said in enumerate(support.units) if said >= SAID]


def _phrases(plan: Plan) -> list[Phrase]:
    return [
        phrase
        for step in plan.steps
        for linked in (*step.phrases.values(), *step.extra.values())
        for phrase in linked
    ]


def _read_row(query: Query, row: Mapping[str, Any]) -> str:
    if query.answers == "path":
        via = f" {row['shared']} in" if "shared" in row else ""
        if via:
            return (
                f"{row['a']} {_verb(row['a_role'])} {row['title']}, which shares {row['shared']} with "
                f"{row['other_title']}, where {row['b']} {_verb(row['b_role'])}"
            )
        return f"{row['title']} {_does(row['a_role'])} {row['a']} and {_does(row['b_role'])} {row['b']}"
    if "name" in row:
        return str(row["name"])
    return ", ".join(f"{value} {name}" if name == "papers" else str(value) for name, value in row.items())


def _does(role: str) -> str:
    return {"EVALUATES_ON": "is evaluated on", "COMPARES": "compares with"}.get(role, role.lower())


def _verb(role: str) -> str:
    return {
        "EVALUATES_ON": "is evaluated on in",
        "COMPARES": "is compared with in",
        "INTRODUCES": "is introduced in",
        "USES": "is used in",
        "STUDIES": "is studied in",
        "MEASURES": "is measured in",
    }.get(role, "is named in")
