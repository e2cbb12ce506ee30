"""Names by which other programs can point at articles, statements, speakers: IRIs, and addresses that may be followed.

Under a base that is the address of a library that is served (``reportedly serve``), the names of articles and
statements are their pages.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit, urlunsplit

from reportedly.schema import Attribution, Maker, Reading, Speaker

# What may stand in each part of an address as it is; the rest is escaped. A percent sign is left where it escapes.
_PATH = "!$%&'()*+,/:;=@"
_QUERY = _PATH + "?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

_ISO_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def web_address(url: str | None) -> str | None:
    """An http or https address, escaped so that it is a valid URI; None for anything else, such as ``javascript:``."""
    try:
        parts = urlsplit((url or "").strip())
        host, port = (parts.hostname or ""), parts.port
        host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:  # no address at all, or a host that cannot be one
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.:\[\]-]+", host, re.ASCII):
        return None
    # A name or password in an address is nobody else's business.
    place = f"{host}:{port}" if port is not None else host
    path, query = _escaped(parts.path or "/", _PATH), _escaped(parts.query, _QUERY)
    return urlunsplit((parts.scheme, place, path, query, _escaped(parts.fragment, _QUERY)))


def _escaped(part: str, safe: str) -> str:
    return _STRAY_PERCENT.sub("%25", quote(part, safe=safe, errors="replace"))


def iso_date(date: str | None) -> str | None:
    """A year, month or day of ISO 8601; None for anything else, such as a week."""
    return date if date is not None and _ISO_DAY.fullmatch(date) else None


def place(item: Attribution) -> str:
    """Where a statement stands, as in the permalinks of a library: ``612-688``, from its first word to its last."""
    spans = item.content or item.source or item.cue
    return f"{min(start for start, _ in spans)}-{max(end for _, end in spans)}" if spans else "none"


@dataclass(frozen=True)
class Names:
    """The names of one reading's article and of what is in it, under the base of ``Options``.

    A statement's name is its place, so that it outlives the model that found it; of several with one place, the
    second has ``-2`` behind it.
    """

    base: str
    reading: Reading

    @cached_property
    def article(self) -> str:
        """The article's own name, whatever its URL."""
        return f"{self.base}article/{quote(self.reading.article.id, safe='', errors='replace')}"

    @cached_property
    def page(self) -> str:
        """The article's address on the web, where it has one that may be followed; else its own name."""
        return web_address(self.reading.article.url) or self.article

    @cached_property
    def statements(self) -> dict[int, str]:
        """The name of each statement, by its number ``n``."""
        seen: dict[str, int] = {}
        named = {}
        for item in self.reading.attributions:
            where = place(item)
            seen[where] = seen.get(where, 0) + 1
            again = f"-{seen[where]}" if seen[where] > 1 else ""
            named[item.n] = f"{self.article}/s/{where}{again}"
        return named

    def speaker(self, speaker: Speaker) -> str | None:
        """The name of one who speaks in this article; nobody has none. Two articles never share one."""
        if speaker.name is None:
            return None
        return f"{self.article}/speaker/{speaker.type}/{quote(speaker.name, safe='', errors='replace')}"

    def organisation(self, name: str) -> str:
        """The name of an outlet or agency, by what it is called: all articles share it."""
        return f"{self.base}organisation/{quote(name, safe='', errors='replace')}"

    def maker(self, maker: Maker) -> str:
        """The name of what made the reading."""
        return f"{self.base}maker/{_digest(maker.program, maker.model, maker.weights)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
