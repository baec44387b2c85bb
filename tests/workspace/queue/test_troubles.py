from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tresen.stores.models import Health, Mailbox


def test_a_mailbox_in_trouble_is_told_to_those_whose_work_it_touches(screen, store):
    mailbox = a_mailbox(store)
    Mailbox.objects.update(health=Health.TROUBLED, trouble="The server can't be reached.")

    told = screen.get(reverse("queue-counts")).text

    assert f"{mailbox.name} has trouble" in told


def test_who_sees_nothing_is_told_nothing(blind_screen, store):
    mailbox = a_mailbox(store)
    Mailbox.objects.update(health=Health.RECONNECT)

    assert mailbox.name not in blind_screen.get(reverse("queue-counts")).text
