"""The table of formats: each is written where it belongs, whole or not at all, and says what it needs."""

import gc
import io
import json
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import ExportError, ExtraError
from reportedly.export.formats import KINDS, Format, InFile, InFolder, export
from reportedly.export.names import iso_date, web_address
from reportedly.export.options import Options
from reportedly.export.storable import storable
from reportedly.schema import Reading
from tests.export.stories import EMPTY, HOSTILE, READING
from tests.export.written import STRANGE, crowd, written
from tests.strategies import readings

ALL = [READING, HOSTILE, EMPTY, STRANGE]


def test_every_format_has_its_writer() -> None:
    assert list(KINDS) == list(Format)


@settings(deadline=None, max_examples=60)
@given(found=st.lists(readings(), max_size=3))
def test_jsonl_loses_nothing(found: list[Reading]) -> None:
    lines = written(found, Format.JSONL).split("\n")
    assert lines.pop() == ""
    assert [Reading.from_json(line) for line in lines] == found


@pytest.mark.parametrize("form", Format)
def test_every_format_writes_whatever_there_is(form: Format, tmp_path: Path) -> None:
    export([*ALL, crowd(50)], form, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").is_dir() == isinstance(KINDS[form], InFolder)
    files = list((tmp_path / "out").glob("*")) or [tmp_path / "out"]
    assert all(path.stat().st_size or path.suffix == ".ann" for path in files)


@pytest.mark.parametrize("form", Format)
def test_what_breaks_off_leaves_nothing(form: Format, tmp_path: Path) -> None:
    def broken() -> Iterator[Reading]:
        yield READING
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        export(broken(), form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", [form for form, kind in KINDS.items() if isinstance(kind, InFile)])
def test_files_go_to_standard_output(form: Format, capsys: pytest.CaptureFixture[str]) -> None:
    export(ALL, form)
    assert capsys.readouterr().out == written(ALL, form)


@pytest.mark.parametrize("form", [form for form, kind in KINDS.items() if isinstance(kind, InFolder)])
def test_folders_do_not(form: Format) -> None:
    with pytest.raises(ExportError, match=r"name one with --to FOLDER"):
        export(ALL, form)


@pytest.mark.parametrize("form", [form for form, kind in KINDS.items() if isinstance(kind, InFolder) and kind.package])
def test_a_missing_package_is_named_before_anything_is_written(
    form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = KINDS[form]
    assert isinstance(kind, InFolder)
    assert kind.package
    monkeypatch.setitem(sys.modules, kind.package, None)
    with pytest.raises(ExtraError, match=rf"pip install 'reportedly\[{kind.extra}\]'"):
        export(ALL, form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", Format)
def test_formats_that_need_no_extra_load_none(form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = KINDS[form]
    for package in {"spacy", "pyarrow"} - ({kind.package} if isinstance(kind, InFolder) else set()):
        monkeypatch.setitem(sys.modules, package, None)
    export([READING], form, tmp_path / "out")


@pytest.mark.parametrize("form", [form for form, kind in KINDS.items() if isinstance(kind, InFile)])
def test_memory_does_not_grow_with_the_readings(form: Format) -> None:
    class Sink(io.StringIO):
        def write(self, text: str) -> int:
            return len(text)

    kind = KINDS[form]
    assert isinstance(kind, InFile)
    long = crowd(40)  # some 40 kB as it is written

    def stream(count: int) -> Iterator[Reading]:
        for _ in range(count):
            gc.collect()  # what is left over is not what is kept
            yield long

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            kind.write(stream(count), Sink(), Options())
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(8) < peak(2) + 100_000


@settings(deadline=None, max_examples=60)
@given(reading=readings())
def test_a_storable_reading_differs_only_in_what_no_file_holds(reading: Reading) -> None:
    after = storable(reading)
    text = after.article.text
    text.encode("utf-8")
    for old, new in zip(reading.article.text, text, strict=True):
        assert new == {"\0": "␀"}.get(old, "�" if "\ud800" <= old <= "\udfff" else old)
    record = json.dumps(json.loads(after.to_json()), ensure_ascii=False)
    record.encode("utf-8")
    assert "\\u0000" not in record.replace("\\\\", "")
    assert storable(after) == after
    if reading == after:
        assert after.to_json() == reading.to_json()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://news.example/a?b=c&d#e", "https://news.example/a?b=c&d#e"),
        ("HTTP://News.Example", "http://news.example/"),
        (" https://news.example/ä b", "https://news.example/%C3%A4%20b"),
        ("https://news.example/%C3%A4%zz", "https://news.example/%C3%A4%25zz"),
        ("https://user:secret@news.example:8443/", "https://news.example:8443/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://[::1]:80/", "https://[::1]:80/"),
        ("https://news.example/\ud800", "https://news.example/%3F"),
        ("https://news.example/a#b#c", "https://news.example/a#b%23c"),
        ("javascript:alert(1)", None),
        ("//news.example/", None),
        ("https:///a", None),
        ("https://[", None),
        ("https://a b/", None),
        ("https://news.example:port/", None),
        ("https://<x>/", None),
        ("", None),
        (None, None),
    ],
)
def test_web_addresses(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


@pytest.mark.parametrize(
    ("date", "whether"),
    [
        *[(date, True) for date in ("2031", "2031-04", "2031-04-05")],
        *[
            (date, False)
            for date in ("2031-W14", "2031-13", "2031-04-32", "31-04-05", "2031-4-5", "２０３１", "", None)
        ],
    ],
)
def test_iso_dates(date: str | None, whether: bool) -> None:
    assert iso_date(date) == (date if whether else None)
