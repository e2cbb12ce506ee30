"""Where on the page the lines of the body stand, and so between which of them a figure belongs."""

from __future__ import annotations

from bisect import bisect_left

from lxml import html

from reportedly.ingest.figures import squeeze

KEY = 60  # characters (letters and digits) by which a line is found again
NEAR = 40  # elements between a caption and the title below it; farther up is the page's own head
_TEXT_TAGS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "blockquote", "td")
_FLOW_TAGS = ("div", "section", "article", "span", "main")


class Places:
    """The order of a page's elements, and which of them are lines of the body."""

    def __init__(self, tree: html.HtmlElement, lines: list[str], opening: int = 0) -> None:
        """Find the lines of the body among the elements of the tree.

        ``lines`` are the lines in their order; a line that is not found (because extraction changed it) has
        no place, and figures go by its neighbours. ``opening`` is the number of the first line that is not a heading.
        """
        self._order = {element: number for number, element in enumerate(tree.iter("*"))}
        self._elements: list[html.HtmlElement] = []  # of the lines found, in order
        self._numbers: list[int] = []  # the places of those elements
        self._lines: list[int] = []  # and the numbers of their lines
        self._count = len(lines)
        self._opening = opening
        self._match(tree, lines)
        title = next(tree.iter("h1"), None)
        self._title = None if title is None else self._order[title]
        self._container = self._common()
        self._titled = None if title is None else self._with(title)

    def _match(self, tree: html.HtmlElement, lines: list[str]) -> None:
        keys: dict[str, list[html.HtmlElement]] = {}
        for element in tree.iter(*_TEXT_TAGS, *_FLOW_TAGS):
            words = _own_words(element)
            if words:
                keys.setdefault(words, []).append(element)
        last = -1
        for number, line in enumerate(lines):
            for element in keys.get(squeeze(line[: 3 * KEY])[:KEY], ()):
                if self._order[element] > last:
                    last = self._order[element]
                    self._elements.append(element)
                    self._numbers.append(last)
                    self._lines.append(number)
                    break

    def _common(self) -> html.HtmlElement | None:
        """The innermost element that holds the first and the last line found."""
        if not self._elements:
            return None
        around = set(self._elements[0].iterancestors())
        return next((parent for parent in self._elements[-1].iterancestors() if parent in around), None)

    def _is_by_title(self, element: html.HtmlElement) -> bool:
        """Whether an element above the first line stands below the title, or close above it in the same part."""
        below = self._order[element] - (self._title or 0)
        if below > 0:
            return self._title is not None and self._title < self._numbers[0]
        return -below <= NEAR and any(parent is self._titled for parent in element.iterancestors())

    def _with(self, title: html.HtmlElement) -> html.HtmlElement | None:
        """The innermost element that holds the title and the lines found; None if that is the whole page."""
        around = self.around
        holder = next((parent for parent in title.iterancestors() if parent in around), None)
        return None if holder is None or holder.tag in ("body", "html") else holder

    @property
    def around(self) -> set[html.HtmlElement]:
        """The elements that hold all lines of the body (none where no line was found)."""
        return set() if self._container is None else {self._container, *self._container.iterancestors()}

    def is_after_start(self, element: html.HtmlElement) -> bool:
        """Whether an element comes after the first paragraph (False where that was not found)."""
        at = bisect_left(self._lines, self._opening)
        return at < len(self._numbers) and self._order[element] > self._numbers[at]

    def insertions(self, elements: list[html.HtmlElement]) -> list[int | None]:
        """For each element the number of the line that it goes before; None if it is outside of the article."""
        return [self._insertion(element) for element in elements]

    def _insertion(self, element: html.HtmlElement) -> int | None:
        if not self._numbers or self._container is None:
            return None
        here = self._order[element]
        at = bisect_left(self._numbers, here)
        if 0 < at < len(self._numbers):
            return self._lines[at]
        within = any(parent is self._container for parent in element.iterancestors())
        if at == 0:
            return self._lines[0] if within or self._title is None or self._is_by_title(element) else None
        return min(self._lines[-1] + 1, self._count) if within and self._container.tag != "body" else None


def _own_words(element: html.HtmlElement) -> str:
    """The first letters and digits of an element that holds text; nothing for one that only holds others."""
    if element.tag in _FLOW_TAGS and not (element.text or "").strip():
        return ""
    text = []
    length = 0
    for piece in element.itertext():
        text.append(piece)
        length += len(piece.strip())
        if length >= 3 * KEY:
            break
    return squeeze("".join(text)[: 40 * KEY])[:KEY]
