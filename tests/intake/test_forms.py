from datetime import datetime, timedelta

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.intake.forms import receive_form
from tresen.intake.models import StoredPayload

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_is_kept_once() -> None:
    store = a_store("website", "")
    fields = {"name": "Petra Muster", "email": "petra@kundin.example", "message": "Passt der Deckel?"}

    def send(at: datetime) -> bool:
        return receive_form(store.pk, fields=fields, submission="page-1", at=at)

    assert send(MONDAY)
    assert not send(MONDAY + timedelta(seconds=2))
    payload = StoredPayload.objects.get()
    assert (payload.source, payload.store, payload.mailbox) == ("form", store, None)
