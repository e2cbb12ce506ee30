"""From roles and pointers to attributions, with scores made by hand."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from reportedly.attribute.assemble import Draft, assemble, assemble_inside, spans
from reportedly.model import Scores, Window
from reportedly.model.layout import LINKS, ROLES
from reportedly.text import tokens

# How sure the pointers and labels of the hand-made scores are.
SURE = 0.9


class Scene:
    """A sentence with the roles and pointers of its phrases, as the network would give them."""

    def __init__(self, text: str, **roles: Sequence[str]) -> None:
        self.text = text
        self.words = np.array(tokens(text))
        count = len(self.words)
        self.links = {name: np.full((count, count + 1), 1e-6) for name in LINKS}
        for link in self.links.values():
            link[:, -1] = 1.0  # nothing points anywhere yet
        self.roles, self.marginals = self._labels(roles)

    def _labels(self, roles: Mapping[str, Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
        labels = np.zeros(len(self.words), dtype=np.int64)
        for role, phrases in roles.items():
            for low, high in map(self.find, phrases):
                labels[low:high] = ROLES.index(f"I-{role}")
                labels[low] = ROLES.index(f"B-{role}")
        marginals = np.full((len(labels), len(ROLES)), (1 - SURE) / (len(ROLES) - 1))
        marginals[np.arange(len(labels)), labels] = SURE
        return labels, marginals

    def find(self, phrase: str) -> tuple[int, int]:
        """The word range of a phrase."""
        at = self.text.index(phrase)
        low, high = np.searchsorted(self.words[:, 0], (at, at + len(phrase)))
        return int(low), int(high)

    def point(self, link: str, phrase: str, target: str, share: float = SURE) -> None:
        """Let every word of a phrase point at the words of another, with this probability in all."""
        (low, high), (first, last) = self.find(phrase), self.find(target)
        row = self.links[link][low:high]
        row[:, first:last] = share / (last - first)
        row[:, -1] = max(0.0, 1.0 - row[:, :-1].sum(axis=1).max())

    def scores(self) -> Scores:
        window = Window(np.zeros(0, np.int64), np.zeros((0, 3), np.int64), np.zeros(0, np.int64), self.words)
        return Scores(window, {}, {name: np.log(np.maximum(link, 1e-9)) for name, link in self.links.items()})

    def assemble(self) -> list[Draft]:
        return assemble(self.scores(), self.roles, self.marginals)

    def inside(self, outer: Sequence[Draft], **roles: Sequence[str]) -> list[Draft]:
        """What stands inside the contents, given the roles of the inner layer."""
        return assemble_inside(outer, self.scores(), *self._labels(roles))

    def shown(self, draft: Draft) -> tuple[str, str, str]:
        """The words of source, cue and content; several spans are parted by a stroke."""
        parts = ([draft.source] if draft.source is not None else [], draft.cue, draft.content)
        source, cue, content = (
            " | ".join(self.text[start:end] for start, end in spans(runs, self.words)) for runs in parts
        )
        return source, cue, content


def test_a_split_quotation_is_joined_to_its_one_cue() -> None:
    scene = Scene(
        "“We stay,” Brandt said, “for now.”", source=["Brandt"], cue=["said"], content=["“We stay,”", "“for now.”"]
    )
    for phrase in ("“We stay,”", "said", "“for now.”"):
        scene.point("anchor", phrase, "said")
    scene.point("source", "said", "Brandt")
    (draft,) = scene.assemble()
    assert scene.shown(draft) == ("Brandt", "said", "“We stay,” | “for now.”")
    assert draft.content_links == pytest.approx([SURE, SURE], abs=1e-4)
    assert draft.source_link == pytest.approx(SURE, abs=1e-4)
    assert draft.content[0].sureness == pytest.approx(np.log(SURE))


def test_fragments_of_a_cue_are_one_cue() -> None:
    scene = Scene(
        "The agency quoted Oskar Brandt as saying the strike goes on.",
        source=["Oskar Brandt"],
        cue=["quoted", "as saying"],
        content=["the strike goes on"],
    )
    scene.point("anchor", "quoted", "quoted")
    scene.point("anchor", "as saying", "quoted")
    scene.point("anchor", "the strike goes on", "quoted")
    scene.point("source", "quoted", "Oskar Brandt")
    (draft,) = scene.assemble()
    assert scene.shown(draft) == ("Oskar Brandt", "quoted | as saying", "the strike goes on")


def test_a_content_without_a_cue_stands_alone() -> None:
    scene = Scene("Brandt was blunt. “No more talks.”", source=["Brandt"], content=["“No more talks.”"])
    scene.point("anchor", "“No more talks.”", "“No more talks.”")
    scene.point("source", "“", "Brandt")
    (draft,) = scene.assemble()
    assert scene.shown(draft) == ("Brandt", "", "“No more talks.”")
    assert draft.anchor == draft.content[0]


def test_a_content_that_points_at_itself_leaves_the_cue_to_others() -> None:
    scene = Scene("“Fire!” Ada said it was late.", source=["Ada"], cue=["said"], content=["“Fire!”", "it was late"])
    scene.point("anchor", "“Fire!”", "“Fire!”", 0.7)
    scene.point("anchor", "it was late", "said")
    scene.point("source", "said", "Ada")
    assert [scene.shown(draft) for draft in scene.assemble()] == [("", "", "“Fire!”"), ("Ada", "said", "it was late")]


def test_a_source_may_be_nobody() -> None:
    scene = Scene("It is believed that Ada left.", source=["Ada"], cue=["is believed"], content=["that Ada left"])
    scene.point("anchor", "that Ada left", "is believed")
    scene.point("source", "is believed", "Ada", 0.3)
    (draft,) = scene.assemble()
    assert draft.source is None
    assert draft.source_link == pytest.approx(0.7, abs=1e-4)


def test_two_statements_of_one_sentence_are_kept_apart() -> None:
    scene = Scene(
        "Ada said rain fell and Bo thought snow did.",
        source=["Ada", "Bo"],
        cue=["said", "thought"],
        content=["rain fell", "snow did"],
    )
    for source, cue, content in (("Ada", "said", "rain fell"), ("Bo", "thought", "snow did")):
        scene.point("anchor", content, cue)
        scene.point("source", cue, source)
    found = [scene.shown(draft) for draft in scene.assemble()]
    assert found == [("Ada", "said", "rain fell"), ("Bo", "thought", "snow did")]


def test_a_cue_without_a_content_is_no_statement() -> None:
    assert Scene("Ada spoke.", source=["Ada"], cue=["spoke"]).assemble() == []
    assert Scene("Rain fell.").assemble() == []


NESTED = "Ada said that Bo feared the dam would break. Cy agreed."


def nested() -> tuple[Scene, list[Draft]]:
    scene = Scene(NESTED, source=["Ada"], cue=["said"], content=["that Bo feared the dam would break"])
    scene.point("anchor", "that Bo feared the dam would break", "said")
    scene.point("source", "said", "Ada")
    return scene, scene.assemble()


def test_a_statement_inside_a_content() -> None:
    scene, outer = nested()
    scene.point("source", "feared", "Bo")
    (inner,) = scene.inside(outer, source=["Bo"], cue=["feared"], content=["the dam would break"])
    assert scene.shown(inner) == ("Bo", "feared", "the dam would break")
    assert inner.outer is outer[0]
    assert outer[0].outer is None


def test_inside_only_what_lies_in_one_content_counts() -> None:
    scene, outer = nested()
    assert scene.inside(outer, cue=["agreed"], content=["the dam would break"]) == []
    assert scene.inside(outer, cue=["feared"], content=["break. Cy"]) == []
    assert scene.inside(outer, content=["the dam would break"]) == []
    assert scene.inside([], cue=["feared"], content=["the dam would break"]) == []


def test_inside_a_content_goes_to_the_nearest_cue() -> None:
    text = "Ada said Bo hoped to win but Cy feared a loss"
    scene = Scene(text, source=["Ada"], cue=["said"], content=["Bo hoped to win but Cy feared a loss"])
    scene.point("anchor", "Bo hoped to win but Cy feared a loss", "said")
    scene.point("source", "hoped", "Bo")
    scene.point("source", "feared", "Cy")
    inner = scene.inside(scene.assemble(), source=["Bo", "Cy"], cue=["hoped", "feared"], content=["to win", "a loss"])
    assert [scene.shown(draft) for draft in inner] == [("Bo", "hoped", "to win"), ("Cy", "feared", "a loss")]
