"""From the forms of a store to the operations."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.stores.adding import add_brand, add_store, change_store
from tresen.stores.models import Store
from tresen.stores.publishing import publish_form, takes_forms
from tresen.stores.wording import SetupWrong
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.stores.forms import FormForm, StoreForm, field_of


def saved(form: StoreForm, store: Store | None, *, by: Actor, at: datetime) -> Store | None:
    """The store as kept; None where the form says why not."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return _kept(form, store, by=by, at=at)
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=field_of)
        return None


def published(form: FormForm, store: Store, *, by: Actor, at: datetime) -> bool:
    """Whether the contact form could be published so; if not, the form says why."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        publish_form(
            store.pk,
            origins=given["origins"],
            consent=given["consent"],
            follows_visitor=given["follows_visitor"],
            by=by,
            at=at,
        )
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return False
    return True


def _kept(form: StoreForm, store: Store | None, *, by: Actor, at: datetime) -> Store:
    brand = form.cleaned_data.get("brand")
    if form.cleaned_data["new_brand"]:
        name, language = form.cleaned_data["new_brand"], form.cleaned_data["language"]
        brand = add_brand(name=name, language=language, by=by, at=at).pk
    assert brand is not None  # the form asks for one or the other
    if store is not None:
        return change_store(store.pk, form.details(brand), by=by, at=at)
    added = add_store(form.details(brand), by=by, at=at)
    if takes_forms(added.channel):
        publish_form(added.pk, origins=(), consent="", by=by, at=at)
    return added
