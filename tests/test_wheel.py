"""The wheel: everything that the program reads is in it, little else, and it works from anywhere."""

import os
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "reportedly"
MOST_BYTES = 60_000_000

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    there = {
        f"reportedly/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    assert {name for name in packed if ".dist-info/" not in name} == there
    for kind in (".py", ".toml", ".html", ".css", "py.typed", "network.onnx", "tokenizer.json", "weights/config.json"):
        assert any(name.endswith(kind) for name in there), f"nothing of {kind} is shipped"
    for name in ("LICENSE", "NOTICE"):
        assert any(path.endswith(f"licenses/{name}") for path in packed)


def test_the_wheel_is_small_enough_for_an_index(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES


def test_the_wheel_asks_for_nothing_of_training(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        asked = message_from_bytes(archive.read(name)).get_all("Requires-Dist", [])
    required = " ".join(line for line in asked if "extra ==" not in line)
    assert "onnxruntime" in required
    for heavy in ("torch", "transformers", "spacy", "datasets"):
        assert heavy not in required


def test_the_unpacked_wheel_reads(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    (tmp_path / "report.txt").write_text("The mayor said that the harbour would close.")
    done = subprocess.run(
        [sys.executable, "-m", "reportedly.cli", "read", "--html", "report.txt"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "the harbour would close" in done.stdout
