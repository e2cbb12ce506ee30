"""What the tests share: one reader, loaded once, and one report that it reads."""

import pytest

from reportedly import Reader

REPORT = """Norwick harbour to close for a week, mayor says

By Jonna Tarrel

NORWICK, May 4 - Mayor Dalia Renholm said on Tuesday that the harbour would close for a week.

“We have no choice,” said Renholm. “The cranes are not safe.”

Union leader Oskar Brandt told reporters that the strike would go on. He said that the dockers were never warned.

According to the port authority, nine ships are waiting outside the harbour.

Get the Norwick Gazette's morning newsletter
"""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes more than a few seconds; leave out with -m 'not slow'")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader with the shipped model."""
    return Reader()


@pytest.fixture(scope="session")
def report() -> str:
    """An invented report whose statements are so plain that any model must find them."""
    return REPORT
