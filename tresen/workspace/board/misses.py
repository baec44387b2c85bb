"""What stands in a channel's line about the misses that are still forgiven."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tresen.board.misses import Forgiven


@dataclass(frozen=True, slots=True, kw_only=True)
class MissesShown:
    """The tightest of a channel; `words` say of which store and measure, `tone` how bad it is."""

    name: str
    left: int
    store: int
    measure: str
    words: str
    tone: str


def misses_shown(tightest: Mapping[str, Forgiven], channel: str) -> MissesShown | None:
    """Of this channel, or with an empty one of all of them; None where no measure counts anything."""
    found = min(tightest.values(), key=lambda one: one.left, default=None) if not channel else tightest.get(channel)
    if found is None:
        return None
    said = {"store": found.name, "measure": _(found.title)}
    return MissesShown(
        name=f"misses-{channel}",
        left=found.left,
        store=found.store,
        measure=found.measure,
        words=_("misses that the platform still forgives: %(store)s, %(measure)s") % said,
        tone="late" if found.left < 0 else "soon" if found.pressing else "",
    )
