"""What a server answered: its headers understood, its body bounded."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import httpx2

from reportedly.errors import FetchError, NotTextError, StatusError, TooLargeError, UnreachableError

PIECE = 1 << 16  # bytes that are unpacked at a time

# What can be read: pages, text, feeds, sitemaps (also packed), dumps, documents, mail.
READABLE = frozenset(
    {
        *("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"),
        *("text/xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        *("application/json", "application/ld+json", "application/feed+json"),
        *("application/x-ndjson", "application/jsonl", "application/gzip", "application/x-gzip"),
        *("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "message/rfc822"),
    }
)

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_PACKED = frozenset({"", "identity", "none"})

# Headers that tell of one transfer rather than of the page: a 304 does not change them.
_OF_TRANSFER = re.compile(r"content-(?!location\b|security|language)|transfer-encoding|connection|keep-alive")

# Not kept anywhere: it is the reader's, not the page's.
_PRIVATE = "set-cookie"

_SAVE = "save the page in a browser and give the file"
_LATER = "try again later"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one request. ``fetched_at`` is when the server gave it, or last confirmed it."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    fetched_at: datetime
    user_agent: str
    from_cache: bool = False

    def header(self, name: str) -> str | None:
        """All values of a header (its name in lower case), joined by commas; None if it is not there."""
        return ", ".join(value for key, value in self.headers if key == name) or None

    @property
    def redirect(self) -> str | None:
        """Where the server sends one instead, as it says it."""
        return self.header("location") if self.status in _REDIRECTS else None

    @property
    def content_type(self) -> str | None:
        """The kind of content, in lower case and without parameters."""
        return (self.header("content-type") or "").partition(";")[0].partition(",")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """The charset that the server names for the content."""
        match = _CHARSET.search(self.header("content-type") or "")
        return match.group(1) if match else None

    def confirmed(self, by: Answer) -> Answer:
        """A stored answer as a 304 confirms it and brings its headers up to date (RFC 9111, 3.2)."""
        new = tuple(header for header in by.headers if not _OF_TRANSFER.match(header[0]))
        names = {name for name, _ in new}
        old = tuple(header for header in self.headers if header[0] not in names)
        return replace(self, headers=old + new, fetched_at=by.fetched_at, from_cache=True)


def headers_of(response: httpx2.Response) -> tuple[tuple[str, str], ...]:
    """The headers of a response, names in lower case, without cookies."""
    return tuple((name.lower(), value) for name, value in response.headers.multi_items() if name.lower() != _PRIVATE)


def check_readable(answer: Answer) -> None:
    """Raise NotTextError for a page of a kind that holds no article, before its body is read."""
    kind = answer.content_type
    if answer.status == 200 and kind is not None and kind not in READABLE:
        raise NotTextError(answer.url, f"not a page but {kind}", "give the address of a page, or the text of it")


def check_status(answer: Answer) -> None:
    """Raise StatusError for an answer that is not a page."""
    if answer.status == 200:
        return
    if answer.status in (404, 410):
        remedy = "check the address"
    elif answer.status in (401, 402, 403, 451):
        remedy = _SAVE  # a page that is open to its readers only
    else:
        remedy = _LATER
    phrase = httpx2.codes.get_reason_phrase(answer.status)
    raise StatusError(answer.url, f"the server answered {answer.status} {phrase}".rstrip(), remedy)


def body_of(response: httpx2.Response, url: str, limit: int) -> bytes:
    """The body, unpacked, at most ``limit`` bytes of it, as sent and as unpacked.

    Raises TooLargeError beyond that, UnreachableError for one that breaks off, FetchError for one that is packed
    in a way that was not asked for.
    """
    packing = response.headers.get("content-encoding", "").strip().lower()
    sent = _bounded(response.iter_raw(), url, limit)
    if packing in _NOT_PACKED:
        return b"".join(sent)
    if packing not in ("gzip", "x-gzip"):
        raise FetchError(url, f"packed as {packing[:40]!r}, which was not asked for", _SAVE)
    try:
        return b"".join(_bounded(_unpacked(sent, url), url, limit))
    except zlib.error as error:
        raise FetchError(url, f"damaged: it does not unpack ({error})", _LATER) from error


def _bounded(pieces: Iterable[bytes], url: str, limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLargeError(url, f"is larger than {limit:,} bytes", "give the article's text as .txt")
        yield piece


def _unpacked(pieces: Iterable[bytes], url: str) -> Iterator[bytes]:
    """The content of a gzip stream, in pieces small enough that a bomb is stopped as it goes off."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun = False
    for piece in pieces:
        begun = begun or bool(piece)
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, PIECE)
            piece = unpacker.unconsumed_tail
    if begun and not unpacker.eof:
        raise UnreachableError(url, "broke off before the end of the page", _LATER)
