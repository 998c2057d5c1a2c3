"""Files, folders, archives and standard input as a flat stream of byte sources."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TextIO

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import Skip

#: Bytes that a source shows before it is read: enough to tell its format.
HEAD = 1 << 16
#: The longest line that is read, in bytes; a longer one is passed over.
LONGEST_LINE = 16 << 20

_CHUNK = 1 << 16
_DEEPEST = 3  # archives in archives
_COMPRESSED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
#: What a damaged compressed file raises while it is read.
DAMAGED = (
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)


class UnreadableError(Exception):
    """A source, or what is left of it, that cannot be read: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its number (from 1); ``text`` is None where it is too long to be read."""

    number: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name.

    ``name`` is what papers remember; ``path`` is what messages show; ``head`` holds the first bytes,
    at most :data:`HEAD` of them, and ``file`` all of them, to be read once, front to back.
    """

    name: str
    path: str
    head: bytes
    file: io.BufferedReader

    @classmethod
    def of(cls, file: IO[bytes], name: str, path: str | None = None) -> Source:
        """The source of a file that stands at its start and may not be able to go back."""
        head = b""
        while len(head) < HEAD and (chunk := file.read(HEAD - len(head))):
            head += chunk
        return cls(name, path or name, head, io.BufferedReader(_Chained(head, file), _CHUNK))

    def at(self, place: int | str, reason: str) -> Skip:
        """A skip of what stands at a line or a record of this source."""
        return Skip(f"{self.path}:{place}", reason)

    def text(self) -> TextIO:
        """The text of the file.

        It is UTF-8 (or UTF-16 if its byte order mark says so); bytes that are not become lone surrogates,
        which mark a record as damaged.
        """
        if self.head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return io.TextIOWrapper(self.file, encoding="utf-16", errors="replace", newline="")
        return io.TextIOWrapper(self.file, encoding="utf-8-sig", errors="surrogateescape", newline="")

    def lines(self) -> Iterator[Line]:
        """Lines of text without their ends."""
        text = self.text()
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                while (rest := text.readline(_CHUNK)) and not rest.endswith("\n"):
                    pass
                yield Line(number, None)
            else:
                yield Line(number, line.rstrip("\r\n"))


def walk(paths: Sequence[str | Path], on_skip: Callable[[Skip], None]) -> Iterator[Source]:
    """Every file under ``paths``, in order of name; archives are opened, ``-`` is standard input.

    Raises :class:`GraphbuilderError` for a path that does not exist or a folder without files.
    """
    for path in paths:
        if str(path) == "-":
            yield from _opened(sys.stdin.buffer, "stdin", "stdin", on_skip)
        elif (folder := Path(path)).is_dir():
            files = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p.relative_to(folder)))
            if not files:
                raise GraphbuilderError(f"{path}: the folder has no files; name one that holds abstracts")
            for file in files:
                yield from _file(file, file.relative_to(folder).as_posix(), on_skip)
        else:
            yield from _file(Path(path), Path(path).name, on_skip)


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _file(path: Path, name: str, on_skip: Callable[[Skip], None]) -> Iterator[Source]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise GraphbuilderError(f"{path}: no such file or folder") from None
    except OSError as error:
        raise GraphbuilderError(
            f"{path}: cannot be opened ({error.strerror}); check its permissions"
        ) from None
    with file:
        yield from _opened(file, name, str(path), on_skip)


def _opened(
    file: IO[bytes], name: str, path: str, on_skip: Callable[[Skip], None], depth: int = 0
) -> Iterator[Source]:
    """The file itself, or what is inside it."""
    try:
        source = Source.of(file, name, path)
    except DAMAGED as error:
        on_skip(Skip(f"{path}:1", f"cannot be unpacked ({error}); fetch it again"))
        return
    unpack = next((open_ for magic, open_ in _COMPRESSED.items() if source.head.startswith(magic)), None)
    if depth == _DEEPEST or not (unpack or source.head.startswith(b"PK\x03\x04")):
        yield source
    elif unpack:
        yield from _opened(unpack(source.file), name, path, on_skip, depth + 1)
    else:
        yield from _members(source, on_skip, depth)


def _members(source: Source, on_skip: Callable[[Skip], None], depth: int) -> Iterator[Source]:
    with tempfile.TemporaryFile() as spool:
        shutil.copyfileobj(source.file, spool, _CHUNK)  # a zip is read from its end
        try:
            archive = zipfile.ZipFile(spool)
        except DAMAGED as error:
            on_skip(source.at(1, f"cannot be unpacked ({error}); fetch it again"))
            return
        for info in sorted(archive.infolist(), key=lambda i: i.filename):
            if info.is_dir() or _hidden(Path(info.filename)):
                continue
            name, path = f"{source.name}/{info.filename}", f"{source.path}/{info.filename}"
            try:
                member = archive.open(info)
            except DAMAGED as error:
                on_skip(Skip(f"{path}:1", f"cannot be unpacked ({error}); unpack it by hand"))
                continue
            with member:
                yield from _opened(member, name, path, on_skip, depth + 1)


class _Chained(io.RawIOBase):
    """Bytes already read, then the rest of their file."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head = memoryview(head)
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        if self._head:
            data: bytes | memoryview = self._head[:size]
            self._head = self._head[size:]
        else:
            data = self._file.read(size)
        buffer[: len(data)] = data
        return len(data)
