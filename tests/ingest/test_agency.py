"""Which news agency signs for a report, and where it does so."""

import pytest

from reportedly.ingest import from_html, from_text
from reportedly.schema import Credit

BODY = (
    "The mayor of Kestrin said on Monday that the ferry would sail again after the storm.\n\n"
    "Nobody asked why, she said, and nobody had been told of it before.\n\n"
)


def credit(text):
    article = from_text(text)
    found = article.credit
    return found and (found.name, article.text[slice(*found.evidence)])


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("KESTRIN (Reuters) - ", ("Reuters", "Reuters")),
        ("KESTRIN, April 3 (Orvik Press) — ", ("Orvik Press", "Orvik Press")),
        ("MARLA, 3 April. /TASS/. ", ("TASS", "TASS")),
        ("KESTRIN — ", None),
    ],
)
def test_datelines(head, expected):
    assert credit(head + BODY) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Ann Oak, Orvik Press", ("Orvik Press", "Orvik Press")),
        ("By ANN OAK Associated Press", ("Associated Press", "Associated Press")),
        ("By Ann Oak of The Associated Press", ("Associated Press", "Associated Press")),
        ("Reuters Staff", ("Reuters", "Reuters")),
        ("By Ann Oak in Philadelphia, PA", None),
        ("By Ann Oak, Kestrin Free Press", None),
    ],
)
def test_bylines(byline, expected):
    assert credit(f"Ferry sails again\n{byline}\n\n{BODY}") == expected


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("The Associated Press contributed to this report.", ("Associated Press", "The Associated Press")),
        ("AP contributed to this report.", ("Associated Press", "AP")),
        ("Orvik Press writer Ann Oak in Marla contributed to this report.", ("Orvik Press", "Orvik Press")),
        ("With files from AFP", ("Agence France-Presse", "AFP")),
        ("(With inputs from AFP)", ("Agence France-Presse", "AFP")),
        ("(Reporting by Ann Oak in Kestrin; Editing by Bo Elm, Orvik Press)", ("Orvik Press", "Orvik Press")),
        ("— AP", ("Associated Press", "AP")),
        ("(AFP)", ("Agence France-Presse", "AFP")),
        ("Source: Reuters", ("Reuters", "Reuters")),
        ("Reuters/AFP", ("Reuters", "Reuters")),
        ("© 2031 Orvik Press. All rights reserved.", ("Orvik Press", "Orvik Press")),
        ("Ann Oak of Orvik Press contributed 50 dollars.", None),
        ("She told Reuters that with AP they would go.", None),
        ("With Reuters reporting losses, the harbour closed.", None),
    ],
)
def test_closing_lines(foot, expected):
    assert credit(BODY + foot) == expected


def page(head, body=""):
    return from_html(f"<html><head>{head}</head><body><article>{_paragraphs()}{body}</article></body></html>")


def _paragraphs():
    return "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))


SITE = '<meta property="og:site_name" content="{}">'
DATA = '<script type="application/ld+json">{{"@type": "NewsArticle", "publisher": {{"name": "{}"}}}}</script>'


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (SITE.format("Marla Gazette"), "Marla Gazette"),
        (SITE.format("marlagazette.example") + DATA.format("Marla Gazette"), "Marla Gazette"),
        (SITE.format("https://marlagazette.example") + DATA.format("Marla Gazette"), "Marla Gazette"),
        (SITE.format("marlagazette.example") + "<title>Ferry | Marla Gazette</title>", "Marla Gazette"),
        (SITE.format("Marla.example"), "Marla.example"),
        (SITE.format("Marla Gazette | All the news"), "Marla Gazette"),
        ('<link rel="canonical" href="https://marlagazette.example/a">', None),
        ('<script type="application/ld+json">{"publisher": [[[[[[[[{}]]]]]]]]}</script>', None),
        ('<script type="application/ld+json">{"publisher": </script>', None),
    ],
)
def test_the_outlet_goes_by_its_name(head, outlet):
    assert page(head).outlet == outlet


def test_an_agency_as_publisher_of_another_outlets_page_is_a_credit():
    found = page(SITE.format("Marla Gazette") + DATA.format("Associated Press"))
    assert (found.outlet, found.credit) == ("Marla Gazette", Credit("Associated Press"))
    alone = page(DATA.format("Associated Press"))
    assert alone.outlet == "Associated Press"
