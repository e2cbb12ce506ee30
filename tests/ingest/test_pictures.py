"""Captions and credits."""

import pytest

from reportedly.ingest.pictures import CREDIT_LIMIT, credit_start, is_caption, is_credit


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Lunn checks two old watches. (AP Photo) AP Photo", "(AP Photo) AP Photo"),
        ("Smoke over two buildings in Marla. Photograph: Ann Oak/Reuters", "Photograph: Ann Oak/Reuters"),
        ("Smoke over two buildings Photograph: Ann Oak/Reuters", "Photograph: Ann Oak/Reuters"),
        ("The ferry at dusk. Picture by Ann Oak for the Orvik Post", "Picture by Ann Oak for the Orvik Post"),
        ("Lunn in Marla on Friday. Reuters/MNA/Handout via Reuters", "Reuters/MNA/Handout via Reuters"),
        ("Lunn in Marla. (Photo by Ann Oak/Getty Images)", "(Photo by Ann Oak/Getty Images)"),
        ("Lunn arrives for talks. (Star archive)", "(Star archive)"),
        ("Photo: Sandbags in Marla, February 2033. (Ann Oak/Orvik Mercury)", "(Ann Oak/Orvik Mercury)"),
        ("Photo: The car in the snow. A. Oak / Paddock Weekly", "A. Oak / Paddock Weekly"),
        ("Photo: Ann Oak", "Photo: Ann Oak"),
        ("AP Photo/Ann Oak", "AP Photo/Ann Oak"),
        ("(Getty Images)", "(Getty Images)"),
    ],
)
def test_credits_in_running_text(line, credit):
    start = credit_start(line)
    assert start is not None
    assert line[start:] == credit


@pytest.mark.parametrize(
    "line",
    [
        "The Reuters/Ipsos poll showed Lunn ahead.",
        "Shares closed lower. (Reuters)",
        "From Getty Images:",
        "Secret Ferry Photo From Marla Surfaces — Some Say It Proves She Sailed Alone",
        "She spoke to the Orvik Post. He spoke to Reuters.",
        "The council met. Courtesy of the harbour, coffee was served.",
        "The photo: a ferry that nobody wanted to see again.",
        "Lunn was pictured leaving the customs house, the court heard.",
        "He showed a photograph to the court (it was later lost).",
    ],
)
def test_paragraphs_that_are_no_credits(line):
    assert credit_start(line) is None
    assert not is_caption(line)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Smoke over Marla. (Ann Oak / Orvik Press)", "(Ann Oak / Orvik Press)"),
        ("A lander, as an artist sees it [Sky Works via Nasa]", "[Sky Works via Nasa]"),
        ("The protest in June (Image: getty )", "(Image: getty )"),
        ("Ann Oak | Getty Images", "Ann Oak | Getty Images"),
        ("Reuters", "Reuters"),
        ("Main image credit: Getty", "Main image credit: Getty"),
        ("Two piers. (Photos by Ann Oak, left, and Bo Elm/MNA)", "(Photos by Ann Oak, left, and Bo Elm/MNA)"),
        ("Ann Oak Submitted photo", "Submitted photo"),
    ],
)
def test_credits_in_a_figure_need_less(line, credit):
    start = credit_start(line, in_figure=True)
    assert start is not None
    assert line[start:] == credit


def test_captions_say_so():
    assert is_caption("Lunn answers questions in Marla, in this handout photograph released by MNA on May 2, 2031.")
    assert is_caption("FILE PHOTO: Lunn leaves the customs house in Marla")
    assert not is_caption("We tried the older pier (pictured above) in May.")
    assert not is_caption("“In this photo you see nothing,” Lunn said.")


def test_long_lines_are_not_credits():
    assert not is_credit("Photo: " + "Oak/" * CREDIT_LIMIT)
