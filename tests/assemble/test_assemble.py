"""The graph that a corpus' statements give."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuilder.assemble import Assembly, Rules, assemble, read_rules, write_found
from graphbuilder.assemble.ledger import same_expansion
from graphbuilder.assemble.suspects import suspects
from graphbuilder.errors import GraphbuilderError
from graphbuilder.names import key, words
from graphbuilder.records import (
    ENTITY_TYPES,
    Citation,
    Definition,
    Figure,
    Paper,
    PaperEntity,
    PropertyGraph,
    Row,
    Statements,
    Use,
)
from graphbuilder.schema import EDGE_KINDS, EDGES, NODES, ROLE_EDGES


def paper(number: int, title: str, abstract: str, **fields: object) -> Paper:
    return Paper(id=f"title:{number:04}", title=title, abstract=abstract, **fields)  # type: ignore[arg-type]


def state(
    work: Paper,
    *entities: tuple[str, str, str] | tuple[str, str, str, tuple[str, ...]],
    uses: Sequence[tuple[str, str]] = (),
    results: Sequence[tuple[str, str, str | None]] = (),
    defines: Sequence[tuple[str, str]] = (),
    cites: Sequence[tuple[str, int]] = (),
) -> Statements:
    """Statements over a paper of one-sentence abstract; entities as (name, type, role[, aliases])."""
    text = work.text
    title, abstract = (0, len(work.title)), (len(work.title) + 1, len(text))

    def spans(*forms: str) -> tuple[tuple[int, int], ...]:
        return tuple(
            sorted(
                (at, at + len(form)) for form in forms for at in range(len(text)) if text.startswith(form, at)
            )
        )

    found = []
    for name, kind, role, *aliases in entities:
        forms = (name, *(aliases[0] if aliases else ()))
        mentions = spans(*forms)
        assert mentions, f"{name!r} does not stand in the text"
        found.append(PaperEntity(name, kind, role, 0.9, mentions, forms[1:]))  # type: ignore[arg-type]
    return Statements(
        id=work.id,
        title=work.title,
        sentences=(title, abstract),
        entities=tuple(found),
        used_for=tuple(Use(a, b, abstract) for a, b in uses),
        results=tuple(Figure(m, v, abstract, dataset=d) for m, v, d in results),
        definitions=tuple(Definition(s, long, spans(s)[0], spans(long)[0]) for s, long in defines),
        citations=tuple(Citation((who,), year, spans(who)[0]) for who, year in cites),
    )


def entity(graph: PropertyGraph, name: str) -> Row:
    """The one entity that has a form."""
    found = [r for t in ENTITY_TYPES for r in graph.nodes[t] if name in (r["name"], *r["aliases"])]
    assert len(found) == 1, f"{name}: {[r['name'] for r in found]}"
    return found[0]


def edges(graph: PropertyGraph, type_: str) -> list[Row]:
    return [row for kind, rows in graph.edges.items() if kind.type == type_ for row in rows]


VIB = paper(
    1, "Cutting with VIB", "We use the Variational Information Bottleneck (VIB) for pruning.", year=2020
)
LATER = paper(2, "More cutting", "Here VIB prunes large language models (LLMs) on CIFAR-10.", year=2022)
LLM = paper(3, "Small words", "An LLM is tested on CIFAR-100 and reaches 90.1% accuracy.", year=2023)

STATED = [
    state(
        VIB,
        ("Variational Information Bottleneck", "Method", "uses", ("VIB",)),
        ("pruning", "Concept", "studies"),
        uses=[("Variational Information Bottleneck", "pruning")],
        defines=[("VIB", "Variational Information Bottleneck")],
    ),
    state(
        LATER,
        ("VIB", "Method", "uses"),
        ("large language models", "Method", "uses", ("LLMs",)),
        ("CIFAR-10", "Dataset", "evaluates_on"),
        defines=[("LLMs", "large language models")],
    ),
    state(
        LLM,
        ("LLM", "Method", "uses"),
        ("CIFAR-100", "Dataset", "evaluates_on"),
        ("accuracy", "Metric", "measures"),
        results=[("accuracy", "90.1%", "CIFAR-100")],
    ),
]
PAPERS = [VIB, LATER, LLM]


def build(papers: Sequence[Paper] = PAPERS, stated: Sequence[Statements] = STATED, **kw: Rules) -> Assembly:
    return assemble(papers, stated, **kw)


def test_an_acronym_defined_once_serves_the_whole_corpus() -> None:
    graph = build().graph
    assert entity(graph, "VIB")["name"] == "Variational Information Bottleneck"
    assert entity(graph, "VIB")["papers"] == 2
    assert entity(graph, "LLM")["id"] == entity(graph, "large language models")["id"]


def test_sizes_and_versions_stay_apart() -> None:
    graph = build().graph
    assert entity(graph, "CIFAR-10")["id"] != entity(graph, "CIFAR-100")["id"]


def test_every_row_follows_the_schema_and_every_edge_joins_nodes() -> None:
    graph = build().graph
    labels = {row["id"]: label for label, rows in graph.nodes.items() for row in rows}
    assert len(labels) == sum(map(len, graph.nodes.values()))
    for label, rows in graph.nodes.items():
        assert all(list(row) == list(NODES[label]) and row["kind"] == label for row in rows)
    for kind, rows in graph.edges.items():
        assert kind in EDGE_KINDS
        for row in rows:
            assert set(row) == {"source", "target", *EDGES[kind.type]}
            assert (labels[row["source"]], labels[row["target"]]) == (kind.source, kind.target)


def test_every_mention_edge_shows_its_surface_and_sentence() -> None:
    graph = build().graph
    texts = {p.id: p.text for p in PAPERS}
    shown = [row for edge in ROLE_EDGES.values() for row in edges(graph, edge)]
    assert len(shown) == 8
    for row in shown:
        text = texts[row["source"]]
        assert text[row["start"] : row["end"]] == row["surface"]
        assert row["surface"] in row["sentence"]
        assert row["sentence"] in text
        assert row["spans"][::2] == sorted(row["spans"][::2])


def test_no_entity_is_an_orphan() -> None:
    graph = build().graph
    held = {row["target"] for edge in ROLE_EDGES.values() for row in edges(graph, edge)}
    assert {r["id"] for t in ENTITY_TYPES for r in graph.nodes[t]} == held


def test_uses_and_results_hang_on_the_papers_own_entities() -> None:
    graph = build().graph
    [use] = edges(graph, "USED_FOR")
    assert (use["source"], use["target"]) == (entity(graph, "VIB")["id"], entity(graph, "pruning")["id"])
    assert use["paper"] == VIB.id
    [result] = graph.nodes["Result"]
    assert (result["metric"], result["value"]) == ("accuracy", "90.1%")
    assert edges(graph, "OF")[0]["target"] == entity(graph, "accuracy")["id"]
    assert edges(graph, "ON")[0]["target"] == entity(graph, "CIFAR-100")["id"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_input_does_not_change_a_byte(shuffle: random.Random) -> None:
    papers, stated = list(PAPERS), list(STATED)
    shuffle.shuffle(papers)
    shuffle.shuffle(stated)
    assert list(build(papers, stated).graph.lines()) == list(build().graph.lines())


def test_an_acronym_of_two_senses_goes_with_its_company_or_stays_undecided() -> None:
    works = [
        paper(1, "A", "Sparse autoencoders (SAE) explain features of interpretability."),
        paper(2, "B", "Stochastic average estimation (SAE) speeds up optimization."),
        paper(3, "C", "SAE helps interpretability."),
        paper(4, "D", "SAE was seen once."),
    ]
    stated = [
        state(
            works[0],
            ("Sparse autoencoders", "Method", "uses", ("SAE",)),
            ("interpretability", "Concept", "studies"),
            defines=[("SAE", "Sparse autoencoders")],
        ),
        state(
            works[1],
            ("Stochastic average estimation", "Method", "uses", ("SAE",)),
            ("optimization", "Concept", "studies"),
            defines=[("SAE", "Stochastic average estimation")],
        ),
        state(works[2], ("SAE", "Method", "uses"), ("interpretability", "Concept", "studies")),
        state(works[3], ("SAE", "Method", "uses")),
    ]
    graph = assemble(works, stated).graph
    methods = {r["name"]: r for r in graph.nodes["Method"]}
    assert methods["Sparse autoencoders"]["papers"] == 2
    assert methods["Stochastic average estimation"]["papers"] == 1
    assert methods["SAE"]["ambiguous"] is True
    assert methods["SAE"]["papers"] == 1


def test_two_systems_of_one_name_are_two_nodes() -> None:
    works = [
        paper(1, "Prism: Splitting Light", "Prism splits light for optics.", year=2020),
        paper(2, "Prism: Checking Programs", "Prism checks programs for verification.", year=2021),
        paper(3, "A user", "We run Prism for verification.", year=2022),
    ]
    stated = [
        state(works[0], ("Prism", "Method", "introduces"), ("optics", "Concept", "studies")),
        state(works[1], ("Prism", "Method", "introduces"), ("verification", "Concept", "studies")),
        state(works[2], ("Prism", "Method", "uses"), ("verification", "Concept", "studies")),
    ]
    graph = assemble(works, stated).graph
    prisms = sorted(r["papers"] for r in graph.nodes["Method"] if r["name"] == "Prism")
    assert prisms == [1, 2]
    [cited] = edges(graph, "CITES")
    assert (cited["source"], cited["target"], cited["provenance"]) == (works[2].id, works[1].id, "name")


def test_the_majority_gives_one_label() -> None:
    works = [paper(n, f"T{n}", "About pruning.") for n in range(3)]
    stated = [state(w, ("pruning", "Method" if n else "Concept", "studies")) for n, w in enumerate(works)]
    graph = assemble(works, stated).graph
    assert entity(graph, "pruning")["kind"] == "Method"
    assert entity(graph, "pruning")["papers"] == 3


def test_narrower_things_point_to_the_broader_and_no_cycle_arises() -> None:
    work = paper(
        1,
        "T",
        "Quantization, post-training quantization, static post-training quantization, model, LLaMA-2-7B, LLaMA-2.",
    )
    names = ["Quantization", "post-training quantization", "static post-training quantization", "model"]
    stated = [state(work, *((n, "Method", "uses") for n in [*names, "LLaMA-2-7B", "LLaMA-2"]))]
    graph = assemble([work], stated).graph
    up = {row["source"]: row["target"] for row in edges(graph, "BROADER")}
    assert up[f"e:{key(names[2])}"] == f"e:{key(names[1])}"
    assert up[f"e:{key(names[1])}"] == f"e:{key(names[0])}"
    assert up["e:llama2-7b"] == "e:llama2"
    for start in up:
        seen, at = set(), start
        while at in up:
            assert at not in seen
            seen.add(at)
            at = up[at]


def test_pretraining_is_no_training() -> None:
    work = paper(1, "T", "On distillation, pre-distillation and non-distillation.")
    stated = [
        state(
            work, *((n, "Method", "uses") for n in ("distillation", "pre-distillation", "non-distillation"))
        )
    ]
    assert not edges(assemble([work], stated).graph, "BROADER")


def test_citations_from_lists_text_and_names_never_to_oneself_nor_forward() -> None:
    works = [
        paper(
            1,
            "ZipNet: A Net",
            "ZipNet is new.",
            year=2020,
            authors=("Ana Roth",),
            references=("title:0001", "doi:9"),
        ),
        paper(2, "Later", "We extend ZipNet.", year=2021, other_ids=("doi:9",), references=("title:0001",)),
        paper(3, "Text", "As Roth (2020) says.", year=2022),
        paper(4, "Early", "We extend ZipNet.", year=2010),
    ]
    stated = [
        state(works[0], ("ZipNet", "Method", "introduces")),
        state(works[1], ("ZipNet", "Method", "uses")),
        state(works[2], cites=[("Roth", 2020)]),
        state(works[3], ("ZipNet", "Method", "uses")),
    ]
    found = {
        (r["source"][-1], r["target"][-1], r["provenance"])
        for r in edges(assemble(works, stated).graph, "CITES")
    }
    assert found == {("2", "1", "reference list"), ("3", "1", "text")}


def test_rare_shared_entities_relate_papers_more_than_common_ones() -> None:
    works = [paper(n, f"Paper {n}", "accuracy of odd-sorting") for n in range(30)]
    stated = [
        state(w, ("accuracy", "Metric", "measures"), *([("odd-sorting", "Method", "uses")] if n < 2 else []))
        for n, w in enumerate(works)
    ]
    related = edges(assemble(works, stated).graph, "RELATED")
    first = sorted((r for r in related if r["source"] == works[0].id), key=lambda r: -r["score"])
    assert first[0]["target"] == works[1].id
    assert first[0]["shared"][0] == "odd-sorting"
    assert len(related) <= 6 * len(works)


def test_one_papers_definition_does_not_take_a_name_that_many_use() -> None:
    works = [paper(1, "A", "Our comparing continuous optimizers (COCO) compare.")]
    works += [paper(n, f"Title {n}", "We test on COCO.") for n in range(2, 40)]
    stated = [
        state(
            works[0],
            ("comparing continuous optimizers", "Method", "uses", ("COCO",)),
            defines=[("COCO", "comparing continuous optimizers")],
        ),
        *(state(w, ("COCO", "Dataset", "evaluates_on")) for w in works[1:]),
    ]
    [dataset] = assemble(works, stated).graph.nodes["Dataset"]
    assert (dataset["name"], dataset["papers"]) == ("COCO", 38)


def test_the_case_of_a_short_form_tells_senses_apart() -> None:
    works = [
        paper(1, "A", "The maximum a posteriori (MAP) estimate on Ants."),
        paper(2, "B", "The maximum a posteriori (MAP) estimate on Ants too."),
        paper(3, "C", "The mean average precision (mAP) on Bees."),
        paper(4, "D", "An mAP on Ants."),
    ]
    ants, bees = ("Ants", "Dataset", "evaluates_on"), ("Bees", "Dataset", "evaluates_on")
    posteriori = [("MAP", "maximum a posteriori")]
    stated = [
        state(works[0], ("maximum a posteriori", "Method", "uses", ("MAP",)), ants, defines=posteriori),
        state(works[1], ("maximum a posteriori", "Method", "uses", ("MAP",)), ants, defines=posteriori),
        state(
            works[2],
            ("mean average precision", "Metric", "measures", ("mAP",)),
            bees,
            defines=[("mAP", "mean average precision")],
        ),
        state(works[3], ("mAP", "Metric", "measures"), ants),
    ]
    assert entity(assemble(works, stated).graph, "mean average precision")["papers"] == 2


def test_a_longer_name_is_no_long_form() -> None:
    works = [paper(1, "A", "We test on CIFAR-100-C and CIFAR-100."), paper(2, "B", "We test on CIFAR-100.")]
    stated = [
        state(works[0], ("CIFAR-100-C", "Dataset", "evaluates_on", ("CIFAR-100",))),
        state(works[1], ("CIFAR-100", "Dataset", "evaluates_on")),
    ]
    assert len(assemble(works, stated).graph.nodes["Dataset"]) == 2


def test_what_the_title_names_relates_papers_more() -> None:
    works = [
        paper(1, "On forgetting", "We study forgetting and sparsity."),
        paper(2, "On forgetting too", "We study forgetting and robustness."),
        paper(3, "On nothing", "We study forgetting and robustness."),
    ]
    stated = [
        state(
            w,
            *(
                (name, "Concept", "studies")
                for name in ("forgetting", "sparsity", "robustness")
                if name in w.text
            ),
        )
        for w in works
    ]
    rows = {(r["source"], r["target"]): r["score"] for r in edges(assemble(works, stated).graph, "RELATED")}
    assert rows[works[0].id, works[1].id] > rows[works[0].id, works[2].id]


def test_a_common_word_is_no_kind_of_a_system_of_that_name() -> None:
    works = [paper(1, "SHIFT: A System", "Here SHIFT moves."), paper(2, "B", "A distribution shift hurts.")]
    stated = [
        state(works[0], ("SHIFT", "Method", "introduces")),
        state(works[1], ("distribution shift", "Concept", "studies")),
    ]
    assert edges(assemble(works, stated).graph, "BROADER") == []


def test_the_users_rules_win(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "graph.names"
    file.write_text(
        "# mine\nalias pruning = CIFAR-10  # odd, but mine\nnot-alias VIB | Nothing\n"
        "broader CIFAR-100 > accuracy\ntype accuracy : Concept\n"
    )
    graph = build(rules=read_rules(file)).graph
    assert entity(graph, "pruning")["id"] == entity(graph, "CIFAR-10")["id"]
    assert entity(graph, "accuracy")["kind"] == "Concept"
    assert [r["target"] for r in edges(graph, "BROADER")] == [entity(graph, "accuracy")["id"]]


def test_a_build_keeps_the_users_lines_of_the_names_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "graph.names"
    write_found(file, ["alias A = B  # one"])
    file.write_text("type VIB : Method\n" + file.read_text())
    write_found(file, ["alias C = D  # two"])
    text = file.read_text()
    assert text.startswith("type VIB : Method\n")
    assert "alias C = D" in text
    assert "alias A = B" not in text
    assert read_rules(file).alias == {}


@pytest.mark.parametrize("line", ["alias A B", "merge A = B", "type A : Thing", "broader A = B"])
def test_a_line_that_is_no_rule_is_named_with_its_place(tmp_path, line: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "graph.names"
    file.write_text(f"# head\n{line}\n")
    with pytest.raises(GraphbuilderError, match=r"graph\.names:2: "):
        read_rules(file)


def test_suspected_pairs_name_their_reason() -> None:
    rows = [
        {"id": f"e:{key(n)}", "name": n, "aliases": []}
        for n in (
            "image-text retrieval",
            "text-image retrieval",
            "stochastic sampling",
            "stochastic sampler",
            "BERT",
        )
    ]
    assert suspects(rows) == [
        ("image-text retrieval", "text-image retrieval", "the same words in another order"),
        ("stochastic sampler", "stochastic sampling", "words that begin alike"),
    ]


def test_no_papers_give_an_empty_graph() -> None:
    assert sum(assemble([], []).graph.counts().values()) == 0


def test_a_name_with_a_settled_acronym_in_it_is_the_name_spelled_out() -> None:
    works = [
        paper(1, "A", "Large language models (LLMs) can forget."),
        paper(2, "B", "Large language models (LLMs) and LLM unlearning."),
        paper(3, "C", "On large language model unlearning."),
    ]
    defines = [("LLMs", "Large language models")]
    stated = [
        state(works[0], ("Large language models", "Method", "uses", ("LLMs",)), defines=defines),
        state(works[1], ("LLM unlearning", "Concept", "studies"), defines=defines),
        state(works[2], ("large language model unlearning", "Concept", "studies")),
    ]
    graph = assemble(works, stated).graph
    assert entity(graph, "LLM unlearning")["papers"] == 2


def test_an_acronym_that_one_paper_spells_out_is_known_where_all_print_the_long_form() -> None:
    works = [
        paper(1, "A", "Reinforcement learning (RL) acts."),
        paper(2, "B", "Here reinforcement learning acts."),
        paper(3, "C", "There reinforcement learning acts."),
        paper(4, "D", "Now RL acts on EM."),
        paper(5, "E", "An episodic memory (EM) helps."),
    ]
    stated = [
        state(
            works[0],
            ("Reinforcement learning", "Method", "uses", ("RL",)),
            defines=[("RL", "Reinforcement learning")],
        ),
        state(works[1], ("reinforcement learning", "Method", "uses")),
        state(works[2], ("reinforcement learning", "Method", "uses")),
        state(works[3], ("RL", "Method", "uses"), ("EM", "Metric", "measures")),
        state(works[4], ("episodic memory", "Method", "uses", ("EM",)), defines=[("EM", "episodic memory")]),
    ]
    graph = assemble(works, stated).graph
    assert entity(graph, "reinforcement learning")["papers"] == 4
    # one stranger's two letters stay undecided
    assert [r["ambiguous"] for t in ENTITY_TYPES for r in graph.nodes[t] if r["name"] == "EM"] == [True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("stochastic gradient descent", "stochastic gradient decent", True),
        ("multimodal large language model", "multimodal language model", False),
        ("question answering", "question answer", False),
        ("language model", "language modeling", False),
    ],
)
def test_expansions_of_one_acronym_that_are_one(one: str, other: str, same: bool) -> None:
    assert same_expansion(words(one), words(other)) == same


def test_an_expansion_may_leave_out_a_word_that_the_acronym_has() -> None:
    long, brief = words("multimodal large language model"), words("multimodal language model")
    assert same_expansion(long, brief, "mllm")
    assert not same_expansion(long, brief, "mlm")


def test_a_common_word_is_no_acronym_of_the_same_letters() -> None:
    works = [paper(1, "A", "The mean average precision (mAP) rises."), paper(2, "B", "We draw maps.")]
    stated = [
        state(
            works[0],
            ("mean average precision", "Metric", "measures", ("mAP",)),
            defines=[("mAP", "mean average precision")],
        ),
        state(works[1], ("maps", "Concept", "studies")),
    ]
    graph = assemble(works, stated).graph
    assert entity(graph, "maps")["id"] != entity(graph, "mean average precision")["id"]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("fine-tuning", "fine-tuned", "Method"),
        ("LoRA", "LoRA method", "Method"),
        ("BLEU", "BLEU score", "Metric"),
        ("image retrieval", "retrieval of images", "Concept"),
        ("memory usage", "memory footprint", "Metric"),
        ("cross-attention", "cross-attention mechanism", "Method"),
        ("pre-training", "standard pre-training", "Method"),
        ("class imbalance", "class imbalance problem", "Concept"),
        ("diffusion transformer", "diffusion transformer models", "Method"),
        ("contrastive loss", "contrastive loss function", "Method"),
        ("distribution shift", "distributional shift", "Concept"),
        ("interpretability", "interpretable", "Concept"),
        ("memorization", "memorizing", "Concept"),
        ("overfitting", "overfit", "Concept"),
    ],
)
def test_variants_of_one_name_are_one_node(one: str, other: str, kind: str) -> None:
    works = [paper(n, f"T{n}", f"About {form} here.") for n, form in enumerate((one, other))]
    stated = [state(w, (form, kind, "uses")) for w, form in zip(works, (one, other), strict=True)]
    graph = assemble(works, stated).graph
    assert entity(graph, one)["id"] == entity(graph, other)["id"]
    assert entity(graph, one)["papers"] == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Adaptation Model", "adaptation"),
        ("CLIP", "CLIP score"),
        ("code", "coding"),
        ("learning", "learning method"),
        ("models", "modeling"),
        ("search", "search algorithm"),
        ("contextual bandits", "context"),
        ("Gaussian process", "process"),
    ],
)
def test_what_only_looks_like_a_variant_stays_apart(one: str, other: str) -> None:
    works = [paper(n, f"T{n}", f"About {form} here.") for n, form in enumerate((one, other))]
    stated = [state(w, (form, "Method", "uses")) for w, form in zip(works, (one, other), strict=True)]
    graph = assemble(works, stated).graph
    assert len(graph.nodes["Method"]) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("linear contextual bandits", "contextual linear bandits"),
        ("hand pose tracking", "tracking hand pose"),
        ("mutual learning (ML) loss", "mutual learning loss"),
        ("fine-tuned models", "fine-tune models"),
    ],
)
def test_other_orders_and_brackets_make_no_other_thing(one: str, other: str) -> None:
    works = [paper(n, f"T{n}", f"About {form} here.") for n, form in enumerate((one, other))]
    stated = [state(w, (form, "Method", "uses")) for w, form in zip(works, (one, other), strict=True)]
    assert len(assemble(works, stated).graph.nodes["Method"]) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("variational diffusion autoencoder", "diffusion variational autoencoder"),
        ("speech to text", "text to speech"),
        ("local cross-attention", "cross-local attention"),
        ("reasoning language model", "language model reasoning"),
        ("autoregressive (VAR) model", "autoregressive model"),
    ],
)
def test_other_orders_may_make_another_thing(one: str, other: str) -> None:
    works = [paper(n, f"T{n}", f"About {form} here.") for n, form in enumerate((one, other))]
    stated = [state(w, (form, "Method", "uses")) for w, form in zip(works, (one, other), strict=True)]
    assert len(assemble(works, stated).graph.nodes["Method"]) == 2


def nodes_of_one_paper(*named: tuple[str, str]) -> int:
    work = paper(1, "T", f"Here are {' and '.join(name for name, _ in named)} at last.")
    graph = assemble([work], [state(work, *((name, kind, "uses") for name, kind in named))]).graph
    return sum(len(graph.nodes[label]) for label in ENTITY_TYPES)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("token mixing", "token mixing module", "Method"),
        ("top-down approach", "top-down methods", "Method"),
        ("small object detection", "detecting small objects", "Concept"),
        ("repair of programs", "program repair", "Concept"),
        ("shortcut behavior", "shortcut behaviors", "Concept"),
        ("staleness", "staleness problem", "Concept"),
        ("WordJam", "WordJam benchmark", "Dataset"),
        ("page memory", "page memory usage", "Metric"),
        ("chunked models", "chunked LMs", "Method"),
        ("PlumRunner", "PlumRuner", "Method"),
        ("GRTF", "gated ring token filter", "Method"),
        ("GR-TF", "gated ring token filter", "Method"),
        ("two-step QF", "two-step query folding", "Concept"),
        ("QF loss", "query folding loss", "Method"),
    ],
)
def test_two_wordings_within_one_paper_are_one_node(one: str, other: str, kind: str) -> None:
    assert nodes_of_one_paper((one, kind), (other, kind)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("object detection", "Concept"), ("object detector", "Method")),
        (("layer sparsity", "Concept"), ("layer sparsification", "Concept")),
        (("pruned heads", "Concept"), ("head pruning", "Concept")),
        (("ring attention mask", "Method"), ("ring mask attention", "Method")),
        (("reward function", "Concept"), ("reward module", "Concept")),
        (("quantization", "Concept"), ("post-training quantization", "Concept")),
        (("PlumRunner", "Method"), ("PlumRunners2", "Method")),
        (("two-step QF", "Concept"), ("two-step query filling games", "Concept")),
    ],
)
def test_what_only_sounds_alike_within_one_paper_stays_apart(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert nodes_of_one_paper(one, other) == 2


def test_a_wording_that_stands_elsewhere_by_itself_is_its_own_thing() -> None:
    works = [
        paper(1, "A", "A token mixing module for token mixing."),
        paper(2, "B", "A token mixing module."),
    ]
    alone = ("token mixing module", "Method", "uses")
    stated = [state(works[0], ("token mixing", "Method", "uses"), alone), state(works[1], alone)]
    assert entity(assemble(works, stated).graph, "token mixing module")["papers"] == 2
    third = paper(3, "C", "Only token mixing.")
    both = assemble([*works, third], [*stated, state(third, ("token mixing", "Method", "uses"))]).graph
    assert len(both.nodes["Method"]) == 2


def test_an_acronym_within_a_name_is_read_as_its_paper_defines_it() -> None:
    work = paper(1, "T", "Ring token filtering (RTF) and online RTF, that is online ring token filtering.")
    stated = state(
        work,
        ("online RTF", "Concept", "studies"),
        ("online ring token filtering", "Concept", "studies"),
        defines=[("RTF", "Ring token filtering")],
    )
    assert len(assemble([work], [stated]).graph.nodes["Concept"]) == 1


def test_an_acronym_whose_last_word_is_said_again() -> None:
    defines = [("RTF", "ring token filter")]
    works = [paper(n, f"T{n}", "A ring token filter (RTF) helps.") for n in (1, 2)]
    works.append(paper(3, "C", "An RTF filter helps."))
    known = ("ring token filter", "Method", "uses", ("RTF",))
    stated = [state(w, known, defines=defines) for w in works[:2]]
    graph = assemble(works, [*stated, state(works[2], ("RTF filter", "Method", "uses"))]).graph
    assert entity(graph, "ring token filter")["papers"] == 3


def test_a_dataset_is_no_task_of_the_same_letters() -> None:
    works = [paper(n, f"T{n}", "Open ring inspection (ORI) here.") for n in (1, 2, 3)]
    works.append(paper(4, "D", "We test on ORI."))
    task = ("Open ring inspection", "Concept", "studies", ("ORI",))
    stated = [state(w, task, defines=[("ORI", "Open ring inspection")]) for w in works[:3]]
    graph = assemble(works, [*stated, state(works[3], ("ORI", "Dataset", "evaluates_on"))]).graph
    assert [row["name"] for row in graph.nodes["Dataset"]] == ["ORI"]


def test_a_piece_of_a_bracket_is_no_alias() -> None:
    work = paper(1, "T", "Low-Rank Adaptation (LoRA) adapts.")
    graph = assemble([work], [state(work, ("Low-Rank Adaptation", "Method", "uses", ("LoRA)",)))]).graph
    assert graph.nodes["Method"][0]["aliases"] == []
