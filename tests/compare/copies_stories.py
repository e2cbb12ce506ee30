"""One invented story as an agency has it, and as others print it."""

from reportedly.ingest import from_text
from reportedly.schema import Article, article_id

WIRE = """HOLM, March 3 (Tarn Wire) - The harbour board of Holm would close the eastern lock for six weeks if divers \
find that its hinges have worn through, its chair Oda Brekk said on Monday.

Two barges were turned away at dawn after a lock keeper reported a grinding noise from the lower gate.

Brekk told Tarn Wire that a diving firm from Vessa had been hired to look at the hinges before the week was out.

"A lock that groans is a lock that wants to be looked at," she said.

The grain mill at Ustrup, which takes nine barges a week, has flour for eleven days, says its manager, Pell Aune.

Skippers on the upper canal were told to moor at the timber quay and to wait for word from the board.

(Reporting by Nils Orre; Editing by Ada Quill)
"""

BODY = "\n\n".join(WIRE.split("\n\n")[:-1])
PLAIN = BODY.replace("HOLM, March 3 (Tarn Wire) - ", "").replace("told Tarn Wire", "said")

LOCAL = """By Sunniva Dahl

The harbour board of Holm would close the eastern lock for six weeks if divers find that its hinges have worn through, \
its chair Oda Brekk said on Monday.

Two barges were turned away at dawn after a lock keeper reported a grinding noise from the lower gate.

At the timber quay, skipper Jorun Vik was frying eggs for three crews. "We have played cards since breakfast and I am \
winning," she said. Her cargo of slate is due in Ustrup tomorrow, and nobody has told her who pays if it is late.

The bakery on Lock Street has put up a sign that promises bread as long as there is flour. Its owner laughed when \
asked how long that would be, and pointed at the sacks behind the counter.

With material from Tarn Wire
"""

RETOLD = """By Marit Lund

Holm may lose its eastern lock for a month and a half.

A grinding noise from the lower gate made a lock keeper turn two barges away at dawn, Tarn Wire reported. The mill at \
Ustrup has flour left for eleven days, its manager Pell Aune says.

At the town hall nobody wanted to speak of the bridge that was promised there ten years ago.
"""

ELSEWHERE = """By Tor Fjell

The council of Brona has voted to plant limes along the ring road, after four hours of talk about roots and drains.

"Nobody ever regretted a tree," said the head gardener, Ylva Storm, who had brought a sapling in a bucket.

The first forty trees are to be planted in the autumn, and the rest when there is money.
"""


def article(text: str, outlet: str | None = None, day: str | None = "2031-03-04", byline: str | None = None) -> Article:
    """A text as an outlet publishes it."""
    read = from_text(text)
    url = f"https://{(outlet or 'none').replace(' ', '').lower()}.example/{day}/{read.id}"
    return Article(
        id=article_id(text, url),
        text=text,
        blocks=read.blocks,
        url=url,
        outlet=outlet,
        byline=byline or read.byline,
        published=day,
        credit=read.credit,
    )


def wire() -> Article:
    """The agency's own report."""
    return article(WIRE, "Tarn Wire", "2031-03-03")
