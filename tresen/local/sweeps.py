"""What the worker does again and again: the one table of sweeps."""

from datetime import datetime, timedelta

from tresen.actions.looking import look_for_actions
from tresen.actions.performing import perform_due
from tresen.actions.performing import settle_interrupted as settle_interrupted_actions
from tresen.alerts.escalating import escalate_due
from tresen.alerts.handing_over import remind_unaccepted
from tresen.alerts.outward.passing_on import pass_on
from tresen.alerts.outward.posting import post_due, settle_silent
from tresen.alerts.telling import WAKES_PASSING_ON
from tresen.chats.expiring import forget_old_chats
from tresen.chats.watching import watch_chats
from tresen.intake.asked_orders import WAKES_ASKING, read_asked
from tresen.intake.erasing.requests import carry_out_agreed
from tresen.intake.expiring import expire_due
from tresen.intake.feeds.polling import WAKES_POLLING, poll_due
from tresen.intake.feeds.starting import keep_feeds
from tresen.intake.fetching_files import WAKES_FETCHING, fetch_due
from tresen.intake.keeping import WAKES_PARSING
from tresen.intake.mailboxes.counting import count_due
from tresen.intake.mailboxes.receiving import WAKES_RECEIVING, receive_due
from tresen.intake.mailboxes.watching import Watchers
from tresen.intake.parsing import parse_kept
from tresen.local.sweep import Sweep
from tresen.orders.picturing import fetch_pictures, forget_unused
from tresen.outbox.looking import look_for_uncertain
from tresen.outbox.sending import send_due, settle_interrupted
from tresen.outbox.told import forget_told
from tresen.partners.links import forget_old_links
from tresen.reports.reading import read_figures
from tresen.routing.following import follow_coverage
from tresen.routing.handling import renew_handling
from tresen.routing.leasing import forget_old
from tresen.routing.promoting import promote
from tresen.routing.relieving import relieve_absent
from tresen.sla.editions import keep_editions
from tresen.sla.noticing import WAKES_ESCALATING
from tresen.sla.recalculating import recalculate
from tresen.sla.watching import Watch, sweep
from tresen.staffing.proposing import extend_years
from tresen.stores.terms.renewing import renew_due
from tresen.tickets.snoozing import wake_due
from tresen.tickets.solving import close_old
from tresen.timekeeping import wall

_watch = Watch()
_watchers = Watchers(now=wall.now)


def _watch_clocks(at: datetime) -> int:
    sweep(_watch, at)
    return 0


def _promote(at: datetime) -> int:
    promote(at)
    forget_old(at)
    return 0


def _renew_handling(at: datetime) -> int:
    renew_handling(at)
    return 0


def _extend_years(at: datetime) -> int:
    extend_years(at=at)
    keep_editions(at=at)
    return 0


SWEEPS: tuple[Sweep, ...] = (
    Sweep(name="receive", run=receive_due, every=timedelta(seconds=15), wakes_on=frozenset({WAKES_RECEIVING})),
    Sweep(name="listen", run=_watchers.keep, every=timedelta(seconds=30)),
    Sweep(name="poll", run=poll_due, every=timedelta(seconds=15), wakes_on=frozenset({WAKES_POLLING}), threads=3),
    Sweep(name="ask", run=read_asked, every=timedelta(seconds=30), wakes_on=frozenset({WAKES_ASKING})),
    Sweep(name="fetch files", run=fetch_due, every=timedelta(seconds=30), wakes_on=frozenset({WAKES_FETCHING})),
    Sweep(name="pictures", run=fetch_pictures, every=timedelta(seconds=5)),
    Sweep(name="feeds", run=keep_feeds, every=timedelta(hours=1)),
    Sweep(name="renew", run=renew_due, every=timedelta(minutes=10)),
    Sweep(name="figures", run=read_figures, every=timedelta(minutes=5)),
    Sweep(name="parse", run=parse_kept, every=timedelta(seconds=5), wakes_on=frozenset({WAKES_PARSING})),
    Sweep(name="chats", run=watch_chats, every=timedelta(seconds=2)),
    Sweep(name="send", run=send_due, every=timedelta(seconds=2)),
    Sweep(name="settle", run=settle_interrupted, every=timedelta(seconds=30)),
    Sweep(name="look", run=look_for_uncertain, every=timedelta(seconds=15)),
    Sweep(name="act", run=perform_due, every=timedelta(seconds=2)),
    Sweep(name="act settle", run=settle_interrupted_actions, every=timedelta(seconds=30)),
    Sweep(name="act look", run=look_for_actions, every=timedelta(seconds=15)),
    Sweep(name="clocks", run=_watch_clocks, every=timedelta(seconds=10)),
    Sweep(name="recalculate", run=recalculate, every=timedelta(seconds=3)),
    Sweep(name="promote", run=_promote, every=timedelta(seconds=10)),
    Sweep(name="handling", run=_renew_handling, every=timedelta(hours=1)),
    Sweep(name="coverage", run=follow_coverage, every=timedelta(seconds=3)),
    Sweep(name="relieve", run=relieve_absent, every=timedelta(seconds=3)),
    Sweep(name="remind", run=remind_unaccepted, every=timedelta(minutes=1)),
    Sweep(name="pass on", run=pass_on, every=timedelta(seconds=5), wakes_on=frozenset({WAKES_PASSING_ON})),
    Sweep(name="post", run=post_due, every=timedelta(seconds=5)),
    Sweep(name="silent", run=settle_silent, every=timedelta(minutes=1)),
    Sweep(name="escalate", run=escalate_due, every=timedelta(seconds=10), wakes_on=frozenset({WAKES_ESCALATING})),
    Sweep(name="wake", run=wake_due, every=timedelta(seconds=15)),
    Sweep(name="close", run=close_old, every=timedelta(minutes=10)),
    Sweep(name="count", run=count_due, every=timedelta(minutes=5)),
    Sweep(name="unused pictures", run=forget_unused, every=timedelta(hours=1)),
    Sweep(name="forget", run=carry_out_agreed, every=timedelta(seconds=5)),
    Sweep(name="expire", run=expire_due, every=timedelta(hours=1)),
    Sweep(name="old receipts", run=forget_told, every=timedelta(hours=1)),
    Sweep(name="old links", run=forget_old_links, every=timedelta(days=1)),
    Sweep(name="old chats", run=forget_old_chats, every=timedelta(days=1)),
    Sweep(name="holidays", run=_extend_years, every=timedelta(days=1)),
)
