"""Files and folders that appear whole or not at all.

What is written stands beside its target under a hidden name and takes its place in one step at the end;
after a failure the old file is as it was.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from graphbuilder.errors import GraphbuilderError


@contextmanager
def replacing_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file to write to that becomes ``path`` when the block ends well.

    ``-`` is standard output; a name in ``.gz`` is compressed. What is no plain file (``/dev/null``, a
    pipe) is written to directly.

    Raises:
        GraphbuilderError: the place cannot be written.
    """
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as out:
                yield out
            return
        path = path.resolve()
        part = _beside(path)
        try:
            with part.open("xb") as raw:
                if path.suffix == ".gz":
                    # no name and no time in the head: equal graphs give equal bytes
                    with gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as packed:
                        yield cast(BinaryIO, packed)
                else:
                    yield raw
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise GraphbuilderError(f"cannot write {path}: {_reason(error)}") from error


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """A new folder to write into that takes the place of ``path`` when the block ends well.

    Raises:
        GraphbuilderError: the place cannot be written.
    """
    try:
        path = path.resolve()
        part = _beside(path)
        part.mkdir()
        old = path.with_name(part.name + ".old")
        try:
            yield part
            if path.exists():
                path.rename(old)
            part.rename(path)
        finally:
            shutil.rmtree(part, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise GraphbuilderError(f"cannot write {path}: {_reason(error)}") from error


def text(out: BinaryIO) -> io.TextIOWrapper:
    """UTF-8 text over a binary file, whatever the locale says; ``\\n`` ends a line on every system.

    A lone surrogate, which no encoding can hold, becomes ``?``.
    """
    return io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="\n")


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{os.getpid()}.part")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
