"""Where an export goes: a file or folder that appears under its name only when it is whole."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from reportedly.errors import ExportError


@contextlib.contextmanager
def open_file(target: Path | None) -> Iterator[TextIO]:
    """A UTF-8 text file to write into; None is standard output.

    It is written beside the target and renamed at the end, so that an older file stays as it is until then. What is
    no file (a pipe, a device) is written to directly. Raises ExportError where that is not possible.
    """
    if target is None:
        yield sys.stdout
        return
    with _explained(target):
        final = _resolved(target)
        if final.is_dir():
            raise ExportError(str(target), "a folder, and this format is one file", "name a file")
        if final.exists() and not final.is_file():
            with final.open("w", encoding="utf-8", newline="") as file:
                yield file
            return
        with _beside(final) as part:
            with part.open("x", encoding="utf-8", newline="") as file:
                yield file
            part.replace(final)


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write into, which takes the target's name when it is whole. The target must be new, or empty.

    Raises ExportError where that is not possible.
    """
    with _explained(target):
        final = _resolved(target)
        if final.exists() and (not final.is_dir() or any(final.iterdir())):
            raise ExportError(str(target), "there is something already", "name a new folder, or remove it first")
        with _beside(final) as part:
            part.mkdir()
            yield part
            part.replace(final)


@contextlib.contextmanager
def _beside(final: Path) -> Iterator[Path]:
    """A name in the same folder that nothing has; whatever still stands under it in the end is removed."""
    part = final.with_name(f".{final.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        yield part
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def _resolved(target: Path) -> Path:
    """The place itself, where the target is a link to it."""
    try:
        return Path(os.path.realpath(target))
    except ValueError as error:  # NUL
        raise ExportError(repr(str(target)), "no name of a file", "name a place that can be written to") from error


@contextlib.contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Errors of the file system, told with the target's name."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise ExportError(str(target), reason, "name a place that can be written to") from error
