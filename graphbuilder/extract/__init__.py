"""From a paper's text to what it states: entities with roles, pairs, results, acronyms, citations."""

from graphbuilder.extract.pipeline import Extractor, above, extract, load

__all__ = ["Extractor", "above", "extract", "load"]
