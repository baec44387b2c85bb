"""How a connected store does, every word ready: its feeds, what came in, what may still be asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.intake.feeds.queries import (
    Brought,
    FeedStanding,
    Past,
    Standing,
    brought,
    reasons_set_aside,
    waits_to_be_understood,
)
from tresen.stores.allowances import Left, left_of
from tresen.stores.causes import Trouble
from tresen.stores.connection_troubles import explained_connection
from tresen.stores.connectors import connector_of
from tresen.stores.models import Health, Store
from tresen.workspace.amounts import tenths, whole
from tresen.workspace.dates import day, day_and_time
from tresen.workspace.reports.words import lasted
from tresen.workspace.setup.connection_words import ConnectionShown, connection_of
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.setup.stores.webhook_address import webhooks_title
from tresen.workspace.setup.term_words import term_words

SOON, LATER = 3, 30
"""Seconds until an open page looks again: while something is read; while it waits for the platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastShown:
    """`percent` read, and in words down to where and what remains."""

    percent: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedShown:
    """One feed. `facts`: when it was read, when it is next, what it brought. `lacks`: the account may not."""

    key: str
    title: str
    facts: tuple[str, ...]
    trouble: Trouble | None
    lacks: bool
    behind: str
    past: PastShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftShown:
    """What is left of an allowance. `shared`: the other stores that it is counted for together."""

    title: str
    words: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPage:
    """`again`: seconds until it is worth looking again; None while nothing moves. `sells`: the channel has orders.

    `terms`: of each credential that may end, what it is called and how long it holds. `webhooks`: what the page of its
    webhooks offers, empty where the platform tells nothing by itself.
    """

    connection: ConnectionShown
    account: str
    connected_at: datetime
    terms: tuple[tuple[str, str], ...]
    feeds: tuple[FeedShown, ...]
    brought: Brought
    left: tuple[LeftShown, ...]
    aside: tuple[tuple[str, int], ...]
    webhooks: str
    sells: bool
    again: int | None


def health_shown(standing: Standing, *, at: datetime) -> HealthPage:
    """The health of a store that is connected. About seven queries, however much it has read."""
    connected = standing.connected
    assert connected is not None, "a store that is not connected has no health"
    shown = connection_of(standing, at=at)
    moves = waits_to_be_understood(standing.store.pk) or standing.moves
    calm = standing.health in {Health.GOOD, Health.NEW}
    return HealthPage(
        connection=shown,
        account=connected.account,
        connected_at=connected.connected_at,
        terms=tuple((label(term.label), term_words(term)) for term in standing.terms),
        feeds=tuple(_feed(feed, at=at) for feed in standing.feeds),
        brought=brought(standing.store.pk, at=at),
        left=_allowances(standing, at=at),
        aside=tuple(reasons_set_aside(standing.store.pk)),
        webhooks=webhooks_title(standing.store),
        sells=connector_of(standing.store).order is not None,
        again=(SOON if calm else LATER) if moves else None,
    )


def _feed(feed: FeedStanding, *, at: datetime) -> FeedShown:
    return FeedShown(
        key=feed.key,
        title=label(feed.title),
        facts=(_last_read(feed, at), _next(feed, at), _told(feed.told)),
        trouble=explained_connection(feed.trouble) if feed.trouble else None,
        lacks=feed.lacks,
        behind=_behind(feed, at) if not feed.trouble else "",
        past=_past(feed.past, at) if feed.past and not feed.past.done else None,
    )


def _last_read(feed: FeedStanding, at: datetime) -> str:
    if feed.checked_at is None:
        return _("not read to its end yet")
    return _("read %(time)s") % {"time": day_and_time(feed.checked_at, at)}


def _next(feed: FeedStanding, at: datetime) -> str:
    if feed.due or feed.next_at is None:
        return _("being read now")
    return _("next %(time)s") % {"time": day_and_time(max(feed.next_at, at), at)}


def _told(count: int) -> str:
    if not count:
        return _("nothing new yet")
    said = ngettext("brought something new %(count)s time", "brought something new %(count)s times", count)
    return said % {"count": whole(count)}


def _behind(feed: FeedStanding, at: datetime) -> str:
    if feed.behind_since is None:
        return ""
    return _("Behind: not read to its end since %(time)s.") % {"time": day_and_time(feed.behind_since, at)}


def _past(past: Past, at: datetime) -> PastShown:
    days = past.remains.days or 1
    if past.read_to >= past.began_at:
        words = ngettext(
            "The past is not read yet: %(days)s day, to %(end)s.",
            "The past is not read yet: %(days)s days, to %(end)s.",
            days,
        )
        return PastShown(percent=0, words=words % {"days": days, "end": day(past.back_to, at)})
    words = ngettext(
        "The past is read down to %(there)s; %(days)s day remains, to %(end)s.",
        "The past is read down to %(there)s; %(days)s days remain, to %(end)s.",
        days,
    )
    told = {"there": day(past.read_to, at), "days": days, "end": day(past.back_to, at)}
    return PastShown(percent=int(100 * past.share), words=words % told)


def _allowances(standing: Standing, *, at: datetime) -> tuple[LeftShown, ...]:
    """What is left of each, and with whom it is shared. Two queries, the second only where any is."""
    found = left_of(standing.store.pk, at=at)
    others = Store.objects.filter(pk__in=set().union(*(one.others for one in found)), retired_at=None)
    names = dict(others.order_by("name").values_list("pk", "name"))
    connection = connector_of(standing.store).connection
    titles = connection.allowances if connection else {}
    return tuple(
        LeftShown(
            title=label(titles.get(one.name, one.name)),
            words=_left(one, at),
            shared=tuple(name for number, name in names.items() if number in one.others),
        )
        for one in found
    )


def _left(left: Left, at: datetime) -> str:
    """18 of 20, 30 more each minute; full again in 40 s."""
    if left.closed_until is not None:
        return _("the platform wants a pause until %(time)s") % {"time": day_and_time(left.closed_until, at)}
    told = {
        "left": whole(int(left.left)),
        "burst": whole(int(left.burst)),
        "more": _coming_back(left.per_second),
        "time": lasted(max(left.full_after, timedelta(seconds=1))),
    }
    if int(left.left) >= int(left.burst):
        return _("all %(burst)s; %(more)s") % told
    return _("%(left)s of %(burst)s; %(more)s, full again in %(time)s") % told


def _coming_back(per_second: float) -> str:
    """How fast what was used is there again, by the shortest span in which it is one at least."""
    words = (
        (1, _("%(count)s more each second")),
        (60, _("%(count)s more each minute")),
        (3600, _("%(count)s more each hour")),
        (86_400, _("%(count)s more each day")),
    )
    seconds, said = next((one for one in words if round(per_second * one[0], 6) >= 1), words[-1])
    return said % {"count": tenths(per_second * seconds)}
