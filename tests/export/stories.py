"""Invented readings that the tests of this folder share."""

from __future__ import annotations

from reportedly.schema import Article, Attribution, Block, Carrier, Maker, Reading, Span, Speaker, When

TEXT = """Harbour tax to rise, minister says

Finance Minister Ada Okonjo said on Thursday that the harbour tax would rise if parliament agreed.

“We will not retreat,” a senior official told Reuters. “Not now.”

The report says critics claim that the plan has reportedly failed.

It is believed that ships will leave. שרת האוצר אמרה לא 🙂🇺🇳.

Sign up for our newsletter"""


def at(words: str, text: str = TEXT, after: int = 0) -> Span:
    start = text.index(words, after)
    return start, start + len(words)


ARTICLE = Article(
    id="00aa11bb22cc33dd",
    text=TEXT,
    blocks=(
        Block("heading", at("Harbour tax to rise, minister says")),
        Block("furniture", at("Sign up for our newsletter")),
    ),
    path="stories/harbour.html",
    url="https://news.example/harbour?a=1&b=2",
    outlet="The Harbour Post",
    title="Harbour tax to rise, minister says",
    byline="Jo March",
    published="2031-04-03",
)

MINISTER = Attribution(
    n=1,
    content=(at("that the harbour tax would rise if parliament agreed"),),
    source=(at("Finance Minister Ada Okonjo"),),
    cue=(at("said"),),
    quotation="indirect",
    speaker=Speaker("Ada Okonjo", "person", "Finance Minister"),
    conditions=(at("if parliament agreed"),),
    stance="commits",
    when=When(at("on Thursday"), "2031-04-03"),
    confidence=0.93,
)
OFFICIAL = Attribution(
    n=2,
    content=(at("“We will not retreat,”"), at("“Not now.”")),
    source=(at("a senior official"),),
    cue=(at("told"),),
    quotation="direct",
    speaker=Speaker("a senior official", "unnamed", None, anonymous=True),
    via=(Carrier("Reuters", "agency", at("told Reuters")),),
    stance="denies",
    confidence=0.31,
)
REPORT = Attribution(
    n=3,
    content=(at("critics claim that the plan has reportedly failed"),),
    source=(at("The report"),),
    cue=(at("says", after=100),),
    quotation="indirect",
    speaker=Speaker("the report", "document"),
    stance="asserts",
)
CRITICS = Attribution(
    n=4,
    content=(at("that the plan has reportedly failed"),),
    source=(at("critics"),),
    cue=(at("claim"),),
    quotation="indirect",
    speaker=Speaker("critics", "group"),
    hedges=(at("claim"), at("reportedly")),
    stance="asserts",
    inside=3,
)
NOBODY = Attribution(
    n=5,
    content=(at("that ships will leave"),),
    cue=(at("is believed"),),
    quotation="indirect",
    hedges=(at("is believed"),),
    stance="believes",
)

READING = Reading(
    ARTICLE,
    (MINISTER, OFFICIAL, REPORT, CRITICS, NOBODY),
    Maker("reportedly 0.1.0", "news-small", "0123456789abcdef" * 4),
)
EMPTY = Reading(Article(id="empty", text="Nobody says anything here."))

_HOSTILE_TEXT = (
    "<script>alert('x')</script> & \"quotes\" </p></article> said [bold]loud[/bold] \x1b[31mred\x1b[0m "
    "\x00\x07\x9b2J :smile: {{ 7 * 7 }} \ud800 \u202egnp.exe if <img src=x onerror=alert(1)>."
)
HOSTILE = Reading(
    Article(
        id='"><script>alert(1)</script>',
        text=_HOSTILE_TEXT,
        outlet="<b>Out</b>let [red]x[/red]",
        title="</title><script>alert(2)</script> \x1b]0;owned\x07",
        byline="\u202eJo\u202c <i>March</i>",
        published='2031"onload="x',
        url="javascript:alert(1)",
        path="../../etc/passwd",
    ),
    (
        Attribution(
            n=1,
            content=((0, len(_HOSTILE_TEXT)),),
            source=(at("<script>alert('x')</script>", _HOSTILE_TEXT),),
            cue=(at("said", _HOSTILE_TEXT),),
            speaker=Speaker("<script>alert(3)</script>[blink]", "organisation", "\x1b[2J<b>role</b>", anonymous=True),
            via=(Carrier("<i>TASS</i>\x1b[0m", "agency", at('& "quotes"', _HOSTILE_TEXT)),),
            conditions=(at("if <img src=x onerror=alert(1)>", _HOSTILE_TEXT),),
            hedges=(at("[bold]loud[/bold]", _HOSTILE_TEXT),),
            when=When(at("\x1b[31mred\x1b[0m", _HOSTILE_TEXT), "<s>2031</s>"),
        ),
    ),
    Maker("<program>", "<model>", "<weights>"),
)
