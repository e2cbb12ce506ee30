"""WARC archives -> articles: the pages that were archived, one record at a time.

A page is a response with status 200, or a resource, whose content is HTML; the rest of an archive (requests,
pictures, redirects) is no input. ``Article.path`` is the archive's with ``#`` and the number of the record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType

from reportedly.errors import InputError, TooLargeError
from reportedly.ingest.options import Options
from reportedly.ingest.page import from_html
from reportedly.ingest.source import Outcome, Source, attempt, bounded
from reportedly.ingest.transfer import unpacked
from reportedly.schema import Article

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DIGEST = 16  # bytes: all that is remembered of a page


@dataclass(frozen=True, slots=True)
class _Page:
    """An archived page, as its record has it."""

    path: str
    url: str | None
    retrieved: str | None
    charset: str | None
    content: bytes

    def article(self) -> Article:
        return replace(from_html(self.content, self.path, self.url, self.charset), retrieved=self.retrieved)


def read_warc(source: Source, options: Options) -> Iterator[Outcome]:
    """The pages of an archive; one that occurs again, byte for byte, is read once.

    fastwarc stops without a word where an archive breaks off, so every record is asked for all of its bytes. That
    some are missing is said at the end.
    """
    seen: set[bytes] = set()
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(source.stream, parse_http=False), 1):
            page = _page(record, f"{source.path}#{number}", options.max_bytes)
            if not _is_whole(record):
                yield from _broken(source, f"breaks off in record {number}")
                return
            if isinstance(page, InputError):
                yield page
            elif page is not None and _is_new(page.content, seen):
                yield attempt(page.article, page.path)
    except (OSError, ValueError) as error:
        yield from _broken(source, f"is damaged after record {number} ({error})")


def _broken(source: Source, reason: str) -> Iterator[InputError]:
    """What is wrong with the archive, where it is not its gzip stream that is (that is said for every input)."""
    if source.stream.damage is None:
        yield InputError(source.path, reason, "get a whole copy; what came before that was read")


def _is_whole(record: WarcRecord) -> bool:
    """Whether the archive holds the record to its end; reads on to there."""
    record.reader.consume()
    return record.headers.get("Content-Length") is not None and record.reader.tell() >= record.content_length


def _is_new(content: bytes, seen: set[bytes]) -> bool:
    digest = hashlib.blake2b(content, digest_size=_DIGEST).digest()
    if digest in seen:
        return False
    seen.add(digest)
    return True


def _page(record: WarcRecord, path: str, limit: int) -> _Page | InputError | None:
    """The page in a record, or None for a record that is none."""
    if record.record_type == WarcRecordType.response:
        record.parse_http()
        headers = {name.lower(): value for name, value in (record.http_headers or ())}
        if record.http_headers is None or record.http_headers.status_code != 200:
            return None
        kind = headers.get("content-type", "")
    elif record.record_type == WarcRecordType.resource:
        headers, kind = {}, record.headers.get("Content-Type") or ""
    else:
        return None
    if kind.partition(";")[0].strip().lower() not in _HTML:
        return None
    sent = bounded(record.reader, limit)
    content = unpacked(sent, headers, limit) if sent is not None else None
    if content is None:
        return TooLargeError(path, f"is larger than {limit / 1_000_000:g} MB", "give the article's text as .txt")
    charset = _CHARSET.search(kind)
    day = _DAY.match(record.headers.get("WARC-Date") or "")
    return _Page(
        path=path,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<> ") or None,
        retrieved=day.group() if day else None,
        charset=charset.group(1) if charset else None,
        content=content,
    )
