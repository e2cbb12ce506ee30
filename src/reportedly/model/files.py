"""Where the model's files are, and whether they are whole.

A model is a folder of ``config.json``, ``network.onnx`` and ``tokenizer.json``. The package ships one
under ``model/weights``. ``config.json`` names the files' SHA-256 and holds whatever was learned or
measured with the weights: the role chain, decoding thresholds, the calibration.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from reportedly.errors import ModelError
from reportedly.model.layout import ROLES

SHIPPED = Path(__file__).parent / "weights"
# The layout of config.json and of the network's inputs and outputs that this code understands.
FORMAT = 1


@dataclass(frozen=True, eq=False)
class Config:
    """What belongs to one set of weights.

    ``start`` (7,) and ``transitions`` (7, 7) are the role chain's scores, in the order of ``layout.ROLES``.
    ``calibration`` holds the intercept and weights that turn features of an attribution into its confidence.
    """

    name: str
    start: npt.NDArray[np.float64]
    transitions: npt.NDArray[np.float64]
    calibration: npt.NDArray[np.float64]
    sha256: dict[str, str]


class ModelFiles:
    """The files of one model; every read is checked against the hash in its config."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        self.folder = folder

    @cached_property
    def config(self) -> Config:
        """The model's config. Raises ModelError where it is missing, damaged or of another format."""
        path = self.folder / "config.json"
        try:
            record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if record["format"] != FORMAT:
                raise ModelError(f"{path}: format {record['format']}; this program reads {FORMAT}: use its own weights")
            return Config(
                name=record["name"],
                start=_numbers(record["start"], (len(ROLES),)),
                transitions=_numbers(record["transitions"], (len(ROLES), len(ROLES))),
                calibration=_numbers(record["calibration"], (len(record["calibration"]),)),
                sha256=dict(record["sha256"]),
            )
        except OSError as error:
            raise ModelError(f"{path}: {error.strerror}; install the package again or name a model folder") from error
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ModelError(f"{path}: not a model's config ({error!r}); install the package again") from error

    def network(self) -> bytes:
        """The ONNX network."""
        return self._read("network.onnx")

    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer."""
        return Tokenizer.from_buffer(self._read("tokenizer.json"))

    @property
    def weights_hash(self) -> str:
        """The first 16 digits of the network's SHA-256: what a reading's maker names."""
        return self.config.sha256["network.onnx"][:16]

    def _read(self, name: str) -> bytes:
        return checked(self.folder / name, self.config.sha256)


def checked(path: Path, sha256: Mapping[str, str]) -> bytes:
    """The bytes of a file, whose hash has to be the one known by its name. Raises ModelError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; install the package again") from error
    if hashlib.sha256(data).hexdigest() != sha256.get(path.name):
        raise ModelError(f"{path}: damaged (its SHA-256 is not the one in config.json); install the package again")
    return data


def _numbers(values: object, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    found = np.array(values, dtype=np.float64)
    if found.shape != shape:
        raise ValueError(f"numbers of shape {found.shape} where {shape} belong")
    return found
