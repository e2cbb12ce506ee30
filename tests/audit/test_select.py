import pytest

from reportedly.audit import load_rules, select, shipped_rules
from reportedly.errors import InputError

ALL = [rule.id for rule in shipped_rules()]


def ids(expression: str | None) -> list[str]:
    return [rule.id for rule in select(expression).rules]


def test_all_by_default() -> None:
    assert ids(None) == ids("") == ids(" , ") == ALL


def test_named_alone_in_their_own_order() -> None:
    assert ids("byline, bare-source") == ["bare-source", "byline"]


def test_taken_away() -> None:
    assert ids("-byline") == [name for name in ALL if name != "byline"]


def test_named_less_taken_away() -> None:
    assert ids("byline,bare-source,-byline") == ["bare-source"]


@pytest.mark.parametrize("expression", ["bare-sauce", "-bare-sauce"])
def test_unknown_rule_names_the_nearest(expression: str) -> None:
    with pytest.raises(InputError, match=r"no rule is called 'bare-sauce'; did you mean 'bare-source'\?"):
        select(expression)


def test_unknown_rule_far_from_any_lists_all() -> None:
    with pytest.raises(InputError, match="the rules are agency-alone, "):
        select("zzzzzzzz")


def test_house_rules_are_selected_by_their_id(tmp_path) -> None:
    file = tmp_path / "house.toml"
    file.write_text('[[rule]]\nid="our-own"\ntitle="T"\nmessage="M"\n[rule.when]\nanonymous=true\n', "utf-8")
    house = load_rules(file)
    assert [rule.id for rule in select("our-own", house).rules] == ["our-own"]
    assert len(select(None, house).rules) == len(ALL) + 1
