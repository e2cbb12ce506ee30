"""Which of two articles with the same words may have had them first."""

from __future__ import annotations

from reportedly.compare.credits import known_agency, owner, signs
from reportedly.compare.report import Report

# An agency's report counts as first where a customer's is dated up to so many days before it: dates are those of
# different time zones and of the printed paper.
SLACK = 1


def may_take(target: Report, source: Report, agencies: frozenset[str]) -> bool:
    """Whether the target may have its words from the source rather than the other way round.

    By who signs with the other's name, then by agency and day; where both are silent the longer is taken to be the
    source, since copies are cut. Of two articles exactly one may take from the other.
    """
    signed, signing = (
        signs(target.article, owner(source.article)),
        signs(source.article, owner(target.article)),
    )
    if signed != signing:
        return signed
    agency, other = (known_agency(owner(report.article), agencies) for report in (source, target))
    days = days_between(source, target)
    if agency != other and (days is None or abs(days) <= SLACK):
        return agency
    if days:
        return days > 0
    return (len(source.words), target.article.id) > (len(target.words), source.article.id)


def days_between(earlier: Report, later: Report) -> int | None:
    """The days from one article to another, negative if the other is older; None where a day is not known."""
    return None if earlier.day is None or later.day is None else later.day - earlier.day
