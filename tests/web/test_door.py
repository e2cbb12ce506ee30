"""Who is let in, and how."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from reportedly.errors import ServingError
from reportedly.web import Settings, create_app
from reportedly.web.guard.passwords import hashed, is_right, read_users, set_password
from tests.export.stories import READING

from .conftest import BOUNDLESS, HERE, TOKEN, Opener, app_of, form_token, key_of

ARTICLE = f"/article/{key_of(READING)}"


@pytest.fixture
def closed(visiting: Opener, tmp_path: Path) -> TestClient:
    users = tmp_path / "users"
    set_password(users, "henna", "a long enough pass phrase")
    return visiting(token=TOKEN, users=users)


def log_in(client: TestClient, secret: str, name: str = "", where: str = "/") -> int:
    data = {"form_token": form_token(client, "/login"), "secret": secret, "name": name, "next": where}
    return client.post("/login", data=data).status_code


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"host": "0.0.0.0"}, "--token"),  # noqa: S104
        ({"host": "192.0.2.7", "token": TOKEN}, "--certificate"),
        ({"host": "news.example", "insecure": True}, "--users"),
        ({"token": "short"}, "can be guessed"),
        ({"certificate": Path("c.pem")}, "--key"),
    ],
)
def test_nothing_is_served_that_would_be_open_to_others(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    settings = replace(Settings(tmp_path / "news.db"), **changed)  # type: ignore[arg-type]
    with pytest.raises(ServingError, match=told):
        create_app(settings)
    assert not (tmp_path / "news.db").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"host": "localhost"},
        {"host": "::1"},
        {"host": "127.8.8.8"},
        {"host": "0.0.0.0", "token": TOKEN, "insecure": True},  # noqa: S104
        {"host": "::", "token": TOKEN, "certificate": Path("c"), "key": Path("k")},
    ],
)
def test_what_is_safe_is_served(tmp_path: Path, changed: dict[str, object]) -> None:
    replace(Settings(tmp_path / "news.db"), **changed).check()  # type: ignore[arg-type]


def test_on_this_machine_nobody_need_log_in(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Log out" not in answer.text


@pytest.mark.parametrize("path", ["/", "/articles", ARTICLE, "/read", "/nothing", "/openapi.json", "/article/x.csv"])
def test_closed_nothing_is_shown_to_strangers(closed: TestClient, path: str) -> None:
    page = closed.get(path, headers={"accept": "text/html"})
    program = closed.get(path, headers={"accept": "application/json"})
    assert page.status_code in (303, 401)
    assert program.status_code == 401
    assert program.headers["www-authenticate"] == "Bearer"
    for answer in (page, program):
        assert "Okonjo" not in answer.text
        assert "x-frame-options" in answer.headers


def test_a_login_leads_back_to_where_one_was(closed: TestClient) -> None:
    answer = closed.get(f"{ARTICLE}?words=3-9", headers={"accept": "text/html"})
    assert answer.status_code == 303
    form = closed.get(answer.headers["location"])
    where = re.search(r'name="next" value="([^"]+)"', form.text)
    assert where is not None
    assert where[1] == f"{ARTICLE}?words=3-9"
    token = form.text.partition('name="form_token" value="')[2].partition('"')[0]
    answer = closed.post("/login", data={"form_token": token, "secret": TOKEN, "next": where[1]})
    assert (answer.status_code, answer.headers["location"]) == (303, where[1])
    assert closed.get(where[1]).status_code == 200


@pytest.mark.parametrize(
    "where",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nset-cookie: x=1", ""],
)
def test_a_login_leads_nowhere_else(closed: TestClient, where: str) -> None:
    data = {"form_token": form_token(closed, "/login"), "secret": TOKEN, "next": where}
    assert closed.post("/login", data=data).headers["location"] == "/"
    assert 'name="next" value="/"' in closed.get("/login", params={"next": where}).text


@pytest.mark.parametrize(
    ("name", "secret", "status"),
    [
        ("henna", "a long enough pass phrase", 303),
        ("", TOKEN, 303),
        ("henna", "wrong", 403),
        ("nobody", "a long enough pass phrase", 403),
        ("", "", 400),
        ("", TOKEN[:-1], 403),
        ("", "ü", 403),
    ],
)
def test_who_is_right_is_let_in(closed: TestClient, name: str, secret: str, status: int) -> None:
    assert log_in(closed, secret, name) == (422 if not secret and status == 422 else status)
    assert closed.get("/").status_code == (200 if status == 303 else 303)


def test_the_token_makes_nobody_somebody(closed: TestClient) -> None:
    assert log_in(closed, TOKEN, "henna") == 303
    page = closed.get("/").text
    assert "<bdi>token</bdi>" in page
    assert "henna" not in page


def test_it_is_not_told_what_was_wrong(closed: TestClient) -> None:
    answers = []
    for name in ("henna", "nobody"):
        data = {"form_token": form_token(closed, "/login"), "secret": "wrong", "name": name}
        answers.append(re.sub(r'value="[^"]*"', "", closed.post("/login", data=data).text))
    assert answers[0] == answers[1]
    assert "not right" in answers[0]


def test_a_login_gives_a_new_cookie_and_a_logout_ends_it(closed: TestClient) -> None:
    closed.get("/login")
    before = closed.cookies["reportedly_8040"]
    log_in(closed, "a long enough pass phrase", "henna")
    inside = closed.cookies["reportedly_8040"]
    assert inside != before
    page = closed.get("/")
    assert "henna" in page.text
    closed.cookies.clear()
    closed.cookies.set("reportedly_8040", before)
    assert closed.get("/").status_code == 303  # the number from before the login opens nothing
    closed.cookies.clear()
    closed.cookies.set("reportedly_8040", inside)
    assert closed.post("/logout", data={"form_token": form_token(closed)}).headers["location"] == "/login"
    closed.cookies.clear()
    closed.cookies.set("reportedly_8040", inside)
    assert closed.get("/").status_code == 303


def test_a_session_ends_by_itself(closed: TestClient) -> None:
    log_in(closed, TOKEN)
    assert closed.get("/").status_code == 200
    keeper = app_of(closed).state.keeper
    now = keeper._clock()
    keeper._clock = lambda: now + keeper.settings.limits.session + 1
    assert closed.get("/").status_code == 303


def test_a_cookie_that_is_not_ours_is_nobodys(closed: TestClient) -> None:
    log_in(closed, TOKEN)
    good = closed.cookies["reportedly_8040"]
    for forged in (good[:-1] + ("A" if good[-1] != "A" else "B"), good.split(".")[0], f".{good}", "x.y", '"', "ü"):
        closed.cookies.clear()
        headers = {"cookie": f"reportedly_8040={forged}".encode("latin-1")}
        assert closed.get("/", headers=headers).status_code == 303


def test_cookies_of_others_do_not_disturb(closed: TestClient) -> None:
    log_in(closed, TOKEN)
    good = closed.cookies["reportedly_8040"]
    closed.cookies.clear()
    headers = {"cookie": f'broken="; {{"a": 1}}; =; x y=z; reportedly_8040={good}; reportedly_9000=else'}
    assert closed.get("/", headers=headers).status_code == 200


def test_the_cookie_is_seen_by_no_script_and_sent_by_no_other_site(visiting: Opener) -> None:
    cookie = visiting().get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    encrypted = visiting(certificate=Path("c.pem"), key=Path("k.pem"))
    answer = encrypted.get("/")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_a_program_brings_the_token(closed: TestClient) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert closed.get("/home.json", headers=headers).status_code == 200
    assert closed.get("/home.json", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert closed.get("/home.json", headers={"authorization": TOKEN}).status_code == 401
    answer = closed.post("/read", data={"text": "The mayor said that rain would come."}, headers=headers)
    assert answer.status_code == 303
    assert closed.get(f"{answer.headers['location']}/1.json", headers=headers).json()["attributions"]


def test_logins_are_limited(visiting: Opener) -> None:
    client = visiting(token=TOKEN, limits=replace(BOUNDLESS, logins=3))
    assert [log_in(client, "wrong") for _ in range(4)] == [403, 403, 403, 429]
    assert log_in(client, TOKEN) == 429


def test_a_hash_is_of_its_password_alone() -> None:
    one, other = hashed("word"), hashed("word")
    assert one != other
    assert "word" not in one
    assert one.startswith("scrypt$16384$8$1$")


def test_a_users_file_is_written_and_read(tmp_path: Path) -> None:
    users = tmp_path / "users"
    set_password(users, "henna", "one")
    set_password(users, "jo.m@news", "two")
    set_password(users, "henna", "three")
    assert list(read_users(users)) == ["henna", "jo.m@news"]
    assert is_right(users, "henna", "three")
    assert not is_right(users, "henna", "one")
    assert not is_right(users, "henna", "x" * 5000)
    assert is_right(users, "jo.m@news", "two")
    assert stat.S_IMODE(users.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["users"]


@pytest.mark.parametrize(
    "line",
    [
        "henna",
        "henna plain-password",
        "henna scrypt$x$8$1$AA==$AA==",
        "henna scrypt$16384$8$1$AA==",
        "henna scrypt$1099511627776$8$1$AAAA$AAAA",
        "henna scrypt$16384$8$1$AAAA$",
        "a b scrypt$16384$8$1$AAAA$AAAA",
        "<i> scrypt$16384$8$1$AAAA$AAAA",
    ],
)
def test_a_broken_users_file_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    users = tmp_path / "users"
    users.write_text(f"# who may come in\n\n{line}\n")
    with pytest.raises(ServingError, match="line 3"):
        read_users(users)


def test_a_users_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ServingError, match="reportedly user"):
        read_users(tmp_path / "users")
    with pytest.raises(ServingError, match="letters, digits"):
        set_password(tmp_path / "users", "a b", "word")
    with pytest.raises(ServingError, match="cannot be written"):
        set_password(tmp_path / "no" / "users", "henna", "word")


def test_base_address_is_ours(client: TestClient) -> None:
    span = READING.attributions[0].content[0]
    assert f"{HERE}{ARTICLE}/s/{span[0]}-{span[1]}" in client.get(f"{ARTICLE}/s/{span[0]}-{span[1]}/cite.txt").text
