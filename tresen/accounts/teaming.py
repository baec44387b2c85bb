"""Operations on teams."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Team
from tresen.accounts.wording import AccountWrong, Problem

LONGEST_NAME = 80


@transaction.atomic
def add_team(*, name: str, by: Actor, at: datetime) -> Team:
    """A new team without agents. Raises `AccountWrong`."""
    team = Team.objects.create(name=_checked(name, except_for=None))
    record_change(f"team:{team.pk}", "added", by=by, at=at)
    return team


@transaction.atomic
def rename_team(team_id: int, *, name: str, by: Actor, at: datetime) -> None:
    """The team's new name. Raises `AccountWrong`."""
    team = Team.objects.select_for_update().get(pk=team_id)
    name = _checked(name, except_for=team_id)
    if name != team.name:
        team.name = name
        team.save(update_fields=["name"])
        record_change(f"team:{team_id}", "renamed", by=by, at=at)


def _checked(name: str, *, except_for: int | None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give the team a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        raise AccountWrong([Problem("name", sentence)])
    namesake = Team.objects.filter(name__iexact=name).first()
    if namesake is not None and namesake.pk != except_for:
        raise AccountWrong([Problem("name", _("There is a team “%(name)s” already.") % {"name": name})])
    return name
