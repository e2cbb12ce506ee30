from __future__ import annotations

import pytest

from reportedly.resolve.names import Name, Registry, fold, names


def found(text: str) -> list[str]:
    return [name.text for name in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brek said so.", ["Ada Brek"]),
        ("the mayor, Tomas Lind, and Ada Brek", ["Tomas Lind", "Ada Brek"]),
        ("Foreign Minister Ada Brek and Tomas Lind", ["Ada Brek", "Tomas Lind"]),
        ("former Prime Minister Sir Tomas Lind MP", ["Tomas Lind"]),
        ("Secretary of State Ada Brek", ["Ada Brek"]),
        ("President-elect Ada Brek", ["Ada Brek"]),
        ("Mr. King said", ["King"]),
        ("Minister said", []),
        ("On Monday the Kremlin", ["Kremlin"]),
        ("Critics of the Orvik Plan", ["Orvik Plan"]),
        ("Members of Parliament", ["Parliament"]),
        ("Brek KC rose", ["Brek"]),
        ("Dr. Ada Brek Jr. rose. Then Lind", ["Ada Brek Jr.", "Lind"]),
        ("", []),
        ("A", []),
        ("\u2019s", []),
    ],
)
def test_names_stand_without_titles_and_openers(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Ursula von der Halm",
        "Bashar al-Orvik",
        "J. K. Brek",
        "Ada M. Brek",
        "Jean-Luc Brek",
        "Sean O\u2019Hara",
        "\u00c1lvaro d'Orvik",
        "Lorch & Tan",
        "Bank of Orvik",
        "Ministry of Trade and Industry",
        "Securities and Exchange Commission",
    ],
)
def test_particles_initials_and_joints_belong_to_a_name(name: str) -> None:
    assert found(f"yesterday {name} spoke") == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brek's lawyer", ["Ada Brek"]),
        ("1,100 in Brek\u2019s. The Orvik Bank left", ["Brek", "Orvik Bank"]),
        ("Ada Brek\u2019s lawyer Tomas Lind", ["Ada Brek", "Tomas Lind"]),
        ("Ada Brek's Orvik Bank", ["Ada Brek", "Orvik Bank"]),
        ("the Breks' house", ["Breks"]),
        ("Ada Brek and the Orvik Commission", ["Ada Brek", "Orvik Commission"]),
        ("the Bank of Orvik and Tomas Lind", ["Bank of Orvik", "Tomas Lind"]),
        ("BREK AND LIND", ["BREK", "LIND"]),
        ("the Ministry of Defence. Brek left", ["Ministry of Defence", "Brek"]),
        ("the Food and Drug Agency. The F.D.A. left", ["Food and Drug Agency", "F.D.A."]),
        ("Adam Lind of the Orvik Institute", ["Adam Lind", "Orvik Institute"]),
    ],
)
def test_a_run_is_cut_where_one_name_ends(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_spans_hold_the_names_words() -> None:
    text = "Orvik \u2013 \u201cDr. Ada Brek\u2019s\u201d, said Tomas\u00a0Lind."
    assert [text[slice(*name.span)] for name in names(text)] == ["Orvik", "Ada Brek", "Tomas\u00a0Lind"]


@pytest.mark.parametrize(
    "text",
    [
        "\u738b\u5c0f\u660e",
        "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
        "\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
        "\u0130stanbul",
        "\U0001d400\u0301",
        "\u0301",
    ],
)
def test_other_scripts_are_names_or_nothing_and_do_no_harm(text: str) -> None:
    registry = Registry(list(names(f"{text} said. {text} left.")))
    for name in names(text):
        assert text.startswith(registry.fullest(name).text)


def test_folding_forgets_case_accents_initials_and_possessives() -> None:
    assert fold("Ad\u00e9la M. BREK\u2019s") == fold("adela brek")


def fullest(text: str, short: str) -> str:
    """What the last mention of a name is short for."""
    registry, name = last(text, short)
    return registry.fullest(name).text


def last(text: str, short: str) -> tuple[Registry, Name]:
    mentions = list(names(text))
    return Registry(mentions), [name for name in mentions if name.text == short][-1]


@pytest.mark.parametrize(
    ("text", "short", "expected"),
    [
        ("Ada Brek spoke. Brek left.", "Brek", "Ada Brek"),
        ("Brek spoke. Ada Brek left.", "Brek", "Ada Brek"),
        ("Ada Brek spoke. Ada M. Brek left. Ada Brek", "Ada Brek", "Ada M. Brek"),
        ("Ursula von der Halm spoke. Halm left.", "Halm", "Ursula von der Halm"),
        ("Ad\u00e9la Brek spoke. Adela Brek and BREK left.", "BREK", "Ad\u00e9la Brek"),
        ("Ada Brek spoke. Tomas Brek spoke. Brek left.", "Brek", "Tomas Brek"),
        ("Ada Brek spoke. Tomas Brek spoke. Ada Brek left.", "Ada Brek", "Ada Brek"),
        ("Tomas Brek met Tomas Brek Jr. yesterday. Tomas Brek Jr. left.", "Tomas Brek Jr.", "Tomas Brek Jr."),
        ("Joaquim Lind spoke. Joaquim left.", "Joaquim", "Joaquim Lind"),
        ("Joaquim Lind spoke. Joaquim Brek spoke. Joaquim left.", "Joaquim", "Joaquim"),
        ("Vasco Mobile rose. Vasco fell.", "Vasco", "Vasco Mobile"),
        ("Orvik Steel rose. Orvik Bank fell. Orvik voted.", "Orvik", "Orvik"),
        ("Food and Drug Agency rules. The FDA left.", "FDA", "Food and Drug Agency"),
        ("Food and Drug Agency rules. The F.D.A. left.", "F.D.A.", "Food and Drug Agency"),
        ("Nobody else. Lind left.", "Lind", "Lind"),
    ],
)
def test_a_short_form_stands_for_the_fullest(text: str, short: str, expected: str) -> None:
    assert fullest(text, short) == expected


def test_bearers_of_a_surname_are_told_apart() -> None:
    registry, name = last("Ada Brek spoke. Tomas Brek spoke. A. Brek and Ada Brek left. Brek stayed.", "Brek")
    assert [bearer.text for bearer in registry.bearers(name)] == ["Ada Brek", "Tomas Brek"]
    registry, name = last("Ada Brek spoke. Brek stayed.", "Brek")
    assert [bearer.text for bearer in registry.bearers(name)] == ["Ada Brek"]


def test_a_registry_of_nothing_knows_no_more_than_it_is_asked() -> None:
    (name,) = names("Ada Brek")
    assert Registry([]).fullest(name) == name
    assert Registry([]).bearers(name) == []
