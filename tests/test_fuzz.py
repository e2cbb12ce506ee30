"""Whatever the text, a reading comes back, and every span in it fits."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly import InputError, Reader, Reading
from reportedly.ingest import from_html, from_text
from reportedly.schema import check_offsets

# Words of reports, so that there is something to find, among whatever else a text may hold.
WORDS = (
    "said told that “ ” \" `` '' « » , . ? : Mayor Renholm officials she he It according to Reuters Tuesday reportedly "
    "if denied fears statement not \n\n \r\n \u2028 By Photo: 🙂 e\u0301 שלום \x00 \ud800"
)
NEWS = st.sampled_from(WORDS.split(" "))
TEXTS = st.lists(NEWS | st.text(max_size=6), max_size=60).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_read(reader: Reader, text: str) -> None:
    reading = reader.read(from_text(text))
    check_offsets(reading)
    assert len(reading.article.text) == len(text)
    assert Reading.from_json(reading.to_json()) == reading
    numbers = [item.n for item in reading.attributions]
    assert numbers == list(range(1, len(numbers) + 1))
    for item in reading.attributions:
        edges = [edge for span in item.content for edge in span]
        assert edges == sorted(edges)
        assert item.inside is None or item.inside in numbers


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=12))
def test_any_string_is_read_or_refused(reader: Reader, source: str) -> None:
    with suppress(InputError):
        check_offsets(reader.read(source))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<div>", "<b", "<!--", "&#0;", "&", "<h1>", "<script>"]) | NEWS).map(
        " ".join
    )
)
def test_any_markup_is_read_or_refused(reader: Reader, markup: str) -> None:
    page = f"<html><body><article>{markup}<p>The mayor said that rain would come.</p></article></body></html>"
    with suppress(InputError):
        check_offsets(reader.read(from_html(page)))
