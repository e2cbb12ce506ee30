"""Answers on disk: a cache that never passes an old page off as a new one, and raw pages for keeping.

The cache is a folder: ``pages/<hash of the URL>.json`` holds what the server said, ``bodies/<hash of the body>`` the
page. Both are written under another name first and then renamed, and a body is checked against its hash when it is
read: whatever a crash or a second process leaves behind, an entry is whole or is not there.

Source for what may be stored and how long it is fresh: RFC 9111, for a private cache. What has no lifetime of its
own is asked for again each time, with its validators; nothing is guessed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from reportedly.errors import InputError
from reportedly.ingest.fetch_answer import Answer

_STORED = frozenset({200, 301, 302, 303, 307, 308})
_DIRECTIVE = re.compile(r"([a-z-]+)(?:\s*=\s*\"?([^\",\s]*)\"?)?")

_SUFFIXES = {
    None: ".html",
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/gzip": ".gz",
    "application/x-gzip": ".gz",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class Cache:
    """The answers of servers in a folder, which is made if it is not there."""

    def __init__(self, folder: Path) -> None:
        self._pages = _made(folder / "pages")
        self._bodies = _made(folder / "bodies")

    def load(self, url: str) -> Answer | None:
        """The stored answer for a URL, or None if there is none or it is damaged."""
        try:
            record = json.loads(self._entry(url).read_bytes())
            body = (self._bodies / record["body"]).read_bytes()
            return _answer(record, body) if record["url"] == url and _hash(body) == record["body"] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def store(self, answer: Answer) -> None:
        """Keep an answer, unless it is an error or its server forbids that. Raises InputError if the disk does."""
        if answer.status not in _STORED or "no-store" in _directives(answer):
            return
        body = _hash(answer.content)
        if not answer.from_cache:
            _write(self._bodies / body, answer.content)
        _write(self._entry(answer.url), _json({**_record(answer), "body": body}))

    def _entry(self, url: str) -> Path:
        return self._pages / f"{_hash(url.encode())}.json"


class Shelf:
    """Raw pages for keeping: each under a hash of its URL and content, with a JSON file of its headers beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = _made(folder)

    def keep(self, answer: Answer) -> Path:
        """Write a page and its headers; gives the page's path. Raises InputError if the disk is full."""
        name = _hash(answer.url.encode() + b"\0" + answer.content)[:32]
        page = self._folder / f"{name}{_SUFFIXES.get(answer.content_type, '.xml')}"
        _write(page, answer.content)
        _write(self._folder / f"{name}.headers.json", _json({**_record(answer), "sha256": _hash(answer.content)}))
        return page


def is_fresh(answer: Answer, user_agent: str, now: datetime | None = None) -> bool:
    """Whether a stored answer may stand for a new one without asking: within the lifetime that its server set."""
    if "*" in (answer.header("vary") or "") or answer.user_agent != user_agent:
        return False
    age = ((now or datetime.now(UTC)) - answer.fetched_at).total_seconds()
    return 0 <= age < _lifetime(answer) - _whole(answer.header("age"), 0)


def validators(answer: Answer) -> dict[str, str]:
    """The request headers that ask whether a stored answer still holds; none if it cannot be asked."""
    pairs = (("if-none-match", answer.header("etag")), ("if-modified-since", answer.header("last-modified")))
    return {name: value for name, value in pairs if value and value.isascii()}


def _lifetime(answer: Answer) -> float:
    """The seconds for which an answer is fresh, counted from when the server made it."""
    directives = _directives(answer)
    if "no-cache" in directives:
        return 0
    if "max-age" in directives:
        return _whole(directives["max-age"], 0)
    expires, date = _date(answer.header("expires")), _date(answer.header("date"))
    return (expires - (date or answer.fetched_at)).total_seconds() if expires else 0


def _directives(answer: Answer) -> dict[str, str]:
    """The cache directives; of one that is given twice the first (RFC 9111, 4.2.1)."""
    found = _DIRECTIVE.findall((answer.header("cache-control") or "").lower())
    return dict(reversed(found))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text[:9]) if text and text.isascii() and text.isdecimal() else otherwise


def _date(text: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)


def _record(answer: Answer) -> dict[str, object]:
    return {
        "url": answer.url,
        "status": answer.status,
        "fetched_at": answer.fetched_at.isoformat(),
        "user_agent": answer.user_agent,
        "headers": [list(header) for header in answer.headers],
    }


def _answer(record: Mapping[str, Any], body: bytes) -> Answer:
    return Answer(
        url=record["url"],
        status=record["status"],
        headers=tuple((str(name), str(value)) for name, value in record["headers"]),
        content=body,
        fetched_at=datetime.fromisoformat(record["fetched_at"]),
        user_agent=record["user_agent"],
        from_cache=True,
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(record: Mapping[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"cannot be made ({error.strerror})", "name another folder") from error
    return folder


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            try:
                file.write(data)
                file.close()
                os.replace(file.name, path)
            except BaseException:
                os.unlink(file.name)
                raise
    except OSError as error:
        raise InputError(
            str(path), f"cannot be written ({error.strerror})", "make room or name another folder"
        ) from error
