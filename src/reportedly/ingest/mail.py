"""Mail (.eml) -> Article: a newsletter, a press release, a report that was sent.

Its subject is the title; its sender the outlet, if the name is one of an outlet, else the byline.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr

from reportedly.errors import InputError, NotTextError
from reportedly.ingest.days import day_of
from reportedly.ingest.decode import text_of
from reportedly.ingest.draft import Draft, Part
from reportedly.ingest.page import from_html
from reportedly.lexicon import is_agency, is_outlet
from reportedly.schema import Article

SENDER_LIMIT = 300  # characters of a sender; its brackets are read by recursion

_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
_FORWARDED = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
# Lines of a wrapped paragraph are about this long, all but the last.
_WRAPPED = range(45, 100)


def from_mail(data: bytes, path: str | None = None) -> Article:
    """The article that a mail holds, in its HTML or else in its text. Raises NotTextError where it has neither."""
    where = path or "mail"
    message = email.message_from_bytes(data, policy=compat32)
    about = _about(message, path)
    pages, texts = _parts(message, "text/html"), _parts(message, "text/plain")
    for page, charset in pages:
        try:
            article = from_html(page, where, charset=charset)
        except InputError:
            continue  # a page without an article: the text beside it may hold one
        return replace(
            article,
            path=path,
            title=about.title or article.title,
            outlet=about.outlet or article.outlet,
            byline=about.byline or article.byline,
            published=about.published or article.published,
        )
    for text, charset in texts:
        return _from_plain(_text(text, charset, where), about)
    raise NotTextError(where, "a mail without text", "save what is attached to it, and give that")


def _about(message: Message, path: str | None) -> Article:
    """What the headers say."""
    name = parseaddr(_header(message, "From")[:SENDER_LIMIT])[0] or None
    is_house = name is not None and (is_outlet(name) or is_agency(name))
    return Article(
        id="",
        text="",
        path=path,
        title=_FORWARDED.sub("", _header(message, "Subject"), count=1) or None,
        outlet=name if is_house else None,
        byline=None if is_house else name,
        published=day_of(_header(message, "Date")),
    )


def _header(message: Message, name: str) -> str:
    """A header's words on one line; empty where it is missing."""
    raw = str(message.get(name, ""))
    with suppress(ValueError, LookupError):  # damaged, or in a charset that is not known: as it stands
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.replace("\ufffd", "").split())


def _parts(message: Message, kind: str) -> Iterator[tuple[bytes, str | None]]:
    """The parts of a kind that are not attachments: their bytes and charset."""
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                charset = part.get_param("charset")
                yield data, charset if isinstance(charset, str) else None


def _text(data: bytes, charset: str | None, path: str) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return text_of(data, path)


def _from_plain(text: str, about: Article) -> Article:
    """The article in the text of a mail: its paragraphs unwrapped, its signature left out."""
    text = _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0]
    draft = Draft()
    if about.title:
        draft.whole("heading", about.title)
    for paragraph in _PARAGRAPH_BREAK.split(text.strip()):
        for line in _unwrapped(paragraph):
            if line.startswith(">"):
                draft.whole("quote", line.lstrip("> ") or line)
            elif line.strip() and line != about.title:
                draft.part(Part("paragraph", " ".join(line.split())))
    return draft.article(about)


def _unwrapped(paragraph: str) -> list[str]:
    """The lines of a paragraph, as one where they look wrapped."""
    lines = [line.rstrip() for line in paragraph.split("\n")]
    wrapped = len(lines) > 1 and all(len(line) in _WRAPPED and not line.startswith(">") for line in lines[:-1])
    return [" ".join(lines)] if wrapped else lines
