"""A web application over a small library, and visitors of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from reportedly import Reader
from reportedly.schema import Reading, article_id
from reportedly.web import Limits, Settings, create_app
from reportedly.web.desk import Desk
from tests.browser.stories import SCRIPTS, example
from tests.export.stories import EMPTY, HOSTILE, READING

HERE = "http://127.0.0.1:8040"
READINGS = (READING, SCRIPTS, HOSTILE, EMPTY, example())
TOKEN = "an-invented-token-of-tests"  # noqa: S105 - it opens nothing
# Tests ask more often than people do.
BOUNDLESS = Limits(rate=100_000, burst=100_000, readings=100_000, logins=100_000)

Opener = Callable[..., TestClient]


def key_of(reading: Reading) -> str:
    return article_id(reading.article.text, reading.article.url)


def form_token(client: TestClient, page: str = "/read") -> str:
    """The token in the forms of a page."""
    return client.get(page).text.partition('name="form_token" value="')[2].partition('"')[0]


def app_of(client: TestClient) -> FastAPI:
    assert isinstance(client.app, FastAPI)
    return client.app


def desk_of(client: TestClient) -> Desk:
    desk = app_of(client).state.desk
    assert isinstance(desk, Desk)
    return desk


@pytest.fixture
def visiting(tmp_path: Path, reader: Reader) -> Iterator[Opener]:
    """A visitor of an application with the settings given: ``visiting(token=TOKEN)``."""
    opened: list[TestClient] = []

    def visit(readings: tuple[Reading, ...] = READINGS, **changed: object) -> TestClient:
        settings = replace(Settings(tmp_path / f"news-{len(opened)}.db", limits=BOUNDLESS), **changed)  # type: ignore[arg-type]
        client = TestClient(create_app(settings), base_url=HERE, follow_redirects=False)
        client.__enter__()
        opened.append(client)
        desk = desk_of(client)
        desk._reader = reader  # loaded once for all tests
        for reading in readings:
            desk.library.add(reading)
        return client

    yield visit
    for client in opened:
        client.__exit__()


@pytest.fixture
def client(visiting: Opener) -> TestClient:
    """A visitor of an application as it is by default: on this machine, open."""
    return visiting()


@pytest.fixture
def desk(client: TestClient) -> Desk:
    """The desk of that application."""
    return desk_of(client)
