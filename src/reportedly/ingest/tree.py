"""Markup -> a tree that is safe to walk: bounded depth, no scripts, no control characters.

The HTML parser of libxml2 expands no entities of a document's own and fetches nothing. Beyond 255 nested
elements it drops what follows; such markup is flattened first, so that its text is kept.
"""

from __future__ import annotations

import re

from lxml import etree, html

# Far deeper than any page seen (the 181 pages of the article extraction benchmark stay under 60), and under
# the 255 of libxml2 and the recursion limits of Python and of everything that walks the tree afterwards.
MAX_DEPTH = 150

# Control characters of UTF-8 become spaces, byte by byte: on whole pages that is much faster than a search.
_CONTROL = bytes(32 if (byte < 32 and byte not in b"\t\n\r") or byte == 127 else byte for byte in range(256))
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,8}));?")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40})([^<>]*)>")
# Never text, or never the article's: on the 181 pages nearly half of all elements, on which every later walk is spared.
_DROPPED = (
    *("style", "svg", "template", "iframe", "object", "canvas"),
    *("nav", "footer", "button", "select", "textarea"),
)
# Elements that never hold others.
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)


def parse(markup: str) -> html.HtmlElement | None:
    """The tree of a page, or None if the markup holds no element at all."""
    markup = _REFERENCE.sub(_character, markup.replace("\ufffe", " ").replace("\uffff", " "))
    tree, complete = _parse(markup)
    if not complete:
        tree, _ = _parse(flatten(markup))
    if tree is not None:
        _drop_unread(tree)
    return tree


def _character(match: re.Match[str]) -> str:
    """A numeric reference as it stands, unless it names no character: then a space.

    128 to 159 are read as Windows-1252, as browsers do ("&#150;" is a dash).
    """
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", "ignore") or " "
    valid = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return match.group() if valid else " "


def _parse(markup: str) -> tuple[html.HtmlElement | None, bool]:
    """The tree, and whether all of the markup is in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace").translate(_CONTROL), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but space or comments
        return None, "depth" not in str(parser.error_log).lower()
    return tree, not any("depth" in entry.message.lower() for entry in parser.error_log)


def flatten(markup: str) -> str:
    """The markup without the tags that stand deeper than MAX_DEPTH; their text stays.

    One pass over the tags, with a stack of open elements; an end tag closes the nearest open element of its name.
    """
    stack: list[str] = []  # names of the open elements, outermost first
    kept: dict[str, int] = {}  # how often each name is open
    dropped: dict[str, int] = {}  # open elements whose tags were dropped

    def keep(match: re.Match[str]) -> str:
        end, name, rest = match.group(1), match.group(2).lower(), match.group(3)
        if name in _VOID or name == "p" or rest.endswith("/"):
            return match.group()  # a paragraph ends at the next one, so paragraphs never nest
        if not end:
            if len(stack) >= MAX_DEPTH:
                dropped[name] = dropped.get(name, 0) + 1
                return " "
            stack.append(name)
            kept[name] = kept.get(name, 0) + 1
            return match.group()
        if dropped.get(name):
            dropped[name] -= 1
            return " "
        while kept.get(name):
            last = stack.pop()
            kept[last] -= 1
            if last == name:
                break
        return match.group()

    return _TAG.sub(keep, markup)


def _drop_unread(tree: html.HtmlElement) -> None:
    """Remove what is never read; JSON-LD stays, because title, author and date are read from it."""
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    for element in list(tree.iter("script")):
        if "ld+json" not in (element.get("type") or "") and element.getparent() is not None:
            element.drop_tree()


def words_of(element: html.HtmlElement) -> str:
    """The text of an element on one line; a space between elements, so that no words are glued together."""
    return " ".join(" ".join(element.itertext()).split())


def classes(element: html.HtmlElement) -> str:
    """Class, id and role of an element in lower case, for looking up words."""
    return " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role")))).lower()
