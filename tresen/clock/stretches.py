"""Arithmetic of time: stretches [from, to) in UTC, joined, cut with each other and taken away. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

type Opening = tuple[datetime, datetime]
"""[opens, closes) in UTC."""


def joined(stretches: Iterable[Opening]) -> list[Opening]:
    """The same time in order and apart: what touches or overlaps becomes one stretch, what is empty none."""
    found: list[Opening] = []
    for begins, ends in sorted(stretches):
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = found[-1][0], max(ends, found[-1][1])
        else:
            found.append((begins, ends))
    return found


def common(one: Iterable[Opening], other: Iterable[Opening]) -> list[Opening]:
    """The time that lies in both."""
    left, right = joined(one), joined(other)
    found, here, there = [], 0, 0
    while here < len(left) and there < len(right):
        begins, ends = max(left[here][0], right[there][0]), min(left[here][1], right[there][1])
        if begins < ends:
            found.append((begins, ends))
        if left[here][1] <= right[there][1]:
            here += 1
        else:
            there += 1
    return found


def without(one: Iterable[Opening], other: Iterable[Opening]) -> list[Opening]:
    """The time that lies in the first but not in the second."""
    taken = joined(other)
    return [rest for stretch in joined(one) for rest in _rests(stretch, taken)]


def _rests(stretch: Opening, taken: Sequence[Opening]) -> Iterable[Opening]:
    at, end = stretch
    for begins, ends in taken:
        if ends <= at or begins >= end:
            continue
        if begins > at:
            yield at, begins
        at = ends
    if at < end:
        yield at, end
