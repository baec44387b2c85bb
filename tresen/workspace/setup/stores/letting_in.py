"""From the form of a connection to the operations: tried, then connected, and read from then on."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.intake.feeds.starting import start_feeds
from tresen.stores.causes import Trouble
from tresen.stores.connection_troubles import explained_connection, sentence_of
from tresen.stores.models import Store
from tresen.stores.platform_connecting import connect_store, try_connection
from tresen.stores.wording import SetupWrong
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.stores.connection_form import ConnectionForm


def tried(form: ConnectionForm, store: Store, *, at: datetime) -> Connected | Trouble | None:
    """What the platform says to what is entered; None where the form says what is wrong with it."""
    if not form.is_valid():
        return None
    try:
        answer = try_connection(store, form.entered(), at=at)
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return None
    match answer:
        case Connected():
            return replace(answer, lacks=tuple(map(sentence_of, answer.lacks)))
        case Stopped():
            return explained_connection(answer.reason)
        case _:
            assert_never(answer)


def let_in(form: ConnectionForm, store: Store, known: Connected, *, by: Actor, at: datetime) -> bool:
    """Whether the store is connected now, its feeds begun; both or neither. If not, the form says why."""
    try:
        with transaction.atomic():
            connect_store(store.pk, form.entered(), account=known.account, learned=known.learned, by=by, at=at)
            start_feeds(store.pk, past=form.past(), at=at)
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return False
    return True
