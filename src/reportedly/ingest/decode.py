"""Bytes -> str: the encoding, and whether it is text at all.

The order: a byte order mark; for HTML the charset that the page declares; UTF-8; then Windows-1252. A file that
is UTF-8 with some damage is read as UTF-8 with U+FFFD at the damage, and so is one that Windows-1252 cannot
explain; where more than ``MAX_LOST`` of it would be U+FFFD it is refused, because nobody could read that.
"""

from __future__ import annotations

import codecs
import re

from reportedly.errors import NotTextError

MAX_LOST = 0.3  # share of characters that may be U+FFFD
MAX_CONTROL = 0.05  # share of bytes that may be NUL, or other control characters
# Western prose has an accent in perhaps one letter of ten; a text with more bytes over 127 than this is in
# another encoding (Cyrillic, Greek, East Asian).
MAX_HIGH_CP1252 = 0.25
SNIFF = 1 << 16  # bytes looked at to tell text from binary
META = 4096  # bytes in which a page declares its charset (browsers look at 1024)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What people hand over instead of text, by its first bytes, and what can be done about it. Where the first bytes
# could also begin a text ("RIFF", "ID3"), the next ones are asked for too.
_EXPORT = "save or export it as plain text or HTML first"
_UNPACK = "unpack it first"
_RECOGNISE = "run text recognition on it first"
_TRANSCRIPT = "give its transcript"
_TABLE = "export the articles as text files"
_MAGIC = tuple(
    (re.compile(start, re.DOTALL), kind, remedy)
    for start, kind, remedy in (
        (rb"%PDF-", "a PDF document", "extract its text first, for example with pdftotext"),
        (
            rb"PK\x03\x04",
            "a ZIP archive or an office document (docx, odt, epub)",
            "unpack it or export it as plain text",
        ),
        (rb"PK\x05\x06", "an empty ZIP archive", "give a text or HTML file"),
        (rb"\x89PNG", "a PNG image", _RECOGNISE),
        (rb"\xff\xd8\xff", "a JPEG image", _RECOGNISE),
        (rb"GIF8[79]a", "a GIF image", _RECOGNISE),
        (rb"II\*\x00|MM\x00\*", "a TIFF image", _RECOGNISE),
        (rb"RIFF....WEBP", "a WebP image", _RECOGNISE),
        (rb"RIFF....(?:WAVE|AVI )", "a WAV or AVI recording", _TRANSCRIPT),
        (rb"ID3[\x02-\x04]", "an MP3 recording", _TRANSCRIPT),
        (rb"OggS\x00", "an Ogg recording", _TRANSCRIPT),
        (rb"....ftyp", "a video or audio recording (MP4)", _TRANSCRIPT),
        (rb"\x1f\x8b", "a gzip archive", "unpack it with gunzip first"),
        (rb"BZh[1-9]1AY&SY", "a bzip2 archive", _UNPACK),
        (rb"\xfd7zXZ\x00", "an xz archive", _UNPACK),
        (rb"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
        (rb"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
        (rb"Rar!\x1a", "a RAR archive", _UNPACK),
        (rb"\xd0\xcf\x11\xe0", "an old Office document (doc, xls, msg)", _EXPORT),
        (rb"\{\\rtf", "an RTF document", _EXPORT),
        (rb"\x7fELF|MZ\x90", "a program", "give a text or HTML file"),
        (rb"SQLite format 3\x00", "an SQLite database", _TABLE),
        (rb"PAR1[\x00-\x1f]", "a Parquet file", _TABLE),
    )
)

_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,500}?charset|<\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def text_of(data: bytes, path: str) -> str:
    """The text that the bytes of a text file hold, without its byte order mark.

    A few NUL bytes (damage on a disk or in a transfer) become U+FFFD, one for one. Raises NotTextError for
    bytes that are not text.
    """
    check_text(data, path)
    text = _from_mark(data)
    if text is None:
        text = _guessed(data)
    return _readable(text, path)


def markup_of(data: bytes, path: str, charset: str | None = None) -> str:
    """The markup that the bytes of a page hold. Raises NotTextError for bytes that are not text.

    ``charset`` is the server's word, which goes before the page's own, as in browsers.
    """
    check_text(data, path)
    text = _from_mark(data)
    if text is None:
        text = _as_declared(data, _known(charset) if charset else None)
    return _readable(text, path)


def check_text(data: bytes, path: str) -> None:
    """Raise NotTextError for what is known not to be text, with the name of the kind."""
    for magic, kind, remedy in _MAGIC:
        if magic.match(data):
            raise NotTextError(path, f"not text but {kind}", remedy)
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return
    sample = data[:SNIFF]
    nul = sample.count(b"\0")
    if nul > MAX_CONTROL * len(sample):
        raise NotTextError(
            path, f"binary, not text ({nul} NUL bytes in the first {len(sample)})", "if it is text, save it as UTF-8"
        )
    control = len(_CONTROL.findall(sample))
    if control > MAX_CONTROL * len(sample):
        raise NotTextError(
            path, f"binary, not text ({control} control characters in the first {len(sample)})", "give text or HTML"
        )


def _from_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def _guessed(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data) or data.decode("utf-8", "replace")


def _western(data: bytes) -> str | None:
    """The bytes as Windows-1252, or None where that is not plausible.

    It is not where bytes occur that it does not define, where they are too many for a Western text, or where
    most of them make up well-formed UTF-8 characters: that is UTF-8 with some damage.
    """
    high = sum(byte > 127 for byte in data)
    in_utf8 = sum(len(match) for match in _MULTIBYTE.findall(data))
    if high > MAX_HIGH_CP1252 * len(data) or in_utf8 > high / 2:
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes, served: str | None) -> str:
    """A page's bytes as UTF-8 if they are that, else as the server or the page declares, else as guessed.

    Well-formed UTF-8 with characters beyond ASCII does not come about by chance, and pages that were saved
    again keep their old declaration: so it goes before the declaration.
    """
    declared = served or _declared(data)
    if declared != "utf-8" and not data.isascii():
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if declared in (None, "utf-8"):
        return _guessed(data)
    return data.decode(declared, "replace")


def _declared(data: bytes) -> str | None:
    """The charset that a page declares, under Python's name, or None."""
    match = _DECLARED.search(data[:META])
    return _known(match.group(1).decode("ascii", "replace")) if match else None


def _known(label: str) -> str | None:
    """Python's name of a declared charset, or None; Latin-1 is Windows-1252, as browsers have it."""
    try:
        codec = codecs.lookup(label)
        b"news".decode(label)  # refuses codecs that are not of text ("rot13", "zip")
    except (LookupError, ValueError):
        return None
    if codec.name.startswith(
        ("utf-16", "utf-32", "utf-8", "utf-7", "idna", "punycode", "raw_unicode", "unicode_escape")
    ):
        return "utf-8"  # the declaration was readable as ASCII, so it cannot be one of the wide ones
    return "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name


def _readable(text: str, path: str) -> str:
    """The text with NUL replaced; NotTextError if it is empty or mostly unreadable."""
    text = text.replace("\0", "\ufffd")
    if not text.strip():
        raise NotTextError(path, "empty: there is nothing to read in it", "give a file that holds an article")
    lost = text.count("\ufffd")
    if lost > MAX_LOST * len(text):
        raise NotTextError(path, "in an encoding that is not known", "save it as UTF-8")
    return text
