from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, Scope
from tresen.alerts.outward.connecting import choose_ways
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.models import StoreFeed
from tresen.sla.defaults import create_defaults
from tresen.stores.connection_health import went_well
from tresen.stores.models import Health, Mailbox
from tresen.stores.platform_connecting import Entered, connect_store
from tresen.workspace.setup.overview.standing import first_steps, needs_care, stores_shown, verdict

pytestmark = pytest.mark.django_db


def a_mailbox(*stores, name="service@leuchtwerk.example", health=Health.GOOD, read_from=MONDAY, **fields):
    mailbox = Mailbox.objects.create(
        name=name, address=name, imap_host="i", smtp_host="s", created_at=MONDAY, health=health, read_from=read_from,
        **fields,
    )  # fmt: skip
    mailbox.stores.set(stores)
    return mailbox


def test_the_first_steps_are_ticked_off_one_by_one_and_then_go(admin):
    assert [step.done for step in first_steps()] == [False, False, False]
    a_store()
    assert [step.done for step in first_steps()] == [True, False, False]
    create_defaults(by=SYSTEM, at=MONDAY)
    assert [step.done for step in first_steps()] == [True, False, True]
    an_agent()
    assert first_steps() == []


def test_only_an_admin_is_shown_the_first_steps(by_admin, by_lead):
    assert "Three steps" in by_admin.get(reverse("setup")).text
    assert "Three steps" not in by_lead.get(reverse("setup")).text


def test_what_is_broken_comes_before_what_waits_for_a_decision(admin):
    store = a_store()
    a_mailbox(store, name="a@x.example", read_from=None)
    a_mailbox(store, name="b@x.example", health=Health.TROUBLED, trouble="does not answer")
    a_mailbox(store, name="c@x.example", health=Health.RECONNECT)
    a_mailbox(store, name="d@x.example", missing=3)
    a_mailbox(store, name="e@x.example")
    a_store("shopify", "")
    care = needs_care(admin, at=MONDAY)
    assert [item.tone for item in care] == ["late", "soon", "soon", "soon", "soon", "soon"]
    texts = " ".join(item.text for item in care)
    for words in (
        "c@x.example: sign in again",
        "b@x.example: Receiving from i: does not answer",
        "a@x.example holds old mail",
    ):
        assert words in texts
    assert "d@x.example: 3 messages on the server are not here" in texts
    assert "has no mailbox: answers cannot leave" in texts
    assert "e@x.example" not in texts


def test_a_mailbox_that_serves_no_store_and_troubles_of_both_servers_are_named(admin):
    a_mailbox(name="a@x.example")
    a_mailbox(a_store(), name="b@x.example", health=Health.TROUBLED, trouble="gone", sending_trouble="gone")
    texts = [item.text for item in needs_care(admin, at=MONDAY)]
    assert "a@x.example serves no store: its mail waits, and becomes no ticket." in texts
    assert "b@x.example: Receiving from i: gone Sending through s: gone" in texts


def test_an_admin_is_told_that_nobody_is_reached_until_a_mail_or_a_chat_is(admin):
    def told():
        return [one.route for one in needs_care(admin, at=MONDAY)]

    assert "setup-notices" not in told(), "before there is a store there is nothing to miss"
    mailbox = a_mailbox(a_store())
    assert "setup-notices" in told()
    choose_ways(mailbox_id=mailbox.pk, on_call_email="", by=SYSTEM, at=MONDAY)
    assert "setup-notices" not in told()


def test_a_lead_is_not_asked_to_mend_what_only_admins_can(lead):
    a_mailbox(a_store(), health=Health.RECONNECT)
    assert needs_care(lead, at=MONDAY) == []


def test_stores_are_shown_as_far_as_they_are_visible():
    first, second = a_store(), a_store()
    a_mailbox(first, health=Health.TROUBLED, trouble="x")
    assert [store.id for store in stores_shown(EVERYTHING, at=MONDAY)] == [first.pk, second.pk]
    only = Scope(teams=None, stores=frozenset({first.pk}), brands=frozenset())
    (shown,) = stores_shown(only, at=MONDAY)
    assert [health.tone for health in shown.health] == ["soon"]
    by_brand = Scope(teams=None, stores=frozenset(), brands=frozenset({second.brand_id}))
    assert [store.id for store in stores_shown(by_brand, at=MONDAY)] == [second.pk]


def test_a_lead_sees_the_stores_of_her_teams_only(lead, by_lead):
    hers, other = a_store(team=lead.teams.get()), a_store()
    text = by_lead.get(reverse("setup")).text
    assert hers.name in text
    assert other.name not in text


def test_a_connection_that_was_never_read_does_not_count_as_doing_well(by_admin):
    store = a_store()
    an_agent()
    create_defaults(by=SYSTEM, at=MONDAY)
    mailbox = a_mailbox(store, a_store(), health=Health.NEW, read_from=None)
    choose_ways(mailbox_id=mailbox.pk, on_call_email="", by=SYSTEM, at=MONDAY)
    assert "1 connection has not been read yet" in by_admin.get(reverse("setup")).text
    Mailbox.objects.update(health=Health.GOOD, read_from=MONDAY)
    assert "All connections do well." in by_admin.get(reverse("setup")).text


def test_where_there_is_no_connection_nothing_is_said_about_them():
    a_store("console", "")
    assert verdict(stores_shown(EVERYTHING, at=MONDAY)) is None


def test_rules_that_nobody_has_looked_up_for_long_ask_for_care(lead):
    a_store()
    assert needs_care(lead, at=MONDAY) == []
    (care,) = needs_care(lead, at=MONDAY + timedelta(days=400))
    assert care.text == "Amazon and Law: these rules were last checked more than 180 days ago."
    assert care.route == "setup-rules"


def test_a_store_that_is_not_connected_or_behind_asks_for_care_and_leads_there(admin):
    bare, behind = a_store("mirakl", "conrad"), a_store("mirakl", "conrad")
    entered = Entered(settings={"address": "https://marketplace.example"}, secrets={"api_key": "invented-key"})
    connect_store(behind.pk, entered, by=SYSTEM, at=MONDAY)
    start_feeds(behind.pk, at=MONDAY)
    StoreFeed.objects.filter(key="returns").update(trouble="403 Forbidden")

    care = {
        one.number: one for one in needs_care(admin, at=MONDAY + timedelta(hours=1)) if one.route.endswith("connection")
    }

    assert care[bare.pk].text.startswith(f"{bare.name}: not connected to its platform")
    told = care[behind.pk].text
    assert "Returns: The platform knows us and does not allow this" in told
    assert "Orders and Messages: not read to the end since" in told


def test_what_no_platform_has_answered_yet_is_not_known_to_do_well(admin):
    store = a_store("mirakl", "conrad")
    entered = Entered(settings={"address": "https://marketplace.example"}, secrets={"api_key": "invented-key"})
    connect_store(store.pk, entered, by=SYSTEM, at=MONDAY)
    assert verdict(stores_shown(EVERYTHING, at=MONDAY)).icon == "hourglass"

    went_well(store.pk, at=MONDAY)
    assert verdict(stores_shown(EVERYTHING, at=MONDAY)).icon == "circle-check"
