"""Plain text -> Article: the kind of block that every line is.

The text stays exactly as given; every line that holds more than white space ends up in a block (a caption
and its credit, a dateline and its paragraph are two blocks of one line). Where a rule is in doubt the line
is a paragraph: a heading or caption taken for a paragraph costs little, a paragraph taken for one costs its
statements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from reportedly.ingest.agency import find_credit
from reportedly.ingest.openings import byline_names, dateline_end, is_byline, iso_date
from reportedly.ingest.phrases import is_furniture, is_stamp
from reportedly.ingest.pictures import CAPTION_LIMIT, credit_start, is_caption
from reportedly.schema import Article, Block, BlockKind, Span, article_id
from reportedly.text import paragraphs, trim

TITLE_LIMIT = 200  # characters of a heading at the head of a text
SUBHEAD_LIMIT = 80  # characters of a heading between paragraphs
EARLY = 2  # paragraphs in which a bare place in capitals is a dateline
HEAD_BYLINES = 12  # lines from the top among which a byline is looked for
FOOT = 3  # lines from the end among which a lone name is a sign-off

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STOP = re.compile(r"[.:;,…][\"'”’)\]]*\Z|[!?][\"'”’)\]]+\Z|[\"”]\Z")
# At the head a closing mark alone ends no sentence: headlines end in quoted words.
_TITLE_STOP = re.compile(r"[.:;,…][\"'”’)\]]*\Z|[!?][\"'”’)\]]+\Z")
_CLOCK = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|GMT|BST|CET|EDT|EST|hrs)\.?(?:\s+\(?[A-Z]{2,4}\)?)?", re.IGNORECASE
)
_SENTENCE = re.compile(r"[a-z0-9\"”]\.[\"”]?\s+[A-Z“\"]")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_BULLET = re.compile(r"[•▪◦‣●■]\s*\S|[*+]\s+\S")
_WEAK_BULLET = re.compile(r"[-–—]\s+\S|\d{1,3}[.)]\s+\S|\(?[a-z][.)]\s+\S")
# A line that ends in one of these runs on: it is a piece of a wrapped paragraph, not a heading.
_RUNS_ON = re.compile(
    r"(?<![\w-])(?:a|an|the|of|in|on|at|to|for|and|or|but|that|which|who|with|by|from|as|said|was|were|is|are|had|has|have)\Z"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with more than white space, and whether it stands apart from the lines around it."""

    span: Span
    text: str
    apart_before: bool
    apart_after: bool


def from_text(text: str, path: str | None = None) -> Article:
    """The article that a plain text holds: the text exactly as given, with its blocks.

    Lone surrogates, which no text file can hold, become U+FFFD one for one, so that offsets into the given
    text hold. Title, byline and date are filled only where the head of the text shows them.
    """
    text = without_surrogates(text)
    blocks = find_blocks(text)
    said = {
        kind: [text[slice(*block.span)] for block in blocks if block.kind == kind] for kind in ("heading", "byline")
    }
    first_body = next((block.span[0] for block in blocks if block.kind == "paragraph"), len(text))
    title = next((text[slice(*b.span)] for b in blocks if b.kind == "heading" and b.span[0] < first_body), None)
    stamps = (text[slice(*b.span)] for b in blocks if b.kind == "furniture" and b.span[0] < first_body)
    dates = (iso_date(stamp) for stamp in stamps if is_stamp(stamp) and "updated" not in stamp.lower())
    return Article(
        id=article_id(text),
        text=text,
        blocks=blocks,
        path=path,
        title=title.lstrip("# ") or None if title else None,
        byline=byline_names(said["byline"][0]) or None if said["byline"] else None,
        published=next((date for date in dates if date), None),
        credit=find_credit(text, blocks),
    )


def without_surrogates(text: str) -> str:
    """The text with every lone surrogate replaced by U+FFFD; the length stays."""
    return _SURROGATE.sub("\ufffd", text)


def find_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order, without overlap."""
    lines = _lines(text)
    blocks: list[Block] = []
    bodies = 0  # paragraphs so far
    for number in range(len(lines)):
        found = _line_blocks(lines, number, bodies)
        if found[0].kind == "credit":
            _caption_before(blocks, lines, number)
        bodies += any(block.kind == "paragraph" for block in found)
        blocks.extend(found)
    return tuple(blocks)


def _lines(text: str) -> list[Line]:
    spans = paragraphs(text)
    gaps = [text[before[1] : after[0]] for before, after in pairwise(spans)]
    blank = [_blank_lines(gap) > 0 for gap in gaps]
    if not any(blank):
        # No blank line anywhere: every line is a paragraph of its own, unless lines are of one width (wrapped).
        blank = [max(a[1] - a[0], b[1] - b[0]) > 100 for a, b in pairwise(spans)]
    return [
        Line(span, text[slice(*span)], n == 0 or blank[n - 1], n == len(spans) - 1 or blank[n])
        for n, span in enumerate(spans)
    ]


def _blank_lines(gap: str) -> int:
    return len(re.findall(r"\r\n|[\r\n\u2028\u2029]", gap)) - 1


def _line_blocks(lines: list[Line], number: int, bodies: int) -> list[Block]:
    """The blocks of one line: usually one; two for a caption with its credit or a dateline."""
    line = lines[number]
    kind = _whole_line_kind(lines, number, bodies)
    if kind:
        return [Block(kind, line.span)]
    picture = picture_blocks(line.text, line.span[0])
    if picture:
        return picture
    if _is_listed(lines, number):
        return [Block("list", line.span)]
    if _is_heading(lines, number, bodies):
        return [Block("heading", line.span)]
    return body_blocks(line.text, line.span[0], bodies < EARLY)


def _whole_line_kind(lines: list[Line], number: int, bodies: int) -> BlockKind | None:
    """The kind of a line that a word or mark of its own decides, or None."""
    line = lines[number]
    if line.text.startswith(">") and line.text.strip("> "):
        return "quote"
    if _MARKDOWN_HEADING.match(line.text) and len(line.text) <= TITLE_LIMIT:
        return "heading"
    edge = (bodies == 0 and number < HEAD_BYLINES) or number >= len(lines) - FOOT
    if edge and len(lines) > 1 and is_byline(line.text):
        return "byline"
    if is_furniture(line.text) or (edge and len(lines) > 1 and _is_masthead(line.text)):
        return "furniture"
    if is_stamp(line.text) and ((bodies == 0 and edge) or (edge and not _body_follows(lines, number))):
        return "furniture"  # between paragraphs a time is the heading of an update
    if bodies and number >= len(lines) - FOOT and line.apart_before and _is_lone_name(line.text):
        if "/" in line.text:
            return "credit"  # "Marla Evening / Orvik Press"
        return "byline" if number == len(lines) - 1 else None
    return None


def picture_blocks(line: str, offset: int, in_figure: bool = False) -> list[Block]:
    """The caption and credit of a line at ``offset``, or nothing if it is neither."""
    end = offset + len(line)
    start = credit_start(line, in_figure) if in_figure or len(line) <= CAPTION_LIMIT else None
    if start is not None:
        caption = trim(line, (0, start))
        blocks = [Block("caption", (offset + caption[0], offset + caption[1]))] if caption[0] < caption[1] else []
        return [*blocks, Block("credit", (offset + start, end))]
    return [Block("caption", (offset, end))] if in_figure or is_caption(line) else []


def body_blocks(line: str, offset: int, early: bool) -> list[Block]:
    """A paragraph, with its dateline as a block of its own."""
    end, cut = offset + len(line), dateline_end(line, early)
    if cut is None:
        return [Block("paragraph", (offset, end))]
    start, _ = trim(line, (cut, len(line)))
    return [Block("dateline", (offset, offset + cut)), Block("paragraph", (offset + start, end))]


def _caption_before(blocks: list[Block], lines: list[Line], number: int) -> None:
    """Make the line just above a credit (no blank line between) its caption."""
    above = lines[number - 1] if number else None
    if above is None or above.apart_after or not blocks or len(above.text) > CAPTION_LIMIT:
        return
    last = blocks[-1]
    if last.kind in ("paragraph", "heading") and last.span == above.span:
        blocks[-1] = Block("caption", last.span)


def _is_listed(lines: list[Line], number: int) -> bool:
    """Whether a line is an item of a list: a bullet, or a dash or number that a neighbour has too."""
    text = lines[number].text
    if _BULLET.match(text):
        return True
    if not _WEAK_BULLET.match(text):
        return False
    neighbours = [lines[n].text for n in (number - 1, number + 1) if 0 <= n < len(lines)]
    return any(_WEAK_BULLET.match(other) and _mark(other) == _mark(text) for other in neighbours)


def _mark(text: str) -> str:
    return "1" if text[0].isdigit() else text[0] if text[0] in "-–—" else "a"


def _is_heading(lines: list[Line], number: int, bodies: int) -> bool:
    line = lines[number]
    after = lines[number + 1] if number + 1 < len(lines) else None
    if after is None or not _may_head(line.text) or not _body_follows(lines, number):
        return False
    if line.apart_before and line.apart_after and (_CLOCK.fullmatch(line.text) or _is_rubric(line.text)):
        return True
    if _RUNS_ON.search(line.text) or after.text[0].islower():
        return False
    return _is_title(line, after) if bodies == 0 else _is_subhead(line, after)


def _may_head(text: str) -> bool:
    return len(text) <= TITLE_LIMIT and any(c.isalpha() for c in text) and not text[0].islower()


def _body_follows(lines: list[Line], number: int) -> bool:
    """Whether a sentence comes within the next lines: a heading stands over something."""
    return any(_STOP.search(line.text) or len(line.text) > TITLE_LIMIT for line in lines[number + 1 : number + 8])


def _is_title(line: Line, after: Line) -> bool:
    """Whether a line before the first paragraph is a heading."""
    wrapped = not line.apart_after and min(len(line.text), len(after.text)) >= 55
    if wrapped and abs(len(line.text) - len(after.text)) < 20:
        return False
    if _TITLE_STOP.search(line.text):
        return line.apart_after and (_title_case(line.text) or dateline_end(after.text, early=True) is not None)
    return not _SENTENCE.search(line.text) or _title_case(line.text)


def _is_subhead(line: Line, after: Line) -> bool:
    """Whether a line between paragraphs is a heading: short, apart, no stop, with a paragraph below."""
    if not (line.apart_before and line.apart_after) or len(line.text) > SUBHEAD_LIMIT or len(line.text.split()) > 10:
        return False
    if _STOP.search(line.text) or line.text[-1] in "!'’" or not line.text[0].isalnum():
        return False
    return len(after.text) > len(line.text)


def _is_rubric(text: str) -> bool:
    """Whether a line is a word or four in capitals ("ANALYSIS", "LETTERS."), but not a shout or an initial."""
    return (
        text[0].isalnum() and text.isupper() and len(text) >= 5 and len(text.split()) <= 4 and text[-1] not in "!?\"”’'"
    )


def _title_case(text: str) -> bool:
    """Whether a line is written like a headline: nearly every long word with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’\-]*", text) if len(word) >= 4]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _is_masthead(text: str) -> bool:
    """Whether a line is a page's own name and rubric, set off by strokes: "Radio Marla | Morning | 2 May"."""
    return "|" in text and len(text) <= 120 and not _STOP.search(text)


def _is_lone_name(text: str) -> bool:
    """Whether a last line is a bare name or two: a reporter's or an agency's signature."""
    words = text.replace("/", " ").split()
    return (
        1 <= len(words) <= 4 and all(word[0].isupper() for word in words) and not re.search(r":|[.!?;,\"”'’)]\Z", text)
    )
