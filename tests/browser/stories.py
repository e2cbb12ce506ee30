"""Readings for the browser: hand-made ones in many scripts and of ill will, and the example's gold."""

from __future__ import annotations

from pathlib import Path

from reportedly.schema import Article, Attribution, Block, Carrier, Reading, Speaker, When
from tests.export.stories import HOSTILE, READING, at

SCRIPTS_TEXT = """הגשר ייסגר מחר

ראש העיר דנה לוין אמרה לערוץ K1 ביום שלישי כי הגשר ייסגר אם יירד גשם 🌧️.

وقال متحدث لم يذكر اسمه «لن نتراجع 🚢🇰🇪» في بيان.

港湾局によると、船は「明日」出るという👩‍👩‍👧‍👦。

Cafe\u0301 owner Zoe\u0308 O’Hara-Łuczak said “𝔫𝔢𝔳𝔢𝔯 🙂” to a Rechtsschutzversicherungsgesellschaftendachverband.

<b onclick="alert(1)">Mallory</b> said "</p><script>document.title='owned'</script>" &amp; \u202ethat.
"""


def here(words: str) -> tuple[int, int]:
    return at(words, SCRIPTS_TEXT)


SCRIPTS = Reading(
    Article(
        id="5c1275",
        text=SCRIPTS_TEXT,
        blocks=(Block("heading", here("הגשר ייסגר מחר")),),
        outlet="دفتر الميناء",
        title="הגשר ייסגר מחר",
        byline="山田 花子",
        published="2031-04-03",
    ),
    (
        Attribution(
            n=1,
            content=(here("כי הגשר ייסגר אם יירד גשם 🌧️"),),
            source=(here("ראש העיר דנה לוין"),),
            cue=(here("אמרה"),),
            quotation="indirect",
            speaker=Speaker("דנה לוין", "person", "ראש העיר"),
            via=(Carrier("ערוץ K1", "outlet", here("לערוץ K1")),),
            conditions=(here("אם יירד גשם"),),
            stance="asserts",
            when=When(here("ביום שלישי"), "2031-04-01"),
        ),
        Attribution(
            n=2,
            content=(here("«لن نتراجع 🚢🇰🇪»"),),
            source=(here("متحدث لم يذكر اسمه"),),
            cue=(here("وقال"),),
            quotation="direct",
            speaker=Speaker("متحدث لم يذكر اسمه", "unnamed", None, anonymous=True),
            via=(Carrier("بيان", "document", here("في بيان")),),
            stance="denies",
        ),
        Attribution(
            n=3,
            content=(here("船は「明日」出る"),),
            source=(here("港湾局"),),
            cue=(here("によると"),),
            hedges=(here("という👩‍👩‍👧‍👦"),),
            speaker=Speaker("港湾局", "organisation"),
        ),
        Attribution(
            n=4,
            content=(here("“𝔫𝔢𝔳𝔢𝔯 🙂”"),),
            source=(here("Cafe\u0301 owner Zoe\u0308 O’Hara-Łuczak"),),
            speaker=Speaker("Zoe\u0308 O’Hara-Łuczak", "person", "Cafe\u0301 owner"),
        ),
        Attribution(
            n=5,
            content=(here("\"</p><script>document.title='owned'</script>\" &amp; \u202ethat"),),
            source=(here('<b onclick="alert(1)">Mallory</b>'),),
            speaker=Speaker("<img src=x onerror=alert(2)>" * 8, "person", "</style><script>alert(3)</script>"),
        ),
    ),
)

_GOLD = Path(__file__).parents[2] / "examples" / "gold" / "border-train" / "border-train-01-vasterholt-courier.json"


def example() -> Reading:
    """The example's gold: a whole article, with every kind of mark."""
    text = _GOLD.with_suffix(".txt").read_bytes().decode("utf-8")
    return Reading.from_json(_GOLD.read_text("utf-8"), text)


STORIES = {"plain": READING, "scripts": SCRIPTS, "hostile": HOSTILE, "example": example()}
