"""Where requests may go: addresses, ports, redirects, name servers that change their mind."""

import shutil
import socket
import ssl
import subprocess
from dataclasses import replace

import httpx2
import pytest

from reportedly.errors import RefusedError, UnreachableError
from reportedly.ingest.fetch import Fetcher, FetchOptions
from reportedly.ingest.fetch_address import checked_url, is_public, without_credentials
from tests.ingest.fetch_site import Site, answer, redirect

PUBLIC = "93.184.216.34"
OPTIONS = FetchOptions(rate=1000, timeout=20)

NOT_PUBLIC = [
    *("10.0.0.1", "172.16.9.9", "192.168.1.1", "127.0.0.1", "127.8.8.8", "0.0.0.0", "100.64.0.1"),  # noqa: S104
    *("169.254.169.254", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "2001::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1"),
]

NOT_FETCHED = [
    *("file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "javascript:alert(1)"),
    *("data:text/html,x", "news.example", "//news.example/x", "http://", "http:///x", "http://[::1", "http://a b/"),
    *("https://me@news.example/", "https://me:secret@news.example/", "http://news.example/\x00"),
    *("http://[fe80::1%25eth0]/", "http://%61.example/", "http://news.example:0/", "http://news.example:22/"),
    *("http://news.example:25/", "http://news.example:99999/"),
]


@pytest.fixture
def site():
    with Site() as site:
        site.routes["/page"] = answer(b"<p>Read.</p>")
        yield site


@pytest.fixture
def reached(site, monkeypatch):
    """The addresses that sockets were opened to; the public one is the site's."""
    opened = []
    connect = socket.create_connection

    def recorded(address, *rest, **more):
        opened.append(address[0])
        assert address[0] == PUBLIC
        return connect(("127.0.0.1", site.port), *rest, **more)

    monkeypatch.setattr(socket, "create_connection", recorded)
    return opened


class Names:
    """A name server that may answer something else each time."""

    def __init__(self, **hosts):
        self.hosts = {name.replace("_", "."): list(answers) for name, answers in hosts.items()}

    def __call__(self, host, _):
        answers = self.hosts[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [found] if isinstance(found, str) else found


def test_the_checked_address_is_connected_to_under_the_hosts_name(site, reached):
    with Fetcher(OPTIONS, Names(news_example=[PUBLIC])) as fetcher:
        assert fetcher.fetch("http://news.example/page").content == b"<p>Read.</p>"
    assert reached == [PUBLIC, PUBLIC]  # robots.txt, then the page
    assert site.asked[-1].headers["host"] == "news.example"


@pytest.mark.parametrize("second", ["127.0.0.1", "10.1.2.3", "::1", "169.254.169.254", [PUBLIC, "127.0.0.1"]])
def test_a_name_server_that_changes_its_answer(reached, second):
    with Fetcher(OPTIONS, Names(news_example=[PUBLIC, second])) as fetcher, pytest.raises(RefusedError) as caught:
        fetcher.fetch("http://news.example/page")  # its robots.txt was had from the public address
    assert reached == [PUBLIC]
    assert caught.value.path == "http://news.example/page"


def test_each_request_resolves_once(reached):
    asked = []

    def names(host, _):
        asked.append(host)
        return [PUBLIC] if len(asked) <= 2 else ["127.0.0.1"]

    with Fetcher(OPTIONS, names) as fetcher:
        assert fetcher.fetch("http://news.example/page").content
    assert asked == ["news.example", "news.example"]
    assert len(reached) == 2


@pytest.mark.parametrize("target", ["http://intern.example/", "http://127.0.0.1:8080/", "http://[::ffff:10.0.0.1]/"])
def test_a_redirect_to_a_private_address(site, reached, target):
    site.routes["/page"] = redirect(target)
    names = Names(
        news_example=[PUBLIC],
        intern_example=["192.168.0.7"],
        **{"127_0_0_1": ["127.0.0.1"], "::ffff:10_0_0_1": ["::ffff:10.0.0.1"]},
    )
    with (
        Fetcher(OPTIONS, names) as fetcher,
        pytest.raises(RefusedError, match=r"not (a )?public") as caught,
    ):
        fetcher.fetch("http://news.example/page")
    assert caught.value.path == "http://news.example/page"
    assert set(reached) == {PUBLIC}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "017700000001", "127.1", "[::ffff:7f00:1]", "0"],
)
def test_this_machine_in_all_spellings(site, host):
    with Fetcher(OPTIONS) as fetcher, pytest.raises((RefusedError, UnreachableError)):
        fetcher.fetch(f"http://{host}:{site.port}/page")
    assert not site.asked


def test_private_addresses_can_be_allowed(site):
    with Fetcher(replace(OPTIONS, allow_private=True)) as fetcher:
        assert fetcher.fetch(f"{site.url}/page").content == b"<p>Read.</p>"


def test_an_address_that_does_not_answer_is_followed_by_the_next(site):
    names = Names(news_example=[["127.0.0.9", "127.0.0.1"]])
    with Fetcher(replace(OPTIONS, allow_private=True), names) as fetcher:
        assert fetcher.fetch(f"http://news.example:{site.port}/page").content == b"<p>Read.</p>"


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("url", NOT_FETCHED)
def test_urls_that_are_not_fetched(url):
    with pytest.raises(RefusedError) as caught:
        checked_url(url)
    assert "secret" not in str(caught.value)


def test_a_url_without_end():
    with pytest.raises(RefusedError, match="more than 8000"):
        checked_url("https://news.example/" + "a" * 9000)


def test_urls_that_are_fetched():
    assert str(checked_url("https://news.example:8443/a?b=c#d")) == "https://news.example:8443/a?b=c"
    assert str(checked_url("../e", base=httpx2.URL("https://news.example/a/b/c"))) == "https://news.example/a/e"
    assert str(checked_url("https://bücher.example/ü")) == "https://xn--bcher-kva.example/%C3%BC"


def test_passwords_are_not_shown():
    assert without_credentials("https://me:secret@news.example/x@y") == "https://***@news.example/x@y"
    assert without_credentials("https://news.example/x@y") == "https://news.example/x@y"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for news.example that vouches for itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    command = ["openssl", "req", "-x509", *kind, *names, "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


def test_tls_is_checked_against_the_name_not_the_address(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate)
    named = []
    tls.sni_callback = lambda _socket, name, _context: named.append(name)
    names = Names(news_example=["127.0.0.1"], other_example=["127.0.0.1"])
    with Site(tls) as site, Fetcher(replace(OPTIONS, allow_private=True), names) as fetcher:
        site.routes["/page"] = answer(b"<p>Read.</p>")
        assert fetcher.fetch(f"https://news.example:{site.port}/page").content == b"<p>Read.</p>"
        assert set(named) == {"news.example"}
        with pytest.raises(UnreachableError, match="certificate"):
            fetcher.fetch(f"https://other.example:{site.port}/page")
