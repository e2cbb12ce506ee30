from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly import cli

EXAMPLE = Path(__file__).parents[1] / "examples" / "border-train"


def compare(*arguments: object) -> str:
    done = CliRunner().invoke(cli.app, ["compare", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def compared() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(compare(EXAMPLE, "--json"))
    return found


def test_a_folder_is_compared_with_what_its_sidecar_says(compared: dict[str, list[dict[str, object]]]) -> None:
    assert {item["outlet"] for item in compared["articles"]} >= {"Port Sabel Tribune", "The Bridge Post", "Daybreak"}
    assert compared["claims"]
    assert compared["copies"]


def test_a_plan_that_became_a_fact_is_told(compared: dict[str, list[dict[str, object]]]) -> None:
    assert "plan became fact" in {change["kind"] for change in compared["changes"]}


def test_about_keeps_only_claims_with_the_words(compared: dict[str, list[dict[str, object]]]) -> None:
    some = json.loads(compare(EXAMPLE, "--json", "--about", "bridge"))["claims"]
    assert 0 < len(some) < len(compared["claims"])


def test_a_library_is_compared_like_its_files(tmp_path: Path, compared: dict[str, list[dict[str, object]]]) -> None:
    library = tmp_path / "news.db"
    done = CliRunner().invoke(cli.app, ["add", str(library), str(EXAMPLE), "--workers", "1"])
    assert done.exit_code == 0, done.output
    again = json.loads(compare(library, "--json"))
    assert len(again["articles"]) == len(compared["articles"])
    assert {copy["to"] for copy in again["copies"]} == {copy["to"] for copy in compared["copies"]}


def test_the_terminal_has_the_tree_of_origins() -> None:
    assert "independent origin" in compare(EXAMPLE)


def test_a_missing_folder_is_a_failure_in_words(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli.app, ["compare", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "none" in done.stderr
