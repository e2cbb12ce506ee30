"""``reportedly export``: from a library or JSON lines, to a file, a folder or standard output."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportedly.cli import app
from reportedly.export.options import Format
from reportedly.schema import Reading
from reportedly.store import Library
from tests.export.stories import HOSTILE, READING

LINES = f"{READING.to_json()}\n\n{HOSTILE.to_json()}\n"


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)], input=stdin)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "readings.jsonl"
    path.write_text(LINES)
    return path


def test_a_library_and_its_lines_give_the_same(tmp_path: Path, lines: Path) -> None:
    with Library(tmp_path / "news.db") as library:
        library.add(READING)
        library.add(HOSTILE)
    from_library = run(tmp_path / "news.db", "--format", "jsonl")
    assert from_library.exit_code == 0
    assert (
        from_library.stdout
        == run(lines, "--format", "jsonl").stdout
        == run("-", "--format", "jsonl", stdin=LINES).stdout
    )
    assert [Reading.from_json(line) for line in from_library.stdout.splitlines()] == [READING, HOSTILE]


@pytest.mark.parametrize("form", Format)
def test_every_format_can_be_asked_for(tmp_path: Path, lines: Path, form: Format) -> None:
    done = run(lines, "--format", form, "--to", tmp_path / "out")
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "out").exists()


def test_a_bad_line_is_told_and_the_rest_is_written(tmp_path: Path, lines: Path) -> None:
    lines.write_text(LINES + '{"schema": 99}\n')
    done = run(lines, "--format", "csv", "--to", tmp_path / "out")
    assert done.exit_code == 1
    assert f"{lines}#4" in done.stderr
    with (tmp_path / "out" / "article.csv").open(newline="") as file:
        assert len(list(csv.reader(file))) == 3


def test_only_what_is_sourced(lines: Path) -> None:
    done = run(lines, "--format", "jsonl", "--sourced")
    assert [item["n"] for item in json.loads(done.stdout.splitlines()[0])["attributions"]] == [1, 3, 4]


def test_choices_reach_the_writer(tmp_path: Path, lines: Path) -> None:
    lines.write_text(f"{READING.to_json().replace('Jo March', '=1+1')}\n")
    run(lines, "--format", "csv", "--to", tmp_path / "raw", "--raw")
    run(lines, "--format", "csv", "--to", tmp_path / "safe")
    assert ",=1+1," in (tmp_path / "raw" / "article.csv").read_text()
    assert ",'=1+1," in (tmp_path / "safe" / "article.csv").read_text()
    assert (
        "https://library.example/article/"
        in run(lines, "--format", "prov", "--base", "https://library.example/").stdout
    )
    text = f"🙂 {READING.article.text}"
    lines.write_text(json.dumps(json.loads(READING.to_json()) | {"text": text}))
    assert run(lines, "--format", "webanno").stdout != run(lines, "--format", "webanno", "--utf16").stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--format", "csv"), "name it with --to FOLDER"),
        (("--format", "csv", "--to", "-"), "name it with --to FOLDER"),
        (("--format", "jsonl", "--utf16"), "--utf16 belongs to --format webanno"),
        (("--format", "parquet", "--raw"), "--raw belongs to --format csv"),
        (("--format", "ftm", "--base", "https://x.example/"), "--base belongs to --format"),
        (("--format", "xml"), "Invalid value for '--format'"),
        ((), "Missing option '--format'"),
    ],
)
def test_what_is_not_understood(lines: Path, arguments: tuple[str, ...], complaint: str) -> None:
    done = run(lines, *arguments)
    assert done.exit_code == 2
    assert complaint in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize("name", ["missing.db", "folder", "picture.png"])
def test_what_is_neither_a_library_nor_lines(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" * 100)
    done = run(tmp_path / name, "--format", "jsonl", "--to", tmp_path / "out")
    assert done.exit_code == 1
    assert name in str(done.exception)
    assert not (tmp_path / "out").exists()


def test_nothing_is_read_for_what_cannot_be_written(tmp_path: Path, lines: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept").write_text("")
    done = run(lines, "--format", "brat", "--to", tmp_path / "out")
    assert done.exit_code == 1
    assert "there is something already" in str(done.exception)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kept"]


def test_an_empty_file_has_no_readings(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n")
    done = run(tmp_path / "none.jsonl", "--format", "ftm")
    assert (done.exit_code, done.output) == (0, "")
