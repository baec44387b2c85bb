"""Other rules of a platform that came to count for what was open then: what they make of each of its limits."""

from datetime import datetime

from msgspec.structs import replace

from tresen.clock.counted import Counted
from tresen.clock.facts import Counting
from tresen.clock.reckoning import Before, is_put_off
from tresen.clock.rules import PackSince, Rules


def recounted(one: Counted, rules: Rules, *, ended_at: datetime | None) -> Counted | None:
    """What a platform counts by the last rules that count for it; None where those have no such limit.

    What was over by then, or had `ended_at` before, stays as it was.

    The same limit again moves nothing; no limit is due before the rules that made it so, and rules that allow less put
    none off.
    """
    if not one.of.recounts:
        return one
    standing = one if one.cliff in one.of.cliffs else None
    for later in one.of.recounts:
        if _over(ended_at, later.since):
            break
        if standing is not None and _over(standing.due(rules), later.since):
            break
        limits = later.pack.cliffs_at(one.of.at)
        cliff = next((each for each in limits if each.key == one.cliff.key), None)
        if cliff is None:
            standing = None
        elif standing is None or standing.cliff != cliff:
            before = Before(standing.due(rules), standing.from_start(rules)) if standing else None
            standing = _by(later, replace(one, cliff=cliff, pack=later.pack), before, rules)
    return standing


def _by(later: PackSince, one: Counted, before: Before | None, rules: Rules) -> Counted:
    if later.since <= (one.counted_from or one.started_at):
        return one
    from_start = one.due(rules)
    if later.counting is not Counting.FROM_NOW and not _over(from_start, later.since):
        return one
    anew = replace(one, counted_from=later.since)
    if before is not None and is_put_off(anew.due(rules), from_start, before):
        return replace(anew, not_after=before.due)
    return anew


def _over(ended: datetime | None, at: datetime) -> bool:
    return ended is not None and ended <= at
