"""The database itself keeps the ledger from being edited: no code of ours has to be trusted for it."""

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store
from tresen.tickets.models import TicketEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", ["UPDATE tickets_ticketevent SET facts = '{}'", "DELETE FROM tickets_ticketevent"])
def test_what_was_recorded_is_neither_changed_nor_deleted(change: str) -> None:
    filed(a_store(), a_message())
    before = list(TicketEvent.objects.order_by("pk").values())
    assert before
    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert list(TicketEvent.objects.order_by("pk").values()) == before
