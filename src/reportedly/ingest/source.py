"""An input's bytes: where they come from, unpacked from gzip, never all in memory but for one article."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Protocol

from reportedly.errors import InputError, NotFoundError, NotTextError, TooLargeError
from reportedly.ingest.formats import HEAD
from reportedly.schema import Article

STDIN = "-"

_GZIP = b"\x1f\x8b"

# What reading an input gives for each article in it.
Outcome = Article | InputError


@dataclass(frozen=True, slots=True)
class Link:
    """What a feed or sitemap says of an article that it only links to. ``path`` names the entry."""

    path: str
    url: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None


class Stream(io.RawIOBase):
    """Bytes of an input, unpacked where they are packed with gzip; they are read once, from front to back.

    Damage does not raise: the bytes end there, and ``damage`` says what it was. ``head`` is what they begin with.
    """

    def __init__(self, file: BinaryIO) -> None:
        first = file.read(HEAD)
        pieces = chain([first], iter(lambda: file.read(HEAD), b""))
        self._pieces = _unpacked(pieces) if first.startswith(_GZIP) else pieces
        self._left = b""
        self._given = 0
        self.damage: str | None = None
        while len(self._left) < HEAD and (piece := self._next()):
            self._left += piece
        self.head = self._left[:HEAD]

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next; 0 at the end and at damage."""
        left = self._left or self._next()
        piece, self._left = left[: len(buffer)], left[len(buffer) :]
        buffer[: len(piece)] = piece
        self._given += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How many bytes have been read. There is no way back."""
        return self._given

    def _next(self) -> bytes:
        """The next bytes, some of them; none at the end and at damage."""
        try:
            return next(self._pieces, b"") if self.damage is None else b""
        except EOFError:
            self.damage = "its gzip stream breaks off"
        except zlib.error as error:
            self.damage = f"its gzip stream is damaged ({error})"
        return b""


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What gzip members hold, in pieces of bounded size. Raises EOFError in the middle of one, zlib.error at damage.

    Unlike ``gzip.GzipFile`` it gives all that comes before that.
    """
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    between = True  # members; zeros may fill up the space there
    for piece in pieces:
        packed = piece.lstrip(b"\0") if between else piece
        while packed:
            between = False
            if content := member.decompress(packed, HEAD):
                yield content
            packed = member.unconsumed_tail
            if member.eof:
                packed = member.unused_data.lstrip(b"\0")
                member, between = zlib.decompressobj(zlib.MAX_WBITS | 16), True
    if not between:
        raise EOFError


@dataclass(frozen=True, slots=True)
class Source:
    """An open input. ``path`` is it as it was given, ``name`` what its suffix is looked for in.

    ``url``, ``charset`` and ``retrieved`` (an ISO day) are what is known of bytes that were fetched.
    """

    path: str
    name: str
    stream: Stream
    url: str | None = None
    charset: str | None = None
    retrieved: str | None = None

    def whole(self, limit: int) -> bytes:
        """All bytes of an input that is one article. Raises TooLargeError, NotTextError, InputError (damage)."""
        data = bounded(self.stream, limit)
        if data is None:
            raise TooLargeError(self.path, f"is larger than {limit / 1_000_000:g} MB", "split it into single articles")
        if self.stream.damage is not None:
            raise InputError(self.path, self.stream.damage, "get a whole copy of it")
        if not data.strip():
            raise NotTextError(self.path, "empty: there is nothing to read in it", "give a file that holds an article")
        return data


class Readable(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes | None:
        """The next bytes, at most so many; none at the end."""
        ...


def bounded(stream: Readable, limit: int) -> bytes | None:
    """All that is left of a stream, or None where that is more than ``limit`` bytes."""
    pieces, size = [], 0
    while piece := stream.read(HEAD):
        size += len(piece)
        if size > limit:
            return None
        pieces.append(piece)
    return b"".join(pieces)


@contextmanager
def opened(path: str) -> Iterator[Source]:
    """The input of a path; ``-`` is standard input. Raises InputError for what cannot be opened."""
    name = "" if path == STDIN else path.removesuffix(".gz").removesuffix(".GZ")
    with readable(path):
        file = sys.stdin.buffer if path == STDIN else open(path, "rb")  # noqa: SIM115 - closed below
    try:
        with readable(path):
            stream = Stream(file)
        yield Source(path, name, stream)
    finally:
        if path != STDIN:
            file.close()


@contextmanager
def readable(path: str) -> Iterator[None]:
    """Turn what the system says of a path that it cannot read into an InputError."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFoundError(path, "there is no such file", "check the spelling and the directory") from error
    except IsADirectoryError as error:
        raise InputError(path, "is a directory", "give the files in it, one by one") from error
    except PermissionError as error:
        raise InputError(path, "may not be read", "change its permissions, or run as a user who may") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(path, f"cannot be read ({reason})", "check the path") from error


def attempt(read: Callable[[], Article], path: str) -> Outcome:
    """The article that ``read`` gives, or the error that says why there is none.

    Whatever goes wrong in a parser on one input is recorded as that input's: it must not stop the rest.
    """
    try:
        return read()
    except InputError as error:
        return error
    except RecursionError:
        return InputError(path, "nested too deeply", "give the article's text as .txt")
    except Exception as error:  # noqa: BLE001 - see above
        reason = f"cannot be read (unexpected {type(error).__name__}: {error})"
        return InputError(path, reason, "give the article's text as .txt, and report this, please")
