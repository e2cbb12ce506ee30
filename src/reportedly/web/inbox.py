"""What a visitor gives to be read: a text, addresses, files. ``articles`` makes articles of it.

Nothing that a visitor writes is taken for a path. Uploaded files lie in a folder of our own, under names of our own;
the names that they came with are only shown. A text is a text, whatever it looks like. Addresses are fetched with the
guards of ``ingest``; what an uploaded feed links to is not.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from reportedly.errors import InputError
from reportedly.export.words import one_line
from reportedly.ingest import Fetcher, Options, failure_of, outcomes
from reportedly.ingest.formats import is_page
from reportedly.schema import Article, Failure

# Addresses in one form; a list of more is a file for `reportedly add`.
MOST_ADDRESSES = 100
_LONGEST_NAME = 120  # characters of an uploaded file's name that are shown
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}(?:\.gz)?\Z")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class Upload(Protocol):
    """A file as a form brings it."""

    @property
    def filename(self) -> str | None: ...  # noqa: D102 - said above
    @property
    def file(self) -> BinaryIO: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one form brought: addresses, and files, each as (where we put it, what it is called).

    A text is a file that we made.
    """

    addresses: tuple[str, ...]
    files: tuple[tuple[Path, str], ...]
    folder: Path

    def __len__(self) -> int:
        return len(self.addresses) + len(self.files)

    @property
    def label(self) -> str:
        """What it is called in a list: its first part, and how many more there are."""
        first = self.addresses[0] if self.addresses else self.files[0][1]
        return first if len(self) == 1 else f"{first} and {len(self) - 1} more"

    def discard(self) -> None:
        """Delete the files."""
        shutil.rmtree(self.folder, ignore_errors=True)


def accept(text: str, addresses: str, uploads: Sequence[Upload]) -> Parcel:
    """Take what a form brought. Raises InputError for what is no address, and for nothing at all."""
    listed = _addresses(addresses)
    if not listed and _ADDRESS.fullmatch(text.strip()):  # pasted into the larger field
        text, listed = "", [text.strip()]
    chosen = [upload for upload in uploads if upload.filename]
    if not text.strip() and not listed and not chosen:
        raise InputError("the form", "is empty", "paste a text, give an address or choose a file")
    folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
    try:
        files = [_written(text, folder)] if text.strip() else []
        files += [_kept(upload, number, folder) for number, upload in enumerate(chosen, 1)]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Parcel(tuple(listed), tuple(files), folder)


def _addresses(given: str) -> list[str]:
    listed = list(dict.fromkeys(given.split()))
    for address in listed:
        if not _ADDRESS.fullmatch(address):
            raise InputError(one_line(address)[:80], "is no web address", "an address begins with https://")
    if len(listed) > MOST_ADDRESSES:
        raise InputError("the form", f"has more than {MOST_ADDRESSES} addresses", "give fewer at once")
    return listed


def _written(text: str, folder: Path) -> tuple[Path, str]:
    """A text as a file; its line ends, which browsers send as CR LF, as they were."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    path = folder / ("0.html" if is_page(plain) else "0.txt")
    path.write_bytes(plain.encode("utf-8", "replace"))
    return path, "pasted text"


def _kept(upload: Upload, number: int, folder: Path) -> tuple[Path, str]:
    """A file put into our folder. Of its name only a suffix counts, by which kinds of file are told apart."""
    shown = one_line(PurePosixPath((upload.filename or "").replace("\\", "/")).name)[-_LONGEST_NAME:]
    suffix = _SUFFIX.search(shown)
    path = folder / f"{number}{suffix.group().lower() if suffix else ''}"
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file)
    return path, shown or f"file {number}"


def articles(parcel: Parcel, fetcher: Callable[[], Fetcher]) -> Iterator[Article | Failure]:
    """The articles in a parcel, with a failure in the place of each that cannot be had."""
    for path, shown in parcel.files:
        for outcome in outcomes(str(path), Options()):
            yield _renamed(outcome, str(path), shown)
    for address in parcel.addresses:
        for outcome in outcomes(address, Options(fetcher=fetcher())):
            yield outcome if isinstance(outcome, Article) else failure_of(outcome)


def _renamed(outcome: Article | InputError, path: str, shown: str) -> Article | Failure:
    """The article or failure under the name that the visitor knows."""
    if isinstance(outcome, Article):
        return dataclasses.replace(outcome, path=(outcome.path or path).replace(path, shown))
    told = failure_of(outcome)
    return Failure(*(part.replace(path, shown) for part in (told.path, told.reason, told.remedy)))
