"""Direct, indirect or mixed: whether the words of a content stand inside quotation marks."""

import pytest

from reportedly.attribute.quotation import quotation
from reportedly.schema import Quotation
from reportedly.text import quoted

TEXT = "Ada said “we stay”, that they “must stay” there, and then: «no». It rained – “…”, — she went."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (["“we stay”"], "direct"),
        (["we stay"], "direct"),
        (["“we stay”,"], "direct"),
        (["“we stay”", "«no»"], "direct"),
        (["that they “must stay” there"], "mixed"),
        (["“we stay”", "It rained"], "mixed"),
        (["that they"], "indirect"),
        (["Ada", "It rained"], "indirect"),
        (["“…”"], "indirect"),
        (["–"], "indirect"),
        ([], "indirect"),
    ],
)
def test_the_kind_of_a_content(content: list[str], kind: Quotation) -> None:
    spans = [(TEXT.index(part), TEXT.index(part) + len(part)) for part in content]
    assert quotation(TEXT, spans, quoted(TEXT)) == kind


def test_a_text_without_marks() -> None:
    assert quotation("Ada said so.", [(0, 12)], []) == "indirect"


def test_a_quotation_that_runs_on_over_paragraphs_is_direct() -> None:
    text = "“We stay.\n\n“We never leave,” said Ada."
    assert quotation(text, [(0, text.index(" said"))], quoted(text)) == "direct"
