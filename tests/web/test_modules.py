"""The modules that the browser loads: typed, though they are written in plain JavaScript."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.resources import files

import pytest

STATIC = files("reportedly.web").joinpath("static")
# Where `npm install typescript` has put it; else whatever is in the path.
COMPILER = os.environ.get("TSC") or shutil.which("tsc")


@pytest.mark.skipif(COMPILER is None, reason="no TypeScript: npm install typescript, and set TSC to its tsc")
def test_the_modules_are_well_typed() -> None:
    assert COMPILER is not None
    done = subprocess.run([COMPILER, "-p", str(STATIC.joinpath("tsconfig.json"))], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_modules_load_only_one_another_and_ask_for_nothing_elsewhere() -> None:
    names = {item.name for item in STATIC.iterdir()}
    for item in STATIC.iterdir():
        text = item.read_text("utf-8")
        if item.name.endswith(".js"):
            for line in text.splitlines():
                if line.startswith("import "):
                    assert line.split('"')[1].removeprefix("./") in names
            assert "eval(" not in text
            assert "innerHTML" not in text
        if item.name.endswith((".js", ".css")):
            assert "://" not in text
            assert "@import" not in text
            assert "url(" not in text
