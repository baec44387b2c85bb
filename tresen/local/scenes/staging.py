"""Sets a scene: the demo's shop, its people in one team, and what waits when the play begins."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection

from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import TeamMembership
from tresen.accounts.teaming import add_team
from tresen.batches.garbage import collect_rarely
from tresen.channels.contract import Source
from tresen.local.demo.founding import Shop, found, known_shop
from tresen.local.demo.taking_in import Coming, Place, take_in
from tresen.local.demo.tale.mails import buyers_payload
from tresen.local.demo.tale.notices import notice_payload
from tresen.local.scenes.trace import Incoming, Scene
from tresen.sla.watching import Watch, sweep
from tresen.staffing.covering import cover_team, set_shift
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.stores.models import Store

KNOWN_FOR = timedelta(days=170)
AT_ONCE = 200


def set_stage(scene: Scene) -> Shop:
    """Found the shop and file all that waits, as the worker would have while nobody was there.

    No platform tells of the orders: nothing that a play counts depends on them.
    """
    collect_rarely()
    _one_team(scene, found(at=scene.begins - KNOWN_FOR, smtp_port=9))
    shop = known_shop()
    waiting = scene.waiting
    for first in range(0, len(waiting), AT_ONCE):
        come_in(waiting[first : first + AT_ONCE], shop)
    sweep(Watch(), scene.begins)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return shop


def come_in(incoming: Sequence[Incoming], shop: Shop) -> dict[str, Place]:
    """What came in, read and filed as one batch; where each was filed, by its thread's key."""
    if not incoming:
        return {}
    places = take_in([_coming(one) for one in incoming], shop, at=incoming[-1].at + timedelta(seconds=1))
    return {key.removesuffix("/1"): place for key, place in places.items()}


def agents_of(shop: Shop) -> list[int]:
    """Everybody who can work, in a fixed order."""
    return sorted(agent.id for agent in shop.agents.values() if agent.id is not None)


def _one_team(scene: Scene, shop: Shop) -> None:
    """On such a day all help with everything: one team has all stores and all who work, and Tresen knows when."""
    at = scene.begins - KNOWN_FOR
    plan = TimetablePlan(zone="Europe/Berlin", week=scene.week, country="DE")
    timetable = create_timetable(name=scene.key, plan=plan, by=SYSTEM, at=at).timetable_id
    team = add_team(name=scene.key, by=SYSTEM, at=at)
    cover_team(team.pk, timetable_id=timetable, by=SYSTEM, at=at)
    Store.objects.update(default_team=team)
    TeamMembership.objects.all().delete()
    for agent in agents_of(shop)[: scene.agents]:
        TeamMembership.objects.create(team=team, agent_id=agent)
        set_shift(agent, timetable_id=timetable, by=SYSTEM, at=at)


def _coming(one: Incoming) -> Coming:
    thread = one.thread
    body = (
        notice_payload(thread, one.notice, at=one.at, number=1)
        if one.notice
        else buyers_payload(thread, one.text, at=one.at, number=1)
    )
    source = Source.FORM if thread.by_form and not one.notice else Source.MAIL
    return Coming(key=f"{thread.key}/1", store=thread.store, body=body, received_at=one.at, source=source)
