"""What the network's outputs mean: the names of every label, in the order of the columns.

Training and run time both read them here; a change needs new weights and a new ``files.FORMAT``.
"""

from typing import get_args

from reportedly.schema import CarrierType, SpeakerType, Stance


def _bio(*names: str) -> tuple[str, ...]:
    return ("O", *(f"{edge}-{name}" for name in names for edge in "BI"))


# Who, by which cue, what: once for what the article reports, once for what is reported inside that.
ROLES = _bio("source", "cue", "content")
# What a statement depends on and how it travelled.
ASPECTS = _bio("condition", "hedge", "when", *(f"carrier-{kind}" for kind in get_args(CarrierType)))
# The words of a speaker's name and role.
NAMES = _bio("name", "role")
# Asked at the words of a cue (of a content where there is none); the type of speaker at the words of a source too.
KINDS: tuple[SpeakerType, ...] = get_args(SpeakerType)
STANCES: tuple[Stance, ...] = get_args(Stance)

# The layers of labels, side by side in the output "tags" (T, sum of their sizes).
TAGS: dict[str, tuple[str, ...]] = {
    "roles": ROLES,
    "inner": ROLES,
    "aspects": ASPECTS,
    "names": NAMES,
    "kind": KINDS,
    "stance": STANCES,
    "source_kind": KINDS,
}
# The pointers, stacked in the output "links" (4, T, T + 1).
LINKS = ("anchor", "source", "aspect", "same")
