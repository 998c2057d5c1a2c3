"""Mentions of one thing become one entity, at every place where the text prints it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.extract import coordination, definitions, mentions, patterns, sentences
from graphbuilder.extract.mentions import Mention
from graphbuilder.records import PaperEntity


def mention(text: str, form: str, kind: str = "Method", role: str = "uses", sure: float = 0.9) -> Mention:
    start = text.index(form)
    return Mention(start, start + len(form), kind, role, sure)  # type: ignore[arg-type]


def group(text: str, *found: Mention) -> list[PaperEntity]:
    defined = definitions.find(text, sentences.split("", text[1:]))
    return list(mentions.group(text, found, defined))


def surfaces(text: str, entity: PaperEntity) -> list[str]:
    return [text[start:end] for start, end in entity.mentions]


def test_forms_that_differ_in_case_hyphen_and_plural_are_one() -> None:
    text = "\nDiffusion models are new. A diffusion model, or diffusion-model, works."
    [entity] = group(text, mention(text, "Diffusion models"))
    assert surfaces(text, entity) == ["Diffusion models", "diffusion model", "diffusion-model"]
    assert {entity.name, *entity.aliases} == {"Diffusion models", "diffusion model", "diffusion-model"}


def test_a_defined_acronym_and_its_long_form_are_one() -> None:
    text = "\nThe Variational Information Bottleneck (VIB) works. VIB-based pruning and VIBs too."
    [entity] = group(text, mention(text, "VIB"))
    assert entity.name == "Variational Information Bottleneck"
    assert surfaces(text, entity) == ["Variational Information Bottleneck", "VIB", "VIB", "VIBs"]


def test_short_forms_keep_their_case() -> None:
    text = "\nWe use IN, which is in use. IN helps."
    [entity] = group(text, mention(text, "IN"))
    assert surfaces(text, entity) == ["IN", "IN"]


def test_words_inside_words_are_no_mentions() -> None:
    text = "\nWe use RAG. It is not DRAG or RAGE."
    [entity] = group(text, mention(text, "RAG"))
    assert surfaces(text, entity) == ["RAG"]


def test_a_place_inside_a_longer_name_belongs_to_the_longer_name() -> None:
    text = "\nPost-training quantization is quantization."
    found = group(
        text, mention(text, "Post-training quantization"), mention(text, "quantization.".rstrip("."))
    )
    assert {e.name: surfaces(text, e) for e in found} == {
        "Post-training quantization": ["Post-training quantization"],
        "quantization": ["quantization"],
    }


def test_the_surest_mentions_decide() -> None:
    text = "\nPruning is a task. We apply pruning."
    low = mention(text, "Pruning", "Concept", "studies", 0.4)
    [entity] = group(text, low, mention(text, "pruning", "Method", "uses", 0.8))
    assert (entity.type, entity.role, entity.confidence) == ("Method", "uses", 0.8)


def test_coordinated_names_are_two() -> None:
    text = "\nWe compare structured and unstructured pruning."
    found = coordination.expand(
        text, group(text, mention(text, "unstructured pruning", "Concept", "studies"))
    )
    assert {e.name: surfaces(text, e) for e in found} == {
        "structured pruning": ["structured and unstructured pruning"],
        "unstructured pruning": ["unstructured pruning"],
    }


def test_a_coordination_taken_as_one_name_is_two() -> None:
    text = "\nIt helps low- and high-resource languages."
    found = coordination.expand(
        text, group(text, mention(text, "low- and high-resource languages", "Concept"))
    )
    assert {e.name: surfaces(text, e) for e in found} == {
        "low-resource languages": ["low- and high-resource languages"],
        "high-resource languages": ["high-resource languages"],
    }


def test_two_nouns_are_not_coordinated_names() -> None:
    text = "\nWe study fairness and privacy protection."
    [entity] = coordination.expand(text, group(text, mention(text, "privacy protection", "Concept")))
    assert entity.name == "privacy protection"


def test_an_elided_name_that_is_printed_elsewhere_gets_a_further_mention() -> None:
    text = "\nSentence pruning works. We try sentence and document pruning."
    found = group(text, mention(text, "Sentence pruning"), mention(text, "document pruning"))
    names = {e.name: surfaces(text, e) for e in coordination.expand(text, found)}
    assert names["Sentence pruning"] == ["Sentence pruning", "sentence and document pruning"]


TRICKY = st.text(
    alphabet=st.one_of(st.sampled_from("ABab1 ,.-–()$\\{}%'’\nwe"), st.characters(codec="utf-8")),
    max_size=300,
)


@given(TRICKY, TRICKY)
def test_every_offset_is_in_range_and_every_form_is_printed(title: str, abstract: str) -> None:
    text = f"{title}\n{abstract}"
    spans = sentences.split(title, abstract)
    defined = definitions.find(text, spans)
    found = patterns.find(text, len(title), spans, defined)
    for entity in mentions.group(text, found, defined):
        printed = surfaces(text, entity)
        assert printed
        assert all(printed)
        assert all(0 <= start < end <= len(text) for start, end in entity.mentions)
        assert list(entity.mentions) == sorted(set(entity.mentions))
        assert {entity.name, *entity.aliases} == set(printed)
