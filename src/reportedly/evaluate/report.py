"""Figures as people and programs read them: a plain-text table, and JSON."""

from __future__ import annotations

import dataclasses
import json

from reportedly.evaluate.calibration import Bin, Calibration
from reportedly.evaluate.sourcing import OVERLAPS, SHARES, Overlap, Share, SourcingScores
from reportedly.evaluate.spans import METRICS, Figure, Scores

BRIEF = (
    "token.source",
    "token.cue",
    "token.content",
    "cue.overlap",
    "content.strict",
    "content.partial",
    "content.jaccard50",
    "attribution.relaxed",
    "attribution.relaxed_nocue",
    "attribution.strict",
)
_NAME_WIDTH = max(map(len, METRICS)) + 2
_HEAD = f"{'P':>6} {'R':>6} {'F1':>6} {'n pred':>8} {'n gold':>8}"


def table(scores: Scores, *, brief: bool = False) -> str:
    """The scores as lines of plain text, in percent; ``brief`` keeps the ten that are mostly quoted.

    "-" stands where there was nothing to measure; brackets hold the 95 % interval of F1.
    """
    head = f"{'metric':{_NAME_WIDTH}}{_HEAD}"
    rows = [_row(metric, scores[metric]) for metric in (BRIEF if brief else METRICS)]
    return "\n".join([f"documents {scores.documents}", head, *rows]) + "\n"


def reliability(calibration: Calibration | None) -> str:
    """The calibration as lines of plain text: the errors, then confidence against accuracy in equal-mass bins."""
    if calibration is None:
        return "calibration: no prediction gives a confidence\n"
    summary = (
        f"calibration of {calibration.n} attributions: right {_percent(calibration.accuracy)} %, "
        f"mean confidence {_percent(calibration.confidence)} %\n"
        f"expected calibration error {_percent(calibration.equal_width_error)} % (equal-width bins), "
        f"{_percent(calibration.equal_mass_error)} % (equal-mass bins); Brier score {calibration.brier:.3f}"
    )
    head = f"{'confidence':>14} {'mean':>6} {'right':>6} {'n':>6}"
    return "\n".join([summary, head, *map(_bin_row, calibration.equal_mass)]) + "\n"


def sourcing_table(scores: SourcingScores) -> str:
    """The sourcing scores as lines of plain text, in percent: what is found, then how right it is.

    "-" stands where there was nothing to measure.
    """
    lines = [
        f"documents {scores.documents}",
        f"{'sourcing':{_NAME_WIDTH}}{_HEAD}",
        *(_rates_row(name, scores.overlaps[name]) for name in OVERLAPS),
        f"{'of the found':{_NAME_WIDTH}}{'right':>6} {'n':>31}",
        *(_share_row(name, scores.shares[name]) for name in SHARES),
        f"sourced: what a source says, predicted with a confidence of at least {scores.floor:g}",
        f"when unasked: {scores.when_false} of these dates are false",
        f"everything: of all {scores.shares['everything'].n} in gold",
    ]
    return "\n".join(lines) + "\n"


def to_json(scores: Scores, calibration: Calibration | None = None, sourcing: SourcingScores | None = None) -> str:
    """Everything measured as indented JSON; figures are shares from 0 to 1, not percent."""
    record = {
        "documents": scores.documents,
        "metrics": {metric: dataclasses.asdict(scores[metric]) for metric in METRICS},
        "calibration": dataclasses.asdict(calibration) if calibration is not None else None,
        "sourcing": _sourcing_record(sourcing) if sourcing is not None else None,
    }
    return json.dumps(record, indent=1) + "\n"


def _sourcing_record(scores: SourcingScores) -> dict[str, object]:
    return {
        "documents": scores.documents,
        "floor": scores.floor,
        "overlaps": {name: _overlap_record(scores.overlaps[name]) for name in OVERLAPS},
        "shares": {name: _share_record(scores.shares[name]) for name in SHARES},
        "when_false": scores.when_false,
    }


def _overlap_record(overlap: Overlap) -> dict[str, float | None]:
    rates = {"precision": overlap.precision, "recall": overlap.recall, "f1": overlap.f1}
    return {**rates, "n_pred": overlap.n_pred, "n_gold": overlap.n_gold}


def _share_record(share: Share) -> dict[str, float | None]:
    return {"value": share.value, "right": share.right, "n": share.n}


def _row(metric: str, figure: Figure) -> str:
    row = _rates_row(metric, figure)
    if figure.interval is not None:
        low, high = map(_percent, figure.interval)
        row += f"  [{low}, {high}]"
    return row


def _rates_row(name: str, rates: Figure | Overlap) -> str:
    cells = " ".join(f"{_percent(value):>6}" for value in (rates.precision, rates.recall, rates.f1))
    return f"{name:{_NAME_WIDTH}}{cells} {rates.n_pred:>8} {rates.n_gold:>8}"


def _share_row(name: str, share: Share) -> str:
    return f"{name:{_NAME_WIDTH}}{_percent(share.value):>6} {share.n:>31}"


def _bin_row(row: Bin) -> str:
    span = f"{_percent(row.low)} - {_percent(row.high)}"
    return f"{span:>14} {_percent(row.confidence):>6} {_percent(row.accuracy):>6} {row.n:>6}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"
