"""What keeps answers from leaving a store."""

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import MONDAY, a_store
from tresen.stores.leaving import lacks_mailbox, missing_way, sends_nothing
from tresen.stores.models import StoreConnection

pytestmark = pytest.mark.django_db


def test_a_store_sends_unless_it_only_watches_or_is_retired():
    store = a_store()
    assert sends_nothing(store) == ""
    store.shadow = True
    assert "only watches" in sends_nothing(store)
    store.retired_at = MONDAY
    assert "is retired" in sends_nothing(store)


def test_a_retired_mailbox_is_none():
    store = a_store("website", "")
    mailbox = a_mailbox(store)
    assert not lacks_mailbox(store)
    mailbox.retired_at = MONDAY
    mailbox.save()
    assert lacks_mailbox(store)


def test_what_only_mail_needs_is_said_of_a_connected_store():
    store = a_store("ebay", "ebay.de")
    StoreConnection.objects.create(store=store, connected_at=MONDAY)
    assert missing_way(store) == "Without a mailbox yet: no answer can leave by mail."
    a_mailbox(store)
    assert missing_way(store) == ""


def test_a_platforms_store_needs_its_connection_alone():
    store = a_store("kaufland", "")
    assert "Not connected to Kaufland" in missing_way(store)
    StoreConnection.objects.create(store=store, connected_at=MONDAY)
    assert missing_way(store) == ""
