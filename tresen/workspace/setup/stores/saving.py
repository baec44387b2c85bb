"""From the forms of a store to the operations."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.sla.models import EditReason
from tresen.sla.recalculations import Edit
from tresen.staffing.plans import TimetableWrong
from tresen.stores.adding import add_brand, add_store, change_store
from tresen.stores.hours import give_hours
from tresen.stores.models import Store
from tresen.stores.publishing import publish_form, takes_forms
from tresen.stores.wording import SetupWrong
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.stores.forms import FormForm, StoreForm, field_of


def added(form: StoreForm, *, by: Actor, at: datetime) -> Store | None:
    """The new store; None where the form says why not."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return _add(form, by=by, at=at)
    except (SetupWrong, TimetableWrong) as wrong:
        show_wrong(form, wrong)
        return None


def change_in(form: StoreForm, store: Store, *, by: Actor, at: datetime) -> Callable[[], Edit | None] | None:
    """What makes the edit that a form states, and says what it was; None where the form says what is wrong with it.

    Calling it raises `SetupWrong` and `TimetableWrong`, for `show_wrong`.
    """
    if not form.is_valid():
        return None

    @transaction.atomic
    def change() -> Edit | None:
        change_store(store.pk, form.details(_brand(form, by=by, at=at)), by=by, at=at)
        other = give_hours(store.pk, timetable_id=form.cleaned_data["timetable"], by=by, at=at)
        return Edit(reason=EditReason.STORE_HOURS, stores=(store.pk,)) if other else None

    return change


def show_wrong(form: StoreForm, wrong: SetupWrong | TimetableWrong) -> None:
    """Say at the fields what keeps the store from being saved."""
    show_problems(form, wrong.problems, field_of=field_of)


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


def _add(form: StoreForm, *, by: Actor, at: datetime) -> Store:
    store = add_store(form.details(_brand(form, by=by, at=at)), by=by, at=at)
    give_hours(store.pk, timetable_id=form.cleaned_data["timetable"], by=by, at=at)
    if takes_forms(store.channel):
        publish_form(store.pk, origins=(), consent="", by=by, at=at)
    return store


def _brand(form: StoreForm, *, by: Actor, at: datetime) -> int:
    brand: int | None = form.cleaned_data.get("brand")
    if form.cleaned_data["new_brand"]:
        name, language = form.cleaned_data["new_brand"], form.cleaned_data["language"]
        brand = add_brand(name=name, language=language, by=by, at=at).pk
    assert brand is not None  # the form asks for one or the other
    return brand
