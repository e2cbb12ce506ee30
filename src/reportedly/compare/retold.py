"""Copies that do not keep the words: what is told again, sentence by sentence, from another report.

A sentence is matched with the sentence of a source that has most of its rare words: their rarity in news at large
(``lexicon.rarity``), less for words that all reports of the same story have.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from reportedly.compare.credits import (
    known_agency,
    naming,
    owner,
    relayed_agencies,
    relayed_by_nobody,
    same_outlet,
    told_to_us,
)
from reportedly.compare.direction import days_between, may_take
from reportedly.compare.passages import Mask
from reportedly.compare.report import COMMON, Report, Sentence, stems_of
from reportedly.compare.shingles import SHINGLE, Hashes, among, grams, words_in
from reportedly.compare.worded import BOILERPLATE_ARTICLES, BOILERPLATE_SHARE, Worded
from reportedly.lexicon.rarity import rarity
from reportedly.schema import Span
from reportedly.text import quoted

# All of these were set by benchmarks/copies.py on the invented clusters.
# A credited source must have this share of the rarity of a sentence beside the credit, and so much of it.
CREDITED_SHARE = 0.28
CREDITED_RARITY = 6.0
# Or this, where set words say that it is from there.
STATED_SHARE = 0.2
STATED_RARITY = 3.0
# Without a credit two sentences at least must have this share, and no other report more of them; what is shared, its
# rarity times its share, must come to so much. Single sentences are alike because two reporters heard one speaker.
SILENT_SHARE = 0.4
SILENT_SENTENCES = 2
SENTENCE_RARITY = 6.0  # of each: "five people died" says nothing
SILENT_EVIDENCE = 12.0
# Papers take agencies' reports in silence as a matter of course; from others so many times the evidence is asked for.
OTHERS = 2.0
# One sentence is enough if it keeps so many words in a row: that is wording, and not only what was said.
SILENT_RUN = 10
RUN_RARITY = 15.0
# A sentence is explained by a source that has so much of what the best has.
EXPLAINED = 0.8
# Days that a report may be old that is told again.
DAYS = 30
# Words that a quotation has at least by which its only source is known.
QUOTATION_WORDS = 6

_READERS = frozenset({"you", "your"})


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the target and the one of the source that has most of it: the share, and the rarity shared."""

    sentence: Sentence
    source: Span
    share: float
    rarity: float


@dataclass(frozen=True, slots=True)
class Retold:
    """A source that the target tells again, whether it says so, and the sentences that show it."""

    source: Report
    credited: bool
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Retelling:
    """What a target may tell again of the candidates, beyond the words that it has from ``worded``."""

    target: Report
    candidates: Sequence[Report]
    worded: Sequence[Worded]
    agencies: frozenset[str]
    _matches: dict[tuple[str, int, str], Match | None] = field(default_factory=dict)
    _best: dict[int, float] = field(default_factory=dict)

    def sources(self) -> list[Retold]:
        """The sources: those that are named, then that of a quotation without source, then those passed over."""
        chosen = list(self._credited())
        chosen.extend(self._quoted(chosen))
        while (found := self._best_silent(chosen)) is not None:
            chosen.append(found)
        return chosen

    @functools.cached_property
    def _frequency(self) -> Counter[str]:
        own = self.target.stems
        return Counter(word for report in (self.target, *self.candidates) for word in own & report.stems)

    @functools.cached_property
    def relayed(self) -> dict[int, str]:
        """The agencies that sentences say they have something from, where they are not in the words of a source."""
        found = relayed_agencies(self.target, self.agencies)
        return {number: name for number, name in found.items() if number in self._free}

    @functools.cached_property
    def _free(self) -> frozenset[int]:
        """The numbers of the target's sentences that are not mostly in the words of a source."""
        words = self.target.words
        mask: Mask = functools.reduce(lambda a, b: a | b, (item.mask for item in self.worded), words.quoted & False)
        free = set()
        for number, sentence in enumerate(self.target.sentences):
            low, high = words.starts.searchsorted(sentence.span)
            if high > low and mask[low:high].mean() < 0.5 and not self._is_boilerplate(low, high):
                free.add(number)
        return frozenset(free)

    @functools.cached_property
    def _holders(self) -> list[tuple[Report, Mask]]:
        """The candidates that share shingles with the target, and which of its shingles they have."""
        found = ((report, among(self.target.shingles, report.distinct)) for report in self.candidates)
        return [(report, there) for report, there in found if there.any()]

    def _is_boilerplate(self, low: int, high: int) -> bool:
        """Whether these words of the target stand in several reports that have little else in common."""
        high -= SHINGLE - 1
        apart: list[Report] = []
        for report, there in self._holders if high > low else ():
            if there[low:high].all() and not any(_alike(report, other) for other in apart):
                apart.append(report)
        return len(apart) >= BOILERPLATE_ARTICLES

    @functools.cached_property
    def _weights(self) -> dict[str, float]:
        """How much a word tells that is shared: its rarity in news, less if all reports of the story have it."""
        reports = len(self.candidates) + 1
        return {
            word: (rarity(word) - COMMON) * math.log1p(reports / self._frequency[word]) / math.log1p(reports)
            for word in self.target.stems
        }

    def _rarity(self, words: Iterable[str]) -> float:
        weights = self._weights
        return sum(weights[word] for word in words)

    def _match(self, source: Report, number: int, name: str = "") -> Match | None:
        """The sentence of the source that has most of the target's sentence of this number; None if none has much.

        The words of a medium's ``name`` do not count.
        """
        key = (source.article.id, number, name)
        if key not in self._matches:
            sentence = self.target.sentences[number]
            self._matches[key] = self._matched(source, sentence, sentence.stems - stems_of(name, (0, len(name))))
        return self._matches[key]

    def _matched(self, source: Report, sentence: Sentence, stems: frozenset[str]) -> Match | None:
        there = stems & source.stems
        least = STATED_SHARE * self._rarity(stems)
        if not there or self._rarity(there) < least:  # so no sentence of it can have as much
            return None
        shared = [(self._rarity(there & other.stems), other.span) for other in source.sentences]
        most, span = max(shared)
        return Match(sentence, span, most / self._rarity(stems), most) if most >= least else None

    def _credited(self) -> Iterator[Retold]:
        """The report of each medium that the target names as its source which has most of what it tells beside that."""
        by_name: dict[str, list[Report]] = {}
        for source in self.candidates:
            if self._is_before(source) and not same_outlet(self.target.article, source.article):
                by_name.setdefault(owner(source.article) or "", []).append(source)
        taken = _ids(self.worded)
        for name, reports in by_name.items():
            found: dict[str, Retold] = {}
            for number, stated in naming(self.target, name).items():
                best = self._told_beside(number, name, stated, reports)
                if best is not None and best.source.article.id not in taken:
                    found.setdefault(best.source.article.id, best)
            yield from found.values()

    def _told_beside(self, number: int, name: str, stated: bool, reports: Sequence[Report]) -> Retold | None:
        """The report of this medium that has most of the sentence that names it, or of those around it."""
        beside = [n for n in (number, number - 1, number + 1) if self._same_paragraph(n, number)]
        offers = []
        for source in reports:
            told = [
                match for n in beside if (match := self._match(source, n, name)) is not None and _tells(match, stated)
            ]
            if told:
                offers.append((max(match.rarity for match in told), source, tuple(told)))
        if not offers:
            return None
        _, source, matches = max(offers, key=lambda offer: (offer[0], offer[1].article.id))
        return None if self._at_second_hand(number, name, source) else Retold(source, True, matches)

    def _same_paragraph(self, one: int, other: int) -> bool:
        if not 0 <= one < len(self.target.sentences):
            return False
        low, high = sorted((self.target.sentences[one].span, self.target.sentences[other].span))
        return "\n" not in self.target.article.text[low[1] : high[0]]

    def _at_second_hand(self, number: int, name: str, source: Report) -> bool:
        """Whether the sentence with a medium's name comes with that name from elsewhere.

        That is from a source whose words the target has, or from an earlier report of the target's own outlet.
        """
        direct = self._match(source, number, name)
        between = [item.source for item in self.worded]
        between += [
            report
            for report in self.candidates
            if same_outlet(report.article, self.target.article) and self._is_before(report)
        ]
        for other in between:
            match = self._match(other, number, name)
            named = {other.sentences[n].span for n in naming(other, name)}
            if (
                match is not None
                and match.source in named
                and (direct is None or match.rarity >= EXPLAINED * direct.rarity)
            ):
                return True
        return False

    def _quoted(self, chosen: Sequence[Retold]) -> Iterator[Retold]:
        """The oldest report with the words that somebody "was quoted as saying", by whom is not said."""
        text = self.target.article.text
        taken = _ids(self.worded) | _ids(chosen)
        for number in relayed_by_nobody(self.target):
            low, high = self.target.sentences[number].span
            for mark in (span for span in quoted(text) if low <= span[0] < high):
                words = words_in(text, [mark]).hashes
                holders = [source for source in self.candidates if self._is_before(source) and _holds(source, words)]
                if len(words) < QUOTATION_WORDS or taken & {source.article.id for source in holders}:
                    continue
                first = min(holders, key=lambda source: (source.day or 0, source.article.id), default=None)
                match = self._match(first, number) if first is not None else None
                if first is not None and match is not None:
                    taken.add(first.article.id)
                    yield Retold(first, False, (match,))

    def _best_silent(self, chosen: Sequence[Retold]) -> Retold | None:
        """The source that has most of what no chosen one explains, if that is enough."""
        taken = _ids(self.worded) | _ids(chosen)
        offers = []
        for source in self.candidates:
            if source.article.id in taken or not self._may_be_silent(source):
                continue
            matches = tuple(self._unexplained(source, chosen))
            # A source that has something from the target's outlet has not given it.
            if self._suffices(source, matches) and not naming(source, owner(self.target.article)):
                offers.append((_evidence(matches), source, matches))
        if not offers:
            return None
        near = EXPLAINED * max(evidence for evidence, _, _ in offers)
        _, source, matches = min(
            (offer for offer in offers if offer[0] >= near), key=lambda offer: (*self._remoteness(offer[1]), -offer[0])
        )
        return Retold(source, False, matches)

    def _suffices(self, source: Report, matches: Sequence[Match]) -> bool:
        """Whether these matches show that a report was told again in silence."""
        factor = 1.0 if known_agency(owner(source.article), self.agencies) else OTHERS
        if len(matches) >= SILENT_SENTENCES and _evidence(matches) >= factor * SILENT_EVIDENCE:
            return True
        return any(match.rarity >= factor * RUN_RARITY and self._keeps_words(source, match) for match in matches)

    def _remoteness(self, source: Report) -> tuple[bool, int, str]:
        return not known_agency(owner(source.article), self.agencies), source.day or 0, source.article.id

    def _unexplained(self, source: Report, chosen: Sequence[Retold]) -> Iterator[Match]:
        for number in sorted(self._free - self._elsewhere):
            sentence = self.target.sentences[number]
            match = self._match(source, number) if not _is_aside(sentence) else None
            if match is None or match.share < SILENT_SHARE or match.rarity < SENTENCE_RARITY:
                continue
            others = [self._match(item.source, number) for item in chosen]
            if not self._same_carrier(source, number, match):
                continue
            explained = any(other is not None and other.rarity >= EXPLAINED * match.rarity for other in others)
            if not explained and match.rarity >= EXPLAINED * self._most(number):
                yield match

    @functools.cached_property
    def _elsewhere(self) -> frozenset[int]:
        """The numbers of the sentences that are first hand, or from an agency that is named."""
        return frozenset(told_to_us(self.target)) | self.relayed.keys()

    def _same_carrier(self, source: Report, number: int, match: Match) -> bool:
        """Whether each medium that a sentence says it is from is named in the source's sentence too."""
        names = {owner(other.article) for other in self.candidates} - {None, owner(source.article)}
        for name in names:
            if naming(self.target, name).get(number):
                named = {source.sentences[n].span for n in naming(source, name)}
                if match.source not in named:
                    return False
        return True

    def _most(self, number: int) -> float:
        """The rarity of the target's sentence of this number that any earlier report has."""
        if number not in self._best:
            matches = (self._match(other, number) for other in self.candidates if self._is_before(other))
            self._best[number] = max((match.rarity for match in matches if match is not None), default=0.0)
        return self._best[number]

    def _keeps_words(self, source: Report, match: Match) -> bool:
        """Whether the sentence has a long run of the source's words outside quotation marks."""
        words = self.target.words
        low, high = words.starts.searchsorted(match.sentence.span)
        runs = grams(words.hashes[low:high], SILENT_RUN)
        quoted = words.quoted[low:high].cumsum()
        plain = quoted[SILENT_RUN - 1 :] == quoted[: len(runs)]
        return bool((np.isin(runs, grams(source.words.hashes, SILENT_RUN)) & plain).any())

    def _is_before(self, source: Report) -> bool:
        days = days_between(source, self.target)
        return days is None or 0 <= days <= DAYS

    def _may_be_silent(self, source: Report) -> bool:
        """Whether a report may be an unnamed source: an older one of another outlet.

        What two print on one day both may have heard; where days are not known only an agency's is meant.
        """
        if same_outlet(source.article, self.target.article) or not self._is_before(source):
            return False
        if not may_take(self.target, source, self.agencies):
            return False
        days = days_between(source, self.target)
        return days != 0 if days is not None else known_agency(owner(source.article), self.agencies)


def _evidence(matches: Iterable[Match]) -> float:
    return sum(match.rarity * match.share for match in matches)


def _alike(one: Report, other: Report) -> bool:
    """Whether two reports share more than boilerplate."""
    return float(among(one.distinct, other.distinct).mean()) >= BOILERPLATE_SHARE


def _ids(items: Iterable[Worded | Retold]) -> set[str]:
    return {item.source.article.id for item in items}


def _holds(source: Report, words: Hashes) -> bool:
    """Whether these words stand in the source in a row."""
    return len(words) > 0 and bool(np.isin(grams(words, len(words)), grams(source.words.hashes, len(words))).all())


def _is_aside(sentence: Sentence) -> bool:
    """Whether a sentence is mostly quotation, or turns to its readers ("Do you work at the depot?")."""
    return sentence.quoted > 0.5 or (not sentence.quoted and not _READERS.isdisjoint(sentence.stems))


def _tells(match: Match, stated: bool) -> bool:
    """Whether a match beside a medium's name shows that something is from it."""
    share, least = (STATED_SHARE, STATED_RARITY) if stated else (CREDITED_SHARE, CREDITED_RARITY)
    return match.share >= share and match.rarity >= least
