"""The store's hours: a timetable of its own, in which targets count that say so. Who works when stays its team's."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.staffing import timetables
from tresen.staffing.models import Timetable
from tresen.staffing.plans import Problem, TimetableWrong
from tresen.stores.models import Store

_OWN_VERSIONS = """
SELECT store.id, newest.id
FROM stores_store AS store
JOIN LATERAL (
    SELECT id FROM staffing_timetableversion WHERE timetable_id = store.timetable_id ORDER BY number DESC LIMIT 1
) AS newest ON true
WHERE store.id = ANY(%s)
"""


@transaction.atomic
def give_hours(store_id: int, *, timetable_id: int | None, by: Actor, at: datetime) -> bool:
    """Let this timetable say the store's hours, None for none of its own; gives whether that is news.

    Open clocks keep what they were counted by. Raises `TimetableWrong` for a retired one.
    """
    store = Store.objects.select_for_update().get(pk=store_id)
    if store.timetable_id == timetable_id:
        return False
    # Locked against being retired at the same time.
    if timetable_id is not None and _locked(timetable_id, retired_at=None) is None:
        raise TimetableWrong([Problem("timetable", _("There is no such timetable, or it is retired."))])
    store.timetable_id = timetable_id
    store.save(update_fields=["timetable"])
    record_change(f"store:{store_id}", "hours", by=by, at=at, details={"timetable": timetable_id})
    return True


@transaction.atomic
def retire_timetable(timetable_id: int, *, by: Actor, at: datetime) -> None:
    """Offer the timetable no longer. Raises `TimetableWrong` while a store, a team or an agent goes by it."""
    _locked(timetable_id)
    if stores := stores_by(timetable_id):
        sentence = _("Still in use by: %(names)s. Give them another timetable first.") % {"names": ", ".join(stores)}
        raise TimetableWrong([Problem("timetable", sentence)])
    timetables.retire_timetable(timetable_id, by=by, at=at)


def stores_by(timetable_id: int) -> list[str]:
    """The names of the stores whose hours this timetable says, by name; not those that are retired."""
    stores = Store.objects.filter(timetable=timetable_id, retired_at=None)
    return list(stores.order_by("name").values_list("name", flat=True))


def own_versions(store_ids: Collection[int]) -> dict[int, int]:
    """The newest version's id of each store's own timetable; stores without one are left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN_VERSIONS, [list(store_ids)])
        return dict(cursor.fetchall())


def _locked(timetable_id: int, **being: object) -> Timetable | None:
    return Timetable.objects.select_for_update().filter(pk=timetable_id, **being).first()
