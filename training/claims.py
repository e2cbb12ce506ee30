"""Clusters with known truth -> the weights by which pairs of statements are judged: ``compare/decision.toml``.

python -m training.claims CLUSTER_DIR ...

Each CLUSTER_DIR holds texts and a ``cluster.json`` (``training/data/clusters/README.md``). Pairs of statements that
stand in one gold claim are examples, as are those of which one stands in a claim and the other in another or in none.
A logistic regression with a little ridge, fitted by Newton's method; figures leave one cluster out at a time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reportedly.compare.pages import pages
from reportedly.compare.pairs import FEATURES, Page, pairs
from reportedly.model.sentences import SentenceEncoder
from reportedly.pipeline import Reader
from reportedly.schema import Reading, Span

OUT = Path(__file__).parent.parent / "src" / "reportedly" / "compare" / "decision.toml"
RIDGE = 20.0
STEPS = 30
# A statement is that of the gold where they share half of either; with less of it, it is no example at all.
SHARED, TOUCHED = 0.5, 0.3

Floats = npt.NDArray[np.float64]


def examples(folder: Path, reader: Reader, encoder: SentenceEncoder) -> tuple[Floats, Floats]:
    """The features of all pairs of a cluster that can be judged (n, features), and whether each is one claim (n,)."""
    readings = [reading for reading in reader.read_many([folder]) if isinstance(reading, Reading)]
    truth = json.loads((folder / "cluster.json").read_text(encoding="utf-8"))
    made = pages(readings, encoder)
    labels = {page.article.id: _labels(page, truth) for page in made}
    rows, same = [], []
    for k, b in enumerate(made):
        for a in made[: k + 1]:
            for pair in pairs(a, b):
                one, other = labels[a.article.id][pair.first], labels[b.article.id][pair.second]
                if "?" not in (one, other) and (one or other):
                    rows.append(pair.values)
                    same.append(float(one == other))
    return np.array(rows), np.array(same)


def _labels(page: Page, truth: dict[str, Any]) -> list[str]:
    """The gold claim of each statement: "" for none, "?" where it cannot be said."""
    stem = Path(page.article.path or "").stem
    gold = []
    for claim in truth["claims"]:
        for item in claim["statements"]:
            if item["article"] == stem:
                at = page.article.text.find(item["content"])
                gold.append((claim["id"], (at, at + len(item["content"]))))
    return [_label(item.statement.span, gold) for item in page.items]


def _label(span: Span, gold: Sequence[tuple[str, Span]]) -> str:
    found = ""
    for claim, (start, end) in gold:
        shared = min(end, span[1]) - max(start, span[0])
        if shared >= SHARED * (end - start) and shared >= SHARED * (span[1] - span[0]):
            return claim
        if shared > TOUCHED * (span[1] - span[0]) or shared >= SHARED * (end - start):
            found = "?"
    return found


def fit(rows: Floats, same: Floats) -> Floats:
    """The bias and weights of a logistic regression (1 + features,)."""
    inputs = np.c_[np.ones(len(rows)), rows]
    ridge = np.eye(inputs.shape[1]) * RIDGE
    ridge[0, 0] = 0
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (share - same) + ridge @ weights
        bend = (inputs * (share * (1 - share))[:, None]).T @ inputs + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def average_precision(rows: Floats, same: Floats, weights: Floats) -> float:
    """The mean precision at each right pair, likeliest first."""
    order = np.argsort(-(np.c_[np.ones(len(rows)), rows] @ weights))
    right = same[order]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float((precision * right).sum() / right.sum())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("clusters", type=Path, nargs="+")
    folders = [folder for folder in parser.parse_args().clusters if not folder.name.startswith("untouched")]
    reader, encoder = Reader(), SentenceEncoder()
    sets = {folder.name: examples(folder, reader, encoder) for folder in folders}
    figures = []
    for name, (rows, same) in sets.items():
        others = [pair for other, pair in sets.items() if other != name]
        weights = fit(np.concatenate([rows for rows, _ in others]), np.concatenate([same for _, same in others]))
        figures.append(average_precision(rows, same, weights))
        print(f"{name:20} {len(same):6} pairs  average precision {figures[-1]:.3f}", flush=True)
    weights = fit(
        np.concatenate([rows for rows, _ in sets.values()]), np.concatenate([same for _, same in sets.values()])
    )
    lines = [
        "# How likely two statements are one claim: a logistic regression over the features of pairs.py.",
        "",
        'source = "training/claims.py"',
        f"clusters = {len(sets)}",
        f"pairs = {sum(len(same) for _, same in sets.values())}",
        "# On clusters left out, one at a time.",
        f"average_precision = {np.mean(figures):.3f}",
        "",
        f"bias = {weights[0]:.4f}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.4f}' for name, weight in zip(FEATURES, weights[1:], strict=True)),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
