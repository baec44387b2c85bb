"""What a new installation promises until its own people decide otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.sla.editing import add_policy
from tresen.sla.models import Policy
from tresen.sla.targets import ALWAYS, COVERAGE, HoursChoice
from tresen.staffing.models import Timetable
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable, make_default

type Json = Mapping[str, object]

HOUR = 60
WORKING_DAY = 8 * HOUR

OWN_SHOP = ["shopify", "woocommerce", "website"]
SOCIAL = ["instagram", "facebook", "whatsapp", "sms"]
OTHER_MARKETPLACES = ["ebay", "kaufland", "tiktok_shop", "mirakl", "otto"]


@dataclass(frozen=True, slots=True)
class _Standard:
    name: str
    conditions: Json
    targets: Json


@transaction.atomic
def create_defaults(
    *, by: Actor, at: datetime, zone: str = "Europe/Berlin", country: str = "DE", region: str = ""
) -> bool:
    """Office hours, and policies that count by them, where there are none yet; whether anything was created.

    What people changed, switched off or retired stays so. Names are in the active language. Amazon's own limits are not
    here: they come from its rule pack.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE sla_policy, staffing_timetable IN SHARE ROW EXCLUSIVE MODE")
    office = Timetable.objects.filter(is_default=True).first()
    has_policies = Policy.objects.exists()
    if office is not None and has_policies:
        return False
    office_id = office.pk if office else _office_hours(zone=zone, country=country, region=region, by=by, at=at)
    if not has_policies:
        for position, standard in enumerate(_standards(office_id), start=1):
            add_policy(
                name=standard.name,
                conditions=standard.conditions,
                targets=standard.targets,
                position=position,
                by=by,
                at=at,
            )
    return True


@transaction.atomic
def name_defaults(*, at: datetime) -> None:
    """Call in the active language what `create_defaults` named in English and nobody has changed since.

    An installation is filled before anybody says which language its people speak.
    """
    with translation.override("en"):
        english = _names()
    for before, now in zip(english, _names(), strict=True):
        if before != now:
            Policy.objects.filter(name=before, changed_by=None, retired_at=None).update(name=now, changed_at=at)
            if not Timetable.objects.filter(name=now).exists():
                Timetable.objects.filter(name=before, retired_at=None).update(name=now)


def _names() -> list[str]:
    return [_("Office hours"), *(standard.name for standard in _standards(0))]


def _office_hours(*, zone: str, country: str, region: str, by: Actor, at: datetime) -> int:
    name = _("Office hours")
    existing = Timetable.objects.filter(name=name, retired_at=None).first()
    if existing is None:
        week = {day: [("09:00", "17:00")] for day in range(5)}
        plan = TimetablePlan(zone=zone, week=week, country=country, region=region)
        timetable_id = create_timetable(name=name, plan=plan, by=by, at=at).timetable_id
    else:
        timetable_id = existing.pk
    make_default(timetable_id, by=by, at=at)
    return timetable_id


def _standards(office: int) -> list[_Standard]:
    solved = {"minutes": 3 * WORKING_DAY, "hours": office}
    soon, usual = _reply(2 * HOUR, office, warn_before=15), _reply(8 * HOUR, office)
    return [
        _Standard(
            _("Claim, chargeback, bad review"),
            {"risk_tiers": [0]},
            _reply(15, COVERAGE, warn_percent=50, warn_before=5),
        ),
        _Standard(_("Amazon"), {"channels": ["amazon"]}, _reply(14 * HOUR, ALWAYS)),
        _Standard(_("Walmart"), {"channels": ["walmart"]}, _reply(24 * HOUR, ALWAYS)),
        _Standard(_("Other marketplaces"), {"channels": OTHER_MARKETPLACES}, _reply(12 * HOUR, ALWAYS)),
        _Standard(_("Social media and messengers"), {"channels": SOCIAL}, {**soon, "resolution": solved}),
        _Standard(
            _("Own shop, before buying"),
            {"channels": OWN_SHOP, "pre_sale": True},
            {**soon, "resolution": solved},
        ),
        _Standard(_("Own shop"), {"channels": OWN_SHOP}, {**_reply(4 * HOUR, office), "resolution": solved}),
        _Standard(_("E-mail"), {"channels": ["email"]}, {**usual, "resolution": solved}),
        _Standard(_("Everything else"), {}, {**usual, "resolution": solved}),
    ]


def _reply(minutes: int, hours: HoursChoice, *, warn_percent: int = 75, warn_before: int = 30) -> dict[str, object]:
    return {
        "first_reply": {"minutes": minutes, "hours": hours},
        "warn_percent": [warn_percent],
        "warn_before": [warn_before],
    }
