"""Which policies another order really moves. Pure."""

from collections.abc import Sequence


def put_elsewhere(before: Sequence[int], after: Sequence[int]) -> tuple[int, ...]:
    """The fewest policies that, taken out and put elsewhere, make one order of the other.

    All others stand to each other as before: a ticket that another policy takes comes to one of these or leaves it.
    """
    places = {policy: place for place, policy in enumerate(before)}
    staying: list[list[int]] = []
    """For each policy of the new order the most that can stay in place up to it, with it at their end."""
    for policy in after:
        so_far = [one for one in staying if places[one[-1]] < places[policy]]
        staying.append([*_longest(so_far), policy])
    stays = set(_longest(staying))
    return tuple(policy for policy in after if policy not in stays)


def _longest(rows: Sequence[list[int]]) -> list[int]:
    found: list[int] = []
    for row in rows:
        if len(row) > len(found):
            found = row
    return found
