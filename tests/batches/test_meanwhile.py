"""What the server checks while Python works."""

import pytest
from django.db import IntegrityError, connection, transaction

from tresen.batches.meanwhile import WORTH_IT, server_at_work
from tresen.tickets.models import Tag, TicketTag

pytestmark = pytest.mark.django_db

NOBODYS = 987_654_321


def _put_on_no_ticket() -> None:
    TicketTag.objects.create(ticket_id=NOBODYS, tag=Tag.objects.create(name="gift"))


def test_a_row_that_points_at_nothing_is_found_when_the_body_ends() -> None:
    with transaction.atomic():
        _put_on_no_ticket()
        with pytest.raises(IntegrityError), server_at_work(range(WORTH_IT)):
            pass
        transaction.set_rollback(True)


def test_a_few_rows_are_left_to_the_commit() -> None:
    with transaction.atomic():
        _put_on_no_ticket()
        with server_at_work(range(WORTH_IT - 1)):
            pass
        transaction.set_rollback(True)


def test_a_statement_of_the_body_is_answered_and_later_rows_wait_for_the_commit_again() -> None:
    with transaction.atomic():
        with server_at_work(range(WORTH_IT)), connection.cursor() as cursor:
            cursor.execute("SELECT 6 * 7")
            assert cursor.fetchone() == (42,)
        _put_on_no_ticket()
        transaction.set_rollback(True)
