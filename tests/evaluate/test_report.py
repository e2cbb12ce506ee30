from __future__ import annotations

import json

from reportedly.evaluate.calibration import Judged, calibrate
from reportedly.evaluate.report import BRIEF, reliability, sourcing_table, table, to_json
from reportedly.evaluate.sourcing import OVERLAPS, SHARES, score_sourcing
from reportedly.evaluate.spans import METRICS, score
from reportedly.schema import Attribution

TEXT = "Ann Lee said taxes will rise, and Bob said no."
ANN = Attribution(n=1, source=((0, 7),), cue=((8, 12),), content=((13, 28),))
BOB = Attribution(n=2, source=((34, 37),), cue=((38, 42),), content=((43, 45),))
SCORES = score({"a": [ANN, BOB]}, {"a": [ANN]}, {"a": TEXT}, bootstrap=10)


def test_the_table_is_in_percent_and_aligned() -> None:
    lines = table(SCORES).splitlines()
    assert lines[0] == "documents 1"
    assert [line.split()[0] for line in lines[2:]] == list(METRICS)
    row = next(line for line in lines if line.startswith("attribution.relaxed "))
    assert row.split() == ["attribution.relaxed", "100.0", "50.0", "66.7", "1", "2", "[66.7,", "66.7]"]
    assert next(line for line in lines if line.startswith("attribution.relaxed.direct")).split()[1:4] == ["-"] * 3
    assert len({line.index(" n gold") for line in lines if " n gold" in line}) == 1
    assert all(len(line) <= 90 for line in lines)


def test_brief_keeps_ten_lines() -> None:
    assert len(table(SCORES, brief=True).splitlines()) == 2 + len(BRIEF)
    assert set(BRIEF) <= set(METRICS)


def test_json_holds_every_figure() -> None:
    calibration = calibrate([Judged(0.8, True)])
    record = json.loads(to_json(SCORES, calibration))
    assert list(record["metrics"]) == list(METRICS)
    assert record["metrics"]["attribution.relaxed"]["recall"] == 0.5
    assert record["calibration"]["n"] == 1
    assert json.loads(to_json(SCORES))["calibration"] is None


def test_the_sourcing_table_is_in_percent_and_aligned() -> None:
    lines = sourcing_table(score_sourcing({"a": [ANN, BOB]}, {"a": [ANN]}, floor=0.25)).splitlines()
    assert lines[0] == "documents 1"
    names = ["sourcing", *OVERLAPS, "of the found", *SHARES]
    assert [line[:20].strip() for line in lines[1 : 1 + len(names)]] == names
    assert next(line for line in lines if line.startswith("found ")).split()[1:] == ["100.0", "50.0", "66.7", "1", "2"]
    assert next(line for line in lines if line.startswith("everything ")).split()[1:] == ["50.0", "2"]
    assert next(line for line in lines if line.startswith("role ")).split()[1:] == ["-", "0"]
    assert len({len(line) for line in lines[1 : 1 + len(names)]}) == 1
    assert lines[-3].endswith("at least 0.25")
    assert lines[-2:] == ["when unasked: 0 of these dates are false", "everything: of all 2 in gold"]


def test_json_holds_the_sourcing() -> None:
    record = json.loads(to_json(SCORES, sourcing=score_sourcing({"a": [ANN, BOB]}, {"a": [ANN]})))["sourcing"]
    assert list(record["overlaps"]) == list(OVERLAPS)
    assert list(record["shares"]) == list(SHARES)
    assert record["overlaps"]["found"] == {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "n_pred": 1, "n_gold": 2}
    assert record["shares"]["speaker"] == {"value": 1.0, "right": 1, "n": 1}
    assert (record["documents"], record["floor"], record["when_false"]) == (1, 0.5, 0)
    assert json.loads(to_json(SCORES))["sourcing"] is None


def test_reliability_is_words_where_there_is_nothing() -> None:
    assert reliability(None) == "calibration: no prediction gives a confidence\n"
    lines = reliability(calibrate([Judged(0.8, True), Judged(0.2, False)])).splitlines()
    assert lines[0] == "calibration of 2 attributions: right 50.0 %, mean confidence 50.0 %"
    assert lines[-1].split() == ["80.0", "-", "80.0", "80.0", "100.0", "1"]
