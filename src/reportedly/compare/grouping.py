"""Links between statements -> groups of one claim each.

Average-link clustering inside the connected components of likely links: on public claims .640 pair F1, against .589
for the components alone (``docs/compare.md``). A person's judgement binds or parts two statements whatever the links
say.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)

# What stands for a pair that was not worth a look.
UNSEEN = 0.01


def components(nodes: Iterable[Node], pairs: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """The nodes that pairs connect, in the order of the nodes."""
    parent = {node: node for node in nodes}

    def root(node: Node) -> Node:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in pairs:
        parent[root(a)] = root(b)
    found: dict[Node, list[Node]] = defaultdict(list)
    for node in parent:
        found[root(node)].append(node)
    return list(found.values())


def average_link(
    nodes: Sequence[Node],
    shares: Mapping[frozenset[Node], float],
    join: float,
    bound: Iterable[frozenset[Node]] = (),
    parted: Iterable[frozenset[Node]] = (),
) -> list[list[Node]]:
    """Groups of nodes, merged while the mean share of their pairs is at least ``join`` (0 to 1).

    ``shares`` holds those of the pairs that were looked at. Pairs in ``bound`` are together from the start, those in
    ``parted`` never.
    """
    merging = _Merging(components(nodes, ((a, b) for a, b in map(tuple, bound))), shares, parted)
    heap = [(-merging.mean(a, b), a, b) for a in merging.sums for b in merging.sums[a] if a < b]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= join:
        _, a, b = heapq.heappop(heap)
        if merging.may_merge(a, b):
            fresh = merging.merge(a, b)
            for other in merging.sums[fresh]:
                heapq.heappush(heap, (-merging.mean(fresh, other), fresh, other))
    return list(merging.groups.values())


class _Merging(Generic[Node]):
    """Groups by number, the sums of the shares between them beyond ``UNSEEN``, and which must stay apart."""

    def __init__(
        self,
        groups: Sequence[list[Node]],
        shares: Mapping[frozenset[Node], float],
        parted: Iterable[frozenset[Node]],
    ) -> None:
        self.groups = dict(enumerate(groups))
        self.sums: dict[int, dict[int, float]] = defaultdict(dict)
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._fresh = len(groups)
        place = {node: k for k, group in self.groups.items() for node in group}
        for pair, share in shares.items():
            a, b = (place[node] for node in pair)
            if a != b:
                self.sums[a][b] = self.sums[b][a] = self.sums[a].get(b, 0.0) + share - UNSEEN
        for pair in parted:
            a, b = (place[node] for node in pair)
            self._apart[a].add(b)
            self._apart[b].add(a)

    def mean(self, a: int, b: int) -> float:
        """The mean share of the pairs between two groups."""
        return UNSEEN + self.sums[a].get(b, 0.0) / (len(self.groups[a]) * len(self.groups[b]))

    def may_merge(self, a: int, b: int) -> bool:
        """Whether both groups are still there and need not stay apart."""
        return a in self.groups and b in self.groups and b not in self._apart[a]

    def merge(self, a: int, b: int) -> int:
        """Make one group of two; its number."""
        fresh, self._fresh = self._fresh, self._fresh + 1
        self.groups[fresh] = self.groups.pop(a) + self.groups.pop(b)
        for old in (a, b):
            for other, total in self.sums.pop(old).items():
                if other in self.groups:
                    self.sums[other].pop(old, None)
                    self.sums[fresh][other] = self.sums[other][fresh] = self.sums[fresh].get(other, 0.0) + total
            for other in self._apart.pop(old, ()):
                self._apart[other].add(fresh)
                self._apart[fresh].add(other)
        return fresh
