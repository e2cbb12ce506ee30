"""From files of every kind to readings, by the package and by the command line."""

import json

import pytest
from typer.testing import CliRunner

from reportedly import Columns, Failure, Reading
from reportedly.cli import app
from tests.ingest.test_inputs import GERMAN, PAGE, TEXT
from tests.ingest.test_warc import archive, page, record


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text(GERMAN)
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps({"body": TEXT}) for _ in range(2)))
    archive(tmp_path, record(1, page(1)), record(2, page(2)), name="d.warc")
    return tmp_path


def test_a_folder_becomes_many_readings(reader, folder):
    results = list(reader.read_many([folder, str(folder / "*.html"), TEXT], columns=Columns(text="body")))
    assert [type(result) for result in results] == [Reading, Failure, *[Reading] * 6]
    names = [result.article.path for result in results if isinstance(result, Reading)]
    assert names == [
        *(f"{folder}/{name}" for name in ("a.html", "c.jsonl#1", "c.jsonl#2", "d.warc#1", "d.warc#2", "a.html")),
        None,
    ]
    assert all(result.attributions for result in results if isinstance(result, Reading))


def test_the_command_prints_readings_and_failures_in_their_places(folder):
    done = CliRunner().invoke(app, ["read", "--jsonl", "--failures", "--column", "text=body", str(folder)])
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [record.get("reason") for record in records] == [None, "skipped: language de", *[None] * 4]
    assert "skipped: language de; only English is read" in done.stderr


@pytest.mark.parametrize("column", ["body", "text=", "words=body"])
def test_columns_that_are_not_understood(folder, column):
    done = CliRunner().invoke(app, ["read", "--column", column, str(folder)])
    assert done.exit_code == 2
    assert "--column is FIELD=NAME" in done.stderr.replace("\n", " ")


def test_failures_belong_to_jsonl(folder):
    assert CliRunner().invoke(app, ["read", "--failures", str(folder)]).exit_code == 2
