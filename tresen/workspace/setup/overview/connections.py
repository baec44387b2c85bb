"""Stores whose platform does not let us in, does not answer, was not read for long, or will not let us in soon."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from babel.lists import format_list
from django.utils.translation import gettext as _

from tresen.intake.feeds.queries import Standing, standings
from tresen.stores.connectors import sends_by_mail
from tresen.stores.models import Health, Store
from tresen.workspace.dates import day_and_time
from tresen.workspace.setup.connection_words import connection_of
from tresen.workspace.setup.naming import reader
from tresen.workspace.setup.overview.care import Care
from tresen.workspace.setup.stores.labels import label


def connections_in_need(*, at: datetime) -> Iterable[Care]:
    """One for each store in use whose connection asks for a person. Three queries."""
    stores = Store.objects.filter(retired_at=None).order_by("name")
    for standing in standings(stores, at=at).values():
        shown = connection_of(standing, at=at)
        if text := " ".join(_said_of(standing, at=at)):
            yield Care(
                tone="late" if shown.state == Health.RECONNECT else "soon",
                icon=shown.icon if shown.state != Health.GOOD else "hourglass",
                text=_("%(store)s: %(trouble)s") % {"store": standing.store.name, "trouble": text},
                route="setup-store-connection",
                number=standing.store.pk,
                action=_("To the connection"),
            )


def _said_of(standing: Standing, *, at: datetime) -> Iterator[str]:
    if standing.connected is None:
        if not sends_by_mail(standing.store):
            yield _("not connected to its platform: nothing is read and no answer leaves.")
        return
    shown = connection_of(standing, at=at)
    yield from (told.sentence for told in shown.troubles)
    yield from shown.held_up
    yield from shown.ending
    if not shown.troubles:
        yield from _behind(standing, at=at)


def _behind(standing: Standing, *, at: datetime) -> Iterator[str]:
    behind = [
        (feed.behind_since, label(feed.title)) for feed in standing.feeds if feed.behind_since and not feed.trouble
    ]
    if behind:
        since = min(moment for moment, _title in behind if moment)
        names = format_list([title for _moment, title in behind], locale=reader())
        words = _("%(feeds)s: not read to the end since %(time)s.")
        yield words % {"feeds": names, "time": day_and_time(since, at)}
