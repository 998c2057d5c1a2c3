"""A Neo4j server for tests, and for a user who wants one: ``python -m tests.neo4j_server``.

In this order: the server that ``NEO4J_URI`` names; a container, where a Docker engine runs; the community
server's own artifacts from Maven Central, run by Java. The artifacts are downloaded once, into
``~/.cache/graphbuilder-neo4j`` (or ``GRAPHBUILDER_NEO4J_CACHE``); each server has a data folder of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

VERSION = "5.26.30"
IMAGE = "neo4j:5.26-community"

#: Seconds that a server may take to answer, on a machine that is busy with other things.
START = 300.0

_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>graphbuilder</groupId><artifactId>neo4j</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""

_OPEN = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


class UnavailableError(Exception):
    """There is no way to run a server here; says what was looked for."""


@dataclass(frozen=True)
class Address:
    """Where a server is and how to log in."""

    uri: str
    password: str
    username: str = "neo4j"
    certificate: str | None = None  # the file with its own certificate, if it speaks TLS

    def environment(self) -> dict[str, str]:
        """The variables that graphbuilder reads."""
        return {"NEO4J_URI": self.uri, "NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password}

    @property
    def secure_uri(self) -> str:
        """The same server over TLS, with its certificate checked."""
        return self.uri.replace("neo4j://", "neo4j+s://", 1)


@contextlib.contextmanager
def running(*, quick: bool = False) -> Iterator[Address]:
    """A server by the best means at hand, stopped at the end if it was started here."""
    if uri := os.environ.get("NEO4J_URI"):
        yield Address(uri, os.environ.get("NEO4J_PASSWORD", ""), os.environ.get("NEO4J_USERNAME", "neo4j"))
    elif _docker():
        with _container() as address:
            yield address
    else:
        jars = artifacts()
        with JavaServer(jars, quick) as server:
            yield server.start()


def artifacts() -> Path:
    """The folder with the server's jar files, downloaded on first use.

    Raises UnavailableError without Java 17 or Maven, or if Maven cannot get the files.
    """
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise UnavailableError(f"no NEO4J_URI, no Docker engine, and no {tool} to run Neo4j with")
    cache = Path(os.environ.get("GRAPHBUILDER_NEO4J_CACHE") or Path.home() / ".cache" / "graphbuilder-neo4j")
    home = cache / VERSION
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "complete").exists():
            (home / "pom.xml").write_text(_POM)
            command = ["mvn", "-B", "-q", "-f", str(home / "pom.xml"), "dependency:copy-dependencies"]
            command += [f"-DoutputDirectory={home / 'lib'}", "-DincludeScope=runtime"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                reason = (done.stdout + done.stderr).strip().split("\n")[0]
                raise UnavailableError(
                    f"no NEO4J_URI, no Docker engine, and Maven cannot get Neo4j: {reason}"
                )
            (home / "complete").touch()
    return home / "lib"


@dataclass
class JavaServer:
    """A community server run by Java; may be killed and started again on the same data."""

    jars: Path
    quick: bool = False  # answer soon after the start, at the price of a lower rate later
    settings: dict[str, str] = field(default_factory=dict)  # of neo4j.conf, read at each start
    address: Address | None = None
    _home: Path | None = None
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> Address:
        """Start it, on the data it had before if there was any; returns once it answers."""
        if self.address is None:
            self._prepare()
        assert self.address is not None
        assert self._home is not None
        self._configure()
        java = ["java", "-Xms256m", "-Xmx1g", "-XX:+UseSerialGC", "-Xshare:auto"]
        java += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPEN]
        if self.quick:
            java += ["-XX:TieredStopAtLevel=1"]
        java += ["-cp", f"{self.jars}/*", "org.neo4j.server.CommunityEntryPoint"]
        java += [f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}"]
        with (self._home / "output").open("ab") as output:
            self._process = subprocess.Popen(
                java, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        self._wait()
        return self.address

    def admin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``neo4j-admin`` with these arguments on this server's home; the server must not run."""
        if self._home is None:
            self._prepare()
        assert self._home is not None
        self._configure()
        return _admin(self.jars, self._home, *arguments)

    def check_settings(self) -> subprocess.CompletedProcess[str]:
        """What ``neo4j-admin server validate-config`` says of the settings, without a start."""
        if self._home is None:
            self._prepare()
        assert self._home is not None
        self._configure()
        arguments = ("server", "validate-config")
        return _admin(self.jars, self._home, *arguments, tool="org.neo4j.server.startup.Neo4jAdminCommand")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def halt(self) -> None:
        """Stop it as its owner would, and keep its data."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def stop(self) -> None:
        """Stop it and remove its data."""
        self.halt()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = self.address = None

    def __enter__(self) -> JavaServer:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _prepare(self) -> None:
        home = self._home = Path(tempfile.mkdtemp(prefix="graphbuilder-neo4j-"))
        for folder in ("conf", "data", "logs", "run", "plugins", "import", "lib", "certificates/bolt"):
            (home / folder).mkdir(parents=True)
        port = _free_port()
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{port}",
            "server.bolt.advertised_address": f"127.0.0.1:{port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": "256m",
            "dbms.usage_report.enabled": "false",
            "db.transaction.monitor.check.interval": "200ms",
        }
        certificate = _certificate(home / "certificates" / "bolt")
        if certificate:
            settings |= {
                "server.bolt.tls_level": "OPTIONAL",
                "dbms.ssl.policy.bolt.enabled": "true",
                "dbms.ssl.policy.bolt.base_directory": str(certificate.parent),
                "dbms.ssl.policy.bolt.client_auth": "NONE",
            }
        self.settings = settings | self.settings
        self._configure()
        password = secrets.token_hex(16)
        done = _admin(self.jars, home, "dbms", "set-initial-password", password)
        if done.returncode:
            raise UnavailableError(f"Neo4j cannot be set up: {(done.stderr or done.stdout).strip()[:200]}")
        self.address = Address(
            f"neo4j://127.0.0.1:{port}", password, certificate=str(certificate) if certificate else None
        )

    def _configure(self) -> None:
        assert self._home is not None
        lines = [f"{name}={value}" for name, value in self.settings.items()]
        (self._home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n")

    def _wait(self) -> None:
        assert self._process is not None
        assert self._home is not None
        assert self.address is not None
        until = time.monotonic() + START
        while not _answers(self.address):
            if self._process.poll() is not None or time.monotonic() > until:
                told = (self._home / "output").read_text(errors="replace")[-400:]
                self.stop()
                raise UnavailableError(f"Neo4j did not start: {' '.join(told.split())}")
            time.sleep(0.2)


def _admin(
    jars: Path, home: Path, *arguments: str, tool: str = "org.neo4j.cli.AdminTool"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["java", "-cp", f"{jars}/*", tool, *arguments],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        text=True,
        check=False,
    )


def _certificate(folder: Path) -> Path | None:
    """A self-signed certificate for this machine's own address, if openssl is there."""
    if shutil.which("openssl") is None:
        return None
    names = {"keyout": "private.key", "out": "public.crt"}
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    for option, name in names.items():
        command += [f"-{option}", str(folder / name)]
    subprocess.run(command, capture_output=True, check=True)
    return folder / names["out"]


def _docker() -> bool:
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def _container() -> Iterator[Address]:
    port, password = _free_port(), secrets.token_hex(16)
    name = f"graphbuilder-{secrets.token_hex(4)}"
    command = ["docker", "run", "--detach", "--rm", "--name", name, "--publish", f"127.0.0.1:{port}:7687"]
    # the password is handed over in the environment, where no list of processes shows it
    command += ["--env", "NEO4J_AUTH", "--env", f"NEO4J_server_bolt_advertised__address=127.0.0.1:{port}"]
    environment = {**os.environ, "NEO4J_AUTH": f"neo4j/{password}"}
    subprocess.run([*command, IMAGE], env=environment, capture_output=True, check=True)
    address = Address(f"neo4j://127.0.0.1:{port}", password)
    try:
        until = time.monotonic() + START
        while not _answers(address):
            if time.monotonic() > until:
                raise UnavailableError("the Neo4j container does not answer")
            time.sleep(0.5)
        yield address
    finally:
        subprocess.run(["docker", "stop", name], capture_output=True, check=False)


def _answers(address: Address) -> bool:
    import neo4j

    try:
        with (
            neo4j.GraphDatabase.driver(
                address.uri.replace("neo4j://", "bolt://", 1), auth=(address.username, address.password)
            ) as driver,
            driver.session() as session,
        ):
            session.run("RETURN 1").consume()
    except (neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.TransientError, OSError):
        return False
    except neo4j.exceptions.Neo4jError as error:
        if "DatabaseUnavailable" in str(error.code) or "DatabaseNotFound" in str(error.code):
            return False
        raise
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shared(folder: Path, process: int) -> Address:
    """The one server of a test run: started by the first that asks, and told to the others in ``folder``.

    A process of its own keeps it, and stops it when ``process`` ends, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "address.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists():
            command = [sys.executable, "-m", "tests.neo4j_server", "--note", str(note)]
            command += ["--while", str(process)]
            keeper = subprocess.Popen(
                command,
                cwd=Path(__file__).parent.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            while not note.exists() and keeper.poll() is None:
                time.sleep(0.1)
        told = json.loads(note.read_text()) if note.exists() else {"unavailable": "the server did not start"}
    if "unavailable" in told:
        raise UnavailableError(told["unavailable"])
    return Address(**told)


def main() -> None:
    """Run a server until interrupted, or while another process lives."""
    parser = argparse.ArgumentParser(description="Run a Neo4j server with an empty database of its own.")
    parser.add_argument("--note", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--while", type=int, dest="keeper", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with running(quick=arguments.note is not None) as address:
            if arguments.note:
                _leave_note(arguments.note, asdict(address))
            else:
                print("Neo4j runs until you press Ctrl-C; its data goes with it. In another terminal:")
                for name, value in address.environment().items():
                    print(f"  export {name}={value}")
                print(f"  graphbuilder build SOURCE... --graph {address.uri}", flush=True)
            while arguments.keeper is None or _lives(arguments.keeper):
                time.sleep(1)
    except UnavailableError as error:
        if not arguments.note:
            sys.exit(f"Error: {error}")
        _leave_note(arguments.note, {"unavailable": str(error)})
    except KeyboardInterrupt:
        pass
    finally:
        if arguments.note:
            while arguments.keeper and _lives(arguments.keeper):  # the reason is still to be read
                time.sleep(1)
            shutil.rmtree(arguments.note.parent, ignore_errors=True)


def _leave_note(path: Path, told: dict[str, object]) -> None:
    """Write the note in one step: who finds it finds it whole. It holds a password: ours alone may read it."""
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(told, file)
    draft.replace(path)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main()
