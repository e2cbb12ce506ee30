"""What one article takes from others that share something with it, or from an agency."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.compare.absent import Absent
from reportedly.compare.credits import naming, owner, signs
from reportedly.compare.passages import MAX_PASSAGES, covered, passages
from reportedly.compare.report import Report
from reportedly.compare.retold import Retelling, Retold
from reportedly.compare.worded import Worded, kind_of, word_sources
from reportedly.schema import Copy


def copies_of(target: Report, candidates: Sequence[Report], agencies: frozenset[str]) -> list[Copy]:
    """The copies that make up one target, of candidates that share something with it."""
    worded = word_sources(target, candidates, agencies)
    retelling = Retelling(target, candidates, worded, agencies)
    copies = [_worded_copy(target, item) for item in worded]
    copies += [_retold_copy(target, item) for item in retelling.sources()]
    reports = {report.article.id: report for report in candidates}
    return Absent(target, reports, agencies).added(copies, retelling.relayed.values())


def _worded_copy(target: Report, item: Worded) -> Copy:
    name = owner(item.source.article)
    return Copy(
        source=item.source.article.id,
        target=target.article.id,
        kind=kind_of(item.share),
        credited=signs(target.article, name) or bool(naming(target, name)),
        share=round(item.share, 4),
        passages=passages(target.words, item.source.words),
    )


def _retold_copy(target: Report, item: Retold) -> Copy:
    return Copy(
        source=item.source.article.id,
        target=target.article.id,
        kind="rewritten",
        credited=item.credited,
        share=round(float(covered(target.words, item.source.words).mean()), 4),
        passages=tuple((match.source, match.sentence.span) for match in item.matches[:MAX_PASSAGES]),
    )
