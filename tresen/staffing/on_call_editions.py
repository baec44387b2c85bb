"""Who can be called when, kept as it was: what counted by it stays as it was counted, however the list changes."""

from collections.abc import Collection, Sequence
from itertools import batched, chain

from tresen.clock.stretches import Opening
from tresen.staffing.models import OnCallEdition


def edition_of(openings: Sequence[Opening]) -> int:
    """The id of the edition that holds just these; made where there is none yet."""
    moments = list(chain.from_iterable(openings))
    OnCallEdition.objects.bulk_create([OnCallEdition(openings=moments)], ignore_conflicts=True)
    return OnCallEdition.objects.values_list("pk", flat=True).get(openings=moments)


def openings_of(editions: Collection[int]) -> dict[int, list[Opening]]:
    """What these editions hold, in UTC, in order and apart. One query; none for none."""
    if not editions:
        return {}
    rows = OnCallEdition.objects.filter(pk__in=editions).values_list("pk", "openings")
    return {pk: [(begins, ends) for begins, ends in batched(moments, 2, strict=True)] for pk, moments in rows}
