r"""A house's own rules, from a TOML file: what to look for, where, and said by whom.

.. code-block:: toml

    [[rule]]
    id = "house-no-slams"
    title = "Nobody slams anybody"
    severity = "note"                      # error, warning or note
    message = "“{words}” is not our word"  # {words}: what was found; {speaker}: who speaks
    origin = "House style, section 4"
    address = "https://example.org/style"  # optional
    unseen = "whether it is meant"         # optional
    [rule.when]                            # every line must hold
    in = "cue"                             # content, cue, source: of a statement; text: anywhere in the article
    words = ["slam*", "blast*"]            # whole words or phrases, any of them; * ends a word's stem
    # pattern = '\bslam(?:s|med)\b'      # or, in place of words, a bounded regular expression
    speaker = ["person", "unnamed"]        # the speaker's type
    stance = ["asserts"]
    quotation = ["direct", "mixed"]
    anonymous = true
    hedged = false
    missing = ["role", "via"]              # role, via, when, source, cue, name: what the statement has not
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from reportedly.audit.catalogue import shipped_rules
from reportedly.audit.page import Page, who
from reportedly.audit.pattern import PatternError, bounded
from reportedly.audit.rule import SEVERITIES, Check, Mark, Origin, Rule
from reportedly.errors import InputError, NotFoundError, NotTextError, TooLargeError
from reportedly.lexicon import phrases
from reportedly.schema import Attribution, Quotation, Span, SpeakerType, Stance

MOST_BYTES = 1_000_000
MOST_RULES = 200
MOST_WORDS = 500

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_KEYS = {"id", "title", "severity", "message", "origin", "address", "unseen", "when"}
_WHERE = ("content", "cue", "source", "text")
_MISSING: Mapping[str, Callable[[Attribution], bool]] = {
    "role": lambda s: not s.speaker.role,
    "name": lambda s: not s.speaker.name,
    "via": lambda s: not s.via,
    "when": lambda s: s.when is None,
    "source": lambda s: not s.source,
    "cue": lambda s: not s.cue,
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "speaker": get_args(SpeakerType),
    "stance": get_args(Stance),
    "quotation": get_args(Quotation),
    "missing": tuple(_MISSING),
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """The ``when`` of a house's rule; what is empty or None asks for nothing."""

    where: str | None = None
    pattern: re.Pattern[str] | None = None
    speaker: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    quotation: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    anonymous: bool | None = None
    hedged: bool | None = None

    def check(self, page: Page) -> Iterator[Mark]:
        """The places where the conditions hold."""
        if self.where == "text":
            for span in self._found(page, (0, len(page.text))):
                yield Mark((span,), (), {"words": page.text[slice(*span)], "speaker": ""})
            return
        for statement in page.sure:
            if self._hold(page, statement):
                yield from self._marks(page, statement)

    def _hold(self, page: Page, statement: Attribution) -> bool:
        speaker = statement.speaker
        return (
            (not self.speaker or speaker.type in self.speaker)
            and (not self.stance or statement.stance in self.stance)
            and (not self.quotation or page.kind(statement) in self.quotation)
            and (self.anonymous is None or speaker.anonymous == self.anonymous)
            and (self.hedged is None or bool(statement.hedges) == self.hedged)
            and all(_MISSING[name](statement) for name in self.missing)
        )

    def _marks(self, page: Page, statement: Attribution) -> Iterator[Mark]:
        speaker = statement.speaker.name or "nobody named"
        spans = getattr(statement, self.where) if self.where else (who(statement),)
        for span in spans:
            found = self._found(page, span) if self.pattern else iter((span,))
            for words in found:
                yield Mark((words,), (statement.n,), {"words": page.text[slice(*words)], "speaker": speaker})

    def _found(self, page: Page, span: Span) -> Iterator[Span]:
        if self.pattern is not None:
            for match in self.pattern.finditer(page.text, *span):
                if match.end() > match.start():
                    yield match.span()


def load_rules(path: str | Path) -> tuple[Rule, ...]:
    r"""A house's own rules, out of a TOML file of ``[[rule]]`` tables.

    Raises NotFoundError, NotTextError or TooLargeError for a file that cannot be read, and InputError for a rule that
    says something this vocabulary does not know, naming the file and the rule.
    """
    where = str(path)
    try:
        tables = tomllib.loads(_read(Path(path), where))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(where, f"not TOML: {error}", "see the rules of reportedly.audit.house for the form") from error
    items = tables.get("rule")
    if not isinstance(items, list) or set(tables) != {"rule"} or not 0 < len(items) <= MOST_RULES:
        raise InputError(
            where, f"a file of rules holds 1 to {MOST_RULES} [[rule]] tables and nothing else", "write [[rule]]"
        )
    rules: dict[str, Rule] = {}
    for number, item in enumerate(items, 1):
        rule = _Table(item, where, f"rule {number}").rule()
        if rule.id in rules or any(rule.id == shipped.id for shipped in shipped_rules()):
            raise InputError(where, f"rule {rule.id!r} exists already", "give each rule an id of its own")
        rules[rule.id] = rule
    return tuple(rules.values())


def _read(path: Path, where: str) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise NotFoundError(where, "no such file", "check the path") from error
    except (OSError, ValueError) as error:
        raise InputError(where, f"cannot be read: {error}", "check that it is a file you may read") from error
    if len(raw) > MOST_BYTES:
        raise TooLargeError(where, f"more than {MOST_BYTES} bytes of rules", "split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTextError(where, f"not UTF-8 at byte {error.start}", "save it as UTF-8") from error


class _Table:
    """Typed look-ups in one rule's table; every complaint names the file, the rule and the key."""

    def __init__(self, item: object, where: str, name: str) -> None:
        self.where, self.name = where, name
        self.item: Mapping[str, object] = (
            item if isinstance(item, dict) else self.refuse("a rule is a table", "[[rule]]")
        )

    def refuse(self, reason: str, remedy: str) -> dict[str, object]:
        raise InputError(self.where, f"{self.name}: {reason}", remedy)

    def rule(self) -> Rule:
        self.name = f"rule {self.text('id')!r}"
        if not _ID.fullmatch(self.text("id")):
            self.refuse("id: small letters, digits and hyphens, up to 64", "as in house-no-slams")
        self._known(_KEYS)
        severity = next((s for s in SEVERITIES if s == self.item.get("severity", "warning")), None)
        if severity is None:
            self.refuse(f"severity: {self.item['severity']!r}", f"one of {', '.join(SEVERITIES)}")
        return Rule(
            id=self.text("id"),
            title=self.text("title"),
            severity=severity or "warning",
            message=self._message(),
            unseen=self.text("unseen", "what the words show to a reader who knows the case"),
            origins=(Origin(self.text("origin", "House rule"), self.text("address", "") or None),),
            check=self._check(),
        )

    def text(self, key: str, default: str | None = None) -> str:
        value = self.item.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.refuse(f"{key}: a text belongs here", f'write {key} = "..."')
        return str(value)

    def _message(self) -> str:
        message = self.text("message")
        for name in _PLACEHOLDER.findall(message):
            if name not in ("words", "speaker"):
                self.refuse(f"message: {{{name}}} is not known", "only {words} and {speaker} are filled")
        return message

    def _check(self) -> Check:
        when = _Table(self.item.get("when"), self.where, f"{self.name}: when")
        return when.conditions().check

    def conditions(self) -> Conditions:
        """The ``when`` table as conditions."""
        self._known({"in", "words", "pattern", "anonymous", "hedged", *_CHOICES})
        pattern = self._pattern()
        where = self.text("in", "") or ("content" if pattern else None)
        if where is not None and where not in _WHERE:
            self.refuse(f"in: {where!r}", f"one of {', '.join(_WHERE)}")
        choices = {key: self._chosen(key) for key in _CHOICES}
        anonymous, hedged = self._flag("anonymous"), self._flag("hedged")
        asks = any(choices.values()) or anonymous is not None or hedged is not None
        if not asks and pattern is None:
            self.refuse("it asks for nothing", "give words, a pattern or a condition on the statement")
        if where == "text" and (asks or pattern is None):
            self.refuse(
                'in = "text" takes words or a pattern, and nothing about a statement', "look in content, cue or source"
            )
        return Conditions(where, pattern, **choices, anonymous=anonymous, hedged=hedged)

    def _known(self, keys: set[str]) -> None:
        if unknown := sorted(map(str, set(self.item) - keys)):
            self.refuse(f"{', '.join(unknown)}: not known", f"the keys are {', '.join(sorted(keys))}")

    def _pattern(self) -> re.Pattern[str] | None:
        if "words" in self.item and "pattern" in self.item:
            self.refuse("words and pattern exclude one another", "keep one")
        if "words" in self.item:
            words = self._texts("words")
            if not all(re.search(r"\w", word) for word in words):
                self.refuse("words: every one needs a letter or a digit", "leave the empty ones out")
            return phrases(words)
        if "pattern" not in self.item:
            return None
        try:
            return bounded(self.text("pattern"))
        except PatternError as error:
            raise InputError(self.where, f"{self.name}: pattern: {error}", "or use words") from error

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.item.get(key, [])
        if (
            not isinstance(value, list)
            or len(value) > MOST_WORDS
            or not all(isinstance(v, str) and len(v) < 200 for v in value)
        ):
            self.refuse(f"{key}: a list of up to {MOST_WORDS} short texts belongs here", f'write {key} = ["..."]')
        found = tuple(value) if isinstance(value, list) else ()
        if key in self.item and not found:
            self.refuse(f"{key}: the list is empty", "fill it or leave it out")
        return found

    def _chosen(self, key: str) -> tuple[str, ...]:
        found = self._texts(key)
        for value in found:
            if value not in _CHOICES[key]:
                self.refuse(f"{key}: {value!r}", f"any of {', '.join(_CHOICES[key])}")
        return found

    def _flag(self, key: str) -> bool | None:
        value = self.item.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(f"{key}: true or false", f"write {key} = true")
        return None
