"""The graph in a Neo4j server, beside whatever else its database holds.

Every node of ours carries one label more (``Graphbuilder``, or the namespace): constraint, indexes, reads
and writes all go through it, so other data is neither seen nor touched. A query is sent with that label
added to its node patterns and is otherwise as it was written.

A write compares what the server holds with what it should hold, and sends the difference: a second build
of the same papers changes nothing, and a load that was cut off goes on. Two loads at once cannot mix: a
load holds a lock that the server lets go of when the connection ends.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import ssl
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, NoReturn

import neo4j
import neo4j.graph
import neo4j.time
import snowballstemmer
from neo4j import exceptions

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import EdgeKind, PropertyGraph, Row, edge_order
from graphbuilder.schema import EDGES, NODES, SEARCHED, VERSION, Properties
from graphbuilder.stores import LIMIT, TIMEOUT, Progress, Rows, Store, guard, silent
from graphbuilder.stores.load import BATCH, INDEXED, load
from graphbuilder.stores.scope import is_hidden, scoped

#: The label of every node of ours, where no namespace is given.
LABEL = "Graphbuilder"

#: The label of the node that notes what the last write did, one for each namespace.
NOTE = "GraphbuilderBuild"

#: The first version that creates nodes and edges whose label or type is a value.
_DYNAMIC = (5, 26)

#: Words that a full-text search is asked for at most: Lucene takes 1,024 clauses, one a word and property.
_CLAUSES = 500

#: Seconds that a load waits for a server that went away to come back.
PATIENCE = 120.0

#: Seconds that a load waits for another one to let go of the lock; more than a cold server needs to plan.
LOCK_WAIT = 10.0

# what goes wrong is told in our own line; the driver's log is there for who sets it up
logging.getLogger("neo4j").addHandler(logging.NullHandler())

_OUTAGE = (
    exceptions.ServiceUnavailable,
    exceptions.SessionExpired,
    exceptions.TransientError,
    ConnectionError,
)


class Server(NamedTuple):
    """What is known of the server: ``missing`` names what the graph lacks of its constraint and indexes."""

    version: str
    edition: str
    user: str
    database: str
    writable: bool
    missing: list[str]


class _LockedError(Exception):
    """Another load holds the lock."""


class Neo4jStore(Store):
    """A graph in a Neo4j server; see :class:`graphbuilder.stores.Store` for what its methods promise.

    User, password and database come from ``NEO4J_USERNAME`` (default ``neo4j``), ``NEO4J_PASSWORD`` and
    ``NEO4J_DATABASE`` (default: the user's own), never from the URI.
    """

    def __init__(self, uri: str, *, namespace: str | None = None) -> None:
        self._uri = _checked_uri(uri)
        self._label = _checked_namespace(namespace)
        self._user = os.environ.get("NEO4J_USERNAME") or "neo4j"
        self._database = os.environ.get("NEO4J_DATABASE") or None
        self._driver: neo4j.Driver | None = None
        self._server_version: tuple[int, ...] = ()
        # what one session wrote the next one sees, in a cluster too
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._manifest: dict[str, Any] | None = None
        self._planned: set[str] = set()

    @property
    def uri(self) -> str:
        """The URI, with a namespace behind a ``#``."""
        return self._uri if self._label == LABEL else f"{self._uri}#{self._label}"

    @property
    def label(self) -> str:
        """The label that every node of this graph carries."""
        return self._label

    def write(
        self, graph: PropertyGraph, manifest: Mapping[str, Any], progress: Progress | None = None
    ) -> None:
        """Make the server hold exactly this graph; waits for a server that goes away to come back."""
        _check_ids(graph)
        self._connected()
        self._manifest = None
        note = json.dumps({**manifest, "schema": VERSION}, sort_keys=True)
        away_since: float | None = None
        while True:
            try:
                with self._lock() as locked:
                    away_since = None
                    if self._note()[1].get("schema", VERSION) != VERSION:
                        # of another release: what it means by its labels and types, we do not know
                        self._clear()
                    load(
                        lambda: self._session(reading=False),
                        self._label,
                        self._server_version >= _DYNAMIC,
                        graph,
                        progress or silent,
                    )
                    locked.run(
                        f"MATCH (m:{NOTE} {{namespace: $label}}) SET m.note = $note, m.state = 'complete'",
                        label=self._label,
                        note=note,
                    ).consume()
                    locked.commit()
                return
            except (*_OUTAGE, _LockedError) as error:
                if isinstance(error, _LockedError) and away_since is None:
                    raise GraphbuilderError(
                        f"another build writes into {self._uri}{self._where()}: wait until it is done"
                    ) from error
                away_since = away_since or time.monotonic()
                if time.monotonic() - away_since > PATIENCE:
                    self._fail(error)
                time.sleep(1.0)
            except (exceptions.Neo4jError, exceptions.DriverError) as error:
                self._fail(error)

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,
        limit: int = LIMIT,
    ) -> Rows:
        """Answer one read-only statement."""
        tokens = guard.check(cypher)
        given = dict(parameters or {})
        guard.check_parameters(tokens, given)
        self.manifest()
        text = guard.text(scoped(tokens, self._label))
        used = {name: given[name] for name in guard.parameters(tokens)}

        def work(transaction: neo4j.ManagedTransaction) -> Rows:
            result = transaction.run(text, used)
            names: tuple[str, ...] = result.keys()
            found = [name for name in names if not is_hidden(name)]
            columns = guard.columns(tokens, found)
            rows: list[Row] = []
            for record in result:
                if len(rows) == limit:
                    return Rows(columns, rows, truncated=True)
                rows.append(dict(zip(columns, map(_plain, record.values(*found)), strict=True)))
            return Rows(columns, rows)

        with self._session(reading=True) as session, self._errors(timeout):
            if text not in self._planned:
                self._check_plan(session, text, used)
            return session.execute_read(neo4j.unit_of_work(timeout=timeout)(work))

    def search(self, words: Sequence[str], limit: int) -> list[str] | None:
        """Ids of papers by the index that a load makes of their titles and abstracts.

        None where it is not ready, not there (a graph of an older release) or not for this user to ask.
        """
        self.manifest()
        if not words:
            return []
        text = (
            "CALL db.index.fulltext.queryNodes($index, $query) YIELD node WHERE node.abstract IS NOT NULL"
            " RETURN node.id AS id LIMIT $limit"  # the procedure gives the best first
        )
        given = {"index": f"{self._label}_papers", "query": _lucene(words), "limit": limit}
        with self._session(reading=True) as session, self._errors():
            try:
                if text not in self._planned:
                    self._check_plan(session, text, given)
                timed = neo4j.unit_of_work(timeout=TIMEOUT)
                found: list[str] = session.execute_read(timed(lambda t: t.run(text, given).value()))
            except exceptions.Neo4jError:
                return None
        return found

    def read(self) -> PropertyGraph:
        """The whole graph: nodes by id, edges by their ends and values."""
        self.manifest()
        nodes: dict[str, list[Row]] = defaultdict(list)
        edges: dict[EdgeKind, list[Row]] = defaultdict(list)
        with self._session(reading=True) as session, self._errors():
            for labels, properties in session.run(
                f"MATCH (n:`{self._label}`) RETURN labels(n), properties(n)"
            ):
                label = next(name for name in labels if name in NODES)
                nodes[label].append(_row(properties, NODES[label]))
            for type_, source, target, a, b, properties in session.run(
                f"MATCH (a:`{self._label}`)-[e]->(b:`{self._label}`) WHERE type(e) IN $types"
                " RETURN type(e), a.kind, b.kind, a.id, b.id, properties(e)",
                types=list(EDGES),
            ):
                row = {"source": a, "target": b, **_row(properties, EDGES[type_])}
                edges[EdgeKind(type_, source, target)].append(row)
        return PropertyGraph(
            {label: sorted(nodes[label], key=lambda row: row["id"]) for label in NODES if label in nodes},
            {kind: sorted(edges[kind], key=edge_order) for kind in sorted(edges)},
        )

    def manifest(self) -> dict[str, Any]:
        """What the last write noted about the graph."""
        if self._manifest is None:
            with self._errors():
                state, note = self._note()
            if state is None:
                raise GraphbuilderError(
                    f"{self._uri} holds no graph yet{self._where()}"
                    f" (build it first: graphbuilder build SOURCE... --graph {self._uri})"
                )
            version = note.get("schema")
            place = f"{self._uri}{self._where()}"
            if state != "complete":
                raise GraphbuilderError(f"the last build into {place} did not finish: run it again")
            if version != VERSION:
                raise GraphbuilderError(
                    f"{place} holds a graph of version {version}, this release reads version {VERSION}:"
                    " build it again"
                )
            self._manifest = note
        return dict(self._manifest)

    def version(self) -> int | None:
        """Version of the graph that is there, whole or not; None if there is none."""
        with self._errors():
            state, note = self._note()
        return None if state is None else int(note.get("schema", VERSION))

    def drop(self) -> None:
        """Remove the graph with its constraint and indexes; everything else in the database stays."""
        self._manifest = None
        with self._errors():
            self._clear()
            with self._session(reading=False) as session:
                session.run(f"MATCH (m:{NOTE} {{namespace: $label}}) DELETE m", label=self._label).consume()

    def close(self) -> None:
        """Close the connections."""
        if self._driver is not None:
            self._driver.close()
        self._driver = None

    # -- the connection ----------------------------------------------------------------------------------

    def _connected(self) -> neo4j.Driver:
        if self._driver is None:
            password = os.environ.get("NEO4J_PASSWORD")
            with self._errors():
                self._driver = neo4j.GraphDatabase.driver(
                    self._uri,
                    auth=(self._user, password) if password else None,
                    user_agent="graphbuilder",
                    connection_timeout=10.0,
                    connection_acquisition_timeout=20.0,
                    max_transaction_retry_time=15.0,
                    notifications_min_severity="OFF",
                    telemetry_disabled=True,
                )
                try:
                    agent = self._driver.get_server_info().agent
                except BaseException:
                    self.close()
                    raise
            version = tuple(int(part) for part in re.findall(r"\d+", agent.partition("/")[2])[:3])
            if version < (5,):
                self.close()
                raise GraphbuilderError(
                    f"{self._uri} is Neo4j {'.'.join(map(str, version))}: version 5 or later is needed"
                )
            self._server_version = version
        return self._driver

    def server(self) -> Server:
        """Ask the server about itself; leaves nothing behind."""
        with self._session(reading=False) as session, self._errors():
            component = session.run(
                "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition"
            ).single(strict=True)
            database = session.run("CALL db.info() YIELD name").single(strict=True)[0]
            writable = True
            try:
                with session.begin_transaction() as transaction:
                    transaction.run(f"CREATE (:{NOTE} {{namespace: randomUUID()}})").consume()
                    transaction.rollback()
            except exceptions.ClientError:
                writable = False
            kept = session.run(
                "SHOW INDEXES YIELD name, state, labelsOrTypes"
                " WHERE $label IN labelsOrTypes AND state = 'ONLINE' RETURN collect(name) AS names",
                label=self._label,
            ).single(strict=True)["names"]
        wanted = [f"{self._label}_{name}" for name in ("id", *INDEXED, *SEARCHED)]
        return Server(
            version=component[0],
            edition=component[1],
            user=self._user,
            database=database,
            writable=writable,
            missing=[name for name in wanted if name not in kept],
        )

    def _session(self, *, reading: bool) -> neo4j.Session:
        mode = neo4j.READ_ACCESS if reading else neo4j.WRITE_ACCESS
        return self._connected().session(
            database=self._database,
            default_access_mode=mode,
            fetch_size=5_000,
            bookmark_manager=self._bookmarks,
        )

    @contextlib.contextmanager
    def _errors(self, timeout: float = TIMEOUT) -> Iterator[None]:
        try:
            yield
        except (exceptions.Neo4jError, exceptions.DriverError, OSError, ValueError) as error:
            self._fail(error, timeout)

    def _fail(self, error: Exception, timeout: float = TIMEOUT) -> NoReturn:
        """Raise what went wrong as one line; it names user and server, never the password."""
        code = str(getattr(error, "code", "") or "")
        message = str(getattr(error, "message", "") or error).strip().split("\n", 1)[0]
        if isinstance(error, exceptions.AuthError) or (".Security." in code and "Forbidden" not in code):
            line = (
                f"{self._uri} refuses the login of {self._user!r}:"
                " set NEO4J_USERNAME and NEO4J_PASSWORD to those of the server"
            )
        elif "Forbidden" in code or "ReadOnly" in code or "AccessMode" in code:
            line = f"{self._uri} does not let {self._user!r} write: {message}"
        elif "No space left" in message or ("disk" in message.lower() and "full" in message.lower()):
            line = f"the disk of {self._uri} is full: {message}"
        elif "TransactionTimedOut" in code:
            line = f"the query took longer than {timeout:g} s"
        elif any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
            line = (
                f"{self._uri} speaks no TLS, or shows a certificate that this machine does not trust:"
                " use neo4j+ssc:// for a self-signed one, neo4j:// for none"
            )
        elif isinstance(error, exceptions.ServiceUnavailable | exceptions.SessionExpired | OSError):
            line = f"no Neo4j server answers at {self._uri}: is it running, and is that its port?"
        elif isinstance(error, exceptions.ClientError):
            line = f"the query failed: {message}"
        else:
            line = f"{self._uri}: {message}"
        raise GraphbuilderError(line) from error

    def _where(self) -> str:
        return "" if self._label == LABEL else f" (namespace {self._label})"

    def _note(self) -> tuple[str | None, dict[str, Any]]:
        """State of the last write and what it noted; no state if there was none."""
        with self._session(reading=True) as session:
            record = session.execute_read(
                lambda t: t.run(
                    f"MATCH (m:{NOTE} {{namespace: $namespace}}) RETURN m.state, m.note",
                    namespace=self._label,
                ).single()
            )
        if record is None:
            return None, {}
        return str(record[0]), json.loads(record[1] or "{}")

    def _check_plan(self, session: neo4j.Session, text: str, parameters: Mapping[str, Any]) -> None:
        """Refuse a statement that the server itself does not plan as a read."""
        summary = session.execute_read(lambda t: t.run("EXPLAIN " + text, dict(parameters)).consume())
        if summary.query_type != "r":
            raise GraphbuilderError("the query is refused: the server says that it does more than read")
        self._planned.add(text)

    # -- writing -----------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _lock(self) -> Iterator[neo4j.Transaction]:
        """Hold the note of this namespace in an open transaction; no other load gets it meanwhile."""
        mark = f"MERGE (m:{NOTE} {{namespace: $namespace}}) SET m.state = 'loading'"
        with self._session(reading=False) as session:
            session.run(
                f"CREATE CONSTRAINT graphbuilder_build IF NOT EXISTS FOR (m:{NOTE})"
                " REQUIRE m.namespace IS UNIQUE"
            ).consume()
            try:
                # committed at once, so that a reader knows even after a crash that the graph is not whole
                with session.begin_transaction(timeout=LOCK_WAIT) as transaction:
                    transaction.run(mark, namespace=self._label).consume()
                    transaction.commit()
            except exceptions.Neo4jError as error:
                if any(word in str(error.code) for word in ("TimedOut", "LockClientStopped", "Terminated")):
                    raise _LockedError from error
                raise
            with session.begin_transaction() as transaction:
                transaction.run(mark, namespace=self._label).consume()
                yield transaction

    def _clear(self) -> None:
        """Remove all nodes of ours, their edges, the constraint and the indexes."""
        batch = f"MATCH (n:`{self._label}`) WITH n LIMIT {BATCH} DETACH DELETE n RETURN count(*) AS gone"
        with self._session(reading=False) as session:
            # first the indexes, that no node need be taken out of them one by one
            for name in (*INDEXED, *SEARCHED):
                session.run(f"DROP INDEX `{self._label}_{name}` IF EXISTS").consume()
            session.run(f"DROP CONSTRAINT `{self._label}_id` IF EXISTS").consume()
            while session.execute_write(lambda t: t.run(batch).single(strict=True)["gone"]):
                pass


def _lucene(words: Iterable[str]) -> str:
    """Any of the words, in the language of Lucene's query parser.

    Each stands between quotes, where only a quote and a backslash mean anything. Of those that the index
    takes for the same (it stems them as Porter did in 1980) one is asked for: twice would count twice.
    """
    stemmed = snowballstemmer.stemmer("porter").stemWord
    plain = (word.encode(errors="ignore").decode() for word in words)
    different = islice({stemmed(word.lower()): word for word in plain}.values(), _CLAUSES)
    any_ = " ".join('"' + re.sub(r'([\\"])', r"\\\1", word) + '"' for word in different)
    # a title is so short that each word of it would count as much as many of the abstract
    return f"abstract:({any_}) title:({any_})^0.3"


def _row(row: Mapping[str, Any], properties: Properties) -> Row:
    """The properties in their order; lists that are missing are empty, values None."""
    return {
        name: [] if (value := row.get(name)) is None and kind in ("strings", "ints") else value
        for name, kind in properties.items()
    }


def _plain(value: Any) -> Any:  # noqa: PLR0911
    """A value as plain Python, the same that the embedded store gives."""
    if isinstance(value, neo4j.graph.Node):
        label = next((name for name in value.labels if name in NODES), None)
        names = NODES[label] if label else dict.fromkeys(value)
        return {name: _plain(value.get(name)) for name in names}
    if isinstance(value, neo4j.graph.Relationship):
        names = EDGES.get(value.type) or dict.fromkeys(value)
        return {"type": value.type} | {name: _plain(value.get(name)) for name in names}
    if isinstance(value, neo4j.graph.Path):
        return {"nodes": _plain(list(value.nodes)), "edges": _plain(list(value.relationships))}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, neo4j.time.Date | neo4j.time.Time | neo4j.time.DateTime):
        return value.to_native()
    return value


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it."""
    if error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        yield from _causes(error.__cause__ or error.__context__)


def _check_ids(graph: PropertyGraph) -> None:
    """One id is one node, whatever its label: the server's constraint is on ids alone."""
    seen: set[str] = set()
    for rows in graph.nodes.values():
        for row in rows:
            if row["id"] in seen:
                raise GraphbuilderError(f"two nodes of the graph have the id {row['id']!r}")
            seen.add(row["id"])


def _checked_uri(uri: str) -> str:
    scheme, _, rest = uri.partition("://")
    if "@" in rest.split("/", 1)[0]:
        raise GraphbuilderError(
            f"{scheme}://{rest.rpartition('@')[2]}: give user and password in NEO4J_USERNAME and"
            " NEO4J_PASSWORD, not in the URI, where other users of the machine see them"
        )
    return uri


def _checked_namespace(namespace: str | None) -> str:
    if namespace is None:
        return LABEL
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,62}", namespace) or namespace in (*NODES, NOTE):
        raise GraphbuilderError(
            f"{namespace!r} cannot name a namespace: use up to 63 letters, digits, - and _,"
            " and no label of the graph"
        )
    return namespace
