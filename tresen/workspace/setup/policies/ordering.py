"""The list in an order that is not saved yet. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from tresen.sla.queries import ListedPolicy, marked


def in_order(listed: Sequence[ListedPolicy], wanted: Sequence[int]) -> list[ListedPolicy]:
    """The policies as `wanted` orders them, with the places they would have; who is not named keeps their place."""
    known = {policy.id: policy for policy in listed}
    turn = iter([known[number] for number in dict.fromkeys(wanted) if number in known])
    named = set(wanted)
    ordered = [next(turn) if policy.id in named else policy for policy in listed]
    return marked([replace(policy, position=place) for place, policy in enumerate(ordered, start=1)])


def with_one_moved(order: Sequence[int], number: int, *, by: int) -> list[int]:
    """The order with this one moved up (-1) or down (+1); at an end it stays."""
    place = order.index(number)
    others = [other for other in order if other != number]
    to = min(max(place + by, 0), len(others))
    return [*others[:to], number, *others[to:]]
