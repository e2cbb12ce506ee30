from __future__ import annotations

import dataclasses

import pytest

from reportedly.errors import SchemaError
from reportedly.evaluate.calibration import Judged, calibrate, judge
from reportedly.schema import Attribution

TEXT = "Ann Lee said taxes will rise, and Bob said no."
ANN = Attribution(n=1, source=((0, 7),), cue=((8, 12),), content=((13, 28),), confidence=0.9)
BOB = Attribution(n=2, source=((34, 37),), cue=((38, 42),), content=((43, 45),), confidence=0.4)


def test_right_is_what_relaxed_matches() -> None:
    wrong = dataclasses.replace(BOB, source=((0, 7),))
    assert judge({"a": [ANN, BOB]}, {"a": [wrong, ANN]}, {"a": TEXT}) == [Judged(0.4, False), Judged(0.9, True)]


def test_without_confidence_or_content_there_is_nothing_to_judge() -> None:
    unsure = dataclasses.replace(ANN, confidence=None)
    nothing = dataclasses.replace(BOB, content=())
    assert judge({"a": [ANN]}, {"a": [unsure, nothing]}, {"a": TEXT}) == []
    assert calibrate([]) is None


@pytest.mark.parametrize("value", [-0.1, 1.5, float("nan")])
def test_a_confidence_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(SchemaError, match="a: attribution 1: confidence"):
        judge({"a": [ANN]}, {"a": [dataclasses.replace(ANN, confidence=value)]}, {"a": TEXT})


def test_errors_worked_by_hand() -> None:
    judged = [Judged(0.95, True), Judged(0.95, True), Judged(0.95, False), Judged(0.15, False)]
    result = calibrate(judged, bins=2)
    assert result is not None
    assert (result.n, result.accuracy) == (4, 0.5)
    # Equal width: [0, .5) holds one, off by .15; [.5, 1] three, off by .95 - 2/3.
    assert result.equal_width_error == pytest.approx((0.15 + 3 * (0.95 - 2 / 3)) / 4)
    # Equal mass: {.15, .95} one of two right, off by .05; {.95, .95} one of two right, off by .45.
    assert result.equal_mass_error == pytest.approx((2 * 0.05 + 2 * 0.45) / 4)
    assert [row.n for row in result.equal_width] == [1, 3]
    assert [row.n for row in result.equal_mass] == [2, 2]
    assert result.brier == pytest.approx((2 * 0.05**2 + 0.95**2 + 0.15**2) / 4)


def test_bins_hold_everything_once_at_the_edges() -> None:
    judged = [Judged(k / 20, k % 2 == 0) for k in range(21)]
    result = calibrate(judged)
    assert result is not None
    for rows in (result.equal_width, result.equal_mass):
        assert sum(row.n for row in rows) == 21
        assert all(row.low <= row.confidence <= row.high for row in rows)
    few = calibrate(judged[:3])
    assert few is not None
    assert [row.n for row in few.equal_mass] == [1, 1, 1]


def test_perfect_confidence_has_no_error() -> None:
    result = calibrate([Judged(1.0, True)] * 40 + [Judged(0.0, False)] * 20)
    assert result is not None
    assert (result.equal_width_error, result.equal_mass_error, result.brier) == (0.0, 0.0, 0.0)
