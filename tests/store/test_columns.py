"""People's own columns: kept, taken back, shared by who is joined; sheets, with every fault told by its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportedly.errors import QueryError
from reportedly.schema import Attribution, Reading, Speaker
from reportedly.store import Library
from reportedly.store.columns import (
    MOST_HEADINGS,
    Own,
    headings,
    ids_of,
    own_changes,
    own_columns,
    own_entries,
    undo_own,
    write_own,
)
from reportedly.store.inventory import Page, inventory
from reportedly.store.profile import listed
from reportedly.store.selection import Articles, Statements
from reportedly.store.sheet import MOST_FAULTS, read_sheet, take_sheet

BY = "Ines"


@pytest.fixture
def people(library: Library, some: list[Reading]) -> dict[str, str]:
    """The ids of three people in a library: two statements of the first, one of each of the others."""
    said = [_said(some[0].attributions[k], name) for k, name in enumerate(("Ada Quillfeather", "Ada Quillfeather"))]
    library.add(replace(some[0], attributions=tuple(said)))
    library.add(replace(some[1], attributions=(_said(some[1].attributions[0], "Bo Umberland"),)))
    library.add(replace(some[2], attributions=(_said(some[2].attributions[0], "Caro Vintergatan"),)))
    found = ids_of(library, ["Ada Quillfeather", "Bo Umberland", "Caro Vintergatan"])
    return {name.split()[0].lower(): ids[0] for name, ids in found.items()}


def _said(item: Attribution, name: str) -> Attribution:
    return replace(item, speaker=Speaker(name, "person"), stance="asserts", confidence=None)


def test_what_is_written_is_there_with_who_wrote_it(library: Library, people: dict[str, str]) -> None:
    assert (
        write_own(library, [Own(people["ada"], "desk", " local  news "), Own(people["bo"], "desk", "sport")], BY) == 2
    )
    assert own_columns(library, people["ada"]) == {"desk": "local news"}
    assert own_columns(library, people["caro"]) == {}
    assert headings(library) == ("desk",)
    (change,) = own_changes(library)
    assert (change.author, change.values, change.can_be_undone) == (BY, 2, True)
    assert change.made.endswith("+00:00")
    assert [(entry.name, entry.own) for entry in own_entries(library)] == [
        ("Ada Quillfeather", {"desk": "local news"}),
        ("Bo Umberland", {"desk": "sport"}),
    ]
    assert write_own(library, [Own(people["ada"], "desk", "local news")], BY) == 0
    assert len(own_changes(library)) == 1


def test_an_empty_value_takes_back(library: Library, people: dict[str, str]) -> None:
    write_own(library, [Own(people["ada"], "desk", "local")], BY)
    assert write_own(library, [Own(people["ada"], "desk", "")], "Odd") == 1
    assert own_columns(library, people["ada"]) == {}
    assert headings(library) == ()
    assert [change.author for change in own_changes(library)] == ["Odd", BY]
    assert [change.sample.value for change in own_changes(library, person=people["ada"])] == ["", "local"]
    assert own_changes(library, person=people["bo"]) == ()


def test_a_change_can_be_undone_and_that_too(library: Library, people: dict[str, str]) -> None:
    write_own(library, [Own(people["ada"], "desk", "local"), Own(people["bo"], "desk", "sport")], BY)
    write_own(library, [Own(people["ada"], "desk", "courts")], BY)
    first = own_changes(library)[-1].number
    assert undo_own(library, first, "Odd") == 1, "what was written over stays"
    assert own_columns(library, people["bo"]) == {}
    assert own_columns(library, people["ada"]) == {"desk": "courts"}
    assert undo_own(library, own_changes(library)[1].number, "Odd") == 1
    assert own_columns(library, people["ada"]) == {"desk": "local"}
    assert undo_own(library, own_changes(library)[0].number, "Odd") == 1
    assert own_columns(library, people["ada"]) == {"desk": "courts"}
    assert undo_own(library, 99, "Odd") == 0


def test_what_cannot_be_kept(library: Library, people: dict[str, str]) -> None:
    for own, told in (
        (Own(people["ada"], " ", "x"), "heading has 1 to 60"),
        (Own(people["ada"], "x" * 61, "x"), "heading has 1 to 60"),
        (Own(people["ada"], "x", "x" * 301), "at most 300"),
        (Own("nobody-00000000", "x", "x"), "nobody with this id"),
        (Own("Ada Quillfeather", "x", "x"), "nobody with this id"),
    ):
        with pytest.raises(QueryError, match=told):
            write_own(library, [Own(people["bo"], "desk", "sport"), own], BY)
    assert own_columns(library, people["bo"]) == {}, "all of it or nothing"
    with pytest.raises(QueryError, match="own columns: there can be 40"):
        write_own(library, [Own(people["bo"], f"column {k}", "x") for k in range(MOST_HEADINGS + 1)], BY)


def test_the_inventory_counts_by_them(library: Library, people: dict[str, str]) -> None:
    write_own(library, [Own(people["ada"], "desk", "local"), Own(people["bo"], "desk", "sport")], BY)
    found = inventory(library, Articles(), Statements(), Page())
    assert [(one.value, one.voices, one.amount.statements) for one in found.own] == [
        ("local", 1, 2),
        ("sport", 1, 1),
        ("", 1, 1),
    ]
    assert sum(one.amount.words for one in found.own) == found.total.words
    assert {voice.name: voice.own for voice in found.voices}["Ada Quillfeather"] == {"desk": "local"}
    for one in found.own:
        which = Statements(heading="desk", value=one.value or None)
        assert listed(library, Articles(), which, 10)[1] == one.amount.statements


def test_joined_people_share_what_was_written_last(library: Library, people: dict[str, str]) -> None:
    write_own(library, [Own(people["ada"], "desk", "local")], BY)
    write_own(library, [Own(people["bo"], "desk", "sport"), Own(people["bo"], "district", "harbour")], BY)
    judgement = library.merge(people["ada"], people["bo"], by=BY)
    for person in (people["ada"], people["bo"]):
        assert own_columns(library, person) == {"desk": "sport", "district": "harbour"}
    found = inventory(library, Articles(), Statements(), Page())
    assert [(one.heading, one.value, one.voices) for one in found.own if one.value] == [
        ("desk", "sport", 1),
        ("district", "harbour", 1),
    ]
    library.undo(judgement.number, by=BY)
    assert own_columns(library, people["ada"]) == {"desk": "local"}


def test_a_sheet_is_read_and_read_back(library: Library, people: dict[str, str]) -> None:
    sheet = "\ufeffSpeaker;desk;statements;district\r\nAda Quillfeather;local;7;'=harbour\r\n\r\nBo Umberland;;;\r\n"
    new, found = take_sheet(library, sheet.encode(), BY)
    assert (new, found.faults) == (2, ())
    assert own_columns(library, people["ada"]) == {"desk": "local", "district": "=harbour"}
    assert "statements" not in headings(library)
    again = f"id,speaker,desk\n{people['ada']},whatever she is called,\n"
    assert take_sheet(library, again.encode(), BY)[0] == 1
    assert own_columns(library, people["ada"]) == {"district": "=harbour"}


@pytest.mark.parametrize(
    ("sheet", "line", "told"),
    [
        (b"", 1, "no column is called"),
        (b"name,desk\nAda,local\n", 1, "no column is called"),
        (b"speaker,statements,words\n", 1, "no column of your own"),
        (b"speaker,desk,,x\n", 1, "column 3 has no heading"),
        (b"speaker,desk,desk\n", 1, "two columns are called"),
        (b"speaker," + b"x" * 61 + b"\n", 1, "is longer than 60"),
        (b"speaker," + b",".join(b"c%d" % k for k in range(41)) + b"\n", 1, "there can be 40"),
        (b"speaker,desk\nAda,local\n,sport\n", 3, "the speaker is missing"),
        (b"speaker,desk\nAda,local\n\nAda,sport\n", 4, "stands in line 2 already"),
        (b"speaker,desk\nAda,local,sport\n", 2, "there are 3 cells, and 2 headings"),
        (b'speaker,desk\n"Ada\nBrek",local\nBo,' + b"x" * 301 + b"\n", 4, "is longer than 300"),
        (b'speaker,desk\nAda,"local\n', 2, "a quotation mark has no partner"),
        (b"speaker,desk\nAda,lok\xe4l\n", 2, "this is not UTF-8"),
        (b"speaker,desk\nAda,\0\n", 2, "NUL"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_told_by_its_line(sheet: bytes, line: int, told: str) -> None:
    found = read_sheet(sheet)
    assert found.values == ()
    (fault,) = found.faults
    assert (fault.line, told in fault.told) == (line, True), fault


def test_a_file_that_is_none_has_few_faults() -> None:
    found = read_sheet(b"speaker,desk\n" + b"a,b,c\n" * 500)
    assert len(found.faults) == MOST_FAULTS
    assert found.more_faults


def test_who_is_not_known_or_may_be_several(library: Library, people: dict[str, str], some: list[Reading]) -> None:
    # Two whom nothing shows to be one: the name is common, and their offices differ.
    for k, role in enumerate(("judge in Tarn", "violinist in Ulmar")):
        item = replace(some[k + 3].attributions[0], speaker=Speaker("John Smith", "person", role))
        library.add(replace(some[k + 3], attributions=(item,)))
    assert len(ids_of(library, ["John Smith"])["John Smith"]) == 2
    sheet = b"speaker,desk\nAda Quillfeather,local\nNobody At All,x\nJohn Smith,x\n"
    new, found = take_sheet(library, sheet, BY)
    assert new == 0
    assert [fault.line for fault in found.faults] == [3, 4]
    assert "nobody in the library is called" in found.faults[0].told
    assert "may be" in found.faults[1].told
    assert "write the id" in found.faults[1].told
    assert own_columns(library, people["ada"]) == {}


def test_ids_by_name_and_by_id(library: Library, people: dict[str, str]) -> None:
    given = ids_of(library, [people["ada"], "Ada  QUILLFEATHER", "nobody-00000000", ""])
    assert given[people["ada"]] == (people["ada"],)
    assert given["Ada  QUILLFEATHER"] == (people["ada"],)
    assert given["nobody-00000000"] == given[""] == ()
