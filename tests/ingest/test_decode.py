"""Encodings, and what is no text."""

import pytest

from reportedly.errors import NotTextError
from reportedly.ingest.decode import check_text, markup_of, text_of

TEXT = "Die Fähre nach Sørby fährt nicht mehr – „nie wieder“, sagte die Bürgermeisterin."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_of_text(encoding):
    assert text_of(TEXT.encode(encoding), "x") == TEXT


def test_utf16_both_ways():
    assert text_of(b"\xfe\xff" + TEXT.encode("utf-16-be"), "x") == TEXT


def test_damaged_utf8_stays_utf8():
    damaged = TEXT.encode("utf-8").replace("ü".encode(), b"\xc3", 1)
    assert text_of(damaged, "x") == TEXT.replace("ü", "\ufffd", 1)


def test_bytes_that_cp1252_does_not_define_are_replaced():
    assert text_of(b"The mayor\x81 said so on Monday.", "x") == "The mayor\ufffd said so on Monday."


def test_an_unknown_encoding_is_refused():
    russian = "Мэр города сказала в понедельник, что паром больше не пойдёт никогда."
    with pytest.raises(NotTextError, match="encoding that is not known; save it as UTF-8"):
        text_of(russian.encode("cp1251"), "x")


def test_few_nul_bytes_are_replaced_one_for_one():
    data = b"The mayor said\0 so on Monday, and nobody asked why."
    assert text_of(data, "x") == data.decode().replace("\0", "\ufffd")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\0\0\0\x18ftypmp42", "MP4"),
        (b"\0\1\2\3" * 50, "NUL"),
        (bytes(range(1, 9)) * 50, "control"),
        ("Wide".encode("utf-16-le") * 20, "NUL"),
    ],
)
def test_binary_is_refused_by_its_name(data, kind):
    with pytest.raises(NotTextError, match=kind) as caught:
        check_text(data, "some/path")
    assert caught.value.path == "some/path"
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data", [b"RIFF and raff met in Marla", b"ID3 is a tag, she said", b"BZh is no word", b"PAR1 is a bus"]
)
def test_words_that_only_begin_like_binary(data):
    check_text(data, "x")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="{}">', "iso-8859-1"),
        ('<meta http-equiv="Content-Type" content="text/html; charset={}">', "windows-1251"),
        ("<meta charset={}>", "shift_jis"),
        ('<?xml version="1.0" encoding="{}"?>', "iso-8859-2"),
    ],
)
def test_declared_charsets(head, encoding):
    word = {"windows-1251": "паром", "shift_jis": "町長は言った", "iso-8859-2": "łódź"}.get(encoding, "Fähre")
    page = f"{head.format(encoding)}<p>{word}</p>"
    assert markup_of(page.encode(encoding), "x") == page


def test_utf8_goes_before_a_stale_declaration():
    page = f'<meta charset="iso-8859-1"><p>{TEXT}</p>'
    assert markup_of(page.encode("utf-8"), "x") == page


@pytest.mark.parametrize("label", ["utf-16", "utf-7", "rot13", "nonsense", "idna", "zip"])
def test_odd_declarations_are_passed_over(label):
    page = f'<meta charset="{label}"><p>Fähre</p>'
    assert markup_of(page.encode("utf-8"), "x") == page
