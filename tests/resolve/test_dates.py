from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportedly.resolve.dates import resolve_date

FRIDAY = "2015-09-18"
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Thursday", "2015-09-17"),
        ("Thursday", "2015-09-17"),
        ("Thursday night", "2015-09-17"),
        ("late on Thursday", "2015-09-17"),
        ("early Thursday", "2015-09-17"),
        ("later on Thursday", "2015-09-17"),
        ("At 2.40 on Thursday morning", "2015-09-17"),
        ("at 10:30 a.m. EDT on Thursday", "2015-09-17"),
        ("by Thursday", "2015-09-17"),
        ("in a Thursday interview", "2015-09-17"),
        ("in Thursday\u2019s statement", "2015-09-17"),
        ("Thurs.", "2015-09-17"),
        ("on Friday", "2015-09-18"),
        ("last Friday", "2015-09-11"),
        ("last Thursday", "2015-09-17"),
        ("this past Thursday", "2015-09-17"),
        ("this Thursday", "2015-09-17"),
        ("this Saturday", None),
        ("on Saturday", "2015-09-12"),
        ("Friday last week", "2015-09-11"),
        ("on Wednesday of last week", "2015-09-09"),
        ("on Saturday this week", None),
        ("Sept. 17", "2015-09-17"),
        ("17 September 2015", "2015-09-17"),
        ("the 17th of September", "2015-09-17"),
        ("September 17, 2015", "2015-09-17"),
        ("Thursday, Sept. 17, 2015", "2015-09-17"),
        ("last Thursday, Sept. 17", "2015-09-17"),
        ("on Thursday (Sept. 17)", "2015-09-17"),
        ("on Monday, 2 June", None),  # a Tuesday in 2015
        ("on Tuesday, 2 June", "2015-06-02"),
        ("2015-09-17", "2015-09-17"),
        ("2015-09-17T08:30:00Z", "2015-09-17"),
        ("December 3", "2014-12-03"),
        ("Feb. 29", "2012-02-29"),
        ("30 February", None),
        ("September 19, 2015", None),  # after publication
        ("in 2016", None),
        ("on the 3rd", "2015-09-03"),
        ("on the 21st", "2015-08-21"),
        ("on the 31st", "2015-08-31"),
        ("on the 3rd of last month", "2015-08-03"),
        ("on the 3rd day", None),
        ("last week", "2015-W37"),
        ("Last week", "2015-W37"),
        ("earlier this week", "2015-W38"),
        ("over the weekend", "2015-W37"),
        ("last month", "2015-08"),
        ("earlier this month", "2015-09"),
        ("in May", "2015-05"),
        ("in early May", "2015-05"),
        ("in September", "2015-09"),
        ("last September", "2014-09"),
        ("in December", "2014-12"),
        ("in May last year", "2014-05"),
        ("May 2014", "2014-05"),
        ("this December", None),
        ("in a letter dated May 3", "2015-05-03"),
        ("in a May 3 letter", "2015-05-03"),
        ("two days ago", "2015-09-16"),
        ("three weeks ago", "2015-W35"),
        ("a fortnight ago", "2015-W36"),
        ("two months ago", "2015-07"),
        ("ten months ago", "2014-11"),
        ("two years ago", "2013"),
        ("100 years ago", "1915"),
        ("9999 years ago", None),
        ("yesterday", "2015-09-17"),
        ("yesterday evening", "2015-09-17"),
        ("the day before yesterday", "2015-09-16"),
        ("last night", "2015-09-17"),
        ("today", "2015-09-18"),
        ("this morning", "2015-09-18"),
        ("tonight", "2015-09-18"),
        ("last year", "2014"),
        ("this year", "2015"),
        ("in 2014", "2014"),
        ("in late 2014", "2014"),
        ("in mid-2014", "2014"),
        ("2000 election", "2000"),
        ("on Christmas Eve", "2014-12-24"),
    ],
)
def test_what_a_newspaper_of_friday_18_september_2015_means(words: str, expected: str | None) -> None:
    assert resolve_date(words, FRIDAY) == expected


@pytest.mark.parametrize(
    "words",
    [
        *("", "overnight", "later", "recently", "previously", "the previous day", "hours later", "the next day"),
        *("a day later", "the day after", "two days earlier", "at the time", "then", "almost immediately", "that day"),
        *("Feb. 3-5", "Feb. 3\u20135", "May 3 and 4", "from May to June", "on Monday and Tuesday", "in the 1990s"),
        *("2012-13", "next Monday", "next week", "tomorrow", "later this month", "since Monday", "after Monday"),
        *("two days after May 3", "on Ash Wednesday", "on Super Tuesday", "every Monday", "on Mondays", "on a Monday"),
        *("the second Monday in May", "about two years ago", "several days ago", "two or three days ago", "weeks ago"),
        *("in the past week", "over the last month", "the week of Sept. 14", "as he may", "in the spring"),
        *("told the Sunday Times", "17/09/2015", "at 2000 hours", "last weekend", "a week ago Tuesday"),
        *("since he suspended his campaign in February", "in the winter of 2014", "in fiscal 2014"),
    ],
)
def test_what_words_do_not_settle_is_not_guessed(words: str) -> None:
    assert resolve_date(words, FRIDAY) is None


@pytest.mark.parametrize("published", [None, "", "soon", "2015", "2015-13-40", "18 September 2015"])
def test_without_a_publication_date_only_a_year_of_its_own_dates_an_expression(published: str | None) -> None:
    assert resolve_date("on Thursday", published) is None
    assert resolve_date("last week", published) is None
    assert resolve_date("Sept. 17", published) is None
    assert resolve_date("last year", published) is None
    assert resolve_date("in 2014", published) == "2014"
    assert resolve_date("in May 2014", published) == "2014-05"
    assert resolve_date("Thursday, Sept. 17, 2015", published) == "2015-09-17"
    assert resolve_date("Friday, Sept. 17, 2015", published) is None


def test_a_time_of_publication_is_read_as_its_day() -> None:
    assert resolve_date("on Thursday", "2015-09-18T06:00:00+02:00") == "2015-09-17"


def test_a_week_belongs_to_its_iso_year() -> None:
    assert resolve_date("last week", "2016-01-08") == "2015-W53"


days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
PIECES = "on in last this the of next ago night week month year days weeks two 3rd 17 2014 2031 May Sept. February a"
expressions = st.lists(
    st.sampled_from(
        [*WEEKDAYS, *re.findall(r"\S+", PIECES), "yesterday", "today", "earlier", "29", ",", "Christmas Day"]
    ),
    max_size=7,
).map(" ".join)


@given(days, st.sampled_from(WEEKDAYS))
@example(date(1, 1, 1), "Sunday")
def test_a_weekday_is_the_last_one_on_or_before_publication(day: date, name: str) -> None:
    resolved = resolve_date(f"on {name}", day.isoformat())
    if resolved is None:
        assert day.toordinal() < 7
        return
    found = date.fromisoformat(resolved)
    assert WEEKDAYS[found.weekday()] == name
    assert 0 <= (day - found).days <= 6


@given(days, st.integers(1, 28), st.integers(1, 12))
def test_a_day_and_month_is_within_the_last_year(day: date, number: int, month: int) -> None:
    name = date(2000, month, 1).strftime("%B")
    resolved = resolve_date(f"{number} {name}", day.isoformat())
    if resolved is not None:
        found = date.fromisoformat(resolved)
        assert (found.day, found.month) == (number, month)
        assert 0 <= (day - found).days < 366
    else:
        assert day.year == 1


@given(expressions, days)
def test_nothing_is_dated_after_publication(words: str, day: date) -> None:
    resolved = resolve_date(words, day.isoformat())
    if resolved is not None:
        assert _begins(resolved) <= day


@given(st.text(max_size=400), st.one_of(st.none(), st.text(max_size=30), days.map(date.isoformat)))
@example("\u017fept. 17", FRIDAY)
@example("\u0661\u0667 May", FRIDAY)
@example("0000 years ago", "0001-01-01")
@example("last week", "0001-01-01")
@example("over the weekend", "0001-01-01")
def test_no_text_raises(words: str, published: str | None) -> None:
    resolved = resolve_date(words, published)
    assert resolved is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?|-W\d\d)?", resolved)


@pytest.mark.parametrize("piece", ["on Monday ", "17 ", "the ", "May 3, ", "1", " ", "at 10.", "a"])
def test_long_texts_take_no_time(piece: str) -> None:
    begin = time.perf_counter()
    for size in (190, 200, 1_000_000):
        resolve_date(piece * (size // len(piece)), FRIDAY)
    assert time.perf_counter() - begin < 1


def _begins(resolved: str) -> date:
    if "W" in resolved:
        year, week = resolved.split("-W")
        return date.fromisocalendar(int(year), int(week), 1)
    return date.fromisoformat((resolved + "-01-01")[:10])
