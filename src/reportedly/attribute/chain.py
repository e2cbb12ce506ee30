"""Linear-chain decoding: the best role sequence and the marginals (Lafferty et al. 2001), many windows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]

# In place of minus infinity: large enough that no path takes it, small enough to add up.
FORBIDDEN = -1e4


class Chain:
    """The role chain: start (K,) and transition (K, K) scores, with what BIO forbids forbidden."""

    def __init__(self, roles: Sequence[str], start: Float, transitions: Float) -> None:
        inside = np.array([role.startswith("I-") for role in roles])
        allowed = np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in roles] for a in roles])
        self._start = np.where(inside, FORBIDDEN, start)
        self._transitions = np.where(allowed, transitions, FORBIDDEN)

    def decode(self, emissions: Sequence[npt.NDArray[np.float32]]) -> list[tuple[Int, Float]]:
        """For each window's emissions (T, K): the best roles (T,) and the marginal probabilities (T, K)."""
        if not emissions:
            return []
        lengths = np.array([len(e) for e in emissions])
        padded = np.zeros((len(emissions), lengths.max(), len(self._start)))
        for k, e in enumerate(emissions):
            padded[k, : len(e)] = e
        best, marginals = self._viterbi(padded, lengths), self._marginals(padded, lengths)
        return [(best[k, :n], marginals[k, :n]) for k, n in enumerate(lengths)]

    def _viterbi(self, emissions: Float, lengths: Int) -> Int:
        b, t, _ = emissions.shape
        rows = np.arange(b)
        back = np.zeros(emissions.shape, dtype=np.int64)
        score = self._start + emissions[:, 0]
        for i in range(1, t):
            paths = score[:, :, None] + self._transitions
            back[:, i] = paths.argmax(axis=1)
            step = paths.max(axis=1) + emissions[:, i]
            score = np.where((i < lengths)[:, None], step, score)
        best = np.zeros((b, t), dtype=np.int64)
        best[:, t - 1] = score.argmax(axis=1)
        for i in range(t - 1, 0, -1):
            # Beyond a window's end its last role is handed down unchanged.
            best[:, i - 1] = np.where(i < lengths, back[rows, i, best[:, i]], best[:, i])
        return best

    def _marginals(self, emissions: Float, lengths: Int) -> Float:
        """Forward-backward with each step normalised, so that probabilities suffice and no logarithm is needed."""
        t = emissions.shape[1]
        emit = np.exp(emissions - emissions.max(axis=2, keepdims=True))
        move = np.exp(self._transitions)
        forward = np.empty_like(emit)
        forward[:, 0] = emit[:, 0] * np.exp(self._start)
        forward[:, 0] /= forward[:, 0].sum(axis=1, keepdims=True)
        for i in range(1, t):
            step = (forward[:, i - 1] @ move) * emit[:, i]
            forward[:, i] = step / step.sum(axis=1, keepdims=True)
        backward = np.ones_like(emit)
        for i in range(t - 2, -1, -1):
            step = (emit[:, i + 1] * backward[:, i + 1]) @ move.T
            step /= step.sum(axis=1, keepdims=True)
            backward[:, i] = np.where((i + 1 < lengths)[:, None], step, 1.0)
        both = forward * backward
        marginals: Float = both / both.sum(axis=2, keepdims=True)
        return marginals


def free_chain(names: Sequence[str]) -> Chain:
    """A chain that only BIO binds: for layers trained word by word."""
    return Chain(names, np.zeros(len(names)), np.zeros((len(names), len(names))))


def labelled_runs(labels: npt.NDArray[np.int64], names: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The maximal runs of one label family: its name and word range; each B- begins a new one."""
    for low in np.flatnonzero([names[label].startswith("B-") for label in labels]).tolist():
        name = names[labels[low]][2:]
        high = low + 1
        while high < len(labels) and names[labels[high]] == f"I-{name}":
            high += 1
        yield name, low, high
