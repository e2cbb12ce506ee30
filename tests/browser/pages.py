"""The pages of the web application that all checks of the browser walk: a line for each new screen."""

from __future__ import annotations

from urllib.parse import quote

from reportedly.schema import article_id
from reportedly.store.speaker import speaker_id
from tests.browser.stories import SCRIPTS, example
from tests.export.stories import HOSTILE, MINISTER, READING


def article(reading: object) -> str:
    """The address of a reading's article."""
    return f"/article/{article_id(reading.article.text, reading.article.url)}"  # type: ignore[attr-defined]


_START, _END = READING.attributions[0].content[0]
STATEMENT = f"{article(READING)}/s/{_START}-{_END}"

PAGES = {
    "home": "/",
    "articles": "/articles",
    "article": article(READING),
    "example": article(example()),
    "scripts": article(SCRIPTS),
    "hostile": article(HOSTILE),
    "words": f"{article(READING)}?words=3-60#words",
    "cite": f"{STATEMENT}/cite",
    "search": "/search?words=the",
    "search for nothing": "/search?words=zeppelin&stance=denies",
    "search in trouble": "/search?words=%22open",
    "statements": "/statements?standing=named",
    "speakers": "/speakers",
    "speaker": f"/speaker/{speaker_id(article(READING)[9:], MINISTER.speaker)}",
    "outlets": "/outlets",
    "outlet": f"/outlet?name={quote(READING.article.outlet or '')}",
    "sourcing": f"{article(example())}/sourcing",
    "sourcing of scripts": f"{article(SCRIPTS)}/sourcing",
    "inventory": "/inventory?since=2000",
    "own columns": "/columns",
    "read": "/read",
    "jobs": "/jobs",
    "about": "/about",
    "login": "/login",
    "nothing": "/nothing",
}
