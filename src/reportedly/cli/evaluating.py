"""``reportedly evaluate``: predictions against gold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold: JSONL, or a folder of <id>.json and <id>.txt.")],
    pred: Annotated[Path, typer.Argument(help="Predictions: what `reportedly read --jsonl` prints.")],
    texts: Annotated[Path | None, typer.Option(help="Folder of <id>.txt, where the gold holds no texts.")] = None,
    bootstrap: Annotated[int, typer.Option(min=0, help="Resamplings for 95 % intervals.")] = 0,
    brief: Annotated[bool, typer.Option("--brief", help="Fewer lines.")] = False,
    json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
) -> None:
    """Score predicted attributions against gold: spans, confidence and, where gold has it, sourcing."""
    from reportedly.evaluate import calibration, files, report, sourcing, spans

    paired = files.load(gold, pred, texts)
    for warning in paired.warnings():
        print(f"reportedly: {warning}", file=sys.stderr)
    scores = spans.score(paired.gold, paired.predicted, paired.texts, bootstrap)
    calibrated = calibration.calibrate(calibration.judge(paired.gold, paired.predicted, paired.texts))
    has_sourcing = any(item.stance is not None for items in paired.gold.values() for item in items)
    sourced = sourcing.score_sourcing(paired.gold, paired.predicted) if has_sourcing else None
    if json:
        print(report.to_json(scores, calibrated, sourced))
        return
    print(report.table(scores, brief=brief))
    if sourced is not None:
        print()
        print(report.sourcing_table(sourced))
    if calibrated is not None and not brief:
        print()
        print(report.reliability(calibrated))
