"""Scoring a comparison against a cluster whose truth is known."""

import dataclasses
import json
from pathlib import Path

import pytest

from reportedly import SchemaError
from reportedly.evaluate.clusters import Tally, load_cluster
from reportedly.schema import (
    Appearance,
    Article,
    Change,
    Claim,
    Comparison,
    Copy,
    Independent,
    Origin,
    Place,
    Speaker,
)

TEXTS = {
    "one": "The lock would be closed if it leaks, Oda Brekk said. Nobody was hurt.",
    "two": "The lock will be closed, Oda Brekk said. Nobody was hurt.",
}
ARTICLES = tuple(Article(f"id-{name}", text, path=f"news/{name}.txt") for name, text in TEXTS.items())
LOCK = {"one": "The lock would be closed if it leaks", "two": "The lock will be closed"}
HURT = {"one": "Nobody was hurt", "two": "Nobody was hurt"}


def truth(folder: Path, **changes: object) -> Path:
    """A folder with two texts and what is true of them."""
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    claims = [
        {
            "id": name,
            "statements": [{"article": a, "content": words, "origin": f"{name}-o"} for a, words in contents.items()],
            "independent": {"min": 1, "max": 2},
        }
        for name, contents in (("lock", LOCK), ("hurt", HURT))
    ]
    ends = {key: {"article": name, "content": LOCK[name]} for key, name in (("from", "one"), ("to", "two"))}
    record = {
        "articles": [{"id": name} for name in TEXTS],
        "claims": claims,
        "copies": [{"from": "one", "to": "two", "kind": "edited"}],
        "changes": [{"kind": "condition lost", **ends}],
    } | changes
    (folder / "cluster.json").write_text(json.dumps(record))
    return folder


def place(article: str, words: str) -> Place:
    at = TEXTS[article].index(words)
    return Place(f"id-{article}", ((at, at + len(words)),))


def claim(
    name: str, contents: dict[str, str], least: int = 1, most: int = 2, origins: tuple[str, str] = ("o", "o")
) -> Claim:
    """A claim with one statement of each article, of these origins."""
    appearances = tuple(
        Appearance(place(article, words), 1, Speaker(), (), "asserts", origin)
        for (article, words), origin in zip(contents.items(), origins, strict=True)
    )
    return Claim(name, name, appearances, (Origin("o", "o", "person"),), Independent(least, most))


PERFECT = Comparison(
    ARTICLES,
    (claim("a", LOCK), claim("b", HURT)),
    (Copy("id-one", "id-two", "edited", False),),
    (Change("condition lost", "a", place("one", LOCK["one"]), place("two", LOCK["two"])),),
)


def figures(folder: Path, comparison: Comparison) -> dict[str, float | None]:
    tally = Tally()
    tally.add(load_cluster(folder), comparison)
    return tally.figures()


def test_the_truth_itself_is_perfect(tmp_path: Path) -> None:
    found = figures(truth(tmp_path), PERFECT)
    assert found.pop("count error") == 0
    assert set(found.values()) == {1.0}


def test_nothing_found_is_nothing(tmp_path: Path) -> None:
    found = figures(truth(tmp_path), Comparison(ARTICLES))
    assert found.pop("count error") == 1.5
    assert found.pop("kind") is None
    assert set(found.values()) == {0.0}


def test_all_in_one_claim_costs_precision(tmp_path: Path) -> None:
    both = dataclasses.replace(
        claim("a", LOCK), appearances=claim("a", LOCK).appearances + claim("b", HURT).appearances
    )
    found = figures(truth(tmp_path), dataclasses.replace(PERFECT, claims=(both,)))
    assert found["covered"] == 1
    assert found["same claim"] == pytest.approx(2 * 2 / (6 + 2))


def test_two_origins_where_there_is_one(tmp_path: Path) -> None:
    split = claim("a", LOCK, origins=("o", "p"), least=2)
    found = figures(truth(tmp_path), dataclasses.replace(PERFECT, claims=(split, claim("b", HURT))))
    assert found["same claim"] == 1
    assert found["same origin"] == pytest.approx(2 * 1 / (1 + 2))
    assert found["count"] == 0.5
    assert found["count error"] == 0.25


def test_less_than_half_of_a_statement_does_not_cover_it(tmp_path: Path) -> None:
    part = claim("a", {"one": "if it leaks", "two": LOCK["two"]})
    assert figures(truth(tmp_path), dataclasses.replace(PERFECT, claims=(part,)))["covered"] == 0.25


def test_copies_and_changes_of_another_kind(tmp_path: Path) -> None:
    other = dataclasses.replace(
        PERFECT,
        copies=(Copy("id-one", "id-two", "verbatim", False), Copy("id-two", "id-one", "edited", False)),
        changes=(dataclasses.replace(PERFECT.changes[0], kind="hedge lost"),),
    )
    found = figures(truth(tmp_path), other)
    assert found["copies"] == pytest.approx(2 / 3)
    assert found["kind"] == 0
    assert found["changes"] == 0


def test_a_truth_that_does_not_fit_its_texts(tmp_path: Path) -> None:
    truth(tmp_path)
    (tmp_path / "two.txt").write_text("Another text.")
    with pytest.raises(SchemaError, match="two has no 'The lock will be closed'"):
        load_cluster(tmp_path)
    (tmp_path / "cluster.json").write_text("{")
    with pytest.raises(SchemaError, match="not JSON"):
        load_cluster(tmp_path)
