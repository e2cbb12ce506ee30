"""The role chain against every path counted by hand."""

from itertools import pairwise, product

import numpy as np
import pytest

from reportedly.attribute.chain import Chain, free_chain, labelled_runs
from reportedly.model.layout import ROLES

NAMES = ("O", "B-a", "I-a", "B-b", "I-b")
SEEDS = range(12)


def drawn(seed: int, names: tuple[str, ...] = NAMES) -> tuple[np.random.Generator, np.ndarray, np.ndarray, Chain]:
    """A generator, start and transition scores drawn from it, and their chain."""
    random = np.random.default_rng(seed)
    start, transitions = random.normal(0, 2, len(names)), random.normal(0, 2, (len(names), len(names)))
    return random, start, transitions, Chain(names, start, transitions)


def allowed(path: tuple[int, ...], names: tuple[str, ...] = NAMES) -> bool:
    """Whether every I- follows a B- or I- of its own name."""
    labels = ["O", *(names[k] for k in path)]
    return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairwise(labels))


@pytest.mark.parametrize("seed", SEEDS)
def test_best_path_and_marginals_are_those_of_all_paths(seed: int) -> None:
    random, start, transitions, chain = drawn(seed)
    length = 1 + seed % 5
    emissions = random.normal(0, 3, (length, len(NAMES))).astype(np.float32)
    paths = [path for path in product(range(len(NAMES)), repeat=length) if allowed(path)]
    totals = np.array(
        [
            start[path[0]]
            + sum(float(emissions[i, k]) for i, k in enumerate(path))
            + sum(transitions[a, b] for a, b in pairwise(path))
            for path in paths
        ]
    )
    shares = np.exp(totals - totals.max())
    shares /= shares.sum()
    expected = np.zeros((length, len(NAMES)))
    for path, share in zip(paths, shares, strict=True):
        expected[np.arange(length), path] += share
    ((best, marginals),) = chain.decode([emissions])
    assert tuple(best) == paths[int(totals.argmax())]
    np.testing.assert_allclose(marginals, expected, atol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_bio_is_never_broken(seed: int) -> None:
    random, *_, chain = drawn(seed, ROLES)
    batch = [random.normal(0, 30, (length, len(ROLES))).astype(np.float32) for length in (1, 40, 7)]
    for best, marginals in chain.decode(batch) + free_chain(ROLES).decode(batch):
        assert allowed(tuple(best), ROLES)
        np.testing.assert_allclose(marginals.sum(axis=1), 1.0)
        assert marginals[0, [ROLES.index(role) for role in ROLES if role.startswith("I-")]].max() == 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_batch_of_different_lengths_gives_what_each_gives_alone(seed: int) -> None:
    random, *_, chain = drawn(seed)
    batch = [random.normal(0, 3, (length, len(NAMES))).astype(np.float32) for length in (5, 1, 12, 2)]
    for emissions, (best, marginals) in zip(batch, chain.decode(batch), strict=True):
        ((alone, alone_marginals),) = chain.decode([emissions])
        assert best.tolist() == alone.tolist()
        np.testing.assert_allclose(marginals, alone_marginals)


def test_nothing_to_decode() -> None:
    assert free_chain(NAMES).decode([]) == []


def test_runs_of_one_label() -> None:
    labels = [NAMES.index(name) for name in ("B-a", "I-a", "B-a", "O", "B-b", "I-b", "I-b", "B-a")]
    assert list(labelled_runs(np.array(labels), NAMES)) == [("a", 0, 2), ("a", 2, 3), ("b", 4, 7), ("a", 7, 8)]
    assert list(labelled_runs(np.array([0, 0]), NAMES)) == []
