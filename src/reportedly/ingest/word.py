"""Word documents (.docx) -> Article: the paragraphs of a draft with the kinds that their styles give them.

A .docx is a ZIP archive of XML. Nothing of it is written to disk; each part is unpacked up to a limit whatever size
it claims; a part with a document type (OOXML has none) is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from reportedly.errors import InputError, NotTextError, TooLargeError
from reportedly.ingest.draft import Draft, Part
from reportedly.schema import Article, BlockKind

MAX_PART = 50_000_000  # bytes of a part, unpacked; the text of a novel takes about 5 MB

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_REMEDY = "save it again, or export it as plain text"

# Styles by their names in styles.xml, which are English in every language of Word.
_STYLES: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"title|subtitle|heading \d|headline", re.IGNORECASE), "heading"),
    (re.compile(r"caption", re.IGNORECASE), "caption"),
    (re.compile(r"(?:intense )?quote|block text", re.IGNORECASE), "quote"),
    (re.compile(r"list.*", re.IGNORECASE), "list"),
    (re.compile(r"byline|author", re.IGNORECASE), "byline"),
)

# Left out: what was deleted while changes were tracked, instructions of fields, and the second form in which text
# boxes are given.
_UNSEEN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr"})


def from_word(data: bytes, path: str | None = None) -> Article:
    """The article in a Word document. Raises NotTextError where it has no text or is damaged, TooLargeError."""
    where = path or "document"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _styles(_part(archive, "word/styles.xml", where))
            document = _part(archive, "word/document.xml", where)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotTextError(where, f"a damaged or locked Word document ({error})", _REMEDY) from error
    body = document.find(f"{_W}body") if document is not None else None
    if body is None:
        raise NotTextError(where, "not a Word document", _REMEDY)
    draft = Draft()
    for kind, text in _lines(body, styles):
        if kind == "caption":
            draft.figure(text)
        else:
            draft.part(Part(kind, text))
    if not draft.texts:
        raise NotTextError(where, "a Word document without text", "give a file that holds an article")
    return draft.article(Article(id="", text="", path=path))


def _part(archive: zipfile.ZipFile, name: str, path: str) -> etree._Element | None:
    """The root of a part of the document, or None where it has none such."""
    found = next((one for one in archive.infolist() if posixpath.normpath(one.filename) == name), None)
    if found is None:
        return None
    with archive.open(found) as file:
        data = file.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise TooLargeError(path, f"unpacks to more than {MAX_PART // 1_000_000} MB", "export it as plain text")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(_STRICT, _W[1:-1].encode()), parser)
    except etree.XMLSyntaxError as error:
        raise NotTextError(path, f"a damaged Word document ({name}: {error})", _REMEDY) from error
    if b"<!DOCTYPE" in data:
        raise InputError(path, f"declares a document type in {name}, as no Word document does", _REMEDY)
    return root


def _styles(root: etree._Element | None) -> dict[str, BlockKind]:
    """The kinds that styles give, by the ids that paragraphs know them by."""
    found: dict[str, BlockKind] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        name = style.find(f"{_W}name")
        words = str(name.get(f"{_W}val", "")) if name is not None else ""
        kind = next((kind for pattern, kind in _STYLES if pattern.fullmatch(words)), None)
        if kind is not None:
            found[str(style.get(f"{_W}styleId"))] = kind
    return found


def _lines(body: etree._Element, styles: Mapping[str, BlockKind]) -> Iterator[tuple[BlockKind, str]]:
    """The paragraphs, and the rows of tables as a line each, with their kinds."""
    for element in body.iterchildren(f"{_W}p", f"{_W}tbl", f"{_W}sdt"):
        if element.tag == f"{_W}p":
            text = _text(element)
            if text:
                yield _kind(element, styles), text
        elif element.tag == f"{_W}tbl":
            for row in element.iterchildren(f"{_W}tr"):
                text = " | ".join(filter(None, (_text(cell) for cell in row.iterchildren(f"{_W}tc"))))
                if text:
                    yield "list", text
        else:
            for content in element.iterchildren(f"{_W}sdtContent"):
                yield from _lines(content, styles)


def _kind(paragraph: etree._Element, styles: Mapping[str, BlockKind]) -> BlockKind:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return "paragraph"
    style = properties.find(f"{_W}pStyle")
    kind = styles.get(str(style.get(f"{_W}val"))) if style is not None else None
    if kind is None and properties.find(f"{_W}numPr") is not None:
        return "list"
    return kind or "paragraph"


def _text(element: etree._Element) -> str:
    """The words of a paragraph or cell as they are seen, on one line."""
    pieces: list[str] = []
    stack = [element]
    while stack:
        one = stack.pop()
        if one.tag in _UNSEEN or one.tag == _FALLBACK:
            continue
        if one.tag == f"{_W}t":
            pieces.append(one.text or "")
        elif one.tag in _SPACE or (one.tag == f"{_W}p" and one is not element):
            pieces.append(" ")
        elif one.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        stack.extend(reversed(one))
    return " ".join("".join(pieces).split())
