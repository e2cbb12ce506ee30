"""The body text of a page, by trafilatura, as a list of lines that know their kind.

Source: A. Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
Extraction", ACL 2021 (System Demonstrations). It was the best of six on the pages measured by
``benchmarks/pages.py``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from lxml import etree, html

from reportedly.ingest.draft import Part
from reportedly.schema import BlockKind

# Pages with more elements are read by trafilatura's own fast way, without its backup extractors: they take
# time that grows faster than the page.
MAX_ELEMENTS_FULL = 30_000

# Not shown at the ends of a line: spaces of no width, and the stroke that parts the cells of a table.
_INVISIBLE = "| \u200b\u200c\u200d\u2060\ufeff"
_KINDS: dict[str, BlockKind] = {"head": "heading", "quote": "quote", "item": "list", "row": "list", "p": "paragraph"}
_BREAKS = frozenset({"p", "head", "quote", "item", "row", "lb", "list", "table", "code", "div", "body"})

# trafilatura logs what it cannot read; here that is an error with its own message.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def read_body(tree: html.HtmlElement, elements: int) -> list[Part]:
    """The body of a page of so many elements; nothing if it holds no article. The tree is left as it is."""
    import trafilatura  # takes longer to load than the model, and only pages need it

    document = trafilatura.bare_extraction(
        tree,
        fast=elements > MAX_ELEMENTS_FULL,
        include_comments=False,
        include_tables=True,
        output_format="json",  # for other formats it would write the text as well, which takes time and is not used
    )
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    return list(_parts(document.body))


def _parts(body: etree._Element) -> Iterator[Part]:
    """The lines of the body: a new one at every element that breaks the flow of text."""
    kinds: list[BlockKind] = []
    words: list[str] = []

    def line() -> Iterator[Part]:
        text = " ".join("".join(words).split()).strip(_INVISIBLE)
        words.clear()
        if text:
            yield Part(kinds[0] if kinds else "paragraph", text)

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if tag in _BREAKS:
            yield from line()
        if event == "start":
            # The outermost of quotation, list and heading decides: a paragraph in a quotation is a quotation.
            if tag in _KINDS and tag != "p":
                kinds.append(_KINDS[tag])
            words.append(element.text or "")
        else:
            if tag in _KINDS and tag != "p":
                kinds.pop()
            words.append(" | " if tag == "cell" else "")
            if element is not body:
                words.append(element.tail or "")
    yield from line()
