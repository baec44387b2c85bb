"""From an agent's form to the operations."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.abilities import set_abilities
from tresen.accounts.actors import Actor
from tresen.accounts.inviting import change_agent, deactivate, invite
from tresen.accounts.models import Agent
from tresen.accounts.wording import AccountWrong
from tresen.chats.desks import set_slots
from tresen.stores.granting import grant
from tresen.tickets.assigning import give_back_unseen
from tresen.workspace.setup.agents.forms import AgentForm
from tresen.workspace.setup.faults import show_problems


def saved(form: AgentForm, agent: Agent | None, *, zone: str, by: Actor, at: datetime) -> Agent | None:
    """The agent as kept; None where the form says why not. A new one starts in `zone`."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        with transaction.atomic():
            if agent is None:
                agent = invite(form.invitation(), language=given["language"], zone=zone, by=by, at=at)
            else:
                change_agent(agent.pk, form.invitation(), by=by, at=at)
            set_abilities(agent.pk, form.abilities(), by=by, at=at)
            if given["chat_slots"] is not None:
                set_slots(agent.pk, given["chat_slots"], by=by, at=at)
            grant(agent.pk, stores=given["stores"], brands=given["brands"], by=by, at=at)
            give_back_unseen(agent.pk, by=by, at=at)
    except AccountWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return None
    return agent


@transaction.atomic
def locked_out(agent_id: int, *, by: Actor, at: datetime) -> None:
    """The agent can sign in no longer, and nobody waits for him. Raises AccountWrong."""
    deactivate(agent_id, by=by, at=at)
    give_back_unseen(agent_id, by=by, at=at)
