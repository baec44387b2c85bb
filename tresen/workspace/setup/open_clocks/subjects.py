"""What an edit was about, by name: which policy, timetable, team or store."""

from collections.abc import Collection, Iterable, Sequence

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
    policies = _named(Policy, (one for each in given for one in each.policies))
    teams = _named(Team, (one for each in given for one in each.teams))
    timetables = _texts(TimetableVersion, [one.timetable_version_id for one in given], "timetable__name")
    spoken = _texts(StoreRules, [one.store_rules_id for one in given], "store__name")
    stores = _named(Store, (one for each in given for one in each.stores))
    return {
        one.pk: _words(
            one,
            [
                *(policies[pk] for pk in one.policies if pk in policies),
                *(teams[pk] for pk in one.teams if pk in teams),
                *(stores[pk] for pk in one.stores if pk in stores),
                *(timetables[pk] for pk in [one.timetable_version_id] if pk in timetables),
                *(spoken[pk] for pk in [one.store_rules_id] if pk in spoken),
            ],
        )
        for one in given
    }


def _words(one: Recalculation, names: Sequence[str]) -> str:
    if one.reason == EditReason.COVERAGE and not one.teams:
        return _("all teams without hours of their own")
    told, more = ", ".join(_("“%(name)s”") % {"name": name} for name in names[:MOST_NAMES]), len(names) - MOST_NAMES
    return told if more <= 0 else ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more) % {
        "names": told, "num": more
    }  # fmt: skip


def _named(model: type[Policy | Team | Store], ids: Iterable[int]) -> dict[int, str]:
    return _texts(model, list(ids), "name")


def _texts(
    model: type[Policy | Team | Store | TimetableVersion | StoreRules], ids: Collection[int | None], field: str
) -> dict[int | None, str]:
    wanted = {pk for pk in ids if pk is not None}
    return dict(model._default_manager.filter(pk__in=wanted).values_list("pk", field)) if wanted else {}
