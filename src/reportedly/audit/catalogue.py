"""The rules that are shipped: their data from ``rules.toml``, each with its check."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

from reportedly.audit import attribution, balance, bodies, unnamed, wording
from reportedly.audit.rule import Check, Origin, Rule

CHECKS: Mapping[str, Check] = {
    "bare-source": unnamed.bare_source,
    "no-reason": unnamed.no_reason,
    "opinion-unnamed": unnamed.opinion_unnamed,
    "single-unnamed": unnamed.single_unnamed,
    "plural-for-one": unnamed.plural_for_one,
    "byline": unnamed.byline,
    "declined-and-quoted": bodies.declined_and_quoted,
    "both-ways": bodies.both_ways,
    "late-attribution": attribution.late_attribution,
    "merged-quotes": attribution.merged_quotes,
    "unattributed": attribution.unattributed,
    "weak-lead": attribution.weak_lead,
    "agency-alone": attribution.agency_alone,
    "name-and-position": balance.name_and_position,
    "allegation-no-reply": balance.allegation_no_reply,
    "one-voice": balance.one_voice,
    "verify-word": wording.verify_word,
    "quote-group": wording.quote_group,
}


@functools.cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that Reportedly ships, in the order of ``rules.toml``."""
    tables = tomllib.loads((resources.files("reportedly.audit") / "rules.toml").read_text("utf-8"))
    origins = {key: Origin(item["name"], item.get("address")) for key, item in tables["origins"].items()}
    return tuple(
        Rule(
            id=item["id"],
            title=item["title"],
            severity=item["severity"],
            message=item["message"],
            unseen=item["unseen"],
            origins=tuple(origins[key] for key in item["origins"]),
            check=CHECKS[item["id"]],
        )
        for item in tables["rule"]
    )
