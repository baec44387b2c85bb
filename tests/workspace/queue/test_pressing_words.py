from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING
from tresen.reports.pressing import forget
from tresen.routing.queues import first_page
from tresen.routing.views import View, ViewKind
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep
from tresen.workspace.queue.pressing_words import pressing_facts

pytestmark = pytest.mark.django_db


def test_a_row_whose_limit_can_still_be_kept_is_marked_where_the_store_has_no_misses_left():
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=30))
    missing, fine = a_store(), a_store()
    filed(missing, a_message(at=now - timedelta(days=3), sender="late@marketplace.amazon.de"))
    for store in (missing, fine):
        filed(store, a_message(at=now - timedelta(hours=1), sender=f"new{store.pk}@marketplace.amazon.de"))
    sweep(Watch(), now)
    forget()

    page = first_page(View(ViewKind.ALL), scope=EVERYTHING, agent_id=1)
    marked = {(row.store, bool(pressing_facts(row, now))) for row in page.rows if row.platform_due > now}
    assert marked == {(missing.name, True), (fine.name, False)}
    forget()
