"""Who said it: from the source of each attribution to one speaker, the same under every form of the name.

Sources are taken in the order of the text. A name is carried to its fullest form; a pronoun or a definite
description is led back to somebody mentioned earlier, by what the model's pointer says of earlier words ("same"),
by nearness, and by what grammar forbids. What cannot be led back stays what it is, or nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from reportedly.lexicon.names import name_words
from reportedly.lexicon.people import Gender, gender_of_given_name, is_group_noun, pronoun, role_noun, title
from reportedly.model import Clues
from reportedly.resolve.belonging import anchor
from reportedly.resolve.entities import PEOPLE, Entity
from reportedly.resolve.names import Name, Registry, body_noun, content_words, fold, names, without_headline_words
from reportedly.resolve.roles import Roles, appositive, joined, length, party
from reportedly.resolve.sources import Source, kind_by_noun, read_source
from reportedly.schema import Article, Attribution, Span, Speaker, SpeakerType

# A description is led to somebody by the pointer alone where it gives them this much; a plural one to two persons where
# it gives even the second this much.
SURE = 0.5
JOINT = 0.2
# What nearness weighs beside the pointer's probability: halved at every entity further back. And what having
# spoken last weighs, and a known gender or number that fits the pronoun.
NEARNESS = 0.5
SPOKE_LAST = 0.3
FITS = 0.3
# A relative pronoun stands no further behind its noun than this many characters.
RELATIVE_REACH = 60
# A quotation without a source belongs to the last speaker only across so many line ends.
BREATH = 2

# A pronoun of one gender behind a name, with no stop and no other name between; and how many characters at most.
_PRONOUN_AFTER = re.compile(r"(?:'s|\u2019s)?[^.!?\n\"\u201cA-Z]*?\b(he|his|him|himself|she|her|hers|herself)\b")
PRONOUN_REACH = 100

# What the noun of a description adds to the model's probability of the type that the lexicon gives it.
HINT = 1.5

# Blocks whose names are nobody's in the story: places of writing, reporters, agencies, what stands around the text.
APART = ("dateline", "byline", "credit", "furniture")

NOBODY = Speaker(None, "unknown", None, anonymous=True)

_Kinds = Mapping[SpeakerType, float]


class Speakers:
    """The speakers of one article: made once, then asked for all of its attributions."""

    def __init__(self, article: Article, clues: Clues) -> None:
        self._article = article
        self._clues = clues
        apart = [block.span for block in article.blocks if block.kind in APART]
        found = [name for name in names(article.text) if not any(s <= name.span[0] < e for s, e in apart)]
        self._names = without_headline_words(found, article.text)
        self._starts = [name.span[0] for name in self._names]
        self._bodies = [(name, noun) for name in self._names if (noun := body_noun(name)) is not None]
        self._registry = Registry(self._names)
        self._roles = Roles(article.text, clues.names)
        self._marked = sorted(clue.span for clue in clues.names if clue.label == "name")
        self._named: dict[tuple[str, ...], Entity] = {}
        self._described: list[Entity] = []
        self._of: dict[int, Entity | None] = {}
        self._last: Entity | None = None
        self._mentions: dict[tuple[str, ...], list[Span]] = {}
        full = {name.span: self._registry.fullest(name) for name in self._names}
        for name in self._names:
            self._mentions.setdefault(full[name.span].key, []).append(name.span)
        for name in full.values():
            if self._is_person(name):
                self._of_name(name)

    def resolve(self, attributions: Sequence[Attribution]) -> dict[int, Speaker]:
        """The speaker of every attribution, by its number."""
        ordered = sorted(attributions, key=lambda a: (a.source or a.cue or a.content)[0])
        for attribution in ordered:
            self._of[attribution.n] = self._entity(attribution)
        for attribution in ordered:
            if not attribution.source:
                self._of[attribution.n] = self._floating(attribution, ordered)
        return {attribution.n: self._speaker(self._of[attribution.n]) for attribution in attributions}

    def _entity(self, attribution: Attribution) -> Entity | None:
        """Who an attribution's source is, new or known; None where it has no source."""
        # A source that is there is somebody, whatever the model thinks.
        shares = self._clues.kinds.get(anchor(attribution), {})
        kinds: dict[SpeakerType, float] = {kind: share for kind, share in shares.items() if kind != "unknown"}
        hint = kind_by_noun(self._article.text[slice(*attribution.source[0])]) if attribution.source else None
        if hint is not None:
            kinds[hint] = HINT + kinds.get(hint, 0.0)
        likeliest: SpeakerType = max(kinds.items(), key=lambda pair: pair[1], default=("unknown", 0.0))[0]
        source = read_source(self._article, attribution, likeliest, self._clues.names)
        if source is None:
            return None
        entity = self._led_back(source) or self._new(source)
        entity.note(source.span, kinds)
        behind = appositive(self._article.text, source.names[0], source.span[1]) if source.names else None
        entity.roles += [span for span in (source.role, behind) if span is not None]
        self._last = entity
        return entity

    # ------------------------------------------------------------------------------------ leading back

    def _led_back(self, source: Source) -> Entity | None:
        if len(source.names) == 1:
            bearers = self._registry.bearers(source.names[0])
            if len(bearers) > 1:
                return self._likeliest([self._of_name(name) for name in bearers], source, NEARNESS)[0]
        if source.names:
            return self._of_names([self._registry.fullest(name) for name in source.names])
        if source.pronoun is not None and source.pronoun.kind == "relative":
            return self._just_before(source)
        if source.pronoun is not None:
            fitting = [entity for entity in self._earlier(source) if entity.agrees(source.pronoun)]
            return self._likeliest(fitting, source, NEARNESS)[0]
        return self._by_description(source)

    def _by_description(self, source: Source) -> Entity | None:
        """Whom a description means: one the pointer is sure of, one described by the same noun, an office, a body."""
        pointed = self._pointed(source)
        if pointed is not None and pointed.form == "name":
            return pointed
        alike = self._body_alike(source)
        if alike is not None or not source.definite:  # "a union of bakers" may be named only below
            return alike
        earlier = [e for e in self._earlier(source) if e.form != "description" or e.plural == source.plural]
        nearest = sorted(earlier, key=lambda e: -e.last_before(source.start))
        if source.bare_title:  # a headline names by office whom the text names later
            nearest += [entity for entity in self._named.values() if entity not in earlier]
        described = [e for e in nearest if e.form == "description" and e.head == source.head]
        if pointed in (described or earlier):
            return pointed
        fitting = (e for e in nearest if source.head == e.head or self._holds(e, source))
        return next(fitting, None) or self._body(source) or self._unsaid(source, nearest)

    def _pointed(self, source: Source) -> Entity | None:
        """Whom the pointer from a source lands on with certainty; of two persons who speak as one, both.

        Of an indefinite description only names count, as "a neighbour" is never one who was described before. The name
        may be one that has not been a source, and one that comes later: headlines describe whom the text then names.
        """
        landed: dict[Entity | Name, float] = {}
        for place, share in self._clues.same.get(source.start, {}).items():
            if place is not None and not source.span[0] <= place < source.span[1]:
                meant = self._meant(place)
                if isinstance(meant, Name) or (meant is not None and source.definite):
                    landed[meant] = landed.get(meant, 0.0) + share
        ranked = sorted(landed, key=lambda meant: -landed[meant])
        if source.plural and len(ranked) > 1 and landed[ranked[1]] >= JOINT:
            both = [meant for meant in ranked[:2] if isinstance(meant, Name)]
            if len(both) == len(ranked[:2]) and all(map(self._is_person, both)):
                return self._of_names(sorted(both, key=lambda name: name.span))
        if not ranked or landed[ranked[0]] < SURE:
            return None
        best = ranked[0]
        return self._of_name(best) if isinstance(best, Name) else best

    def _meant(self, place: int) -> Entity | Name | None:
        """Who is meant by the word at a place: somebody described, or a name in its fullest form."""
        k = bisect_right(self._starts, place) - 1
        if k >= 0 and place < self._names[k].span[1] and not is_group_noun(self._names[k].words[-1]):
            return self._registry.fullest(self._names[k])
        everybody: Iterable[Entity] = (*self._described, *self._named.values())
        return next((entity for entity in everybody if entity.covers(place)), None)

    def _body_alike(self, source: Source) -> Entity | None:
        """The one institution whose name shares two words or more with a description: "a federal appeals court"."""
        if not name_words().is_body(source.head):
            return None
        described = content_words(source.description)
        elsewhere = (name for name, _ in self._bodies if not source.span[0] <= name.span[0] < source.span[1])
        alike = (name for name in elsewhere if len(described & content_words(name.text)) > 1)
        full = {name.key: name for name in map(self._registry.fullest, alike)}
        return self._of_name(*full.values()) if len(full) == 1 else None

    def _body(self, source: Source) -> Entity | None:
        """The institution named last whose noun is the description's: "the commission"."""
        before = [name for name, noun in self._bodies if noun == source.head and name.span[0] < source.start]
        return self._of_name(self._registry.fullest(before[-1])) if before else None

    def _unsaid(self, source: Source, nearest: Sequence[Entity]) -> Entity | None:
        """The body that spoke last, for a noun that says no more of it than that it is one: "the agency"."""
        if source.plural or len(source.description.split()) != 2 or not name_words().is_body(source.head):
            return None
        return next((e for e in nearest if e.form == "name" and e.type in ("organisation", "outlet")), None)

    def _holds(self, entity: Entity, source: Source) -> bool:
        """Whether a role that the article gives one named has the description's noun: "the minister"."""
        if entity.form != "name":
            return False
        short = name_words().abbreviations
        roles = (fold(self._text(span)) for parts in self._roles_of(entity) for span in parts)
        return any(source.head in (word, short.get(word)) for words in roles for word in words)

    def _earlier(self, source: Source) -> list[Entity]:
        everybody: Iterable[Entity] = (*self._named.values(), *self._described)
        return [entity for entity in everybody if entity.last_before(source.start) >= 0]

    def _likeliest(self, fitting: Sequence[Entity], source: Source, nearness: float) -> tuple[Entity | None, float]:
        """The entity that pointer and nearness together favour, and how much."""
        share = self._clues.same.get(source.start, {})
        best: tuple[Entity | None, float] = (None, -1.0)
        for rank, entity in enumerate(sorted(fitting, key=lambda e: -e.last_before(source.start))):
            landed = sum(p for at, p in share.items() if at is not None and entity.covers(at))
            likelihood = landed + nearness * 0.5**rank
            if source.pronoun is not None:
                likelihood += SPOKE_LAST * (entity is self._last)
                likelihood += FITS * entity.fits(source.pronoun)
            if likelihood > best[1]:
                best = entity, likelihood
        return best

    def _just_before(self, source: Source) -> Entity | None:
        """The name that a relative pronoun follows ("Brek, who said ...")."""
        text, at = self._article.text, source.start
        reach = range(max(0, at - RELATIVE_REACH), at + 1)
        before = [n for n in self._names if n.span[1] in reach and "\n" not in text[n.span[1] : at]]
        if before and text[before[-1].span[1] : at].strip(" ,"):  # "the Orvik council, which": the name describes
            known = [e for e in self._described if e.covers(before[-1].span[0])]
            if known:
                return known[-1]
        animate = source.pronoun is None or source.pronoun.animate == "yes"
        full = [self._registry.fullest(name) for name in before]
        fitting = [name for name in full if self._is_person(name) == animate] or full
        return self._likeliest([self._of_name(name) for name in fitting], source, NEARNESS)[0]

    # ------------------------------------------------------------------------------------ new entities

    def _of_name(self, name: Name) -> Entity:
        """The entity of a name in its fullest form."""
        known = self._named.get(name.key)
        if known is None:
            head = name.key[-1] if name.key else ""
            known = Entity(name.text, name.span, "name", head, self._gender(name))
            known.mentions.extend(self._mentions.get(name.key, ()))
            self._named[name.key] = known
        return known

    def _of_names(self, full: Sequence[Name]) -> Entity:
        """The entity of a name, or of two that speak as one."""
        if len(full) == 1:
            return self._of_name(full[0])
        together = " and ".join(name.text for name in full)
        key = fold(together)
        if key not in self._named:
            span = full[-1].span
            self._named[key] = Entity(together, span, "name", key[-1], plural=True)
        return self._named[key]

    def _new(self, source: Source) -> Entity:
        """The entity of a description: the same words again mean the same speaker, save for "a" and "one"."""
        description = self._description(source)
        for known in self._described:
            if known.key == fold(description) and not source.indefinite:
                return known
        entity = Entity(description, source.span, source.form, source.head, plural=source.plural)
        self._described.append(entity)
        return entity

    def _is_person(self, name: Name) -> bool:
        """Whether a name of two words or more looks like a person's: by given name, title or the model's mark."""
        if len(name.words) < 2:
            return False
        k = bisect_left(self._marked, (name.span[1], 0))
        marked = k > 0 and name.span[0] < self._marked[k - 1][1]
        return marked or gender_of_given_name(name.words[0]) is not None

    def _gender(self, name: Name) -> Gender | None:
        """The gender that a title ("Mrs. Brek") or pronoun shows, or that the given name mostly has."""
        alike = self._registry.sharing(name)
        for other in alike:
            before = self._article.text[max(0, other.span[0] - 12) : other.span[0]].split()
            shown = title(before[-1]) if before else None
            if shown is not None and shown.gender is not None:
                return shown.gender
        given = gender_of_given_name(name.words[0]) if len(name.words) > 1 else None
        return given or self._gender_by_pronoun(alike)

    def _gender_by_pronoun(self, alike: Sequence[Name]) -> Gender | None:
        """The gender of the pronouns that follow the name in a sentence before any other name, if they are of one."""
        shown: set[Gender] = set()
        for name in alike:
            match = _PRONOUN_AFTER.match(self._article.text, name.span[1], name.span[1] + PRONOUN_REACH)
            said = pronoun(match.group(1)) if match is not None else None
            if said is not None and said.gender in ("f", "m"):
                shown.add(said.gender)
        return shown.pop() if len(shown) == 1 else None

    def _description(self, source: Source) -> str:
        """The description as a name: whose it is named, and without what only a sentence's beginning capitalises."""
        text = self._owned(source)
        first = text.split(maxsplit=1)[0] if text.strip() else ""
        if first[:1].isupper() and first[1:].islower() and self._is_common(first):
            text = first.lower() + text[len(first) :]
        elif first in ("A", "I"):
            text = text if first == "I" else "a" + text[1:]
        return text

    def _owned(self, source: Source) -> str:
        """The description with a possessive pronoun resolved: "Brek's lawyer" for "his lawyer"."""
        first, _, rest = source.description.partition(" ")
        said = pronoun(first)
        if said is None or said.person != 3 or not rest or (said.kind != "possessive" and said.form != "her"):
            return source.description
        asked = Source(source.span, first, "pronoun", pronoun=said)
        fitting = [entity for entity in self._earlier(asked) if entity.agrees(said) and entity.form == "name"]
        owner = self._likeliest(fitting, asked, NEARNESS)[0]
        return f"{owner.name}'s {rest.removeprefix('own ')}" if owner is not None else source.description

    def _is_common(self, word: str) -> bool:
        """Whether a capitalised word is a common one: it stands in lower case elsewhere, or heads a description."""
        lowered = word.lower()
        return lowered in name_words().openers or f" {lowered} " in self._article.text or role_noun(lowered) is not None

    # ---------------------------------------------------------------------------------------- floating

    def _floating(self, attribution: Attribution, ordered: Sequence[Attribution]) -> Entity | None:
        """The speaker of a quotation without source or cue: whoever was quoted just before, in the same breath."""
        if attribution.cue or attribution.quotation == "indirect":
            return None
        at = attribution.content[0][0]
        before = [a for a in ordered if a.source and a.content[-1][1] <= at and self._of[a.n] is not None]
        if not before:
            return None
        nearest = max(before, key=lambda a: a.content[-1][1])
        between = self._article.text[nearest.content[-1][1] : at]
        return self._of[nearest.n] if between.count("\n") <= BREATH else None

    # ----------------------------------------------------------------------------------------- answers

    def _speaker(self, entity: Entity | None) -> Speaker:
        if entity is None:
            return NOBODY
        kind = entity.type
        if entity.form == "pronoun" and kind not in ("group", "author"):
            return Speaker(None, kind, None, kind == "unnamed")  # a pronoun that leads back to nobody
        role, shown = self._role(entity) if kind in PEOPLE else (None, None)
        name = entity.name
        if kind in ("organisation", "group", "outlet") and name.lower().startswith("the "):
            name = name[4:]
        return Speaker(
            name=name,
            type=kind,
            role=role,
            anonymous=kind == "unnamed",
            mention=entity.mention,
            role_evidence=shown,
        )

    def _role(self, entity: Entity) -> tuple[str | None, Span | None]:
        """The role in words, at its fullest, and the longest of its spans.

        What stands before and behind one mention is one role, and the party and seat in brackets belong to it.
        """
        stated = max((self._inside(entity, parts) for parts in self._roles_of(entity)), key=_extent, default=())
        if not stated:
            return None, None
        seats = (party(self._article.text, name) for name in self._bearing(entity))
        seat = next((span for span in seats if span is not None), None)
        return joined(self._article.text, stated, seat), max(stated, key=length)

    def _inside(self, entity: Entity, parts: Sequence[Span]) -> tuple[Span, ...]:
        """The parts of a role that do not run on past the source in which they begin."""
        return tuple(
            part for part in parts if not any(start <= part[0] < end < part[1] for start, end in entity.mentions)
        )

    def _roles_of(self, entity: Entity) -> list[tuple[Span, ...]]:
        """The roles that the article gives the entity, each of one span or more: in its sources and beside its name."""
        if entity.beside is None:
            entity.beside = [parts for name in self._bearing(entity) if (parts := self._roles.near(name))]
        return [*((span,) for span in entity.roles), *entity.beside]

    def _bearing(self, entity: Entity) -> Sequence[Name]:
        """The mentions of a named entity by its name or the end of it."""
        return self._registry.under(entity.key) if entity.form == "name" else ()

    def _text(self, span: Span) -> str:
        return self._article.text[span[0] : span[1]]


def _extent(parts: Sequence[Span]) -> int:
    return sum(map(length, parts))
