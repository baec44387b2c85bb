"""What hours timetable versions say. Versions never change, so each process lays their hours out once."""

from collections.abc import Collection

from django.db import connection

from tresen.clock.hours import WorkingHours
from tresen.staffing.models import TimetableVersion
from tresen.staffing.rows import hours_in

MOST_KEPT = 1000
_laid_out: dict[int, WorkingHours] = {}

_CURRENT = """
SELECT DISTINCT ON (timetable_id) timetable_id, id
FROM staffing_timetableversion WHERE timetable_id = ANY(%s) ORDER BY timetable_id, number DESC
"""


def hours_of(version_ids: Collection[int]) -> dict[int, WorkingHours]:
    """The hours of these timetable versions, by id. One query for those that this process has not laid out yet."""
    known = {version_id: hours for version_id in version_ids if (hours := _laid_out.get(version_id))}
    missing = [version_id for version_id in version_ids if version_id not in known]
    if not missing:
        return known
    if len(_laid_out) > MOST_KEPT:
        _laid_out.clear()
    found = {version.pk: hours_in(version) for version in TimetableVersion.objects.filter(pk__in=missing)}
    _laid_out.update(found)
    return known | found


def current_versions(timetable_ids: Collection[int]) -> dict[int, int]:
    """The newest version's id of each of these timetables."""
    if not timetable_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [list(timetable_ids)])
        return dict(cursor.fetchall())
