"""An article in the making: lines of a page or document, put together into one text with its blocks.

Every reader of a format with a structure of its own (HTML, Markdown, Word, mail) hands its lines to a ``Draft``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reportedly.ingest.agency import find_credit
from reportedly.ingest.openings import byline_names, is_byline, iso_date
from reportedly.ingest.phrases import is_furniture, is_stamp
from reportedly.ingest.plain import EARLY, body_blocks, picture_blocks, without_surrogates
from reportedly.schema import Article, Block, BlockKind, article_id

# A byline stands among the first lines of the body, if it got there.
BYLINE_LINES = 3

_BETWEEN = "\n\n"  # lines of the text


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the body, white space squeezed, and the kind its markup gives it."""

    kind: BlockKind
    text: str


@dataclass(slots=True)
class Draft:
    """Lines of text so far, and the blocks within each line with their offsets in it."""

    texts: list[str] = field(default_factory=list)
    lines: list[list[Block]] = field(default_factory=list)
    bodies: int = 0  # lines with a paragraph in them

    def add(self, text: str, blocks: list[Block]) -> None:
        """Put a line under the others; ``blocks`` count from its start."""
        self.texts.append(text)
        self.lines.append(blocks)
        self.bodies += any(block.kind == "paragraph" for block in blocks)

    def whole(self, kind: BlockKind, text: str) -> None:
        """Put a line under the others that is one block."""
        self.add(text, [Block(kind, (0, len(text)))])

    def part(self, part: Part) -> None:
        """Put a line under the others, with the kind that its words show."""
        text = part.text
        if part.kind in ("caption", "credit", "byline"):
            self.whole(part.kind, text)
        elif is_furniture(text):
            self.whole("furniture", text)
        elif part.kind != "paragraph":
            self.whole(part.kind, text)
        elif self.bodies == 0 and len(self.lines) < BYLINE_LINES and is_byline(text):
            self.whole("byline", text)
        elif self.bodies == 0 and is_stamp(text):
            self.whole("furniture", text)
        else:
            self.add(text, picture_blocks(text, 0) or body_blocks(text, 0, self.bodies < EARLY))

    def figure(self, text: str) -> None:
        """Put what stands under a picture under the others, caption and credit apart."""
        self.add(text, picture_blocks(text, 0, in_figure=True))

    def article(self, about: Article) -> Article:
        """The article with this text, and for the rest what ``about`` says.

        What that leaves open of title, byline and date is taken from the lines above the body, where they show it.
        """
        text = without_surrogates(_BETWEEN.join(self.texts))
        blocks = self._blocks()
        article = replace(
            about,
            id=article_id(text, about.url),
            text=text,
            blocks=blocks,
            title=about.title or self._first("heading"),
            byline=about.byline or byline_names(self._first("byline") or "") or None,
            published=about.published or self._date(),
        )
        return replace(article, credit=about.credit or find_credit(text, blocks, article.byline, about.outlet))

    def _blocks(self) -> tuple[Block, ...]:
        """The blocks with their offsets in the whole text."""
        done: list[Block] = []
        start = 0
        for text, blocks in zip(self.texts, self.lines, strict=True):
            done.extend(Block(block.kind, (start + block.span[0], start + block.span[1])) for block in blocks)
            start += len(text) + len(_BETWEEN)
        return tuple(done)

    def _above(self, kind: BlockKind) -> list[str]:
        """The lines of a kind that stand above the first paragraph."""
        found = []
        for text, blocks in zip(self.texts, self.lines, strict=True):
            if any(block.kind == "paragraph" for block in blocks):
                break
            if blocks and blocks[0].kind == kind:
                found.append(text)
        return found

    def _first(self, kind: BlockKind) -> str | None:
        return next(iter(self._above(kind)), None)

    def _date(self) -> str | None:
        stamps = (line for line in self._above("furniture") if is_stamp(line) and "updated" not in line.lower())
        return next((date for date in map(iso_date, stamps) if date), None)
