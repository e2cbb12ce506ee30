"""The four tables: what CSV and Parquet give back is what went in, keys join, and no cell runs in a spreadsheet."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from reportedly import schema
from reportedly.export import csv_tables, parquet_tables
from reportedly.export.codebook import MEANINGS, codebook
from reportedly.export.options import Options
from reportedly.export.storable import storable
from reportedly.export.tables import TABLES, columns, rows, values
from reportedly.schema import Reading
from tests.export.stories import EMPTY, HOSTILE, READING
from tests.export.written import STRANGE, crowd
from tests.strategies import readings

ALL = [READING, HOSTILE, EMPTY, STRANGE, crowd(1000)]


def cells(found: Sequence[Reading]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that the tables should have."""
    return {name: [values(row) for one in rows(map(storable, found)) for row in one.of(name)] for name in TABLES}


def as_csv(folder: Path, name: str, raw: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a CSV file, by the rules that the codebook gives."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    described = columns(TABLES[name][0])
    assert head == [column.name for column in described]
    return [tuple(_value(cell, column, raw) for cell, column in zip(line, described, strict=True)) for line in lines]


def _value(cell: str, column: Any, raw: bool) -> object:
    if column.kind == "spans":
        return tuple((int(start), int(end)) for start, end in re.findall(r"(\d+)-(\d+)", cell))
    if cell == "":
        return None if column.optional else ""
    if column.kind == "text":
        return cell if raw else cell.removeprefix("'")
    return {"whole number": int, "number": float, "true or false": {"true": True, "false": False}.get}[column.kind](
        cell
    )


def as_parquet(folder: Path, name: str) -> list[tuple[Any, ...]]:
    table = parquet.read_table(folder / f"{name}.parquet")
    spans = [column.name for column in columns(TABLES[name][0]) if column.kind == "spans"]
    return [
        tuple(
            tuple((span["start"], span["end"]) for span in value) if key in spans else value
            for key, value in row.items()
        )
        for row in table.to_pylist()
    ]


def empty_as_missing(table: list[tuple[Any, ...]], name: str) -> list[tuple[Any, ...]]:
    """The rows as CSV can tell them: an optional empty text is a missing one."""
    optional = [column.optional for column in columns(TABLES[name][0])]
    return [
        tuple(None if value == "" and maybe else value for value, maybe in zip(row, optional, strict=True))
        for row in table
    ]


@pytest.mark.parametrize("raw", [False, True])
def test_csv_gives_back_what_went_in(tmp_path: Path, raw: bool) -> None:
    csv_tables.write(map(storable, ALL), tmp_path, Options(raw=raw))
    for name, expected in cells(ALL).items():
        assert as_csv(tmp_path, name, raw) == empty_as_missing(expected, name)


@settings(deadline=None, max_examples=40)
@given(found=st.lists(readings(), max_size=3))
def test_csv_gives_back_any_reading(tmp_path_factory: pytest.TempPathFactory, found: list[Reading]) -> None:
    folder = tmp_path_factory.mktemp("csv")
    csv_tables.write(map(storable, found), folder, Options())
    for name, expected in cells(found).items():
        assert as_csv(folder, name) == empty_as_missing(expected, name)


def test_parquet_gives_back_what_went_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_tables, "GROUP_CHARACTERS", 10_000)
    parquet_tables.write(map(storable, ALL), tmp_path, Options())
    for name, expected in cells(ALL).items():
        assert as_parquet(tmp_path, name) == expected
    assert parquet.ParquetFile(tmp_path / "attribution.parquet").num_row_groups > 1


@settings(deadline=None, max_examples=20)
@given(found=st.lists(readings(), max_size=3))
def test_parquet_gives_back_any_reading(tmp_path_factory: pytest.TempPathFactory, found: list[Reading]) -> None:
    folder = tmp_path_factory.mktemp("parquet")
    parquet_tables.write(map(storable, found), folder, Options())
    for name, expected in cells(found).items():
        assert as_parquet(folder, name) == expected


def test_parquet_says_what_its_columns_mean(tmp_path: Path) -> None:
    parquet_tables.write([READING], tmp_path, Options())
    for name, (table, _) in TABLES.items():
        for field, column in zip(parquet.read_schema(tmp_path / f"{name}.parquet"), columns(table), strict=True):
            assert field.metadata == {b"description": column.meaning.encode()}
            assert field.nullable == (column.optional and column.kind != "spans")


def test_no_readings_are_empty_tables(tmp_path: Path) -> None:
    parquet_tables.write([], tmp_path, Options())
    csv_tables.write([], tmp_path, Options())
    for name in TABLES:
        assert as_parquet(tmp_path, name) == as_csv(tmp_path, name) == []


def test_other_readers_of_csv_agree(tmp_path: Path) -> None:
    csv_tables.write(map(storable, ALL), tmp_path, Options())
    options = arrow_csv.ParseOptions(newlines_in_values=True)
    for name, expected in cells(ALL).items():
        assert arrow_csv.read_csv(tmp_path / f"{name}.csv", parse_options=options).num_rows == len(expected)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r\n=1", "'\r\n=1"),
        (" \u200b\ufeff=1", "' \u200b\ufeff=1"),
        ("＝1", "'＝1"),
        ("'quoted'", "''quoted'"),
        ("\tindented", "'\tindented"),
        ("a=1", "a=1"),
        ("“=1”", "“=1”"),
        ("", ""),
    ],
)
def test_a_cell_that_would_run_is_made_text(text: str, shown: str) -> None:
    assert csv_tables.guarded(text) == shown


@given(st.text())
def test_taking_one_apostrophe_away_always_gives_the_text(text: str) -> None:
    guarded = csv_tables.guarded(text)
    assert guarded.removeprefix("'") == text
    assert guarded[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


def test_keys_join() -> None:
    table = cells([READING, STRANGE, READING])
    names = {name: [column.name for column in columns(row)] for name, (row, _) in TABLES.items()}

    def of(name: str, column: str) -> list[Any]:
        return [row[names[name].index(column)] for row in table[name]]

    for key in ("article", "attribution", "speaker"):
        assert of(key, key) == list(range(1, len(table[key]) + 1))
        for name in TABLES:
            if key in names[name]:
                assert set(of(name, key)) <= {*of(key, key), None}
    assert of("article", "statements") == [of("attribution", "article").count(key) for key in of("article", "article")]
    assert of("speaker", "statements") == [of("attribution", "speaker").count(key) for key in of("speaker", "speaker")]
    assert of("attribution", "carriers") == [
        of("carrier", "attribution").count(key) for key in of("attribution", "attribution")
    ]
    by_key = dict(zip(of("attribution", "attribution"), table["attribution"], strict=True))
    inside = [
        (row, by_key[key]) for row, key in zip(table["attribution"], of("attribution", "inside"), strict=True) if key
    ]
    assert [(inner[2], outer[2], inner[1] == outer[1]) for inner, outer in inside] == [
        (4, 3, True),
        (1, 3, True),
        (7, 7, True),
        (4, 3, True),
    ]


def test_words_stand_where_their_spans_say() -> None:
    for one in rows(map(storable, ALL)):
        for row in one.attribution:
            for words, spans in (
                (row.source, row.source_spans),
                (row.content, row.content_spans),
                (row.hedges, row.hedge_spans),
                (row.said_words, row.said_spans),
            ):
                assert (words or "") == " [...] ".join(one.article.text[start:end] for start, end in spans)


def test_columns_that_are_fields_of_the_schema_have_their_types() -> None:
    for table, record in TABLES.values():
        hints = {column.name: column for column in columns(table)}
        for name, hint in record.__annotations__.items():
            if (record, name) == (schema.Speaker, "name"):  # nobody has no row
                continue
            if name in hints and hint in ("str", "str | None", "int", "bool", "float | None"):
                assert hints[name].optional == hint.endswith("None"), name


def test_every_value_has_a_meaning_and_no_other() -> None:
    used = {column.choices for table, _ in TABLES.values() for column in columns(table) if column.choices is not None}
    assert used == set(MEANINGS)
    for choices, meanings in MEANINGS.items():
        assert list(meanings) == list(get_args(choices))


def test_the_codebook_has_every_column_and_value() -> None:
    page = codebook()
    for name, (table, record) in TABLES.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert record.__doc__
        assert record.__doc__.splitlines()[0] in section
        listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert listed == [column.name for column in columns(table)]
    for choices in (schema.Quotation, schema.Stance, schema.SpeakerType, schema.CarrierType):
        for value in get_args(choices):
            assert f"| `{value}` |" in page.partition("\n## Values\n")[2]


def test_the_codebook_of_the_documentation_is_this_one() -> None:
    shown = Path(__file__).parents[2] / "docs" / "codebook.md"
    assert shown.read_text("utf-8") == codebook(), "python -m reportedly.export.codebook > docs/codebook.md"


def test_both_folders_have_the_codebook(tmp_path: Path) -> None:
    for write in (csv_tables.write, parquet_tables.write):
        write([], tmp_path, Options())
        assert (tmp_path / "codebook.md").read_text("utf-8") == codebook()
        (tmp_path / "codebook.md").unlink()
