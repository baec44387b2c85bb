"""What an edit was about, by name: which policy, timetable, team or store."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.accounts.models import Team
from tresen.sla.models import EditReason, Policy, Recalculation, StoreRules
from tresen.staffing.models import TimetableVersion
from tresen.stores.models import Store

MOST_NAMES = 3


def subjects_of(recalculations: Iterable[Recalculation]) -> dict[int, str]:
    """The names that each is about, by its id, in at most five small queries; empty where it is about nothing named."""
    given = list(recalculations)
    policies = _named(Policy.objects.all(), (one for each in given for one in each.policies))
    teams = _named(Team.objects.all(), (one for each in given for one in each.teams))
    timetables = _named(TimetableVersion.objects.all(), [one.timetable_version_id for one in given], "timetable__name")
    spoken = _named(StoreRules.objects.all(), [one.store_rules_id for one in given], "store__name")
    stores = _named(Store.objects.all(), (one for each in given for one in each.stores))
    return {
        one.pk: _words(
            one,
            [
                *(policies[pk] for pk in one.policies if pk in policies),
                *(teams[pk] for pk in one.teams if pk in teams),
                *(stores[pk] for pk in one.stores if pk in stores),
                *(timetables[pk] for pk in [one.timetable_version_id] if pk is not None),
                *(spoken[pk] for pk in [one.store_rules_id] if pk is not None),
            ],
        )
        for one in given
    }


def _words(one: Recalculation, names: Sequence[str]) -> str:
    if one.reason == EditReason.COVERAGE and not one.teams:
        return _("all teams without hours of their own")
    told = ", ".join(_("“%(name)s”") % {"name": name} for name in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return told
    return ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more) % {"names": told, "num": more}


def _named(rows: QuerySet[Any], ids: Iterable[int | None], field: str = "name") -> dict[int, str]:
    wanted = {pk for pk in ids if pk is not None}
    return dict(rows.filter(pk__in=wanted).values_list("pk", field)) if wanted else {}
