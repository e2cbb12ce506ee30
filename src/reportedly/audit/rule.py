"""What a rule is, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reportedly.schema import Span

if TYPE_CHECKING:
    from reportedly.audit.page import Page

# The levels of SARIF. A warning names a rule that the words break; a note asks an editor to look.
Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

# The longest quotation inside a message: a line, not a paragraph.
LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule comes from: a handbook, and its public address where there is one."""

    name: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a check points at: the words, the statements that they belong to, and what the message says of them."""

    spans: tuple[Span, ...]
    statements: tuple[int, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Check = Callable[["Page"], Iterable[Mark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a newsroom.

    ``unseen`` is what the rule cannot see in a text; ``message`` a template, whose ``{words}`` are filled from
    what the check found.
    """

    id: str
    title: str
    severity: Severity
    message: str
    unseen: str
    origins: tuple[Origin, ...]
    check: Check = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that a rule points at.

    ``spans`` are the words, in code points of the article's text; none where the finding is about the article as a
    whole. ``statements`` are the numbers of the attributions that it rests on. ``unseen`` says what the rule could
    not see, so what is left to the editor.
    """

    rule: Rule
    severity: Severity
    message: str
    spans: tuple[Span, ...]
    statements: tuple[int, ...]
    unseen: str


def finding(rule: Rule, mark: Mark) -> Finding:
    """The finding that a rule's mark means."""
    message = _PLACEHOLDER.sub(lambda match: shortened(mark.values.get(match.group(1), match.group())), rule.message)
    return Finding(rule, rule.severity, message, mark.spans, mark.statements, rule.unseen)


def shortened(value: str, limit: int = LONGEST_VALUE) -> str:
    """A value on one line, cut at ``limit`` characters with an ellipsis."""
    flat = " ".join(value[: 4 * limit].split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "\u2026"
