"""Entity resolution: which names of which papers are one thing.

Every safe link is one of these, each with its reason in the names file: the same key (case, plural,
hyphen, spelling), an acronym and the long form that a text gives it, the rules of
:mod:`graphbuilder.assemble.variants`, and the user's own. A short form that an extractor merely takes for a
longer one stays with its paper: chains of those are how wrong merges happen.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphbuilder.assemble.ledger import Ledger
from graphbuilder.assemble.rules import Rules
from graphbuilder.assemble.variants import variants
from graphbuilder.assemble.wordings import wordings
from graphbuilder.names import initials_fit, is_proper_name, is_short_form, key
from graphbuilder.records import ENTITY_TYPES, EntityType, Paper, PaperEntity, Statements

#: A node's own name is shown if it is at least one of so many.
RARE = 3


@dataclass
class Node:
    """One entity of the corpus: an id, its label, and its printed forms, commonest first."""

    id: str
    name: str
    label: EntityType
    aliases: list[str]
    papers: set[str] = field(default_factory=set)
    ambiguous: bool = False

    @property
    def forms(self) -> list[str]:
        """The name and all aliases."""
        return [self.name, *self.aliases]


@dataclass
class Entities:
    """The entities of a corpus, and where each paper's names went.

    ``of`` maps (paper id, index of the entity in its statements) to a node's id; ``found`` holds the merges
    as lines of the names file.
    """

    nodes: dict[str, Node]
    of: dict[tuple[str, int], str]
    found: list[str]


def resolve(papers: Sequence[Paper], statements: Mapping[str, Statements], rules: Rules) -> Entities:
    """Resolve every entity of every paper to one node. The order of the papers has no effect."""
    order = sorted(statements)
    company = {p: frozenset(key(e.name) for e in statements[p].entities) for p in order}
    ledger = Ledger({p: _definitions(statements[p]) for p in order}, company)
    merges = _Merges(statements, ledger, rules)
    place: dict[tuple[str, int], tuple[str, bool]] = {}
    for paper in order:
        for index, entity in enumerate(statements[paper].entities):
            place[paper, index] = _place(statements[paper], entity, ledger, merges)
    _split_homographs({p.id: p for p in papers}, statements, company, place, rules)
    return _nodes(statements, place, merges, rules)


def _definitions(statements: Statements) -> list[tuple[str, str]]:
    """The pairs (short, long) that a paper's text or its entities' forms state."""
    pairs = [(d.short, d.long) for d in statements.definitions]
    known = {key(short) for short, _ in pairs}
    for entity in statements.entities:
        if not is_short_form(entity.name):
            pairs += [
                (alias, entity.name)
                for alias in entity.aliases
                if is_short_form(alias) and key(alias) not in known and initials_fit(alias, entity.name)
            ]
    return pairs


class _Merges:
    """The keys that are one key in every paper, as a map to the representative, with the reasons."""

    def __init__(self, statements: Mapping[str, Statements], ledger: Ledger, rules: Rules) -> None:
        self._to: dict[str, str] = {}
        self._why: dict[str, str] = {}
        self._rules = rules
        prints: dict[str, Counter[str]] = defaultdict(Counter)
        votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
        for paper in sorted(statements):
            for entity in statements[paper].entities:
                votes[key(entity.name)][entity.type] += 1
                for form in dict.fromkeys((entity.name, *entity.aliases)):
                    prints[key(form)][form] += 1
        self._prints = prints
        self.printed = {k: _by_count(forms)[0] for k, forms in prints.items()}
        types = {k: max(ENTITY_TYPES, key=lambda t: count[t]) for k, count in votes.items()}
        self.types: Mapping[str, EntityType] = types
        for narrow, wide in sorted(rules.alias.items()):
            self._join(narrow, wide, "your rule")
        for long, main, short, count in ledger.merged():
            self._join(long, main, f"both written {short.upper()}, in {count} papers")
        for k, other, why in variants(prints, types, ledger):
            self._join(k, other, why)
        for k, other, why in wordings(statements, ledger, self.of):
            self._join(k, other, why)

    def of(self, k: str) -> str:
        """The representative of a key."""
        while k in self._to:
            k = self._to[k]
        return k

    def lines(self) -> list[str]:
        """The merges as lines of the names file."""
        return [
            f"alias {self.printed.get(k, k)} = {self.printed.get(self.of(k), self.of(k))}  # {why}"
            for k, why in sorted(self._why.items())
            if why != "your rule"
        ]

    def _join(self, k: str, other: str, why: str) -> None:
        a, b = self.of(k), self.of(other)
        if (
            a == b
            or frozenset((a, b)) in self._rules.not_alias
            or frozenset((k, other)) in self._rules.not_alias
        ):
            return
        if a != k and self._count(a) > self._count(b):
            a, b, k = b, a, other  # what is known by another name already stays where most print it
        self._to[a] = b
        self._why[k] = why

    def _count(self, k: str) -> int:
        return self._prints[k].total() if k in self._prints else 0


def _place(statements: Statements, entity: PaperEntity, ledger: Ledger, merges: _Merges) -> tuple[str, bool]:
    """The key that a paper's entity belongs to, and whether it is a short form left undecided."""
    for form in (entity.name, *entity.aliases):
        own = ledger.expansion(key(form), statements.id)
        if own is not None and is_short_form(form):
            return merges.of(own), False
    name = merges.of(key(entity.name))
    written_short = any(is_short_form(word) for word in entity.name.split())  # "mAP", not "maps"
    if not written_short or not is_short_form(merges.printed.get(name, "")):
        return name, False
    if _own_name(statements, entity) and (_heads_title(statements, entity) or not ledger.settled(name)):
        return name, False  # a system of its own, and no mention of what all others mean by these letters
    long, ambiguous = ledger.resolve(name, statements.id, entity.name)
    if long and entity.type == "Dataset" and merges.types.get(long, "Dataset") != "Dataset":
        return name, False  # a dataset is none of the things that others write so
    senses = ledger.senses.get(name, [])
    if ambiguous and len(senses) > 1 and len({merges.of(sense.main) for sense in senses}) == 1:
        return merges.of(senses[0].main), False  # its long forms turned out to be one thing
    return merges.of(long or name), ambiguous


def _own_name(statements: Statements, entity: PaperEntity) -> bool:
    """Whether a paper's title gives the name to what the paper introduces."""
    return (
        entity.role == "introduces"
        and _is_name(entity.name)
        and any(end <= len(statements.title) for _, end in entity.mentions)
    )


def _heads_title(statements: Statements, entity: PaperEntity) -> bool:
    head, colon, _ = statements.title.partition(":")
    return bool(colon) and key(head) == key(entity.name)


def _split_homographs(
    papers: Mapping[str, Paper],
    statements: Mapping[str, Statements],
    company: Mapping[str, frozenset[str]],
    place: dict[tuple[str, int], tuple[str, bool]],
    rules: Rules,
) -> None:
    """Tell apart systems of one name: each paper that introduces the name in its title has its own.

    Other papers that use the name go with the introducer whose company theirs resembles most, else stay
    with the bare name, marked ambiguous.
    """
    own: dict[str, list[str]] = defaultdict(list)
    for (paper, index), (k, _) in sorted(place.items()):
        if _own_name(statements[paper], statements[paper].entities[index]) and paper not in own[k]:
            own[k].append(paper)
    split = {
        k: introducers for k, introducers in own.items() if len(introducers) > 1 and k not in rules.alias
    }
    if not split:
        return
    for (paper, index), (k, _) in sorted(place.items()):
        if k not in split:
            continue
        if paper in split[k]:
            place[paper, index] = (f"{k}~{paper}", False)
            continue
        fits = sorted(
            (
                (len((company[paper] & company[q]) - {k}), q)
                for q in split[k]
                if _not_before(papers, paper, q)
            ),
            key=lambda f: (-f[0], f[1]),
        )
        if fits and fits[0][0] > (fits[1][0] if len(fits) > 1 else 0):
            place[paper, index] = (f"{k}~{fits[0][1]}", False)
        else:
            place[paper, index] = (k, True)


def _not_before(papers: Mapping[str, Paper], paper: str, introducer: str) -> bool:
    mine, theirs = papers[paper].year, papers[introducer].year
    return mine is None or theirs is None or theirs <= mine


def _nodes(
    statements: Mapping[str, Statements],
    place: Mapping[tuple[str, int], tuple[str, bool]],
    merges: _Merges,
    rules: Rules,
) -> Entities:
    """The nodes behind the keys: forms, majority label, display name."""
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    prints: dict[str, Counter[str]] = defaultdict(Counter)
    as_name: dict[str, Counter[str]] = defaultdict(Counter)
    votes: dict[str, dict[EntityType, list[float]]] = defaultdict(lambda: defaultdict(list))
    members: dict[str, set[str]] = defaultdict(set)
    undecided: dict[str, list[bool]] = defaultdict(list)
    for (paper, index), (k, ambiguous) in sorted(place.items()):
        entity = statements[paper].entities[index]
        members[k].add(paper)
        undecided[k].append(ambiguous)
        votes[k][entity.type].append(entity.confidence)
        as_name[k][entity.name] += 1
        for form in dict.fromkeys((entity.name, *entity.aliases)):
            owners[key(form)][k] += 1
            prints[k][form] += 1
    nodes: dict[str, Node] = {}
    id_of: dict[str, str] = {}
    for k in sorted(prints):
        forms = [f for f in _by_count(prints[k]) if _owns(k, f, owners[key(f)], merges) and _is_whole(f)]
        name = rules.names.get(k) if k in rules.alias.values() else None
        name = name or _display(k, as_name[k], prints[k], is_short_form(merges.printed.get(k, "")))
        label = rules.type.get(key(name)) or rules.type.get(k) or _majority(votes[k])
        node = Node(
            id=f"e:{k}",
            name=name,
            label=label,
            aliases=[f for f in forms if f != name],
            papers=members[k],
            ambiguous=all(undecided[k]),
        )
        nodes[node.id] = node
        id_of[k] = node.id
    return Entities(nodes, {at: id_of[k] for at, (k, _) in place.items()}, merges.lines())


def _owns(k: str, form: str, owners: Counter[str], merges: _Merges) -> bool:
    """Whether a printed form names this node everywhere, and is not merely short for it in some paper."""
    if is_short_form(form):
        return owners[k] * 4 >= owners.total()
    return merges.of(key(form)) == k.split("~", maxsplit=1)[0]


def _display(k: str, names: Counter[str], prints: Counter[str], short: bool) -> str:
    """The name to show: the commonest that stands whole, a full one unless the node's own name is short.

    The node's own name comes first unless it is rare ("machine unlearning" is mostly called "unlearning").
    """
    own = Counter({form: n for form, n in names.items() if key(form) == k.split("~", maxsplit=1)[0]})
    for forms in (own if own.total() * RARE >= names.total() else names, names, prints):
        for form in _by_count(forms):
            if _is_whole(form) and is_short_form(form) == short:
                return form
    return _by_count(names)[0]


def _is_whole(form: str) -> bool:
    """Whether every bracket of a form is closed: no piece of "Low-Rank Adaptation (LoRA)"."""
    return form.count("(") == form.count(")") and form.count("[") == form.count("]")


def _majority(votes: Mapping[EntityType, list[float]]) -> EntityType:
    return max(ENTITY_TYPES, key=lambda t: (round(math.fsum(votes.get(t, ())), 9), -ENTITY_TYPES.index(t)))


def _by_count(counter: Counter[str]) -> list[str]:
    return sorted(counter, key=lambda f: (-counter[f], f))


def _is_name(text: str) -> bool:
    """Whether a form may name one work's system: a proper name, or one capitalized word."""
    return is_proper_name(text) or (" " not in text and text[:1].isupper())
