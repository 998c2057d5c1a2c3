"""Parquet, with the columns of any of the formats that are objects with named fields."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import formats
from graphbuilder.sources.source import Source, UnreadableError
from graphbuilder.sources.work import UnusableError

_BATCH = 500  # rows
_COSTLY = frozenset(("embedding", "embeddings", "fulltext", "full_text", "text", "body", "pdf"))


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of the rows."""
    import pyarrow
    import pyarrow.parquet

    with tempfile.TemporaryFile() as spool:
        shutil.copyfileobj(source.file, spool)  # Parquet is read from its end
        try:
            file = pyarrow.parquet.ParquetFile(spool)
            columns = [name for name in file.schema_arrow.names if name.lower() not in _COSTLY]
            reader = formats.of_keys(frozenset(columns))
            number = 0
            for batch in file.iter_batches(_BATCH, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    try:
                        yield from reader.papers(row, source.name)
                    except UnusableError as why:
                        yield source.at(f"row {number}", str(why))
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise UnreadableError(f"no valid Parquet ({reason}); export it again") from None
