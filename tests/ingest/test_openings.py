"""Bylines and datelines."""

import pytest

from reportedly.ingest.openings import byline_names, dateline_end, is_byline, iso_date

REST = "The council put off its vote on the ferry on Thursday."


@pytest.mark.parametrize(
    "dateline",
    [
        "ORVIK, April 3 (Orvik Press) -",
        "KESTRIN (AP) —",
        "LOWER ORVIK —",
        "ORVIK, N.Y., Sept. 26 (UPI) —",
        "PORT MARLA, Va. -",
        "ORVIK, 3 April 2031 –",
        "ORVIK, Thursday, April 3 (MNA) --",
        "Port Marla, Sept 8 -",
        "Marla (Orvik Press) —",
        "SAN TELMO DE MAR, Oct 27 -",
        "VILA ITACUÃ, May 21 (Norte) –",
        "MARLA/ORVIK, May 2 (MNA) -",
        "ORVIK, September 18. /TASS/.",
        "(Orvik Press) —",
    ],
)
def test_datelines(dateline):
    assert dateline_end(f"{dateline} {REST}", early=True) == len(dateline)


@pytest.mark.parametrize(
    "paragraph",
    [
        f"{REST}",
        "NATO - the alliance - said on Friday that it would wait for the council to vote.",
        "MARLA EVENING - Thursday, 4 p.m. edition",
        "WALLACE: And what did the council of Marla say when you asked about the ferry?",
        "Q - What did the council of Marla say when you asked it about the ferry?",
        "FERRY POLLS NOT NECESSARILY WRONG, JUST TOO EARLY - The council of Marla has put off its vote again.",
        "Marla - The council put off its vote on the ferry on Thursday, as it had in May.",
    ],
)
def test_no_datelines(paragraph):
    assert dateline_end(paragraph, early=True) is None


def test_a_bare_place_is_a_dateline_only_early():
    run_in = "OLD CLAIMS OF A CURE — In a book that she wrote in 2029 the doctor said that salt heals."
    assert dateline_end(f"MARLA — {REST}", early=False) is None
    assert dateline_end(run_in, early=False) is None
    assert dateline_end(f"MARLA (AP) — {REST}", early=False) == len("MARLA (AP) —")


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Oak",
        "BY ANN OAK AND TOM VARRO",
        "By P. J. Oak-Varro in Marla",
        "By Ann Oak, Parliamentary Correspondent",
        "By Ann Oak, foreign desk",
        "By our housing correspondent",
        "By Herald political staff and LNA",
        "Marla Today newsroom",
        "Ann Oak, Correspondent",
        "Written by: Web desk",
        "(Reporting by Ann Oak; Editing by Tom Varro)",
        "Compiled by A. Oak",
    ],
)
def test_bylines(line):
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the water had reached the church",
        "By Monday",
        "By and large the council agreed",
        "The reporter had left.",
        "She asked the staff",
        "Marla floods: three dead",
    ],
)
def test_no_bylines(line):
    assert not is_byline(line)


def test_the_names_of_a_byline():
    assert byline_names("By Ann Oak") == "Ann Oak"
    assert byline_names("Written by: Web desk") == "Web desk"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published April 3, 2031 at 11:42", "2031-04-03"),
        ("3rd Sept. 2031", "2031-09-03"),
        ("2031-04-03", "2031-04-03"),
        ("2031-13-03", None),
        ("April 3", None),
    ],
)
def test_days(line, day):
    assert iso_date(line) == day
