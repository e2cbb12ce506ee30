"""Vectors of sentences: what is said alike lies close together."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from reportedly import ModelError
from reportedly.model.sentences import SHIPPED_SENTENCES, SIZE, SentenceEncoder

TEXTS = [
    "Two inspections of the lock due in 2029 had not taken place",
    "Both of the inspections that were due in 2029 were simply skipped",
    "The bakery on Lock Street has flour for eleven days",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_alike_is_near_and_vectors_have_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder(TEXTS)
    assert vectors.shape == (3, SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]


def test_neighbours_change_nothing(encoder: SentenceEncoder) -> None:
    together = SentenceEncoder(threads=2)(TEXTS * 3)
    assert np.allclose(together[:3], together[3:6])
    assert np.allclose(together[0], encoder(TEXTS[:1])[0], atol=1e-6)


def test_a_span_is_read_in_its_passage(encoder: SentenceEncoder) -> None:
    passage = "No cracks were found in the lock. None existed"
    span = (passage.index("None"), len(passage))
    alone, within = encoder(["None existed"])[0], encoder.within([(passage, [span])])[0]
    cracks = encoder(["cracks in the lock"])[0]
    assert within @ cracks > alone @ cracks


@pytest.mark.parametrize("text", ["", " ", "\u0000", "word " * 5000, "\U0001f600"])
def test_odd_texts_have_vectors(encoder: SentenceEncoder, text: str) -> None:
    assert np.isfinite(encoder([text])).all()


def test_nothing_gives_nothing(encoder: SentenceEncoder) -> None:
    assert encoder([]).shape == (0, SIZE)


def test_damaged_or_missing_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json: No such file"):
        SentenceEncoder(folder=tmp_path / "none")
    shutil.copy(SHIPPED_SENTENCES / "config.json", tmp_path)
    (tmp_path / "network.onnx").write_bytes(b"network")
    with pytest.raises(ModelError, match=r"network\.onnx: damaged"):
        SentenceEncoder(folder=tmp_path)
    (tmp_path / "config.json").write_text('{"format": 99}')
    with pytest.raises(ModelError, match="format 99"):
        SentenceEncoder(folder=tmp_path)
