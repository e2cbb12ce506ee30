"""Mail: headers as metadata, its HTML or text as the article."""

import pytest

from reportedly.errors import InputError
from reportedly.ingest.mail import from_mail
from reportedly.ingest.source import attempt
from reportedly.schema import Article
from tests.ingest.test_inputs import PAGE, TEXT

HEAD = "From: {}\nSubject: {}\nDate: Wed, 02 Apr 2031 23:30:00 -0900\nMessage-ID: <1@x.example>\nMIME-Version: 1.0\n"


def mail(body, sender="Ann Oak <ann@x.example>", subject="Fwd: Ferry sails", kind="text/plain; charset=utf-8"):
    head = HEAD.format(sender, subject)
    return f"{head}Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n{body}".encode()


def test_headers():
    article = from_mail(mail(TEXT), "a.eml")
    assert (article.title, article.byline, article.outlet) == ("Ferry sails", "Ann Oak", None)
    assert (article.published, article.path) == ("2031-04-02", "a.eml")
    assert article.text == f"Ferry sails\n\n{TEXT}"
    house = from_mail(mail(TEXT, sender='"Marla Gazette" <desk@x.example>'))
    assert (house.outlet, house.byline) == ("Marla Gazette", None)


def test_encoded_headers():
    article = from_mail(mail(TEXT, sender="=?utf-8?q?=C3=85se_Lunde?= <a@x.example>", subject="=?utf-8?b?U8O4cmJ5?="))
    assert (article.byline, article.title) == ("Åse Lunde", "Sørby")
    assert from_mail(mail(TEXT, subject="=?none?q?x?=")).title


def test_wrapped_lines_are_joined_and_the_signature_goes():
    wrapped = (
        "The mayor of Kestrin said on Monday that the ferry would sail again,\nand that nobody had been told of it."
    )
    article = from_mail(mail(f"{wrapped}\n\n> Why so?\n\nList:\n- one\n- two\n\n-- \nAnn Oak\nMarla 12"))
    kinds = [(block.kind, article.text[slice(*block.span)]) for block in article.blocks]
    assert kinds[1:3] == [("paragraph", TEXT), ("quote", "Why so?")]
    assert "Marla 12" not in article.text


def multipart(*parts, kind="alternative"):
    body = "".join(f"--b\nContent-Type: {type_}\n\n{data}\n" for type_, data in parts)
    return mail(f"{body}--b--\n", kind=f'multipart/{kind}; boundary="b"')


def test_html_goes_before_text():
    article = from_mail(multipart(("text/plain; charset=utf-8", "See our page."), ("text/html; charset=utf-8", PAGE)))
    assert TEXT in article.text
    assert (article.title, article.byline) == ("Ferry sails", "Ann Oak")


def test_text_where_the_html_holds_nothing():
    assert TEXT in from_mail(multipart(("text/html", "<img src='x'>"), ("text/plain", TEXT))).text


@pytest.mark.parametrize(
    "data",
    [
        mail(""),
        mail("x", kind="application/pdf"),
        multipart(("application/pdf", "x")),
        multipart(("text/plain\nContent-Disposition: attachment", TEXT)),
        b"Subject: x\n",
        HEAD.encode(),
    ],
)
def test_a_mail_without_text(data):
    with pytest.raises(InputError, match="a mail without text"):
        from_mail(data)


def read(data):
    """What comes of a mail: an article, or an error that is not an unexpected one."""
    outcome = attempt(lambda: from_mail(data), "a.eml")
    assert isinstance(outcome, Article) or "unexpected" not in outcome.reason


@pytest.mark.parametrize(
    "head",
    [
        "From: =?utf-8?b?!!!?=\n",
        "From: \xff\xfe\n",
        "Date: Xyz, 99 Foo 99999 99:99:99 +9999\n",
        "Content-Type: text/plain; charset=none\n",
        "Content-Type: text/plain; charset*=a'b\n",
        "Content-Transfer-Encoding: base64\n",
        "From: " + "(" * 5000 + "\n",
        "Subject: a\n" * 3000,
    ],
)
def test_hostile_headers(head):
    read(f"{head}Message-ID: <1>\n\n{TEXT}".encode("latin-1"))


def test_mails_in_mails_without_end():
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    read(f"{nested}Content-Type: text/plain\n\n{TEXT}".encode())
