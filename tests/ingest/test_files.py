"""Reading files: what is decided, and every way it can fail."""

import io
import os
import sys

import pytest

from reportedly.errors import InputError, NotFoundError, NotTextError, TooLargeError
from reportedly.ingest import Options, read_path

TEXT = "The mayor said on Monday that the ferry would sail again."
PAGE = f"<!DOCTYPE html><html><body><article><p>{TEXT}</p><p>Nobody asked why, she said.</p></article></body></html>"


def write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return str(path)


def test_text_and_pages_by_suffix_and_content(tmp_path):
    assert read_path(write(tmp_path, "a.txt", TEXT)).text == TEXT
    assert read_path(write(tmp_path, "a", TEXT)).text == TEXT
    assert read_path(write(tmp_path, "b.html", PAGE)).text.startswith(TEXT)
    assert read_path(write(tmp_path, "b", PAGE)).text.startswith(TEXT)
    assert read_path(write(tmp_path, "c.htm", f"{TEXT}<br>Nobody asked.")).text.startswith(TEXT)
    assert read_path(write(tmp_path, "d.txt", PAGE)).text == PAGE
    assert read_path(write(tmp_path, "e.html", TEXT)).text == TEXT  # no tag in it


def test_a_text_that_speaks_of_tags_is_text(tmp_path):
    text = "The page said <b>never</b>, she said, and <p> stands for a paragraph."
    assert read_path(write(tmp_path, "a", text)).text == text


def test_the_path_stays_as_given(tmp_path, monkeypatch):
    write(tmp_path, "a.txt", TEXT)
    monkeypatch.chdir(tmp_path)
    assert read_path("./a.txt").path == "./a.txt"


def test_a_byte_order_mark_is_dropped_and_line_ends_stay(tmp_path):
    assert (
        read_path(write(tmp_path, "a.txt", b"\xef\xbb\xbfOne said so.\r\n\r\nTwo did.")).text
        == "One said so.\r\n\r\nTwo did."
    )
    assert read_path(write(tmp_path, "b.txt", TEXT.encode("utf-16"))).text == TEXT


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    article = read_path("-")
    assert article.path == "-"
    assert article.text.startswith(TEXT)


def test_there_is_no_such_file(tmp_path):
    with pytest.raises(NotFoundError, match="there is no such file; check"):
        read_path(str(tmp_path / "none.txt"))


def test_a_directory(tmp_path):
    with pytest.raises(InputError, match="is a directory; give the files in it"):
        read_path(str(tmp_path))


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
def test_an_empty_file(tmp_path, name, data):
    with pytest.raises(NotTextError, match="empty"):
        read_path(write(tmp_path, name, data))


def test_a_binary_file(tmp_path):
    with pytest.raises(NotTextError, match="PDF document; extract its text first"):
        read_path(write(tmp_path, "a.txt", b"%PDF-1.7\n..."))


def test_a_file_over_the_limit(tmp_path):
    options = Options(max_bytes=1000)
    assert read_path(write(tmp_path, "a.txt", "a" * 1000), options).text
    with pytest.raises(TooLargeError, match="is larger than"):
        read_path(write(tmp_path, "b.txt", "a" * 1001), options)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = write(tmp_path, "a.txt", TEXT)

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match="may not be read; change its permissions"):
        read_path(path)


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "\udcff"])
def test_impossible_paths(path):
    with pytest.raises(InputError) as caught:
        read_path(path)
    assert caught.value.path == path


@pytest.mark.skipif(os.name != "posix", reason="needs /dev/null")
def test_a_device():
    with pytest.raises(NotTextError, match="empty"):
        read_path("/dev/null")
