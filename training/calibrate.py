"""Fit the confidence of a model on development articles, and say how well it is calibrated.

    python -m training.calibrate --model DIR --polnear DIR/dev

A logistic regression over the decoder's features (Platt 1999) is fitted by Newton's method. The error that is
printed is cross-fitted: each fifth of the articles is judged by weights fitted on the other four. The weights
that go into config.json are fitted on all.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import Corpus, polnear
from reportedly.attribute.assemble import spans
from reportedly.attribute.attributor import Attributor
from reportedly.attribute.confidence import features
from reportedly.evaluate.calibration import Judged, calibrate
from reportedly.evaluate.spans import matches
from reportedly.model import ModelFiles
from reportedly.schema import Attribution

Float = npt.NDArray[np.float64]
FOLDS = 5
RIDGE = 1.0


def gather(attributor: Attributor, corpus: Corpus) -> tuple[Float, Float, npt.NDArray[np.int64]]:
    """Features (N, F), whether right (N,), and the article's number (N,) of every outer attribution."""
    names = list(corpus.gold)
    rows: list[list[Float]] = [[] for _ in names]
    found: list[list[Attribution]] = [[] for _ in names]
    for k, window, drafts, _ in attributor.drafts([corpus.texts[name] for name in names]):
        for draft in drafts:
            if draft.outer is None:
                rows[k].append(features(draft))
                source = spans([draft.source] if draft.source else [], window.words)
                content, cue = spans(draft.content, window.words), spans(draft.cue, window.words)
                found[k].append(Attribution(len(found[k]) + 1, content, source, cue))
    right = []
    for k, name in enumerate(names):
        hits = {place for _, place in matches(corpus.texts[name], corpus.attributions[name], found[k])}
        right.extend(float(place in hits) for place in range(len(found[k])))
    articles = np.repeat(np.arange(len(names)), [len(r) for r in rows])
    return np.array([row for some in rows for row in some]), np.array(right), articles


def fit(x: Float, y: Float) -> Float:
    """The intercept and weights of a ridge logistic regression."""
    design = np.hstack([np.ones((len(x), 1)), x])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (p - y) + RIDGE * weights
        hessian = (design * (p * (1 - p))[:, None]).T @ design + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def apply(weights: Float, x: Float) -> Float:
    """Confidences (N,)."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + x @ weights[1:]))))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--polnear", type=Path, required=True, help="folder of gold.jsonl and text/: dev")
    args = parser.parse_args()
    x, y, articles = gather(Attributor(ModelFiles(args.model), 2), polnear(args.polnear))
    held = np.zeros(len(y))
    for fold in range(FOLDS):
        test = articles % FOLDS == fold
        held[test] = apply(fit(x[~test], y[~test]), x[test])
    crossed = calibrate([Judged(float(c), bool(r)) for c, r in zip(held, y, strict=True)])
    assert crossed is not None
    print(f"n {len(y)}  ECE {crossed.equal_width_error:.4f} (equal mass {crossed.equal_mass_error:.4f}), cross-fitted")
    path = args.model / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["calibration"] = [round(float(w), 6) for w in fit(x, y)]
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
