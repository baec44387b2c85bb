from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from tests.factories.shops import an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.sla.choosing import choose
from tresen.sla.conditions import TicketFacts
from tresen.sla.defaults import create_defaults, name_defaults
from tresen.sla.editing import change_policy, retire_policy
from tresen.sla.models import Policy
from tresen.sla.policies import current_book
from tresen.staffing.models import Timetable, TimetableVersion
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.queries import hours_of
from tresen.staffing.timetables import create_timetable, current_version, make_default

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def promised(channel, **facts):
    targets = choose(current_book(), TicketFacts(channel=channel, store=1, brand=1, **facts)).targets
    hours = targets.first_reply.hours
    return targets.first_reply.minutes / 60, hours if isinstance(hours, str) else "office", bool(targets.resolution)


@pytest.mark.parametrize(
    ("channel", "facts", "expected"),
    [
        ("amazon", {}, (14, "always", False)),
        ("walmart", {}, (24, "always", False)),
        ("ebay", {}, (12, "always", False)),
        ("kaufland", {}, (12, "always", False)),
        ("tiktok_shop", {}, (12, "always", False)),
        ("mirakl", {}, (12, "always", False)),
        ("instagram", {}, (2, "office", True)),
        ("shopify", {"pre_sale": True}, (2, "office", True)),
        ("shopify", {}, (4, "office", True)),
        ("website", {"pre_sale": True}, (2, "office", True)),
        ("woocommerce", {}, (4, "office", True)),
        ("email", {"pre_sale": True}, (8, "office", True)),
        ("a channel of next year", {}, (8, "office", True)),
        ("amazon", {"risk_tier": 0}, (0.25, "coverage", False)),
        ("email", {"risk_tier": 0}, (0.25, "coverage", False)),
        ("amazon", {"risk_tier": 1, "segment": "vip"}, (14, "always", False)),
    ],
)
def test_a_new_installation_promises(channel, facts, expected):
    create_defaults(by=SYSTEM, at=AT)
    assert promised(channel, **facts) == expected


def test_three_working_days_are_three_office_days():
    create_defaults(by=SYSTEM, at=AT)
    target = choose(current_book(), TicketFacts(channel="email", store=1, brand=1)).targets.resolution
    version = current_version(target.hours).pk
    friday = datetime(2026, 12, 18, 8, 0, tzinfo=UTC)  # 9:00 in Berlin
    assert hours_of([version])[version].add(friday, target.allowed) == datetime(2026, 12, 22, 16, 0, tzinfo=UTC)


def test_office_hours_know_the_holidays_and_are_the_default():
    create_defaults(by=SYSTEM, at=AT)
    assert Timetable.objects.get().is_default
    christmas = datetime(2026, 12, 24, 16, 0, tzinfo=UTC)
    version = TimetableVersion.objects.get().pk
    # The 25th is a holiday, then comes a weekend.
    assert hours_of([version])[version].next_open(christmas) == datetime(2026, 12, 28, 8, 0, tzinfo=UTC)


def test_another_country_has_its_own_office_hours():
    create_defaults(by=SYSTEM, at=AT, zone="Europe/Rome", country="IT")
    version = TimetableVersion.objects.get()
    assert (version.zone, version.country) == ("Europe/Rome", "IT")


def test_a_second_start_creates_nothing():
    assert create_defaults(by=SYSTEM, at=AT)
    assert not create_defaults(by=SYSTEM, at=AT + timedelta(days=1))
    assert (Policy.objects.count(), Timetable.objects.count()) == (9, 1)


def test_what_people_took_away_stays_away():
    create_defaults(by=SYSTEM, at=AT)
    for policy in Policy.objects.all():
        retire_policy(policy.pk, by=SYSTEM, at=AT)
    create_defaults(by=SYSTEM, at=AT + timedelta(days=1))
    assert not Policy.objects.filter(retired_at=None).exists()


def test_a_default_timetable_that_is_there_already_is_promised_by():
    plan = TimetablePlan(zone="UTC", week={6: [("10:00", "12:00")]})
    sundays = create_timetable(name="Sundays", plan=plan, by=SYSTEM, at=AT).timetable_id
    make_default(sundays, by=SYSTEM, at=AT)
    create_defaults(by=SYSTEM, at=AT)
    assert Timetable.objects.count() == 1
    assert choose(current_book(), TicketFacts(channel="email", store=1, brand=1)).targets.timetables == {sundays}


def test_what_nobody_has_changed_is_called_in_the_language_of_the_first_admin():
    create_defaults(by=SYSTEM, at=AT)
    mine = Policy.objects.get(name="E-mail")
    conditions, targets = mine.versions.get().conditions, mine.versions.get().targets
    me = Actor.agent(an_agent().pk)
    change_policy(mine.pk, name="Walmart, but mail", conditions=conditions, targets=targets, by=me, at=AT)
    with translation.override("de"):
        name_defaults(at=AT)
    assert Timetable.objects.get().name == "Bürozeiten"
    names = set(Policy.objects.values_list("name", flat=True))
    assert {"Eigener Shop", "Eigener Shop, vor dem Kauf", "Amazon", "Walmart, but mail"} <= names
    assert "Own shop" not in names
    with translation.override("en"):
        name_defaults(at=AT)
    assert set(Policy.objects.values_list("name", flat=True)) == names
