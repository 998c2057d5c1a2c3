"""The archive beside a graph: the records that it was built from, and what was extracted from them.

It makes a build go on where it was killed, and lets files be added to a graph without reading the old ones
again: statements are kept under the hash of the text and the version of the extractor. It can be deleted at
any time; the next build is then a full one.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import Paper, Statements

_TABLES = """
CREATE TABLE IF NOT EXISTS records (content TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS statements (
    text TEXT, version TEXT, content TEXT, PRIMARY KEY (text, version)) WITHOUT ROWID;
"""


def archive_path(graph: str) -> Path:
    """Where the archive of a graph stands: beside a graph file; for a server's graph in the user's cache."""
    if "://" not in graph:
        return Path(f"{graph}.archive")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "graphbuilder" / f"{hashlib.sha256(graph.encode()).hexdigest()[:16]}.archive"


class Archive:
    """The archive at ``path``, locked for one build at a time.

    Raises:
        GraphbuilderError: the path cannot be written, or another build holds it.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=1, isolation_level=None)
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(_TABLES)
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            if "locked" in str(error):
                message = f"{path}: another build is writing to this graph; wait for it to end"
            else:
                message = f"{path}: cannot be written ({error}); choose another place with --graph"
            raise GraphbuilderError(message) from error

    def records(self) -> Iterator[Paper]:
        """The records of the last build, in order of their content."""
        for (content,) in self._db.execute("SELECT content FROM records ORDER BY content"):
            yield Paper.from_json(json.loads(content))

    def keep_records(self, records: Iterable[Paper]) -> None:
        """Replace the records, all or none."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("DELETE FROM records")
        self._db.executemany(
            "INSERT OR IGNORE INTO records VALUES (?)",
            ((json.dumps(r.to_json(), ensure_ascii=False, sort_keys=True),) for r in records),
        )
        self._db.execute("COMMIT")

    def statements(self, paper: Paper, version: str) -> Statements | None:
        """What an extractor of this version found in this paper's text, if it has read it."""
        row = self._db.execute(
            "SELECT content FROM statements WHERE text = ? AND version = ?", (_text_hash(paper), version)
        ).fetchone()
        return Statements.from_json(json.loads(row[0]) | {"id": paper.id}) if row else None

    def keep_statements(self, found: Iterable[tuple[Paper, Statements]], version: str) -> None:
        """Keep what was extracted, all or none; what other versions found is dropped."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("DELETE FROM statements WHERE version <> ?", (version,))
        self._db.executemany(
            "INSERT OR REPLACE INTO statements VALUES (?, ?, ?)",
            (
                (_text_hash(paper), version, json.dumps(statements.to_json(), ensure_ascii=False))
                for paper, statements in found
            ),
        )
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file and give up the lock."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()


def _text_hash(paper: Paper) -> str:
    return hashlib.sha256(paper.text.encode("utf-8", "surrogatepass")).hexdigest()
