"""Findings for people at a terminal, and as JSON records."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from reportedly.audit.rule import SEVERITIES, Finding, Rule, Severity
from reportedly.audit.sarif import Json
from reportedly.schema import Reading, Span
from reportedly.text import context

# So many characters are shown before and after the words, and so many of the words.
CONTEXT = 60
LONGEST_WORDS = 200

_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_HEADS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "note": ("note", "notes"),
}


def view(reading: Reading, findings: Sequence[Finding]) -> RenderableType:
    """The findings as something that rich prints: gravest first, then as they stand in the text; then their rules.

    Words are marked with ``>>`` and ``<<`` too, so nothing rests on colour. Control characters of a hostile text,
    terminal escapes and direction overrides among them, are shown as U+FFFD.
    """
    article = reading.article
    name = article.path or article.url or article.title or article.id
    ordered = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    parts: list[RenderableType] = [_line(f"{name}: {summary(findings)}", "bold")]
    for finding in ordered:
        parts.extend(("", *_finding(reading, finding)))
    if ordered:
        parts.extend(("", _line("Rules", "bold")))
    # Each rule once: it may be behind many findings, and its origins are long.
    for rule in {finding.rule.id: finding.rule for finding in ordered}.values():
        parts.extend(_rule(rule))
    return Group(*parts)


def summary(findings: Sequence[Finding]) -> str:
    """How many of each: "2 warnings, 1 note", or "no findings"."""
    counts = [(s, sum(f.severity == s for f in findings)) for s in SEVERITIES]
    return ", ".join(f"{n} {_HEADS[s][n > 1]}" for s, n in counts if n) or "no findings"


def _finding(reading: Reading, finding: Finding) -> Iterator[_Line]:
    head = Text(overflow="fold").append(finding.severity, _STYLES[finding.severity])
    head.append(f"  {finding.rule.id}", "bold")
    if finding.spans:
        head.append(f"  at {finding.spans[0][0]}", "dim")
    yield _Line(head)
    yield _line(finding.message, indent=2)
    if finding.spans:
        yield _Line(_quoted(reading.article.text, finding.spans[0]), indent=2)
    yield _line(f"Not seen: {finding.unseen}", "dim", indent=2)


def _rule(rule: Rule) -> Iterator[_Line]:
    """What a rule asks for, and the handbooks that ask for it, with their addresses."""
    head = Text(overflow="fold").append(rule.id, "bold").append(f"  {clean(rule.title)}")
    yield _Line(head, indent=2)
    for origin in rule.origins:
        yield _line(origin.name, "dim", indent=4)
        if origin.address:
            yield _line(origin.address, "dim", indent=6)


def _quoted(text: str, span: Span) -> Text:
    """The words in their place, with what stands around them in the same paragraph."""
    before, after = context(text, span, CONTEXT)
    words = text[span[0] : span[1]]
    if len(words) > LONGEST_WORDS:
        words = words[:LONGEST_WORDS] + "\u2026"
    line = Text(overflow="fold").append(clean(before), "dim")
    line.append(f">>{clean(words)}<<", "bold underline")
    return line.append(clean(after), "dim")


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph, indented by so many columns, that leaves no white space at the ends of its lines."""

    text: Text
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.wrap(console, max(options.max_width - self.indent, 1)):
            line.rstrip()
            yield Text(" " * self.indent).append_text(line)


def _line(text: str, style: str = "", indent: int = 0) -> _Line:
    return _Line(Text(clean(text), style, overflow="fold"), indent)


def clean(text: str) -> str:
    """The text on one line, its control and direction characters replaced, so that it can be shown safely."""
    return " ".join("".join("\ufffd" if _unsafe(c) else c for c in text).split()) if _changes(text) else text


def _changes(text: str) -> bool:
    return any(_unsafe(c) or (c.isspace() and c != " ") for c in text)


def _unsafe(character: str) -> bool:
    """Whether a character steers a terminal: controls, direction marks, surrogates; white space is no matter."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character not in "\t\n\r\u00ad\u200c\u200d"


def to_records(reading: Reading, findings: Sequence[Finding]) -> list[dict[str, Json]]:
    """The findings as JSON types, one object each; ``words`` are the text of each span."""
    text = reading.article.text
    return [
        {
            "article": reading.article.id,
            "path": reading.article.path,
            "rule": finding.rule.id,
            "title": finding.rule.title,
            "origins": [{"name": o.name, "address": o.address} for o in finding.rule.origins],
            "severity": finding.severity,
            "message": finding.message,
            "spans": [list(span) for span in finding.spans],
            "words": [text[start:end] for start, end in finding.spans],
            "statements": list(finding.statements),
            "unseen": finding.unseen,
        }
        for finding in findings
    ]


def to_json(reading: Reading, findings: Sequence[Finding]) -> str:
    """The records as lines of JSON, one finding each; empty where nothing was found."""
    return "".join(_json_line(record) + "\n" for record in to_records(reading, findings))


def _json_line(record: dict[str, Json]) -> str:
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate of a broken text, which no stream takes
        return json.dumps(record, ensure_ascii=True)
    return line
