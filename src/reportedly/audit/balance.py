"""Rules about whom the article hears, and whether it says who they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reportedly.audit.describe import description_words
from reportedly.audit.page import Page, Voice, who
from reportedly.audit.rule import Mark
from reportedly.schema import Attribution, Span
from reportedly.text import tokens

# One voice "carries" an article of at least so many attributed words, statements and voices with more than this
# share of the words; shorter pieces say nothing about balance.
CARRIES = 0.5
FEWEST_WORDS = 100
FEWEST_STATEMENTS = 5
FEWEST_VOICES = 2

# Words that show who a person is stand within so many characters of the name.
_BEFORE = 40
_LEAD_IN = re.compile(r"(?:\w,|\bled by)\s+\Z")  # "his sister, Ana Brek"
_APPOSITIVE = re.compile(
    r"\s+(?:of|from|at)\s+(?:the\s+)?[A-Z]|\s+of\s+the\s+[a-z]+\s|,\s+(?:\d+,\s+)?(?:an?|the|who|whose|which|then|now|former|its|his|her|their|[a-z]+)\b|\s+\([^)]{2,40}\)"
)
_NAME = re.compile(r"[A-Z][\w\u2019'-]+(?:\.?\s+(?:(?:of|de|van|von|al|bin|the)\s+)?[A-Z][\w\u2019'-]+){0,5}")
_CLAUSE = re.compile(r"[;:\u2014\u2013]|\bthat\b|,\s+(?:and|but|while|which|where|when)\b")
_SPLIT = re.compile(r"\b(?:of|with|for)\b")

# A name stands within so many characters of the charge, or the charge is another's.
NEAR = 60

# Two names are taken for one body's where they begin with the same letters ("China", "Chinese").
LIKE = 4


def name_and_position(page: Page) -> Iterator[Mark]:
    """A named person who speaks, and of whom the article never says who that is."""
    for voice in page.voices:
        known = any(
            s.speaker.role for s in page.every if s.speaker.name and s.speaker.name.casefold() == voice.name.casefold()
        )
        persons = all(s.speaker.type == "person" for s in voice.statements)
        if persons and not known and not _position_shown(page, voice):
            yield Mark((who(voice.statements[0]),), voice.numbers, {"source": voice.name})


def _position_shown(page: Page, voice: Voice) -> bool:
    """Whether some mention of the name has a title or appositive before it, or an appositive or a house after it."""
    last = voice.name.split()[-1]
    at = page.text.find(last)
    while at >= 0:
        if _shown_before(page, voice.name, at) or _APPOSITIVE.match(page.text, at + len(last)):
            return True
        at = page.text.find(last, at + len(last))
    return False


def _shown_before(page: Page, name: str, last: int) -> bool:
    start = max(0, last - _BEFORE)
    before = page.text[max(start, page.sentence_at(last)[0]) : last]
    if any(word in page.words.titles or word + "." in page.words.titles for word in description_words(before)[-4:]):
        return True
    lead = before.removesuffix(name[: name.rfind(" ") + 1])
    return lead != before and bool(_LEAD_IN.search(lead))


def allegation_no_reply(page: Page) -> Iterator[Mark]:
    """A grave charge against somebody by name, who neither speaks nor is said to have been asked."""
    seen: set[str] = set()
    heard, asked = _heard(page), _asked(page)
    for statement in page.sure:
        charge = _charge(page, statement)
        if charge is None:
            continue
        for name in _accused(page, statement, charge):
            key = name.split()[-1].casefold()
            answers = {key[:LIKE], page.words.aliases.get(key, key)[:LIKE]}
            if key in seen or answers & heard or key in asked:
                continue
            seen.add(key)
            values = {
                "accused": name,
                "charge": page.text[slice(*charge)],
                "source": statement.speaker.name or "somebody",
            }
            yield Mark((charge, who(statement)), (statement.n,), values)


def _charge(page: Page, statement: Attribution) -> Span | None:
    """The words of a statement that charge somebody with a crime or grave misconduct."""
    if statement.stance not in ("asserts", "believes", None):
        return None
    if any(word in page.words.courts for word in description_words(statement.speaker.name or "")):
        return None
    for start, end in statement.content:
        match = page.words.charges.search(page.text, start, end)
        if match:
            return match.span()
    return None


def _accused(page: Page, statement: Attribution, charge: Span) -> list[str]:
    """The names that a charge is laid against, out of the content's words before it in the same sentence.

    After a verb of accusing that is every name up to "of" or "with"; else the last name that does something.
    """
    accusing = bool(page.words.accusing.search(page.quote(statement.cue)))
    sentence = page.sentence_at(charge[0])
    names: list[str] = []
    for start, end in statement.content:
        start, end = max(start, sentence[0]), min(end, sentence[1], charge[0])
        if start >= end:
            continue
        if accusing:
            split = _SPLIT.search(page.text, start, end)
            end = split.start() if split else end
        for match in _NAME.finditer(page.text, start, end):
            name = _cleaned(match.group(), page)
            if not name or _is_place(page, match.start()) or _is_speaker(name, statement):
                continue
            if accusing or _acts(page, (match.end(), charge[0])):
                names.append(name)
    return names if accusing else names[-1:]


def _acts(page: Page, between: Span) -> bool:
    """Whether the words from a name to a charge can make the name the one who did it."""
    words = page.text[slice(*between)]
    if len(words) > NEAR or _CLAUSE.search(words):
        return False
    following = description_words(words)[:1]
    return not following or following[0] in page.words.acts or following[0].endswith("ed") or words.startswith(",")


def _cleaned(name: str, page: Page) -> str:
    """A name without the words at its start that have a capital for another reason."""
    words = name.split()
    while words and words[0].rstrip(".").casefold() in page.words.not_names:
        words.pop(0)
    return re.sub(r"['\u2019]s$", "", " ".join(words))


def _is_place(page: Page, start: int) -> bool:
    before = description_words(page.text[max(0, start - 20) : start])
    return bool(before) and (
        before[-1] in page.words.places
        or (before[-1] == "the" and before[-2:-1] != [] and before[-2] in page.words.places)
    )


def _is_speaker(name: str, statement: Attribution) -> bool:
    return bool(set(description_words(name)) & set(description_words(statement.speaker.name or "")))


def _heard(page: Page) -> frozenset[str]:
    """How the words begin by which the article's speakers are known; the doubtful statements count here."""
    known: set[str] = set()
    for statement in page.every:
        speaker = statement.speaker
        if speaker.type == "document":
            continue  # "the case against Brek" is not Brek's answer
        parts = (speaker.name or "", speaker.role or "", page.quote(statement.source))
        known.update(word[:LIKE] for word in description_words(" ".join(parts)))
    return frozenset(known)


def _asked(page: Page) -> str:
    """The paragraphs, each with the one before it, in which an answer or the want of one is reported."""
    found = {page.paragraph_number(match.start()) for match in page.words.replies.finditer(page.text)}
    near = sorted({k for number in found for k in (number - 1, number) if k >= 0})
    return "\n".join(page.text[slice(*page.paragraphs[k])].casefold() for k in near)


def one_voice(page: Page) -> Iterator[Mark]:
    """One speaker to whom most of the attributed words belong: for information."""
    said = [s for s in page.sure if s.inside is None and s.speaker.name and s.speaker.type not in ("unknown", "author")]
    words: Counter[str] = Counter()
    for statement in said:
        words[(statement.speaker.name or "").casefold()] += sum(
            len(tokens(page.text[a:b])) for a, b in statement.content
        )
    total = sum(words.values())
    if total < FEWEST_WORDS or len(said) < FEWEST_STATEMENTS or len(words) < FEWEST_VOICES:
        return
    name, most = words.most_common(1)[0]
    if most > CARRIES * total:
        voice = next(voice for voice in page.voices if voice.name.casefold() == name)
        values = {"source": voice.name, "share": f"{100 * most / total:.0f}", "words": str(total)}
        yield Mark((who(voice.statements[0]),), voice.numbers, values)
