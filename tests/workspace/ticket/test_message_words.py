import pytest

from tests.factories.messages import filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY
from tresen.channels.contract import DeliveryNotice
from tresen.tickets.models import Message
from tresen.workspace.ticket.message_words import Told, messages_shown


@pytest.mark.django_db
@pytest.mark.parametrize("permanent", [True, False])
def test_what_a_mail_server_reports_is_shown_as_its_words(permanent):
    ticket = a_ticket()
    answer = answered(ticket)
    report = DeliveryNotice(
        external_id="report@mx.example",
        occurred_at=MONDAY,
        message_id=answer.idempotency_key,
        recipient=answer.recipient,
        permanent=permanent,
        reason="450 4.4.1 not yet",
        text="I have not delivered it.",
    )
    filed(answer.store, report)
    message = Message.objects.get(ticket=ticket, text="I have not delivered it.")
    (shown,) = messages_shown([message], {}, Told(ticket=ticket, agent=1, at=MONDAY))
    assert shown.name == "Mail server"
    assert shown.kind_words == ("An answer came back" if permanent else "Automatic, expects no answer")
