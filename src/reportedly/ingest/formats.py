"""What kind of file it is: by its first bytes where they tell, else by its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from reportedly.ingest.decode import check_text

Format = Literal["text", "markdown", "page", "feed", "sitemap", "jsonl", "json", "parquet", "warc", "word", "mail"]

HEAD = 1 << 16  # bytes that are looked at

# What a page begins with, after white space and comments.
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|meta|title|script|link|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<[a-zA-Z/!]")
# The first element of a document, after its declaration, comments and document type (of a bounded length).
_ROOT = re.compile(
    rb"\s*(?:<[?!][^>]{0,5000}>[^<]{0,1000}){0,50}?<(?:\w{1,20}:)?(rss|feed|rdf|urlset|sitemapindex)\b", re.I
)
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"[^\"\n]{1,200}\"\s*:")
_HEADER = re.compile(
    rb"(?:received|return-path|delivered-to|mime-version|message-id|from|date|subject|to|x-[\w-]+)\s*:", re.IGNORECASE
)
_MAIL = re.compile(rb"^(?:mime-version|message-id)\s*:", re.IGNORECASE | re.MULTILINE)
_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

_BY_SUFFIX: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".eml": "mail",
}
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_OFFICE = b"[Content_Types].xml"


def format_of(head: bytes, name: str) -> Format:
    """The format of a file with these first bytes. ``name`` may be empty.

    Archives and documents are known by their bytes whatever they are called. ``.txt`` and ``.text`` are text
    whatever they hold; ``.html`` and its like are pages if they hold a tag; what is left is a page if it begins
    like one, and else text. Raises NotTextError for what is known to be nothing that can be read.
    """
    found = _by_magic(head)
    if found is not None:
        return found
    check_text(head, name)
    suffix = PurePath(name).suffix.lower()
    plain = _as_ascii(head)
    if suffix in _BY_SUFFIX:
        return _settled(_BY_SUFFIX[suffix], plain)
    root = _ROOT.match(plain)
    if root is not None:
        return "sitemap" if root.group(1).lower() in (b"urlset", b"sitemapindex") else "feed"
    if _PAGE.match(plain) or (suffix in _HTML_SUFFIXES and _TAG.search(plain)):
        return "page"
    if _OBJECT.match(plain):
        return "jsonl"
    if _HEADER.match(plain) and _MAIL.search(plain[:5000]):
        return "mail"
    return "text"


def is_page(text: str) -> bool:
    """Whether a text is a page's markup, to tell by its beginning."""
    return _PAGE.match(text[:5000].encode("utf-8", "replace")) is not None


def _by_magic(head: bytes) -> Format | None:
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04") and (_OFFICE in head[:4000] or b"word/" in head):
        return "word"
    return None


def _settled(by_suffix: Format, head: bytes) -> Format:
    if by_suffix == "markdown" and _PAGE.match(head):
        return "page"
    if by_suffix == "json" and _OBJECT.match(head) and _is_lines(head):
        return "jsonl"
    return by_suffix


def _is_lines(head: bytes) -> bool:
    """Whether the first line is an object of its own, with another below it."""
    first, _, rest = head.lstrip().partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _as_ascii(head: bytes) -> bytes:
    """The first bytes with what is beyond ASCII left as it is, but UTF-16 undone."""
    for mark, encoding in _UTF16:
        if head.startswith(mark):
            return head[2:].decode(encoding, "ignore").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")
