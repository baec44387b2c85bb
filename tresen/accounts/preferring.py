"""What agents decide about themselves."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.inviting import LONGEST_NAME
from tresen.accounts.models import Agent, Theme
from tresen.accounts.wording import AccountWrong, Problem


@transaction.atomic
def change_profile(
    agent_id: int, *, name: str, language: str, theme: Theme, zone: str, by: Actor, at: datetime
) -> None:
    """Name, language, appearance and time zone. Raises `AccountWrong`."""
    name = " ".join(name.split())
    problems = []
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        problems.append(Problem("name", sentence))
    if language not in dict(settings.LANGUAGES):
        problems.append(Problem("language", _("This language is not spoken here.")))
    if not _is_zone(zone):
        sentence = _("“%(zone)s” is not a time zone. Write one like Europe/Berlin.") % {"zone": zone}
        problems.append(Problem("zone", sentence))
    if problems:
        raise AccountWrong(problems)
    changed = Agent.objects.filter(pk=agent_id)
    changed.update(name=name, language=language, theme=theme, zone=zone)
    record_change(f"agent:{agent_id}", "profile_changed", by=by, at=at)


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        return False
    return True
