"""How the number of origins comes about, in words, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.compare.ledger import Ledger, Member
from reportedly.schema import OriginKind

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def label(ledger: Ledger, root: int) -> tuple[str, OriginKind]:
    """What an origin is called, and its kind."""
    own = [member for k, member in enumerate(ledger.members) if ledger.root(k) == root]
    first = next((member for member in own if member.source.kind is not None), own[0])
    said = first.item.statement.said
    name = (said.speaker.name if said is not None else None) or f"{_outlet(first)}, in its own voice"
    when = first.item.said_on
    kind: OriginKind = first.source.kind or "organisation"
    return f"{name} in {_outlet(first)}" + (f", {when}" if when else ""), kind


def why(ledger: Ledger, counted: Sequence[int], open_pairs: Sequence[tuple[int, int, str]], least: int) -> str:
    """The number of origins, explained: how many outlets carry which, what is not counted, and what is open."""
    parts = [_count(len({_outlet(member) for member in ledger.members}), "outlet").capitalize()]
    for root in counted:
        carrying = {_outlet(one) for k, one in enumerate(ledger.members) if ledger.root(k) == root and not one.turned}
        parts.append(
            f"{_number(len(carrying))} {'carries' if len(carrying) == 1 else 'carry'} {label(ledger, root)[0]}"
        )
    others = [root for root in ledger.origins() if root not in counted]
    against = [root for root in others if ledger.members[root].turned]
    if against:
        parts.append(f"{_count(len(against), 'origin')} of the opposite stance, not counted")
    if len(others) > len(against):
        parts.append(f"{_count(len(others) - len(against), 'voice')} that may speak of something else, not counted")
    number = _count(len(counted), "independent origin")
    if least < len(counted):
        reasons = "; ".join(dict.fromkeys(reason for _, _, reason in open_pairs))
        number = f"{_number(least)} to {number}, since {reasons}"
    return f"{'; '.join(parts)}: {number}."


def would_change(counted: Sequence[int], open_pairs: Sequence[tuple[int, int, str]]) -> tuple[str, ...]:
    """What would change the number."""
    found = []
    if open_pairs:
        found.append("A name, or a detail in which the two differ, would settle whether they are one.")
    if len(counted) == 1:
        found.append("A second voice that knows it apart from the first would make it two.")
    elif len(counted) > 1:
        found.append("If one of them has it from another, it is one less.")
    return tuple(found)


def _outlet(member: Member) -> str:
    return member.page.article.outlet or member.page.article.title or member.page.article.path or "one article"


def _number(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def _count(n: int, noun: str) -> str:
    return f"{_number(n)} {noun}{'' if n == 1 else 's'}"
