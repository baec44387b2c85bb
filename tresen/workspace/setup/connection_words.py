"""How a store's connection to its platform does, in one line: a tone, an icon, words, and what keeps or ends it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.intake.feeds.queries import Standing
from tresen.stores.causes import Trouble
from tresen.stores.connection_troubles import NOT_LET_IN, explained_connection
from tresen.stores.models import Health
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.setup.term_words import ending_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionShown:
    """`tone` is a badge's; `state` is empty where the store is not connected; `troubles` are the connection's own.

    `held_up`: a sentence for each feed that does not do well by itself. `ending`: some for each credential that ends
    soon, or whose renewal goes wrong.
    """

    state: str
    tone: str
    icon: str
    words: str
    since: datetime | None = None
    troubles: tuple[Trouble, ...] = ()
    held_up: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


def connection_of(standing: Standing, *, at: datetime) -> ConnectionShown:
    """The connection as it is shown wherever a store is."""
    connected = standing.connected
    if connected is None:
        return ConnectionShown(state="", tone="waiting", icon="unplug", words=str(_("Not connected")))
    ending = tuple(ending_words(term, at=at) for term in standing.terms if term.pressing)
    calm = standing.health in {Health.GOOD, Health.NEW}
    tone, icon, words = _ENDING if ending and calm else _only_told(standing) or _STATES[standing.health]
    since = connected.troubled_since if connected.trouble else connected.answered_at
    return ConnectionShown(
        state=standing.health.value,
        tone=tone,
        icon=icon,
        words=str(words),
        since=since,
        troubles=tuple(_troubles(standing)),
        held_up=() if connected.trouble else tuple(_held_up(standing)),
        ending=ending,
    )


def _only_told(standing: Standing) -> tuple[str, str, Promise] | None:
    """Of a channel that is never asked: whether it has told something; None where there is more to be said."""
    if standing.feeds or standing.health is not Health.NEW:
        return None
    return _STATES[Health.GOOD] if standing.store.told_at else ("waiting", "hourglass", _("Nothing told yet"))


def _troubles(standing: Standing) -> Iterator[Trouble]:
    connected = standing.connected
    if connected is None or not connected.trouble:
        return
    told = explained_connection(connected.trouble)
    # Whatever the platform called it: a new sign-in is what helps.
    asks = connected.health == Health.RECONNECT and not connected.trouble.startswith("401")
    yield Trouble(str(NOT_LET_IN), told.details or connected.trouble) if asks else told


def _held_up(standing: Standing) -> Iterator[str]:
    for feed in standing.feeds:
        if feed.trouble and not feed.lacks:
            words = {"feed": label(feed.title), "trouble": explained_connection(feed.trouble).sentence}
            yield gettext("%(feed)s: %(trouble)s") % words


_ENDING = ("soon", "hourglass", _("Access ends"))
_STATES = {
    Health.OFF: ("waiting", "circle-slash", _("Switched off")),
    Health.RECONNECT: ("late", "plug", _("Connect again")),
    Health.TROUBLED: ("soon", "triangle-alert", _("In trouble")),
    Health.NEW: ("waiting", "hourglass", _("Not read yet")),
    Health.GOOD: ("met", "circle-check", _("Does well")),
}
