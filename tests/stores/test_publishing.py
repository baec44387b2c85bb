import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import SetupChange
from tresen.stores.adding import retire_store
from tresen.stores.models import Store
from tresen.stores.publishing import form_by_key, form_of, publish_form, takes_forms
from tresen.stores.wording import SetupWrong

pytestmark = pytest.mark.django_db


def publish(store, origins=(), consent=""):
    return publish_form(store.pk, origins=origins, consent=consent, by=SYSTEM, at=MONDAY)


def test_a_form_is_found_by_its_public_name_and_speaks_for_its_brand():
    store = a_store("website", "", language="it")
    public = publish(store, ["https://Shop.Example/"], " Va bene. ")
    assert form_by_key(public.key) == public
    assert (public.store, public.title, public.language) == (store.pk, store.brand.name, "it")
    assert (public.origins, public.consent) == (("https://shop.example",), "Va bene.")
    assert form_by_key("nothing") is None


def test_the_address_stays_when_the_form_changes_and_other_settings_stay_too():
    store = a_store("website", "")
    Store.objects.filter(pk=store.pk).update(settings={"other": 1})
    key = publish(store).key
    assert publish(store, ["https://shop.example"]).key == key
    publish(store, ["https://shop.example"])
    store.refresh_from_db()
    assert store.settings["other"] == 1
    assert list(SetupChange.objects.values_list("what", flat=True)) == ["form_published", "form_changed"]


def test_a_retired_store_has_no_form_any_more():
    store = a_store("website", "")
    public = publish(store)
    retire_store(store.pk, by=SYSTEM, at=MONDAY)
    assert form_by_key(public.key) is None


@pytest.mark.parametrize(
    "origin",
    [
        "shop.example",
        "http://shop.example",
        "https://shop.example/contact",
        "https://shop.example; script-src *",
        "https://*.example",
        "https://user@shop.example",
        "https://shop.example:port",
        "https://",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_website_of_ones_own_is_refused(origin):
    store = a_store("website", "")
    with pytest.raises(SetupWrong) as wrong:
        publish(store, [origin])
    assert [problem.where for problem in wrong.value.problems] == ["origins"]
    assert form_of(store) is None


def test_a_website_on_this_machine_may_go_without_encryption():
    store = a_store("website", "")
    assert publish(store, ["http://localhost:8080"]).origins == ("http://localhost:8080",)


def test_which_channels_have_a_form_is_told_by_what_they_ask_for():
    assert takes_forms("website")
    assert not takes_forms("amazon")
