import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import MONDAY, a_store
from tresen.stores.views import siblings_of, views_of

pytestmark = pytest.mark.django_db


def test_a_mailbox_shows_its_stores_and_a_retired_one_only_where_no_other_is_left() -> None:
    first, second, gone = a_store(), a_store("ebay", "ebay.de"), a_store("email", "")
    gone.retired_at = MONDAY
    gone.save(update_fields=["retired_at"])
    shared, alone, empty = a_mailbox(first, second, gone), a_mailbox(gone), a_mailbox()
    views = views_of([shared.pk, alone.pk, empty.pk])
    assert [view.id for view in views[shared.pk]] == [first.pk, second.pk]
    assert [view.id for view in views[alone.pk]] == [gone.pk]
    assert empty.pk not in views
    assert (views[shared.pk][0].channel, views[shared.pk][0].marketplace) == ("amazon", "amazon.de")


def test_a_mailbox_shows_what_else_its_brands_have() -> None:
    shop = a_store("email", "")
    amazon, gone = a_store(brand=shop.brand), a_store(brand=shop.brand)
    gone.retired_at = MONDAY
    gone.save(update_fields=["retired_at"])
    a_store()
    mailbox, empty = a_mailbox(shop), a_mailbox()
    siblings = siblings_of([mailbox.pk, empty.pk])
    assert [view.id for view in siblings[mailbox.pk]] == [amazon.pk]
    assert empty.pk not in siblings
