"""The views an agent is offered: what is theirs, their teams', each channel's, and what rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from tresen.accounts.scope import Scope
from tresen.batches.cursors import batch_cursor
from tresen.routing.views import View, ViewKind
from tresen.stores.channel_words import channel_title
from tresen.workspace.queue.view_names import view_name
from tresen.workspace.requests import AgentRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A view with its name; `icon` of the lucide set, or the channel whose mark stands there."""

    view: View
    name: str
    icon: str = ""
    channel: str = ""

    def __str__(self) -> str:
        return str(self.view)


@dataclass(frozen=True)
class Offer:
    """All of an agent's views, in the order of the column."""

    work: Sequence[Offered]
    teams: Sequence[Offered]
    channels: Sequence[Offered]
    resting: Sequence[Offered]

    @cached_property
    def all(self) -> list[Offered]:
        """One after the other."""
        return [*self.work, *self.teams, *self.channels, *self.resting]

    def lacks(self, view: View) -> bool:
        """Whether the view keeps to a channel that comes to other teams alone."""
        return bool(view.channel) and view.channel not in {one.channel for one in self.channels}

    def named(self, view: View, *, at: datetime) -> Offered:
        """The view as offered; one that is not offered (from the board, or an old link) still has a name."""
        offered = next((one for one in self.all if one.view == view), None)
        return offered or Offered(view=view, name=view_name(view, at=at), icon="inbox")


def offer(request: AgentRequest) -> Offer:
    """What this agent can look at."""
    return Offer(work=_work(), teams=_teams(request.scope), channels=_channels(request.scope), resting=_resting())


def views_of_everybody() -> list[Offered]:
    """Those that are no team's and no channel's."""
    return [*_work(), *_resting()]


def _work() -> list[Offered]:
    return [
        Offered(view=View(ViewKind.ALL), name=_("Everything"), icon="inbox"),
        Offered(view=View(ViewKind.MINE), name=_("Mine"), icon="circle-user-round"),
        Offered(view=View(ViewKind.UNASSIGNED), name=_("Unassigned"), icon="circle-dashed"),
        Offered(view=View(ViewKind.LOST), name=_("All missed"), icon="circle-x"),
        Offered(view=View(ViewKind.CASES), name=_("Open cases"), icon="gavel"),
    ]


def _teams(scope: Scope) -> list[Offered]:
    with batch_cursor() as cursor:
        cursor.execute("SELECT id, name FROM accounts_team ORDER BY name")
        return [
            Offered(view=View(ViewKind.TEAM, str(team)), name=name, icon="users")
            for team, name in cursor
            if scope.shows_team(team)
        ]


def _channels(scope: Scope) -> list[Offered]:
    """Those of stores in scope whose messages come to a team in scope, or of which something waits with one."""
    with batch_cursor() as cursor:
        cursor.execute(_STORES_OF_TEAMS, {"teams": None if scope.teams is None else sorted(scope.teams)})
        visible = {channel for store, brand, channel in cursor if scope.shows_store(store, brand=brand)}
    found = sorted(visible, key=lambda channel: channel_title(channel).casefold())
    return [Offered(view=View(ViewKind.CHANNEL, key), name=channel_title(key), channel=key) for key in found]


_STORES_OF_TEAMS = """
    SELECT store.id, store.brand_id, store.channel FROM stores_store store
    WHERE store.retired_at IS NULL AND (
        %(teams)s::bigint[] IS NULL OR store.default_team_id = ANY(%(teams)s)
        OR EXISTS (SELECT 1 FROM routing_queueplace place
                   WHERE place.store_id = store.id AND place.team_id = ANY(%(teams)s))
    )
"""


def _resting() -> list[Offered]:
    return [
        Offered(view=View(ViewKind.ANSWERED), name=_("Answered"), icon="mail-check"),
        Offered(view=View(ViewKind.WAITING), name=_("Waiting"), icon="hourglass"),
        Offered(view=View(ViewKind.SNOOZED), name=_("Snoozed"), icon="alarm-clock"),
        Offered(view=View(ViewKind.SOLVED), name=_("Solved"), icon="circle-check"),
    ]
