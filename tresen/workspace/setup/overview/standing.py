"""What is set up already, what is missing, and what asks for care."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.accounts.models import Agent, Role
from tresen.accounts.scope import Scope
from tresen.alerts.models import WaysOut, Webhook
from tresen.channels.contract import Look
from tresen.intake.feeds.queries import Standing, standings
from tresen.sla.ageing import old_rules
from tresen.sla.models import Policy
from tresen.staffing.proposing import outdated
from tresen.staffing.queries import listed_timetables
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of, sends_by_mail
from tresen.stores.models import Health, Mailbox, Store
from tresen.stores.rule_words import rule_words
from tresen.workspace.setup.connection_words import ConnectionShown, connection_of
from tresen.workspace.setup.health_words import HealthShown, health_of
from tresen.workspace.setup.naming import marketplace_title, reader
from tresen.workspace.setup.overview.care import Care
from tresen.workspace.setup.overview.connections import connections_in_need
from tresen.workspace.setup.overview.forgetting import requests_that_wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the first three steps. `route` leads to where it is taken, `action` says so on a button."""

    done: bool
    title: str
    text: str
    route: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How all connections do, in one line, where nothing asks for care."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreShown:
    """A store and how its connections do. `connection`: None where its platform has none, or none is needed."""

    id: int
    name: str
    brand: str
    look: Look
    channel: str
    marketplace: str
    shadow: bool
    by_mail: bool
    health: tuple[HealthShown, ...]
    connection: ConnectionShown | None


def first_steps() -> list[Step]:
    """Connect a store, invite, set targets; none when all three are done."""
    steps = [
        Step(
            done=Store.objects.filter(retired_at=None).exists(),
            title=_("Connect a store"),
            text=_("Where do customers write? A marketplace, your shop, a mailbox, a form on your website."),
            route="setup-store-new",
            action=_("Add a store"),
        ),
        Step(
            done=Agent.objects.filter(is_active=True).count() > 1,
            title=_("Invite colleagues"),
            text=_("Each with a team and the stores they answer for."),
            route="setup-agent-new",
            action=_("Add an agent"),
        ),
        Step(
            done=Policy.objects.filter(enabled=True, retired_at=None).exists(),
            title=_("Set reply targets"),
            text=_("How fast you want to answer, and in which hours that counts."),
            route="setup-policies",
            action=_("Set targets"),
        ),
    ]
    return [] if all(step.done for step in steps) else steps


def needs_care(agent: Agent, *, at: datetime) -> list[Care]:
    """What is broken or waits for a decision at `at`, the worst first."""
    found = [*_timetables(), *_old_rules(at)]
    if agent.role == Role.ADMIN:
        found = [
            *requests_that_wait(at=at),
            *connections_in_need(at=at),
            *_mailboxes(),
            *_stores_without_way(),
            *_nobody_reached(),
            *found,
        ]
    return sorted(found, key=lambda care: ("late", "soon", "").index(care.tone))


def stores_shown(scope: Scope, *, at: datetime) -> list[StoreShown]:
    """The stores that are visible by the same rule as tickets, by name. Four queries."""
    stores = Store.objects.filter(retired_at=None).select_related("brand").prefetch_related("mailboxes")
    visible = [store for store in stores.order_by("name") if _visible(store, scope)]
    standing = standings(visible, at=at)
    return [_shown(store, standing.get(store.pk), at=at) for store in visible]


def verdict(stores: Sequence[StoreShown]) -> Verdict | None:
    """All do well only when each was asked: what was never read is not known. None where there is no connection."""
    mailboxes = {one.mailbox: one.state for store in stores for one in store.health}  # one may serve several
    states = [*mailboxes.values(), *(store.connection.state for store in stores if store.connection)]
    unread = sum(state == Health.NEW for state in states)
    if unread:
        words = ngettext(
            "%(count)s connection has not been read yet: nobody knows how it does.",
            "%(count)s connections have not been read yet: nobody knows how they do.",
            unread,
        )
        return Verdict(icon="hourglass", text=words % {"count": unread})
    if states and all(state == Health.GOOD for state in states):
        return Verdict(icon="circle-check", text=_("All connections do well."))
    return None


def _visible(store: Store, scope: Scope) -> bool:
    return scope.shows(team=store.default_team_id, store=store.pk, brand=store.brand_id)


def _shown(store: Store, standing: Standing | None, *, at: datetime) -> StoreShown:
    connector = connector_of(store)
    by_mail = sends_by_mail(store)
    health = tuple(health_of(mailbox) for mailbox in store.mailboxes.all() if mailbox.retired_at is None)
    # With a mailbox it does without being connected.
    told = standing is not None and (standing.connected is not None or not by_mail or not health)
    return StoreShown(
        id=store.pk,
        name=store.name,
        brand=store.brand.name,
        look=connector.look,
        channel=channel_title(store),
        marketplace=marketplace_title(store.marketplace),
        shadow=store.shadow,
        by_mail=by_mail,
        health=health,
        connection=connection_of(standing, at=at) if standing is not None and told else None,
    )


def _mailboxes() -> Iterable[Care]:
    for mailbox in Mailbox.objects.filter(retired_at=None).order_by("name"):
        if text := _said_of(mailbox):
            tone = "late" if mailbox.health == Health.RECONNECT else "soon"
            icon = health_of(mailbox).icon
            yield Care(
                tone=tone, icon=icon, text=text, route="setup-mailbox", number=mailbox.pk, action=_("To the mailbox")
            )


def _said_of(mailbox: Mailbox) -> str:
    if mailbox.health == Health.RECONNECT:
        return _("%(mailbox)s: sign in again. Until then nothing is read or sent there.") % {"mailbox": mailbox.name}
    if mailbox.health == Health.TROUBLED:
        trouble = " ".join(told.sentence for told in health_of(mailbox).trouble)
        return _("%(mailbox)s: %(trouble)s") % {"mailbox": mailbox.name, "trouble": trouble}
    if mailbox.health == Health.GOOD and mailbox.read_from is None:
        text = _("%(mailbox)s holds old mail, or very much: nothing is read there before you say how far back.")
        return text % {"mailbox": mailbox.name}
    if not mailbox.stores.exists():
        return _("%(mailbox)s serves no store: its mail waits, and becomes no ticket.") % {"mailbox": mailbox.name}
    if mailbox.missing:
        words = ngettext(
            "%(mailbox)s: %(count)s message on the server is not here.",
            "%(mailbox)s: %(count)s messages on the server are not here.",
            mailbox.missing,
        )
        return words % {"mailbox": mailbox.name, "count": mailbox.missing}
    return ""


def _stores_without_way() -> Iterable[Care]:
    for store in Store.objects.filter(retired_at=None, mailboxes=None).order_by("name"):
        if sends_by_mail(store):
            text = _("%(store)s has no mailbox: answers cannot leave.") % {"store": store.name}
            yield Care(
                tone="soon", icon="mail", text=text, route="setup-store", number=store.pk, action=_("To the store")
            )


def _nobody_reached() -> Iterable[Care]:
    """Who is not looking at Tresen learns of nothing that is missed."""
    leaves = WaysOut.objects.exclude(mailbox=None).exists() or Webhook.objects.filter(retired_at=None).exists()
    if not leaves and Store.objects.filter(retired_at=None).exists():
        text = _("No mail leaves and no chat is told: whoever is not looking learns of nothing that is missed.")
        yield Care(tone="soon", icon="bell", text=text, route="setup-notices", number=None, action=_("To the ways out"))


def _old_rules(at: datetime) -> Iterable[Care]:
    old = old_rules(at)
    if old:
        names = format_list(list(dict.fromkeys(rule_words(one.title) for one in old)), locale=reader())
        text = _("%(platforms)s: these rules were last checked more than 180 days ago.") % {"platforms": names}
        yield Care(tone="soon", icon="scale", text=text, route="setup-rules", number=None, action=_("Look at it"))


def _timetables() -> Iterable[Care]:
    for version in listed_timetables():
        if outdated(version):
            text = _("%(timetable)s: newer holiday or time zone data says otherwise.")
            yield Care(
                tone="soon",
                icon="calendar-clock",
                text=text % {"timetable": version.timetable.name},
                route="setup-timetable",
                number=version.timetable_id,
                action=_("Look at it"),
            )
