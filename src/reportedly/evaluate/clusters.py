"""A comparison against a cluster of articles whose truth is known: what is covered, grouped, traced and counted right.

A gold statement is covered by the predicted statement of the same article whose content shares most of its
characters, at least half. Measured, over all clusters together:

* ``covered``: the share of gold statements that some predicted statement covers;
* ``same claim``: F1 over pairs of gold statements (are they one claim?); one that is not covered is in no pair;
* ``same origin``: the same over pairs of one gold claim;
* ``count``: the share of gold claims whose interval of independent origins is exact, read from the predicted claim
  that holds most of their statements; ``count error``: the mean distance of the interval's ends;
* ``copies``: F1 over ordered pairs of articles, and ``kind``: the share of those found whose kind is right;
* ``changes``: F1 over article, article and kind, with both contents overlapping the gold's.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path, PurePath

from reportedly.errors import SchemaError
from reportedly.schema import Comparison, Fields, Place

COVERS = 0.5


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement of the truth: its claim and origin, the article's name, and the places of its characters there."""

    claim: str
    origin: str
    article: str
    characters: frozenset[int]


@dataclass(frozen=True, slots=True)
class GoldChange:
    """A change of the truth, both ends by article and characters."""

    kind: str
    source: tuple[str, frozenset[int]]
    target: tuple[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is true of the articles of one folder; ``independent`` is the interval of each claim."""

    statements: tuple[GoldStatement, ...]
    independent: Mapping[str, tuple[int, int]]
    copies: Mapping[tuple[str, str], str]
    changes: tuple[GoldChange, ...]


def load_cluster(folder: Path) -> Cluster:
    """The truth in a folder's ``cluster.json``. Raises SchemaError where it is damaged or does not fit the texts."""
    path = folder / "cluster.json"
    try:
        record = Fields(json.loads(path.read_text(encoding="utf-8")), str(path))
    except ValueError as error:
        raise SchemaError(f"{path}: not JSON: {error}") from error
    texts = {
        item.text("id"): (folder / f"{item.text('id')}.txt").read_bytes().decode() for item in record.items("articles")
    }

    def end(fields: Fields) -> tuple[str, frozenset[int]]:
        article, content = fields.text("article"), fields.text("content")
        at = texts.get(article, "").find(content)
        if at < 0:
            raise SchemaError(f"{fields.where}: {article} has no {content!r:.60}")
        return article, frozenset(range(at, at + len(content)))

    claims = record.items("claims")
    return Cluster(
        tuple(GoldStatement(c.text("id"), s.text("origin"), *end(s)) for c in claims for s in c.items("statements")),
        {claim.text("id"): _interval(claim) for claim in claims},
        {(_plain(c.text("from")), _plain(c.text("to"))): c.text("kind") for c in record.items("copies")},
        tuple(GoldChange(c.text("kind"), end(_part(c, "from")), end(_part(c, "to"))) for c in record.items("changes")),
    )


def _part(fields: Fields, key: str) -> Fields:
    found = fields.part(key)
    if found is None:
        raise SchemaError(f"{fields.where}: {key} is missing")
    return found


def _interval(claim: Fields) -> tuple[int, int]:
    fields = _part(claim, "independent")
    return fields.whole("min") or 0, fields.whole("max") or 0


@dataclass
class F1:
    """True, predicted and gold pairs, counted as they come."""

    true: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, predicted: bool, gold: bool) -> None:
        """Count one pair."""
        self.true += predicted and gold
        self.predicted += predicted
        self.gold += gold

    @property
    def value(self) -> float | None:
        """F1 (0 to 1); None where there is nothing to find and nothing found."""
        return 2 * self.true / (self.predicted + self.gold) if self.predicted + self.gold else None


@dataclass
class Tally:
    """Figures over any number of clusters: ``add`` each, then ask for ``figures``."""

    covered: list[bool] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    kinds: list[bool] = field(default_factory=list)
    same_claim: F1 = field(default_factory=F1)
    same_origin: F1 = field(default_factory=F1)
    copies: F1 = field(default_factory=F1)
    changes: F1 = field(default_factory=F1)

    def add(self, cluster: Cluster, comparison: Comparison) -> None:
        """Count one cluster."""
        names = {a.id: PurePath(a.path or a.id).stem for a in comparison.articles}
        cover = _cover(cluster, comparison, names)
        self.covered += [found is not None for found in cover]
        self._pairs(cluster.statements, cover)
        self._counts(cluster, comparison, cover)
        self._copies(cluster, comparison, names)
        self._changes(cluster, comparison, names)

    def figures(self) -> dict[str, float | None]:
        """Every measure by its name, from 0 to 1 (``count error``: in origins)."""
        return {
            "covered": _mean(self.covered),
            "same claim": self.same_claim.value,
            "same origin": self.same_origin.value,
            "count": _mean(self.exact),
            "count error": _mean(self.errors),
            "copies": self.copies.value,
            "kind": _mean(self.kinds),
            "changes": self.changes.value,
        }

    def _pairs(self, gold: Sequence[GoldStatement], cover: Sequence[tuple[int, str] | None]) -> None:
        for (a, found_a), (b, found_b) in combinations(list(zip(gold, cover, strict=True)), 2):
            together = found_a is not None and found_b is not None and found_a[0] == found_b[0]
            self.same_claim.add(together, a.claim == b.claim)
            if a.claim == b.claim:
                self.same_origin.add(together and found_a == found_b, a.origin == b.origin)

    def _counts(self, cluster: Cluster, comparison: Comparison, cover: Sequence[tuple[int, str] | None]) -> None:
        for claim, wanted in cluster.independent.items():
            votes = Counter(
                found[0] for one, found in zip(cluster.statements, cover, strict=True) if one.claim == claim and found
            )
            got = (0, 0)
            if votes:
                independent = comparison.claims[votes.most_common(1)[0][0]].independent
                got = independent.min, independent.max
            self.exact.append(got == wanted)
            self.errors += [abs(x - y) for x, y in zip(got, wanted, strict=True)]

    def _copies(self, cluster: Cluster, comparison: Comparison, names: Mapping[str, str]) -> None:
        found = {
            (_plain(names.get(copy.source, copy.source)), _plain(names[copy.target])): copy.kind
            for copy in comparison.copies
        }
        for edge in found.keys() | cluster.copies.keys():
            self.copies.add(edge in found, edge in cluster.copies)
        self.kinds += [found[edge] == cluster.copies[edge] for edge in found.keys() & cluster.copies.keys()]

    def _changes(self, cluster: Cluster, comparison: Comparison, names: Mapping[str, str]) -> None:
        found = [(c.kind, _end(c.source, names), _end(c.target, names)) for c in comparison.changes]
        self.changes.predicted += len(found)
        self.changes.gold += len(cluster.changes)
        for change in cluster.changes:
            hit = next((one for one in found if one[0] == change.kind and _meet(one, change)), None)
            if hit is not None:
                found.remove(hit)
                self.changes.true += 1


def _cover(cluster: Cluster, comparison: Comparison, names: Mapping[str, str]) -> list[tuple[int, str] | None]:
    """For each gold statement, the place of the claim and the origin of the predicted statement that covers it."""
    predicted = [
        (place, one.origin, *_end(one.place, names))
        for place, claim in enumerate(comparison.claims)
        for one in claim.appearances
    ]
    cover: list[tuple[int, str] | None] = []
    for gold in cluster.statements:
        # The most of the gold's characters; of equals the shortest, then the last.
        best = max(
            (
                (len(gold.characters & characters) / len(gold.characters), -len(characters), k)
                for k, (_, _, article, characters) in enumerate(predicted)
                if article == gold.article
            ),
            default=(0.0, 0, -1),
        )
        cover.append(predicted[best[2]][:2] if best[0] >= COVERS else None)
    return cover


def _end(place: Place, names: Mapping[str, str]) -> tuple[str, frozenset[int]]:
    return names[place.article], frozenset(k for start, end in place.content for k in range(start, end))


def _meet(one: tuple[str, tuple[str, frozenset[int]], tuple[str, frozenset[int]]], gold: GoldChange) -> bool:
    ends = zip(one[1:], (gold.source, gold.target), strict=True)
    return all(mine[0] == true[0] and not mine[1].isdisjoint(true[1]) for mine, true in ends)


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
