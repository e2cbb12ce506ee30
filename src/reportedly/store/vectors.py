"""The vectors of what is said in a library: a sidecar file, which can be lost without loss.

A record is a text's key, a check and its vector, so a file of another library, an older one, or one that two programs
write at once gives nothing wrong: what is not of this library is never asked for, what is missing is made again, and
what is damaged is passed over. Records are only added; the file is written anew where much of it is of no use.

A query reads the file from end to end, a part at a time: 32 CPU-ms at 50,000 texts (``benchmarks/similar.py``). An
index of usearch takes 0.4, but 26 CPU-seconds to build; it finds the nearest few, where filters and counts ask for all
that are near; and most files of it that are damaged end the program that reads them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reportedly.errors import LibraryError
from reportedly.model.sentences import SIZE

FORMAT = 1
# Records read at once: 0.8 MB, which stays in a processor's own memory. With 4,096 a query takes half as long again.
CHUNK = 1024
# Records of no use that are left where they are.
MOST_WASTE = 1000

_HEADER_BYTES = 64
_RECORD = np.dtype([("key", "<i8"), ("check", "<u8"), ("vector", "<f2", (SIZE,))])
_WORDS = _RECORD.itemsize // 8
# All words of a record, its check among them, taken together by XOR. Not 0: a hole in a file is all zeros.
_WHOLE = np.uint64(0x5265706F72746564)

Keys = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_Records = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class State:
    """What a file holds: the keys of its whole records, and whether it is none or holds anything else."""

    keys: Keys
    damaged: bool


class VectorFile:
    """The vectors of one library by one model, whose hash is ``weights``.

    Many programs may read and add at once. Raises LibraryError where the file cannot be read or written; a file that is
    missing, or holds anything else, is as an empty one.
    """

    def __init__(self, path: Path, weights: str) -> None:
        self.path = path
        self._header = f"reportedly vectors {FORMAT}\n{weights}\n".encode().ljust(_HEADER_BYTES, b"\0")

    def mark(self) -> tuple[int, ...]:
        """Changes whenever the file does."""
        try:
            found = self.path.stat()
        except OSError:
            return ()
        return found.st_ino, found.st_size, found.st_mtime_ns

    def state(self) -> State:
        """What the file holds. Reads it once, at a gigabyte or more a second."""
        parts, damaged = [np.zeros(0, dtype=np.int64)], False
        for records, whole in self._chunks():
            parts.append(records["key"].copy())
            damaged |= not whole
        return State(np.concatenate(parts), damaged)

    def near(self, vector: Floats, least: float) -> tuple[Keys, Floats]:
        """The keys of all texts whose cosine with a vector of length one is at least so much, and that; no order."""
        keys, cosines = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.float32)]
        for records, _ in self._chunks():
            found = records["vector"].astype(np.float32) @ vector
            (near,) = np.nonzero(found >= least)
            keys.append(records["key"][near])
            cosines.append(found[near])
        return np.concatenate(keys), np.concatenate(cosines)

    def add(self, keys: Keys, vectors: Floats) -> None:
        """Add texts' vectors (n, 384) at the end of a file that is tidy, in one write."""
        data = _packed(keys, vectors).tobytes()
        with _told(self.path), self.path.open("ab", buffering=0) as file:
            if file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def tidy(self, wanted: Keys) -> None:
        """Write the file anew with the whole records of these keys, each once. ``wanted`` is in order."""
        with _told(self.path):
            self._replace(self._kept(wanted))

    def _kept(self, wanted: Keys) -> Iterator[_Records]:
        taken = np.zeros(len(wanted), dtype=np.bool_)
        for records, _ in self._chunks():
            _, first = np.unique(records["key"], return_index=True)
            records = records[first]
            places = np.searchsorted(wanted, records["key"]).clip(max=max(len(wanted) - 1, 0))
            new = (wanted[places] == records["key"]) & ~taken[places] if len(wanted) else np.zeros(len(records), bool)
            taken[places[new]] = True
            yield records[new]

    def _replace(self, chunks: Iterator[_Records]) -> None:
        """Put a new file in the place of what is there, at once."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        try:
            with new.open("xb") as file:
                file.write(self._header)
                for records in chunks:
                    file.write(records.tobytes())
            os.replace(new, self.path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise

    def _chunks(self) -> Iterator[tuple[_Records, bool]]:
        """The whole records, so many at a time, each with whether there was nothing else."""
        with _told(self.path), self.path.open("rb") if self.path.exists() else nullcontext(BytesIO()) as file:
            if file.read(_HEADER_BYTES) != self._header:
                yield np.zeros(0, dtype=_RECORD), False
                return
            while data := file.read(CHUNK * _RECORD.itemsize):
                records = np.frombuffer(data, dtype=_RECORD, count=len(data) // _RECORD.itemsize)
                whole = _checks(records) == _WHOLE
                yield records[whole], bool(whole.all()) and len(data) % _RECORD.itemsize == 0


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raise LibraryError for what the system will not do."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            str(path),
            f"the vectors of what is said cannot be kept ({error.strerror or error})",
            "make room, or change the permissions of the file and its folder",
        ) from error


def place_of(library: str | Path, is_file: bool) -> Path:
    """Where the vectors of a library are: beside it, or in the user's cache where that may not be written.

    What lies beside a library that may not be written is copied to the cache, once. A server's library, which is named
    by its URL without the password, has them in the cache alone.
    """
    name = os.path.abspath(library) if is_file else str(library)
    folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    cached = Path(folder, "reportedly", f"{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}.vectors")
    if not is_file:
        return cached
    beside = Path(f"{name}.vectors")
    if _may_write(beside.parent) and (not beside.exists() or _may_write(beside)):
        return beside
    if not cached.exists() and os.access(beside, os.R_OK):
        with _told(cached):
            cached.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(beside, cached)
    return cached


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _packed(keys: Keys, vectors: Floats) -> _Records:
    records = np.zeros(len(keys), dtype=_RECORD)
    records["key"] = keys
    records["vector"] = vectors
    records["check"] = _checks(records) ^ _WHOLE
    return records


def _checks(records: _Records) -> npt.NDArray[np.uint64]:
    words = records.view("<u8").reshape(len(records), _WORDS)
    found: npt.NDArray[np.uint64] = np.bitwise_xor.reduce(words, axis=1)
    return found
