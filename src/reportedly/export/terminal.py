"""A reading in the terminal: who said what, through whom, on what condition, one statement after another.

Colour only repeats what words and signs already say: with NO_COLOR, or into a pipe, nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from reportedly.export import words
from reportedly.schema import Attribution, Reading

# Narrower than this beside its number, a statement is unreadable; rather let a line be too long.
_LEAST_WIDTH = 16
# For consoles that are not Unicode.
_ASCII = str.maketrans(
    {"→": "->", "∅": "(none)", "·": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--"}
)

_Part = tuple[str, str]  # words and their style
_TITLE, _SPEAKER, _NOBODY, _CARRIER, _FACTS, _STRINGS = "bold", "bold cyan", "bold red", "cyan", "dim", "yellow"


def render(reading: Reading, console: Console) -> None:
    """Print a reading to the console, wrapped to its width.

    The article's words are shown as they are, never read as markup; control characters are replaced.
    """
    sheet = _Sheet(console)
    sheet.lines(0, [(words.headline(reading.article), _TITLE)])
    sheet.lines(0, [(" · ".join(words.provenance(reading.article)), _FACTS)])
    sheet.lines(0, [(words.tally(reading.attributions), "")])
    # Numbers stand to the right of a common edge, words to the left of another.
    digits = max((len(str(item.n)) for item in reading.attributions), default=1)
    for item in reading.attributions:
        sheet.blank()
        _statement(reading, item, sheet, digits)


def _statement(reading: Reading, item: Attribution, sheet: _Sheet, digits: int) -> None:
    indent = digits + 3
    sheet.lines(indent, list(_chain(reading, item)), first=(f"{item.n:>{digits + 1}}", ""))
    sheet.lines(indent, [(" · ".join(words.facts(reading, item)), _FACTS)])
    content = words.ELLIPSIS.join(reading.article.text[start:end] for start, end in item.content)
    for paragraph in content.splitlines():
        sheet.lines(indent, [(words.one_line(paragraph), "")])
    for label, what in words.strings(reading, item):
        sheet.lines(indent + len(label) + 2, [(what, "")], first=(f"{' ' * indent}{label}:", _STRINGS))


def _chain(reading: Reading, item: Attribution) -> Iterator[_Part]:
    """The speaker; where there are carriers, the way from the speaker through them to the outlet."""
    yield words.name(item.speaker), _NOBODY if item.speaker.name is None else _SPEAKER
    if role := words.role(item.speaker):
        yield f", {role}", ""
    if kind := words.kind(item.speaker):
        yield f" ({kind})", ""
    for carrier in item.via:
        yield " → ", ""
        yield words.carrier(carrier), _CARRIER
    if item.via:
        yield f" → {words.outlet(reading.article)}", ""


class _Sheet:
    """Wrapped lines with a hanging indent, in the console's encoding and with or without its colours."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._encoding = console.encoding if not console.encoding.lower().startswith("utf") else None

    def blank(self) -> None:
        """An empty line."""
        self._console.print()

    def lines(self, indent: int, parts: list[_Part], first: _Part = ("", "")) -> None:
        """Print styled parts as one paragraph, indented, with ``first`` in the margin of its first line."""
        text = self._text(parts)
        if not text.plain.strip():
            return
        margin = self._text([first])
        margin.pad_right(indent - len(margin))
        for line in text.wrap(self._console, max(self._console.width - indent, _LEAST_WIDTH)):
            line.rstrip()
            # Soft: the lines are wrapped already, and what is too narrow to wrap must not be cut.
            self._console.print(margin.append_text(line), soft_wrap=True)
            margin = Text(" " * indent)

    def _text(self, parts: list[_Part]) -> Text:
        text = Text(overflow="fold")
        for shown, style in parts:
            text.append(self._shown(shown), None if self._console.no_color else style)
        return text

    def _shown(self, text: str) -> str:
        if self._encoding is None:
            return text
        return text.translate(_ASCII).encode(self._encoding, "replace").decode(self._encoding)
