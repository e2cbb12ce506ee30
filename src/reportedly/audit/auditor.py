"""The way through the room: a reading and a selection of rules become findings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from reportedly.audit.catalogue import shipped_rules
from reportedly.audit.page import Page
from reportedly.audit.rule import SEVERITIES, Finding, Rule, finding
from reportedly.errors import InputError
from reportedly.schema import Reading

# So many findings of one rule in one article say what there is to say; a hostile text could hold a million.
MOST_FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules to audit by, in the order in which they are run; by default all that are shipped."""

    rules: tuple[Rule, ...] = field(default_factory=shipped_rules)


def audit(reading: Reading, rules: Selection | None = None) -> tuple[Finding, ...]:
    """What the rules find in one reading, in the order of the text; ``rules`` are by default all that are shipped.

    No finding rests on a statement of a confidence below 0.5, though such a statement may excuse one. Findings about
    the article as a whole come first. Of one rule at most 500 findings are given.
    """
    selection = rules if rules is not None else Selection()
    page = Page(reading)
    found = [finding(rule, mark) for rule in selection.rules for mark in islice(rule.check(page), MOST_FINDINGS)]
    return tuple(sorted(found, key=_place))


def _place(found: Finding) -> tuple[int, int, str]:
    start = found.spans[0][0] if found.spans else -1
    return start, SEVERITIES.index(found.severity), found.rule.id


def select(expression: str | None = None, house: Iterable[Rule] = ()) -> Selection:
    """The rules that an expression names, out of the shipped ones and a house's own.

    ``bare-source,byline`` takes these two alone; ``-byline`` takes all but this one; with both kinds, the ones named
    less the ones taken away. Nothing, or an empty expression, takes all. Raises InputError for a rule that does not
    exist, naming the nearest that does.
    """
    available = {rule.id: rule for rule in (*shipped_rules(), *house)}
    names = [name.strip() for name in (expression or "").split(",") if name.strip()]
    for name in names:
        if name.removeprefix("-") not in available:
            raise InputError("--rules", f"no rule is called {name.removeprefix('-')!r}", _nearest(name, available))
    without = {name[1:] for name in names if name.startswith("-")}
    wanted = {name for name in names if not name.startswith("-")} or set(available)
    return Selection(tuple(rule for name, rule in available.items() if name in wanted - without))


def _nearest(name: str, available: Iterable[str]) -> str:
    names = sorted(available)
    close = difflib.get_close_matches(name.removeprefix("-")[:60], names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"the rules are {', '.join(names)}"
