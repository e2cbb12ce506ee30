"""Weights that are missing, damaged or of another format are a ModelError that names the file."""

import hashlib
import json
from pathlib import Path

import pytest

from reportedly import ModelError, Reader
from reportedly.model import ModelFiles

ROLES = 7


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose files fit together, though there is no network in them."""
    (tmp_path / "network.onnx").write_bytes(b"network")
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    write(tmp_path)
    return tmp_path


def write(folder: Path, **changes: object) -> None:
    """The folder's config, with some fields changed; None takes a field out."""
    record = {
        "format": 1,
        "name": "tiny",
        "start": [0.0] * ROLES,
        "transitions": [[0.0] * ROLES] * ROLES,
        "calibration": [0.0],
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in ("network.onnx", "tokenizer.json")
        },
    }
    kept = {key: value for key, value in (record | changes).items() if value is not None}
    (folder / "config.json").write_text(json.dumps(kept))


def test_whole_files_are_read(folder: Path) -> None:
    files = ModelFiles(folder)
    assert files.config.name == "tiny"
    assert files.config.transitions.shape == (ROLES, ROLES)
    assert files.network() == b"network"
    assert files.weights_hash == hashlib.sha256(b"network").hexdigest()[:16]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none/config\.json: No such file or directory; install"):
        Reader(tmp_path / "none")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"5", b"\xff\xfe", b'{"format": 1}', b'"format"', b"[" * 100_000]
)
def test_a_config_that_is_none(folder: Path, content: bytes) -> None:
    (folder / "config.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"config\.json: not a model's config"):
        _ = ModelFiles(folder).config


@pytest.mark.parametrize(
    "changes",
    [
        {"name": None},
        {"start": None},
        {"start": [0.0] * (ROLES - 1)},
        {"start": "zero"},
        {"transitions": [[0.0] * ROLES]},
        {"transitions": [[0.0], [0.0, 1.0]]},
        {"calibration": {"intercept": 0.0}},
        {"sha256": None},
        {"sha256": ["network.onnx"]},
    ],
)
def test_a_config_with_a_field_missing_or_of_another_shape(folder: Path, changes: dict[str, object]) -> None:
    write(folder, **changes)
    with pytest.raises(ModelError, match=r"config\.json: not a model's config"):
        _ = ModelFiles(folder).config


def test_another_format(folder: Path) -> None:
    write(folder, format=99)
    with pytest.raises(ModelError, match=r"config\.json: format 99; this program reads \d+: use its own weights"):
        _ = ModelFiles(folder).config


@pytest.mark.parametrize("name", ["network.onnx", "tokenizer.json"])
def test_a_file_that_is_missing_or_damaged(folder: Path, name: str) -> None:
    files = ModelFiles(folder)
    read = {"network.onnx": files.network, "tokenizer.json": files.tokenizer}[name]
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[:-1])
    with pytest.raises(ModelError, match=rf"{name}: damaged"):
        read()
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: No such file or directory; install the package again"):
        read()


def test_a_file_that_the_config_does_not_know(folder: Path) -> None:
    write(folder, sha256={"tokenizer.json": "00"})
    with pytest.raises(ModelError, match=r"network\.onnx: damaged"):
        ModelFiles(folder).network()


def test_the_shipped_files_are_whole() -> None:
    files = ModelFiles()
    assert len(files.network()) > 1_000_000
    assert files.tokenizer().get_vocab_size() > 1_000
