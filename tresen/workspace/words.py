"""How long until, how long since: the same words on the server and, ticking, in the browser (static/js/clock.js)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86400
EXACT_BELOW = 10 * MINUTE
"""The last minutes show their seconds."""


def time_left(due: datetime, at: datetime) -> str:
    """In 12 min, in 9 h 05 min, in 3 d 4 h; past it: 12 min late."""
    left = due - at
    return _late(-left) if left < timedelta(0) else _ahead(left)


def _ahead(left: timedelta) -> str:
    seconds = int(left.total_seconds())
    minutes, hours, days = seconds // MINUTE, seconds // HOUR, seconds // DAY
    patterns = _patterns()
    if seconds < EXACT_BELOW:
        return _filled(patterns["in_seconds"], minutes=minutes, seconds=f"{seconds % MINUTE:02}")
    if seconds < HOUR:
        return _filled(patterns["in_minutes"], minutes=minutes)
    if seconds < 2 * DAY:
        return _filled(patterns["in_hours"], hours=hours, minutes=f"{minutes % 60:02}")
    return _filled(patterns["in_days"], days=days, hours=hours % 24)


def _late(past: timedelta) -> str:
    seconds = int(past.total_seconds())
    patterns = _patterns()
    if seconds < HOUR:
        return _filled(patterns["late_minutes"], minutes=seconds // MINUTE)
    if seconds < 2 * DAY:
        return _filled(patterns["late_hours"], hours=seconds // HOUR, minutes=f"{seconds // MINUTE % 60:02}")
    return _filled(patterns["late_days"], days=seconds // DAY, hours=seconds // HOUR % 24)


def _patterns() -> Mapping[str, str]:
    return _patterns_in(translation.get_language() or "en")


@cache
def _patterns_in(language: str) -> Mapping[str, str]:
    del language  # the key: gettext itself is too slow for hundreds of calls a page
    return {
        "in_seconds": _("in {minutes} min {seconds} s"),
        "in_minutes": _("in {minutes} min"),
        "in_hours": _("in {hours} h {minutes} min"),
        "in_days": _("in {days} d {hours} h"),
        "late_minutes": _("{minutes} min late"),
        "late_hours": _("{hours} h {minutes} min late"),
        "late_days": _("{days} d {hours} h late"),
    }


def _filled(pattern: str, **values: object) -> str:
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern


def for_scripts() -> dict[str, str]:
    """What the browser's scripts say, in the agent's language."""
    return {
        **_patterns(),
        "fresh": _("{count} new"),
        "offline": _("No connection. Drafts are kept here and sent nowhere."),
        "online": _("Connected again."),
        "draft_kept": _("Draft saved"),
        "draft_here": _("Draft kept on this device"),
        "undo": _("Undo"),
        "nothing_to_undo": _("Nothing to undo any more."),
        "sending": _("Sending…"),
        "empty_answer": _("The answer is empty."),
        "empty_note": _("The note is empty."),
        "failed": _("That did not work. Nothing was changed; try again."),
        "characters_left": _("{count} characters left"),
        "characters_over": _("{count} characters too many"),
        "close": _("Close"),
        "nothing_found": _("Nothing found"),
        "go_to_ticket": _("Open ticket {number}"),
        "chosen": _("{count} chosen"),
        "unsaved": _("What you typed into the roster is not saved yet. Go on and lose it?"),
    }
