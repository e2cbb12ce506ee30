"""Average link inside components."""

from reportedly.compare.grouping import average_link, components


def shares(**pairs: float) -> dict[frozenset[str], float]:
    return {frozenset(pair): share for pair, share in pairs.items()}


def sets(groups: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def test_components_are_what_pairs_connect() -> None:
    assert components("abcde", [("a", "b"), ("b", "c"), ("d", "e")]) == [["a", "b", "c"], ["d", "e"]]
    assert components("ab", []) == [["a"], ["b"]]


def test_a_chain_is_no_group() -> None:
    chain = shares(ab=0.9, bc=0.9, cd=0.9)
    assert sets(average_link("abcd", chain, join=0.5)) == {frozenset("ab"), frozenset("cd")}


def test_what_is_alike_all_round_is_one_group() -> None:
    assert sets(average_link("abc", shares(ab=0.9, bc=0.6, ac=0.7), join=0.5)) == {frozenset("abc")}


def test_nothing_below_the_threshold_is_joined() -> None:
    assert sets(average_link("ab", shares(ab=0.4), join=0.5)) == {frozenset("a"), frozenset("b")}
    assert average_link("", {}, join=0.5) == []


def test_what_is_bound_stays_together_and_what_is_parted_apart() -> None:
    pairs = shares(ab=0.9, bc=0.9, ac=0.9)
    assert sets(average_link("abc", pairs, 0.5, parted=[frozenset("ab")])) in (
        {frozenset("ac"), frozenset("b")},
        {frozenset("a"), frozenset("bc")},
    )
    assert sets(average_link("abc", {}, 0.5, bound=[frozenset("ab")])) == {frozenset("ab"), frozenset("c")}
