"""Operations on agents: who may sign in, as what, in which teams."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent, Role, SetupChange, Team, TeamMembership
from tresen.accounts.wording import AccountWrong, Problem

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An agent as an admin enters them. `leading` are those of `teams` that they lead."""

    email: str
    name: str
    role: Role
    teams: Collection[int] = ()
    leading: Collection[int] = ()
    everything: bool = False


@transaction.atomic
def invite(
    invitation: Invitation, *, by: Actor, at: datetime, language: str = "en", zone: str = "Europe/Berlin"
) -> Agent:
    """A new agent without a password; `passwords.one_time_path` lets them choose one. Raises `AccountWrong`."""
    checked = _checked(invitation, except_for=None)
    agent = Agent(
        email=checked.email,
        name=checked.name,
        role=checked.role,
        everything=checked.everything,
        language=language,
        zone=zone,
        joined_at=at,
    )
    agent.set_unusable_password()
    agent.save(force_insert=True)
    _put_in_teams(agent, checked)
    record_change(f"agent:{agent.pk}", "invited", by=by, at=at, details=_details(checked))
    return agent


def inviter_of(agent_id: int) -> Agent | None:
    """Who invited this agent; nobody where a command did."""
    invited = SetupChange.objects.filter(subject=f"agent:{agent_id}", what="invited").select_related("by").first()
    return invited.by if invited else None


@transaction.atomic
def change_agent(agent_id: int, invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """What an agent is from now on. Raises `AccountWrong`, also when no admin would be left."""
    agent = _locked(agent_id)
    checked = _checked(invitation, except_for=agent_id)
    if checked.role != Role.ADMIN:
        _refuse_without_admin(agent)
    agent.email, agent.name = checked.email, checked.name
    agent.role, agent.everything = checked.role, checked.everything
    agent.save(update_fields=["email", "name", "role", "everything"])
    _put_in_teams(agent, checked)
    record_change(f"agent:{agent_id}", "changed", by=by, at=at, details=_details(checked))


@transaction.atomic
def deactivate(agent_id: int, *, by: Actor, at: datetime) -> None:
    """Let an agent in no longer; what they wrote stays. Raises `AccountWrong` for oneself and for the last admin."""
    agent = _locked(agent_id)
    if by.kind is ActorKind.AGENT and by.id == agent_id:
        raise AccountWrong([Problem("agent", _("You cannot lock yourself out. Another admin can."))])
    _refuse_without_admin(agent)
    if agent.is_active:
        agent.is_active = False
        agent.save(update_fields=["is_active"])
        record_change(f"agent:{agent_id}", "deactivated", by=by, at=at)


@transaction.atomic
def reactivate(agent_id: int, *, by: Actor, at: datetime) -> None:
    """Let an agent in again, with the same password, teams and stores."""
    agent = _locked(agent_id)
    if not agent.is_active:
        agent.is_active = True
        agent.save(update_fields=["is_active"])
        record_change(f"agent:{agent_id}", "reactivated", by=by, at=at)


def _locked(agent_id: int) -> Agent:
    # One at a time: two admins who lock each other out at once would leave nobody.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_agent IN SHARE ROW EXCLUSIVE MODE")
    return Agent.objects.get(pk=agent_id)


def _refuse_without_admin(agent: Agent) -> None:
    if agent.role != Role.ADMIN or not agent.is_active:
        return
    if not Agent.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=agent.pk).exists():
        sentence = _("This is the only admin. Make somebody else an admin first.")
        raise AccountWrong([Problem("role", sentence)])


def _put_in_teams(agent: Agent, checked: Invitation) -> None:
    TeamMembership.objects.filter(agent=agent).exclude(team__in=checked.teams).delete()
    for team_id in checked.teams:
        TeamMembership.objects.update_or_create(
            agent=agent, team_id=team_id, defaults={"leads": team_id in checked.leading}
        )


def _checked(given: Invitation, *, except_for: int | None) -> Invitation:
    email, name = given.email.strip(), " ".join(given.name.split())
    problems = [*_wrong_email(email, except_for=except_for)]
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give the agent a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        problems.append(Problem("name", sentence))
    if Team.objects.filter(pk__in=given.teams).count() != len(set(given.teams)):
        problems.append(Problem("teams", _("One of these teams does not exist any more.")))
    if not set(given.leading) <= set(given.teams):
        problems.append(Problem("leading", _("Whoever leads a team must be in it.")))
    if problems:
        raise AccountWrong(problems)
    return Invitation(
        email=email,
        name=name,
        role=given.role,
        teams=given.teams,
        leading=given.leading,
        everything=given.everything,
    )


def _wrong_email(email: str, *, except_for: int | None) -> list[Problem]:
    try:
        validate_email(email)
    except ValidationError:
        return [Problem("email", _("This is not an e-mail address."))]
    namesake = Agent.objects.filter(email__iexact=email).first()
    if namesake is not None and namesake.pk != except_for:
        return [Problem("email", _("There is an agent with this address already, perhaps a deactivated one."))]
    return []


def _details(checked: Invitation) -> dict[str, object]:
    return {
        "role": checked.role.value,
        "everything": checked.everything,
        "teams": sorted(checked.teams),
        "leading": sorted(checked.leading),
    }
