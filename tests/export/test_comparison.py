from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from reportedly.export.comparison import render
from reportedly.schema import (
    Appearance,
    Article,
    Carrier,
    Change,
    Claim,
    Comparison,
    Copy,
    Independent,
    Origin,
    Place,
    Speaker,
    comparison_record,
)

POST = Article("aa", "Brek said it may rain.", outlet="Halm Post", path="post.txt")
SUN = Article("bb", "It rains, [bold]Brek[/bold] told the Post.\x1b[31m", outlet="Dallin Sun")
RAIN = Claim(
    "c1",
    "it may rain",
    (
        Appearance(Place("aa", ((10, 21),)), 1, Speaker("Brek", "person"), (), "asserts", "o1"),
        Appearance(
            Place("bb", ((0, 40),)), 1, Speaker(None), (Carrier("Halm Post", "outlet", (30, 34)),), "denies", "o1"
        ),
        Appearance(Place("bb", ((0, 8),)), None, Speaker(None), (), "asserts", "o1"),
    ),
    (Origin("o1", "Brek in Halm Post", "person"),),
    Independent(1, 2),
    why="Two outlets; both carry Brek.",
    would_change=("A second voice would.",),
    suggested=True,
)
LONELY = Claim("c2", "said", RAIN.appearances[:1], RAIN.origins, Independent(1, 1))
WHOLE = Comparison(
    (POST, SUN),
    (RAIN, LONELY),
    (Copy("aa", "bb", "rewritten", True, 0.25), Copy("Norrin Press", "aa", "verbatim", False)),
    (Change("hedge lost", "c1", RAIN.appearances[0].place, RAIN.appearances[2].place),),
)


@pytest.fixture
def shown() -> str:
    out = io.StringIO()
    render(WHOLE, Console(file=out, width=200, highlight=False))
    return out.getvalue()


def test_a_claim_shows_its_origins_statements_and_number(shown: str) -> None:
    assert "2 outlets, 1 to 2 independent origins" in shown
    assert "Brek in Halm Post (person)" in shown
    assert "+ Halm Post: Brek  “it may rain”" in shown
    assert "– Dallin Sun: ∅ nobody named → Halm Post (outlet)" in shown
    assert "+ Dallin Sun: in its own voice  “It rains”" in shown
    assert "perhaps not all one claim" in shown
    assert "Two outlets; both carry Brek." in shown


def test_what_fell_off_stands_with_both_wordings(shown: str) -> None:
    assert "hedge lost: Halm Post “it may rain” → Dallin Sun “It rains”" in shown


def test_copies_name_source_kind_and_credit(shown: str) -> None:
    assert "Dallin Sun ← Halm Post: rewritten, credited, 25% of it" in shown
    assert "Halm Post ← Norrin Press: verbatim, not credited" in shown


def test_a_claim_of_one_outlet_is_only_counted(shown: str) -> None:
    assert "1 claim in more than one outlet" in shown
    assert "1 claim of one outlet alone · 2 copies" in shown


def test_words_of_articles_are_never_markup_nor_control(shown: str) -> None:
    assert "[bold]Brek[/bold]" in shown
    assert "\x1b" not in shown


def test_the_record_names_articles_by_path_or_id() -> None:
    record = json.loads(json.dumps(comparison_record(WHOLE)))
    assert [item["name"] for item in record["articles"]] == ["post.txt", "bb"]
    first = record["claims"][0]
    assert first["independent"] == {"min": 1, "max": 2}
    assert first["statements"][0]["article"] == "post.txt"
    assert first["statements"][0]["content"] == [[10, 21]]
    assert [(copy["from"], copy["to"]) for copy in record["copies"]] == [
        ("post.txt", "bb"),
        ("Norrin Press", "post.txt"),
    ]
    assert record["changes"][0]["from"] == {"article": "post.txt", "content": [[10, 21]]}
