"""Word documents: what is seen of a draft, and what a hostile one cannot do."""

import io
import zipfile

import pytest

from reportedly.errors import InputError, NotTextError, TooLargeError
from reportedly.ingest import read_inputs, word
from reportedly.ingest.word import from_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "The mayor of Kestrin said on Monday that the ferry would sail again after the storm."
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
    '<w:style w:styleId="Beschriftung"><w:name w:val="caption"/></w:style></w:styles>'
)


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*runs, style=None, listed=False):
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:numPr/>" if listed else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def document(*content, head="", styles=STYLES, extra=(), namespace=W):
    xml = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{namespace}"><w:body>{"".join(content)}</w:body></w:document>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
        archive.writestr("word/styles.xml", styles)
        for name, data in extra:
            archive.writestr(name, data)
    return file.getvalue()


def blocks(data):
    article = from_word(data)
    return [(block.kind, article.text[slice(*block.span)]) for block in article.blocks]


def test_a_draft():
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('one'))}</w:tc><w:tc>{paragraph(run('two'))}</w:tc></w:tr></w:tbl>"
    data = document(
        paragraph(run("Ferry sails"), style="berschrift1"),
        paragraph(run("By Ann Oak")),
        paragraph(run("The pier. Photo: Bo Elm/Orvik Press"), style="Beschriftung"),
        paragraph(run("The mayor of Kestrin said on Monday that "), run("the ferry would sail again after the storm.")),
        paragraph(run("“We have no choice.”"), style="Zitat"),
        paragraph(run("the pier"), listed=True),
        paragraph(),
        table,
    )
    assert blocks(data) == [
        ("heading", "Ferry sails"),
        ("byline", "By Ann Oak"),
        ("caption", "The pier."),
        ("credit", "Photo: Bo Elm/Orvik Press"),
        ("paragraph", BODY),
        ("quote", "“We have no choice.”"),
        ("list", "the pier"),
        ("list", "one | two"),
    ]
    assert (from_word(data).title, from_word(data).byline) == ("Ferry sails", "Ann Oak")


@pytest.mark.parametrize(
    "content",
    [
        f"<w:del>{run('never')}</w:del>",
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>",
        "<w:r><w:delText>never</w:delText></w:r>",
    ],
)
def test_what_is_not_seen(content):
    assert blocks(document(paragraph(run(BODY), content))) == [("paragraph", BODY)]


@pytest.mark.parametrize(
    "content",
    [
        f"<w:ins>{run('again')}</w:ins>",
        f"<w:hyperlink>{run('again')}</w:hyperlink>",
        f"<w:r><w:t>a</w:t></w:r><w:smartTag>{run('gain')}</w:smartTag>",
    ],
)
def test_what_is_seen(content):
    assert from_word(document(paragraph(run(f"{BODY} Once "), content))).text == f"{BODY} Once again"


def test_strict_documents():
    assert from_word(document(paragraph(run(BODY)), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")).text


def test_by_name_or_by_bytes(tmp_path):
    for name in ("draft.docx", "draft"):
        (tmp_path / name).write_bytes(document(paragraph(run(BODY))))
    assert [article.text for article in read_inputs([str(tmp_path)])] == [BODY, BODY]


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY evil SYSTEM "file:///etc/passwd">',
        '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)),
    ],
)
def test_a_document_type_is_refused(entity):
    data = document(paragraph(run(BODY + "&evil;")), head=f"<!DOCTYPE x [{entity}]>")
    with pytest.raises(InputError):
        from_word(data)
    with pytest.raises(InputError):
        from_word(document(paragraph(run(BODY)), styles=f"<!DOCTYPE x [{entity}]><x/>"))


def test_a_zip_bomb_is_stopped(monkeypatch):
    monkeypatch.setattr(word, "MAX_PART", 1_000_000)
    bomb = document(paragraph(run(" " * 5_000_000)))
    assert len(bomb) < 20_000
    with pytest.raises(TooLargeError, match="unpacks to more than 1 MB"):
        from_word(bomb)


def test_a_size_that_lies_does_not_help(monkeypatch):
    monkeypatch.setattr(word, "MAX_PART", 1_000_000)
    bomb = bytearray(document(paragraph(run(" " * 5_000_000))))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    with pytest.raises(InputError):
        from_word(bytes(bomb).replace(size, (100).to_bytes(4, "little")))


def test_nothing_is_unpacked_anywhere(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    names = ["../evil.txt", "/evil.txt", "word/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"]
    assert from_word(document(paragraph(run(BODY)), extra=[(name, "evil") for name in names])).text == BODY
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (document(), "without text"),
        (document(paragraph(run(BODY)))[:-30], "damaged or locked"),
        (b"PK\x03\x04word/", "damaged or locked"),
        (document("<w:p>"), "damaged Word document"),
        (document("<w:p>" * 1000 + "</w:p>" * 1000), "damaged Word document"),
        (document(paragraph(run(BODY))).replace(b"word/document.xml", b"word/dokument.xml"), "not a Word document"),
    ],
)
def test_damage(data, reason):
    with pytest.raises(NotTextError, match=reason):
        from_word(data)


def test_another_archive_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", BODY)
    (failure,) = read_inputs([str(tmp_path)])
    assert "ZIP archive" in failure.reason
