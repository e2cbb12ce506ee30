"""``reportedly speakers``: what is printed, what is judged, and what is told of mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportedly.cli import app
from reportedly.store import Library
from tests.store.said import Says, told


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["speakers", *map(str, arguments)])


def printed(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Library(path) as library:
        library.add(told("one", Says("Ilka Vostrøm", "mayor of Karsk"), Says("Pela Quist")))
        library.add(told("two", Says("Ilka Vostrøm", "mayor"), published="2034-09-20"))
        library.add(told("three", Says("Vostrøm", "mayor"), Says("Pela Quist"), outlet="Selva Post"))
    return path


def test_people_are_listed_the_most_quoted_first(news: Path) -> None:
    lines = printed(news).splitlines()
    assert lines[0] == "3 speakers"
    assert [line.split("  ")[0] for line in lines[2:]] == ["Ilka Vostrøm", "Pela Quist", "Vostrøm"]
    assert printed(news, "list") == printed(news)
    assert "1 speaker\n" in printed(news, "--like", "quist")
    assert "Nobody found" in printed(news, "--like", "nobody")
    assert json.loads(printed(news, "--limit", "1", "--json"))["people"][0]["articles"] == 2


def test_a_person_is_shown_with_what_joined_the_mentions(news: Path) -> None:
    shown = printed(news, "show", "Ilka Vostrøm")
    assert "person · 2 statements in 2 articles of 1 outlet · 2034-09-13 to 2034-09-20" in shown
    assert "one name and calling 1 (0.95)" in shown
    assert len(json.loads(printed(news, "show", "ilka vostrøm", "--json"))["appearances"]) == 2


def test_two_are_merged_parted_renamed_and_it_is_undone(news: Path) -> None:
    result = run(news, "merge", "Ilka Vostrøm", "Vostrøm", "--by", "Ada", "--note", "same mayor")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "judgement 1: merge “Ilka Vostrøm” and “Vostrøm”; take it back with: undo 1\n"
    mention = json.loads(printed(news, "show", "Vostrøm", "--json"))["appearances"][0]["id"]
    printed(news, "split", "Ilka Vostrøm", mention, "--by", "Bela")
    printed(news, "rename", "Pela Quist", "Dame Pela", "--by", "Bela")
    printed(news, "undo", "2", "--by", "Ada")
    log = printed(news, "log").splitlines()
    assert [line.split()[0] for line in log[1:]] == ["1", "2", "3", "4"]
    assert "same mayor" in log[1]
    assert log[2].rstrip().endswith("(undone)")
    assert "Dame Pela" in printed(news)
    assert [one["undone"] for one in json.loads(printed(news, "log", "--json"))["judgements"]] == [
        False,
        True,
        False,
        False,
    ]


def test_suggestions_are_shown_and_decided(news: Path) -> None:
    first = printed(news, "suggest").splitlines()
    assert first[0].startswith("possible (0.69)")
    assert "the family name alone here" in first[0]
    assert json.loads(printed(news, "suggest", "--json"))["suggestions"][0]["words"] == "possible"
    printed(news, "suggest", "--accept", "Ilka Vostrøm", "Vostrøm", "--by", "Ada")
    assert "No suggestions" in printed(news, "suggest")
    printed(news, "undo", "1")
    printed(news, "suggest", "--reject", "Ilka Vostrøm", "Vostrøm", "--by", "Ada")
    assert "No suggestions" in printed(news, "suggest", "Vostrøm")


def test_the_log_goes_into_another_library(news: Path, tmp_path: Path) -> None:
    printed(news, "merge", "Ilka Vostrøm", "Vostrøm", "--by", "Ada")
    log = tmp_path / "log.jsonl"
    log.write_text(printed(news, "log", "--jsonl"), encoding="utf-8")
    with Library(news) as library, Library(tmp_path / "other.db") as other:
        for reading in library.readings():
            other.add(reading)
    result = run(tmp_path / "other.db", "import", log)
    assert result.stderr == "1 judgement taken over, 0 there already\n"
    assert printed(tmp_path / "other.db").splitlines()[0] == "2 speakers"
    assert "0 judgements taken over, 1 there" in run(tmp_path / "other.db", "import", log).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--sort", "fame"), "it is one of statements"),
        (("merge", "Ilka Vostrøm", "Ilka Vostrøm"), "are one person already"),
        (("suggest", "Vostrøm", "--accept", "a", "b"), "choose one of"),
        (("undo", "x"), "an integer"),
        (("import", "nowhere.jsonl"), "cannot be read"),
    ],
)
def test_mistakes_on_the_command_line_are_told(news: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(news, *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    with Library(tmp_path / "news.db") as library:
        library.add(told("one", Says("Ilka\x1b[31m Vostrøm", "may\x1bor"), outlet="The\x1b Post"))
        (person,) = library.people().people
        library.rename(person.id, "Dame\x1b Ilka", by="A\x1bda", note="w\x1bhy")
    for command in ((), ("show", person.id), ("log",)):
        assert "\x1b" not in printed(tmp_path / "news.db", *command)
