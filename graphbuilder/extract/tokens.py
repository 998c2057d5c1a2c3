"""The tokenizer: words with inner hyphens, numbers, links and formulas each stay whole.

One regular expression and one pass, so that time is linear in the length of any input. spaCy's own
rules split at hyphens between letters, which cuts most names of this field in two.
"""

from __future__ import annotations

import re
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_TOKEN = re.compile(
    r"""
    https?://[^\s<>"]{1,500}                         # a link
  | \$(?:[^$\s]|[^$\s][^$\n]{0,120}[^$\s])\$         # a formula between dollar signs
  | \\(?:emph|text\w{1,6}|underline|math(?:bf|rm|cal|bb)|bf|it|sc)\{   # fonts: the word inside is text
  | \\[A-Za-z]{1,30}\*?                              # other LaTeX commands
  | [+-]?\d+(?:[.,]\d+)*(?:\\?%|×|x(?!\w))?(?![\w-])   # a number with its sign of unit
  | (?:e\.g\.|i\.e\.|et\ al\.|etc\.|vs\.|w\.r\.t\.|a\.k\.a\.)(?!\w)
  | ['’](?:s|re|ve|ll|d|m|t)(?!\w)                   # clitics
  | [^\W_](?:[^\W_]|[-‐‑–.+&_@*^](?=[^\W_])|['’](?![sS](?!\w))(?=[^\W_])|[+#*](?!\w)){0,200}   # a word
  | [ ](?=[^\s])                                     # one space inside a line belongs to the token before it
  | \s{1,200}
  | .                                                # anything else, one character
    """,
    re.VERBOSE | re.DOTALL,
)


class Tokenizer:
    """Text to :class:`spacy.tokens.Doc`; the tokens' texts and spaces join to the text again, always."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of a text of any length."""
        words: list[str] = []
        spaces: list[bool] = []
        for word in _TOKEN.findall(text):
            if word == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to store: the rules are this module."""

    def from_disk(self, path: Any, **_: Any) -> Tokenizer:
        """Nothing to load."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to store."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        """Nothing to load."""
        return self


@spacy.registry.tokenizers("graphbuilder.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Any:
    """For a spaCy config: ``[nlp.tokenizer] @tokenizers = "graphbuilder.Tokenizer.v1"``."""

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return make


def blank() -> Language:
    """A blank English pipeline with this tokenizer."""
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "graphbuilder.Tokenizer.v1"}}})
