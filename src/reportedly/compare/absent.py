"""Copies of an agency's report that is not among the articles: the agency's name stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reportedly.compare.credits import owner, plain_name, signed_agency
from reportedly.compare.report import Report
from reportedly.schema import Copy, CopyKind


@dataclass(frozen=True, slots=True)
class Absent:
    """The agencies whose reports are not among the candidates of a target.

    ``reports`` are the candidates by article id, ``shown`` the plain names of agencies that the collection shows.
    """

    target: Report
    reports: Mapping[str, Report]
    shown: frozenset[str]

    def added(self, copies: Iterable[Copy], relayed: Iterable[str]) -> list[Copy]:
        """The copies, with the agency that signs the target, or else those that it says it has something from.

        Where a source is passed over in silence that is itself signed by an absent agency, the agency takes its place:
        what both print is the agency's.
        """
        copies = list(copies)
        signed = signed_agency(self.target.article, self.shown)
        if signed is not None and any(copy.credited and copy.kind != "rewritten" for copy in copies):
            return copies  # it is signed with the name of a source, perhaps in another form
        owners = {plain_name(owner(self.reports[copy.source].article)) for copy in copies}
        if signed is not None:
            extra = [] if plain_name(signed[0]) in owners else [self._copy(*signed)]
        else:
            extra = [self._copy(name, None) for name in dict.fromkeys(relayed) if plain_name(name) not in owners]
        named = {plain_name(copy.source) for copy in extra}
        handed = [self._handed_on(copy) for copy in copies]
        return [*(copy for copy in handed if plain_name(copy.source) not in named), *extra]

    def _copy(self, name: str, whole: bool | None) -> Copy:
        """A copy of an agency's report, by whether the agency signs for the whole of it, a part, or is only named."""
        kind: CopyKind = "rewritten" if whole is None else "verbatim" if whole else "edited"
        return Copy(name, self.target.article.id, kind, credited=True)

    def _handed_on(self, copy: Copy) -> Copy:
        signed = signed_agency(self.reports[copy.source].article, self.shown)
        if copy.credited or signed is None or not signed[1] or self._is_there(signed[0]):
            return copy
        return replace(copy, source=signed[0], share=0.0, passages=())

    def _is_there(self, name: str) -> bool:
        return any(plain_name(report.article.outlet) == plain_name(name) for report in self.reports.values())
