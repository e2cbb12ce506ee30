from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from reportedly.export.page import page
from reportedly.schema import Article, Attribution, Block, Reading

from .stories import ARTICLE, EMPTY, HOSTILE, MINISTER, READING, TEXT, at

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str | None], parent: Element | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.parts: list[Element | str] = []

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, tag: str | None = None, class_: str | None = None) -> list[Element]:
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                if tag in (None, part.tag) and (class_ is None or class_ in part.classes):
                    found.append(part)
                found.extend(part.all(tag, class_))
        return found


class Strict(HTMLParser):
    """A parser that takes no tag that is left open, crossed or closed twice, and no attribute given twice."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("", {}, None)
        self.declared: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.declared.append(decl)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), (tag, attrs)
        element = Element(tag, dict(attrs), self.here)
        self.here.parts.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


def parsed(*readings: Reading) -> Element:
    parser = Strict()
    parser.feed(page(readings))
    parser.close()
    assert parser.here is parser.root
    assert parser.declared == ["DOCTYPE html"]
    return parser.root


def story_text(root: Element) -> str:
    """The article's own words on the page: its blocks without the numbers and notes."""

    def words(element: Element) -> str:
        if element.classes & {"number", "notes"}:
            return ""
        return "".join(part if isinstance(part, str) else words(part) for part in element.parts)

    return words(root.all("div", "story")[0])


def of_statement(root: Element, place: int, reading: int = 1) -> list[Element]:
    return root.all("mark", f"a{reading}-{place}")


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("reading", [READING, EMPTY, HOSTILE], ids=["plain", "empty", "hostile"])
def test_the_page_is_sound_html_with_its_landmarks(reading: Reading) -> None:
    root = parsed(reading)
    assert root.all("html")[0].attributes["lang"] == "en"
    assert [len(root.all(tag)) for tag in ("title", "main", "article", "h1", "style")] == [1, 1, 1, 1, 1]
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert max(Counter(ids).values()) == 1
    targets = [a.attributes["href"] or "" for a in root.all("a")]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


@pytest.mark.parametrize("reading", [READING, HOSTILE], ids=["plain", "hostile"])
def test_no_script_and_no_request(reading: Reading) -> None:
    root = parsed(reading)
    assert not [e for e in root.all() if e.tag in ("script", "img", "link", "iframe", "object", "form", "base", "svg")]
    for element in root.all():
        assert not [name for name in element.attributes if name.startswith("on") or name in ("src", "style", "srcset")]
    assert "url(" not in root.all("style")[0].text
    assert "@import" not in root.all("style")[0].text


def test_the_policy_allows_its_own_style_and_nothing_else() -> None:
    root = parsed(READING)
    policy = next(m.attributes["content"] for m in root.all("meta") if "http-equiv" in m.attributes)
    digest = base64.b64encode(hashlib.sha256(root.all("style")[0].text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_articles_words_stand_on_the_page_unchanged_and_once() -> None:
    assert squeezed(story_text(parsed(READING))) == squeezed(TEXT)


def test_every_spans_words_are_marked_as_its_statements() -> None:
    root = parsed(READING)
    for place, item in enumerate(READING.attributions, 1):
        found = of_statement(root, place)
        marked = squeezed("".join(mark.text for mark in found))
        for field, (start, end) in item.spans():
            assert squeezed(TEXT[start:end]) in marked, field
        content = squeezed("".join(mark.text for mark in found if "content" in mark.classes))
        assert squeezed("".join(TEXT[start:end] for start, end in item.content)) in content


def test_roles_are_told_apart() -> None:
    root = parsed(READING)

    def words(tag: str, role: str) -> list[str]:
        return [element.text for element in root.all("div", "story")[0].all(tag, role)]

    assert words("span", "source") == ["Finance Minister Ada Okonjo", "a senior official", "The report", "critics"]
    assert words("span", "cue") == ["said", "told", "says", "claim", "is believed"]
    assert words("span", "carrier") == ["told", " Reuters"]
    assert words("mark", "condition") == ["if parliament agreed"]
    assert words("mark", "hedge") == ["claim", "reportedly", "is believed"]
    assert words("mark", "nested") == ["that the plan has ", "reportedly", " failed"]
    carriers = root.all("div", "story")[0].all("span", "carrier")
    assert [carrier.attributes.get("data-label") for carrier in carriers] == [None, "①"]


def test_a_box_that_is_cut_opens_and_closes_once() -> None:
    inner = Attribution(n=2, content=(at("parliament"),))
    root = parsed(Reading(ARTICLE, (MINISTER, inner)))
    boxes = root.all("div", "story")[0].all("mark", "condition")
    assert [box.text for box in boxes] == ["if ", "parliament", " agreed"]
    assert [box.classes & {"opens", "closes"} for box in boxes] == [{"opens"}, set(), {"closes"}]


def test_each_statement_has_its_permalink_and_its_note() -> None:
    root = parsed(READING)
    start, end = at("that the harbour tax would rise if parliament agreed")
    numbers = {a.attributes["id"]: a for a in root.all("a", "number")}
    assert len(numbers) == len(READING.attributions)
    number = numbers[f"s-{start}-{end}"]
    note = next(e for e in root.all("li") if f"#{e.attributes.get('id')}" == number.attributes["href"])
    assert note.all("a", "back")[0].attributes["href"] == f"#s-{start}-{end}"
    assert "Ada Okonjo, Finance Minister" in note.text
    assert "on Thursday (2031-04-03)" in note.text


def test_statements_of_the_same_words_have_anchors_of_their_own() -> None:
    again = dataclasses.replace(MINISTER, n=2, stance="denies")
    start, end = MINISTER.content[0]
    ids = [a.attributes["id"] for a in parsed(Reading(ARTICLE, (MINISTER, again))).all("a", "number")]
    assert ids == [f"s-{start}-{end}", f"s-{start}-{end}-2"]


def test_the_ladder_goes_from_origin_over_relay_to_outlet() -> None:
    root = parsed(READING)
    notes = root.all("div", "story")[0].all("li", "note")
    ladder = notes[1].all("ol", "ladder")[0].all("li")
    assert [" ".join(rung.text.split()) for rung in ladder] == [
        "a senior official (anonymous)",
        "Reuters (agency)",
        "The Harbour Post",
    ]
    assert "uncertain" in notes[1].text
    nobody = notes[4]
    assert "∅ nobody named" in nobody.text
    assert nobody.all("li", "nobody")
    assert [a.text for a in root.all("a", "number")] == ["1", "2", "3", "4", "5∅"]


def test_endnotes_for_paper_hold_every_statement() -> None:
    endnotes = parsed(READING).all("section", "endnotes")[0]
    assert "hidden" in endnotes.attributes
    assert len(endnotes.all("li", "note")) == len(READING.attributions)
    assert not parsed(EMPTY).all("section", "endnotes")


def test_blocks_are_laid_out_as_what_they_are() -> None:
    text = "Title\nBy Jo March\nA picture\nAgency\nHe said:\nA quotation\nAn item\nMore\nSubscribe"
    kinds = ("heading", "byline", "caption", "credit", "paragraph", "quote", "list", "heading", "furniture")
    lines = text.split("\n")
    blocks = tuple(Block(kind, at(line, text)) for kind, line in zip(kinds, lines, strict=True))  # type: ignore[arg-type]
    story = parsed(Reading(Article(id="a", text=text, blocks=blocks))).all("div", "story")[0]
    assert [h.text for h in story.all("h1") + story.all("h2")] == ["Title", "More"]
    assert [q.text for q in story.all("blockquote")] == ["A quotation"]
    assert [
        [p.text for p in story.all("p", kind)] for kind in ("byline", "caption", "credit", "list", "furniture")
    ] == [
        ["By Jo March"],
        ["A picture"],
        ["Agency"],
        ["An item"],
        ["Subscribe"],
    ]


def test_a_title_that_is_no_block_is_put_above() -> None:
    root = parsed(dataclasses.replace(READING, article=dataclasses.replace(ARTICLE, title="Another <title>")))
    assert [h.text for h in root.all("h1")] == ["Another <title>"]
    assert "Harbour tax to rise, minister says" in [h.text for h in root.all("h2")]


def test_hostile_text_is_shown_and_never_run() -> None:
    html = page([HOSTILE])
    root = parsed(HOSTILE)
    shown = story_text(root)
    assert "<script>alert('x')</script> & \"quotes\" </p></article>" in shown
    assert "␛[31mred" in shown
    assert "{{ 7 * 7 }}" in shown
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", html)
    html.encode("utf-8")
    assert not [a for a in root.all("a") if "javascript" in (a.attributes.get("href") or "")]
    assert "</title><script>" in root.all("h1")[0].text
    assert "\u202e" not in root.all("p", "provenance")[0].text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[bad", "//news.example", None])
def test_only_addresses_of_the_web_are_linked(url: str | None) -> None:
    reading = dataclasses.replace(READING, article=dataclasses.replace(ARTICLE, url=url))
    assert not [a for a in parsed(reading).all("a") if not (a.attributes["href"] or "").startswith("#")]
    linked = [a.attributes["href"] for a in parsed(READING).all("footer")[0].all("a")]
    assert linked == ["https://news.example/harbour?a=1&b=2"]


def test_an_empty_reading_says_so() -> None:
    assert parsed(EMPTY).all("p", "tally")[0].text == "No statements found"
    assert squeezed(story_text(parsed(EMPTY))) == squeezed(EMPTY.article.text)
    assert parsed(Reading(Article(id="void", text="")))
    assert parsed()  # no reading at all is still a page


def test_several_readings_keep_apart() -> None:
    root = parsed(READING, HOSTILE, READING)
    assert [h.text for h in root.all("h1")] == ["3 articles"]
    assert len(root.all("nav")[0].all("a")) == 3
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert of_statement(root, 1, reading=3)[0].text == of_statement(root, 1)[0].text
    start, end = MINISTER.content[0]
    assert f"a3-s-{start}-{end}" in ids


def test_a_statement_without_words_or_place_is_still_noted() -> None:
    nothing, elsewhere = Attribution(n=1, content=()), Attribution(n=2, content=((33, 36),))
    root = parsed(Reading(ARTICLE, (nothing, elsewhere)))
    assert len(root.all("div", "story")[0].all("li", "note")) == 2
    alone = parsed(Reading(Article(id="void", text=""), (nothing,)))
    assert len(alone.all("div", "story")[0].all("li", "note")) == 1


def test_a_very_long_paragraph_and_line_ends_of_every_kind() -> None:
    text = "a\r\nb\u2028c\x0bd " + "word " * 40_000
    reading = Reading(Article(id="a", text=text), (Attribution(n=1, content=((0, len(text)),)),))
    assert squeezed(story_text(parsed(reading))) == squeezed(text.replace("\x0b", "␋"))


def test_text_can_be_read_on_every_ground() -> None:
    style = parsed(READING).all("style")[0].text
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    )
    for colours in (light, dark):
        grounds = [("ink", g) for g in ("paper", "what", "what-nested", "lit")]
        grounds += [("quiet", "paper"), ("quiet", "what"), ("who", "paper")]
        for ink, ground in grounds:
            assert contrast(colours[ink], colours[ground]) >= 5.4, (ink, ground)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
