"""Where exports go: nothing half-written ever has the final name, and nothing else is touched."""

import os
import stat
from pathlib import Path
from typing import NoReturn, TextIO

import pytest

from reportedly.errors import ExportError
from reportedly.export.place import new_folder, open_file


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with open_file(target) as file:
        file.write("new")
        file.flush()
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with new_folder(target) as folder:
        (folder / "a").write_text("a")
        assert not target.exists()
    assert [path.name for path in target.iterdir()] == ["a"]
    assert list(tmp_path.iterdir()) == [target]


def _breaks(file: TextIO, error: type[BaseException] = ZeroDivisionError) -> NoReturn:
    """Write something, and break off."""
    file.write("new")
    file.close()
    raise error


def test_what_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), open_file(target) as file:
        _breaks(file)
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "folder") as folder:
        _breaks((folder / "a").open("w"))
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_file(tmp_path / "out") as file:
        _breaks(file, KeyboardInterrupt)
    assert list(tmp_path.iterdir()) == []


def test_files_have_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    with open_file(tmp_path / "out"), new_folder(tmp_path / "folder"):
        pass
    (tmp_path / "other").mkdir()
    assert _rights(tmp_path / "out") == _rights(tmp_path / "plain")
    assert _rights(tmp_path / "folder") == _rights(tmp_path / "other")


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with open_file(tmp_path / "link") as file:
        file.write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_what_is_no_file_is_written_to_directly(tmp_path: Path) -> None:
    with open_file(Path(os.devnull)) as file:
        file.write("new")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with open_file(pipe) as file:
            file.write("new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("folder", "a folder, and this format is one file"),
        ("missing/out", "cannot be written (No such file or directory)"),
        ("plain/out", "cannot be written (Not a directory)"),
        ("a\0b", "no name of a file"),
        ("x" * 300, "cannot be written (File name too long)"),
    ],
)
def test_a_file_that_cannot_be(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain").write_text("")
    with pytest.raises(ExportError) as caught, open_file(tmp_path / name):
        raise AssertionError("nothing is to be written")
    assert caught.value.reason == reason
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["full", "plain"])
def test_a_folder_is_never_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept").write_text("kept")
    (tmp_path / "plain").write_text("kept")
    with pytest.raises(ExportError, match="there is something already"), new_folder(tmp_path / name):
        raise AssertionError("nothing is to be written")
    assert (tmp_path / "full" / "kept").read_text() == (tmp_path / "plain").read_text() == "kept"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with new_folder(tmp_path / "empty") as folder:
        (folder / "a").write_text("a")
    assert (tmp_path / "empty" / "a").read_text() == "a"
