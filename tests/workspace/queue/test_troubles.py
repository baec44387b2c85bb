from django.test import Client
from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import an_agent
from tresen.accounts.models import Role
from tresen.stores.models import Health, Mailbox


def test_a_mailbox_in_trouble_is_told_to_those_whose_work_it_touches(screen, store):
    mailbox = a_mailbox(store)
    Mailbox.objects.update(health=Health.TROUBLED, trouble="The server can't be reached.")

    told = screen.get(reverse("queue-counts")).text

    assert f"{mailbox.name} has trouble" in told
    assert reverse("setup-mailbox", args=[mailbox.pk]) not in told


def test_an_admin_is_led_to_where_it_is_mended(store):
    mailbox = a_mailbox(store)
    Mailbox.objects.update(health=Health.RECONNECT)
    screen = Client()
    screen.force_login(an_agent(role=Role.ADMIN))

    assert reverse("setup-mailbox", args=[mailbox.pk]) in screen.get(reverse("queue-counts")).text


def test_who_sees_nothing_is_told_nothing(blind_screen, store):
    mailbox = a_mailbox(store)
    Mailbox.objects.update(health=Health.RECONNECT)

    assert mailbox.name not in blind_screen.get(reverse("queue-counts")).text
