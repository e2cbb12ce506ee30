"""Markdown -> Article: its structure becomes blocks, its marks do not stay in the text.

Read as CommonMark with tables. A picture's caption is what stands with it: its title, or a line in emphasis below
it, or else its alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportedly.errors import NotTextError
from reportedly.ingest.days import day_of
from reportedly.ingest.draft import Draft, Part
from reportedly.ingest.plain import from_text
from reportedly.ingest.tree import parse, words_of
from reportedly.schema import Article, BlockKind

# Longer texts than any report are read as plain text: parsing takes time that may grow faster than they do.
MAX_CHARACTERS = 2_000_000

# The data that site generators keep on top of a file.
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
_FIELD = re.compile(r"^(title|author|byline|date|published|outlet|publisher|url)[ \t]*:[ \t]*(.+?)[ \t]*$", re.M | re.I)
_KINDS: dict[str, BlockKind] = {"heading_open": "heading", "blockquote_open": "quote", "list_item_open": "list"}
_CLOSE = {"heading_close", "blockquote_close", "list_item_close"}


def from_markdown(text: str, path: str | None = None) -> Article:
    """The article that a Markdown text holds, with title, byline and date where it shows them."""
    if len(text) > MAX_CHARACTERS:
        return from_text(text, path)
    front = _FRONT.match(text)
    about = _about(front.group(1) if front else "", path)
    draft = Draft()
    picture: str | None = None  # the words for a picture, as long as the next line may have better ones
    for line in _lines(text[front.end() if front else 0 :]):
        under = picture is not None and line.is_emphasis and not line.is_picture
        if caption := line.text if under else picture:
            draft.figure(caption)
        if not under and not line.is_picture:
            _add(draft, line, about)
        picture = line.text if line.is_picture else None
    if picture:
        draft.figure(picture)
    if not draft.texts:
        raise NotTextError(path or "text", "empty: there is nothing to read in it", "give a file that holds an article")
    return draft.article(about)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text without marks; whether it is a picture and no more, or all in emphasis."""

    kind: BlockKind
    text: str
    is_picture: bool = False
    is_emphasis: bool = False


def _add(draft: Draft, line: _Line, about: Article) -> None:
    if not draft.texts and about.title and line.text != about.title:
        draft.whole("heading", about.title)
    draft.part(Part(line.kind, line.text))


def _about(front: str, path: str | None) -> Article:
    """What the data on top say."""
    said = {key.lower(): value.strip("\"'[] ") for key, value in _FIELD.findall(front)}
    return Article(
        id="",
        text="",
        path=path,
        url=said.get("url") if said.get("url", "").startswith("http") else None,
        outlet=said.get("outlet") or said.get("publisher") or None,
        title=said.get("title") or None,
        byline=said.get("byline") or said.get("author") or None,
        published=day_of(said.get("published") or said.get("date")),
    )


def _lines(text: str) -> Iterator[_Line]:
    kinds: list[BlockKind] = []
    row: list[str] | None = None  # cells of the row of a table that is open
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in _KINDS:
            kinds.append(_KINDS[token.type])
        elif token.type in _CLOSE:
            kinds.pop()
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield _Line("list", " | ".join(filter(None, row or ())))
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_words(token.children or ()))
        elif token.type == "inline":
            yield from _inline(token.children or (), kinds[0] if kinds else "paragraph")
        elif token.type in ("fence", "code_block"):
            yield from (
                _Line("paragraph", " ".join(line.split())) for line in token.content.splitlines() if line.strip()
            )
        elif token.type == "html_block":
            yield from _markup(token.content)


def _inline(children: Sequence[Token], kind: BlockKind) -> Iterator[_Line]:
    """The line that a paragraph or heading makes; a picture at its head is a line of its own."""
    pictures = [child for child in children if child.type == "image"]
    words = _words(children)
    if pictures and children[0].type in ("image", "link_open"):
        picture = pictures[0]
        yield _Line("caption", words or str(picture.attrs.get("title") or "") or picture.content, is_picture=True)
    elif words:
        yield _Line(kind, words, is_emphasis=_is_emphasis(children))


def _words(children: Sequence[Token]) -> str:
    """The words of a line on one line, without marks and pictures."""
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and child.content.startswith("<br")
        ):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def _is_emphasis(children: Sequence[Token]) -> bool:
    """Whether all of a line is in one emphasis."""
    shown = [child for child in children if child.type != "text" or child.content]
    return (
        len(shown) > 2
        and shown[0].type == "em_open"
        and shown[-1].type == "em_close"
        and sum(child.type == "em_open" for child in shown) == 1
    )


def _markup(markup: str) -> Iterator[_Line]:
    """The lines of a block of HTML."""
    tree = parse(markup)
    if tree is None:
        return
    captions = list(tree.iter("figcaption"))
    for caption in captions:
        yield _Line("caption", words_of(caption), is_picture=True)
    words = words_of(tree)
    if words and not captions:
        yield _Line("paragraph", words)
