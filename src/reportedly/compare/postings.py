"""An inverted index of hashes that grows: which documents have how many of these hashes.

Sorted runs of postings whose sizes double, as in a log-structured merge tree (O'Neil et al. 1996): adding a document
costs time that grows with the logarithm of all, looking one up with that and with what is found.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportedly.compare.shingles import Hashes

# A hash that so many documents have tells none of them from the others, and is passed over.
MOST_DOCUMENTS = 200

_Documents = NDArray[np.uint32]
_Counts = dict[int, int]


@dataclass(slots=True)
class Postings:
    """The documents, by number from 0, in which each hash stands; 12 bytes for each hash of each document."""

    _runs: list[tuple[Hashes, _Documents]] = field(default_factory=list)

    def add(self, document: int, hashes: Hashes) -> None:
        """Add a document with its distinct hashes."""
        if not len(hashes):
            return
        self._runs.append((np.sort(hashes), np.full(len(hashes), document, np.uint32)))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            self._runs.append(_merged(self._runs.pop(), self._runs.pop()))

    def shared(self, hashes: Hashes) -> _Counts:
        """How many of these distinct hashes each document has, without those that too many documents have."""
        spans = [(run, run[0].searchsorted(hashes, "left"), run[0].searchsorted(hashes, "right")) for run in self._runs]
        many = sum((high - low for _, low, high in spans), np.zeros(len(hashes), np.int64))
        kept = (many > 0) & (many <= MOST_DOCUMENTS)
        counts: _Counts = {}
        for (_, documents), low, high in spans:
            there = kept & (high > low)
            for start, end in zip(low[there].tolist(), high[there].tolist(), strict=True):
                for document in documents[start:end].tolist():
                    counts[document] = counts.get(document, 0) + 1
        return counts

    def to_bytes(self) -> bytes:
        """Everything in it, as a NumPy archive; ``from_bytes`` reads it."""
        hashes = np.concatenate([np.empty(0, np.uint64), *(run[0] for run in self._runs)])
        documents = np.concatenate([np.empty(0, np.uint32), *(run[1] for run in self._runs)])
        order = np.argsort(hashes, kind="stable")
        file = io.BytesIO()
        np.savez(file, hashes=hashes[order], documents=documents[order])
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Postings:
        """The postings that ``to_bytes`` wrote. Raises ValueError for anything else."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            hashes, documents = arrays["hashes"].astype(np.uint64), arrays["documents"].astype(np.uint32)
        return cls([(hashes, documents)] if len(hashes) else [])


def _merged(one: tuple[Hashes, _Documents], other: tuple[Hashes, _Documents]) -> tuple[Hashes, _Documents]:
    hashes, documents = np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])
    order = np.argsort(hashes, kind="stable")
    return hashes[order], documents[order]
