"""Answering in words that the platform has approved, after it takes no free ones any more."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.channels.approved_templates import ApprovedTemplate
from tresen.channels.feeds import Stopped
from tresen.outbox.preparing import TEMPLATE
from tresen.replies.answering import answer
from tresen.replies.permitting import CannotAnswer
from tresen.stores.access import access_to
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Message
from tresen.timekeeping.running import running_from

LONGEST_VALUE = 1000
"""Characters of what is filled in."""


def templates_at(store: Store, *, at: datetime) -> Sequence[ApprovedTemplate]:
    """What its platform takes now. Raises CannotAnswer where it takes none, or does not say."""
    door = connector_of(store).templates
    if door is None:
        raise CannotAnswer(_("This channel has no approved templates."))
    found = door.listed(access_to(store, clock=running_from(at)))
    if isinstance(found, Stopped):
        raise CannotAnswer(_("The platform does not tell its templates now: %(reason)s") % {"reason": found.reason})
    return found


def answer_in_template(
    ticket_id: int,
    *,
    conversation_id: int,
    key: str,
    values: Mapping[str, str],
    answers_up_to: int,
    by: Actor,
    at: datetime,
    submission: UUID | None = None,
) -> Message:
    """Queue an approved template with these values. Raises CannotAnswer."""
    store = Conversation.objects.select_related("store").get(pk=conversation_id, ticket=ticket_id).store
    template = next((one for one in templates_at(store, at=at) if one.key == key), None)
    if template is None:
        raise CannotAnswer(_("The platform does not take this template any more: choose another."))
    given = {name: " ".join(values.get(name, "").split()) for name in template.variables}
    if any(not value or len(value) > LONGEST_VALUE for value in given.values()):
        raise CannotAnswer(_("Fill in all of the template: it can't leave with an empty place."))
    use = template.used(given)
    facts = {TEMPLATE: json.dumps({"name": use.name, "language": use.language, "values": use.values})}
    return answer(
        ticket_id,
        conversation_id=conversation_id,
        text=template.filled(given),
        answers_up_to=answers_up_to,
        by=by,
        at=at,
        submission=submission,
        template=facts,
    )
