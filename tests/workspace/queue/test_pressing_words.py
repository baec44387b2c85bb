from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.accounts.scope import EVERYTHING
from tresen.routing.queues import first_page
from tresen.routing.views import View, ViewKind
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep
from tresen.workspace.queue.pressing_words import pressing_facts

pytestmark = pytest.mark.django_db


def test_a_row_whose_limit_runs_out_soon_is_marked_where_the_store_has_no_misses_left():
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=30))
    missing, fine = a_store(), a_store()
    filed(missing, a_message(at=now - timedelta(days=3), sender="late@marketplace.amazon.de"))
    for store in (missing, fine):
        for hours in (1, 21):
            sender = f"new{store.pk}-{hours}@marketplace.amazon.de"
            filed(store, a_message(at=now - timedelta(hours=hours), sender=sender))
    sweep(Watch(), now)

    page = first_page(View(ViewKind.ALL), scope=EVERYTHING, agent_id=1)
    rows = [row for row in page.rows if row.platform_due > now]
    soon = now + timedelta(hours=4)
    facts = pressing_facts(rows, now)
    marked = {(row.store, row.platform_due < soon) for row in rows if row.ticket in facts}
    assert len(rows) == 4
    assert marked == {(missing.name, True)}


def test_the_next_limit_of_a_message_that_is_missed_already_uses_up_no_more():
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=30))
    filed(a_store(), a_message(at=now - timedelta(hours=46), sender="late@marketplace.amazon.de"))
    sweep(Watch(), now)

    (row,) = first_page(View(ViewKind.ALL), scope=EVERYTHING, agent_id=1).rows
    assert now < row.platform_due < now + timedelta(hours=3)
    assert pressing_facts([row], now) == {}


def test_the_mark_says_which_measure_and_how_many_and_leads_there_for_leads_alone(client, db):
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=30))
    team = a_team()
    store = a_store(team=team)
    for hours in (72, 21):
        filed(store, a_message(at=now - timedelta(hours=hours), sender=f"b{hours}@marketplace.amazon.de"))
    sweep(Watch(), now)

    for role, link in ((Role.LEAD, True), (Role.AGENT, False)):
        client.force_login(an_agent(team, role=role))
        page = client.get(reverse("queue-view", args=["all"])).text
        assert "Late response rate, " in page
        assert ("/reports/health/" in page.split('id="rows"')[1]) is link


def test_health_is_asked_for_once_for_all_rows_and_not_where_none_is_near(django_assert_num_queries):
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=30))
    store = a_store()
    for number in range(3):
        filed(store, a_message(at=now - timedelta(hours=21), sender=f"b{number}@marketplace.amazon.de"))
    rows = first_page(View(ViewKind.ALL), scope=EVERYTHING, agent_id=1).rows
    pressing_facts(rows, now)

    with django_assert_num_queries(1):
        pressing_facts(rows, now)
    with django_assert_num_queries(0):
        pressing_facts(rows, now - timedelta(hours=3))
