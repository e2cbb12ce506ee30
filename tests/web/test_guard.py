"""What stands between the network and the screens."""

from __future__ import annotations

import json
import logging
import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi import HTTPException
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from reportedly.web import Limits
from reportedly.web.app import SCREENS
from reportedly.web.guard.rate import MOST_VISITORS, Buckets, visitor_of
from tests.export.stories import HOSTILE, READING

from .conftest import BOUNDLESS, HERE, TOKEN, Opener, app_of, form_token, key_of

ARTICLE = f"/article/{key_of(READING)}"
SPAN = READING.attributions[0].content[0]
PAGES = (
    "/",
    "/articles",
    ARTICLE,
    f"/article/{key_of(HOSTILE)}",
    f"{ARTICLE}/s/{SPAN[0]}-{SPAN[1]}/cite",
    "/read",
    "/jobs",
    "/about",
    "/login",
)
OTHERS = ("/home.json", "/articles.csv", "/openapi.json", "/nothing", "/nothing.json", f"{ARTICLE}/s/1-9")


@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "private, no-cache"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


class Inline(HTMLParser):
    """Finds what the policy would not let run, and addresses elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not (given.get("src") or "").startswith("/static/")):
            self.found.append(tag)
        for name in ("src", "action", "formaction"):
            if name in given and not (given[name] or "").startswith("/"):
                self.found.append(f"{tag} {name}={given[name]}")
        address = given.get("href") or "/"
        if not address.startswith(("/", "#")) and not (tag == "a" and address.startswith("https://news.example/")):
            self.found.append(f"{tag} href={address}")


@pytest.mark.parametrize("path", [*PAGES, "/nothing"])
def test_no_page_has_anything_inline_or_from_elsewhere(client: TestClient, path: str) -> None:
    parser = Inline()
    parser.feed(client.get(path).text)
    assert parser.found == []
    assert "img" not in parser.tags
    assert {"main", "header", "footer"} <= set(parser.tags)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8040", "localhost", "localhost:1", "LOCALHOST.:8040", "[::1]:8040", "10.1.2.3"]
)
def test_our_own_hosts_are_let_in(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8040", "", "[evil]", "a b"]
)
def test_other_hosts_are_not(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "2,648" not in answer.text
    assert client.get("/home.json", headers={"host": host}).headers["content-type"] == "application/problem+json"


def test_a_host_name_can_be_given(visiting: Opener) -> None:
    client = visiting(names=("News.Example",))
    assert client.get("/", headers={"host": "news.example:8040"}).status_code == 200
    assert client.get("/", headers={"host": "other.example"}).status_code == 421


def changes() -> list[tuple[str, str]]:
    """Every route that is not only GET and HEAD, with its parameters filled in."""
    routes = [route for screen in SCREENS for route in screen.router.routes if isinstance(route, APIRoute)]
    return [
        (method, re.sub(r"\{\w+\}", "1", route.path))
        for route in routes
        for method in sorted(set(route.methods) - {"GET", "HEAD"})
    ]


def test_there_are_changes_to_guard() -> None:
    assert {path for _, path in changes()} >= {"/read", "/add", "/read/1/1/add", "/jobs/1/stop", "/login", "/logout"}


FORGED: dict[str, dict[str, str]] = {
    "no token": {},
    "wrong token": {"form_token": "A" * 32},
    "empty token": {"form_token": ""},
    "not ASCII": {"form_token": "ü"},
}


@pytest.mark.parametrize("data", FORGED.values(), ids=FORGED)
def test_no_change_is_made_without_the_token(client: TestClient, data: dict[str, str]) -> None:
    client.get("/read")
    for method, path in changes():
        answer = client.request(method, path, data={"secret": TOKEN, **data})
        assert answer.status_code == 403, path
        answer = client.request(method, path, json={"secret": TOKEN, **data})
        assert answer.status_code in (400, 403), path
        answer = client.request(method, path, data={"secret": TOKEN, **data}, files={"form_token": b"file"})
        assert answer.status_code in (400, 403), path


def test_a_token_of_another_visit_does_not_do(client: TestClient) -> None:
    token = form_token(client)
    client.cookies.clear()
    client.get("/read")
    answer = client.post("/read", data={"text": "The mayor said that rain would come.", "form_token": token})
    assert answer.status_code == 403
    assert "Load the page again" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
    ],
    ids=str,
)
def test_no_change_comes_from_elsewhere_even_with_the_token(client: TestClient, headers: dict[str, str]) -> None:
    data = {"text": "The mayor said that rain would come.", "form_token": form_token(client)}
    assert client.post("/read", data=data, headers=headers).status_code == 403
    own = {"origin": HERE, "sec-fetch-site": "same-origin"}
    assert client.post("/read", data=data, headers=own).status_code == 303


def test_the_token_may_be_a_header(client: TestClient) -> None:
    headers = {"x-form-token": form_token(client)}
    assert (
        client.post("/read", data={"text": "The mayor said that rain would come."}, headers=headers).status_code == 303
    )
    assert client.post("/read", data={"text": "x"}, headers={"x-form-token": "no"}).status_code == 403


def test_a_bucket_fills_at_an_even_rate() -> None:
    now = [100.0]
    buckets = Buckets(rate=2.0, size=3, clock=lambda: now[0])
    assert [buckets.wait("a") for _ in range(3)] == [0.0] * 3
    assert buckets.wait("a") == pytest.approx(0.5)
    assert buckets.wait("b") == 0.0
    now[0] += 0.5
    assert buckets.wait("a") == 0.0
    assert buckets.wait("a") > 0
    now[0] += 100
    assert [buckets.wait("a") == 0.0 for _ in range(4)] == [True, True, True, False]


def test_buckets_of_many_visitors_take_bounded_room() -> None:
    buckets = Buckets(rate=1.0, size=1)
    for number in range(MOST_VISITORS + 10):
        buckets.wait(str(number))
    assert len(buckets._held) == MOST_VISITORS


def test_addresses_of_one_network_are_one_visitor() -> None:
    clients = ["2001:db8:1:2::5", "2001:db8:1:2:ffff::9", "2001:db8:1:3::5", "192.0.2.1", "192.0.2.2"]
    assert len({visitor_of({"client": (host, 1)}) for host in clients}) == 4
    assert visitor_of({"client": None}) == "unknown"


def test_too_many_requests_are_refused(visiting: Opener) -> None:
    client = visiting(limits=replace(BOUNDLESS, rate=0.5, burst=3))
    assert [client.get("/about").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/home.json")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 2
    assert answer.json()["status"] == 429


def test_too_large_a_form_is_refused(visiting: Opener) -> None:
    client = visiting(limits=replace(BOUNDLESS, form=5000, upload=20_000))
    token = form_token(client)
    for path, size in (("/login", 6000), ("/read", 30_000)):
        body = f"form_token={token}&secret={'x' * size}".encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post(path, content=body, headers=kind).status_code == 413
        pieces = (body[at : at + 1000] for at in range(0, len(body), 1000))
        answer = client.post(path, content=pieces, headers=kind)  # whose length nobody tells
        assert answer.status_code == 413
        assert "content-security-policy" in answer.headers
    # A text field is bounded by itself, whatever the files may be.
    assert client.post("/read", data={"form_token": token, "text": "x" * 8000}, files={"files": b""}).status_code in (
        400,
        413,
    )


def test_too_many_files_are_refused(visiting: Opener) -> None:
    client = visiting(limits=replace(BOUNDLESS, files=3))
    files = [("files", (f"{number}.txt", b"The mayor said that rain would come.")) for number in range(4)]
    answer = client.post("/read", data={"form_token": form_token(client)}, files=files)
    assert answer.status_code == 400


def test_an_answer_that_takes_too_long_is_told(visiting: Opener) -> None:
    client = visiting(limits=replace(BOUNDLESS, patience=0.2))

    @app_of(client).get("/slow")
    async def slow() -> None:
        import asyncio

        await asyncio.sleep(30)

    begun = time.monotonic()
    answer = client.get("/slow")
    assert answer.status_code == 503
    assert "too long" in answer.text
    assert time.monotonic() - begun < 5


def test_a_fault_is_told_without_its_inside(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    @app_of(client).get("/broken")
    @app_of(client).get("/broken.json")
    def broken() -> None:
        raise RuntimeError("the secret of the inside")

    with caplog.at_level(logging.ERROR, "reportedly.web"):
        page = client.get("/broken", headers={"accept": "text/html"})
        problem = client.get("/broken.json?q=draft-of-somebody")
    assert (page.status_code, problem.status_code) == (500, 500)
    assert "Something went wrong" in page.text
    assert problem.json()["title"] == "Something went wrong"
    for answer in (page, problem):
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["x-frame-options"] == "DENY"
    assert "the secret of the inside" in caplog.text
    assert "draft-of-somebody" not in caplog.text


def test_what_the_framework_raises_is_told_in_our_way(client: TestClient) -> None:
    @app_of(client).get("/teapot")
    def teapot() -> None:
        raise HTTPException(418, "A short and stout one.")

    assert "A short and stout one." in client.get("/teapot").text
    answer = client.post("/articles", data={"form_token": form_token(client)})
    assert answer.status_code == 405


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(record.message) for record in caplog.records if record.name == "reportedly.audit"]


def test_the_audit_log_has_changes_and_refusals_and_no_contents(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("reportedly.audit").propagate = True
    with caplog.at_level(logging.INFO, "reportedly.audit"):
        client.get("/articles?outlet=hidden")
        client.post(
            "/read", data={"text": "A hidden draft said that rain would come.", "form_token": form_token(client)}
        )
        client.post("/read", data={"text": "hidden"})
        client.get("/evil%0d%0a%1b%5b31m", headers={"host": "evil.example"})
    found = lines(caplog)
    assert [(line["event"], line["method"], line["status"]) for line in found] == [
        ("change", "POST", 303),
        ("refused", "POST", 403),
        ("refused", "GET", 421),
    ]
    assert all(set(line) == {"time", "event", "client", "user", "method", "path", "status", "ms"} for line in found)
    assert "hidden" not in caplog.text
    assert "\x1b" not in caplog.text


def test_static_files_are_kept_for_a_year_and_nothing_else_is_reached(client: TestClient) -> None:
    page = client.get(ARTICLE).text
    addresses = set(re.findall(r'/static/[^"]+', page))
    assert len(addresses) >= 4
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "set-cookie" not in answer.headers
    digest = next(iter(addresses)).split("/")[2]
    for name in (
        "..",
        "../settings.py",
        "..%2fsettings.py",
        "%2e%2e/%2e%2e/settings.py",
        "tsconfig.json",
        "x.css",
        "%00",
    ):
        assert client.get(f"/static/{digest}/{name}").status_code == 404
    assert client.get("/static/000000000000/base.css").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/article/../../etc/passwd",
        "/article/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/article/%00",
        "/article/..%5c..%5cx.json",
    ],
)
def test_no_request_becomes_a_path(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_the_place_of_the_library_is_not_told_in_problems(client: TestClient, tmp_path: object) -> None:
    for path in ("/article/abcdef", "/article/abcdef.json", f"{ARTICLE}/s/0-1/cite.json"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert str(tmp_path) not in answer.text


def test_limits_have_defaults_that_bound_everything() -> None:
    limits = Limits()
    assert limits.rate < limits.burst
    assert limits.form < limits.upload < 1 << 30
