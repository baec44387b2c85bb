"""The demo shop's organisation, set up by the same operations that the set-up screens use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils import translation

from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.inviting import Invitation, invite
from tresen.accounts.models import Agent, Role, Team
from tresen.accounts.teaming import add_team
from tresen.channels.contract import StoreView
from tresen.intake.items import StoreFacts
from tresen.intake.understanding import facts_of
from tresen.local.demo.tale.data import data_file
from tresen.local.demo.tale.people import agents, week_of, zone_of
from tresen.local.demo.tale.stores import BRAND, DOMAIN, EVERY_STORE, MAILBOXES
from tresen.local.demoing import PASSWORD
from tresen.sla.defaults import create_defaults, name_defaults
from tresen.sla.editing import add_policy
from tresen.staffing.covering import cover_team, set_shift
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.stores.adding import StoreDetails, add_brand, add_store
from tresen.stores.chatting import ChatSettings, set_chat
from tresen.stores.connecting import MailboxDetails, Secrets, connect_mailbox
from tresen.stores.granting import grant
from tresen.stores.models import Health, Mailbox, Security, Store
from tresen.stores.publishing import publish_form
from tresen.stores.views import view_of

SMTP_PASSWORD = "only for the demo's own server"  # noqa: S105 (the server is ours and keeps nothing)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
VIP_TARGETS = {
    "first_reply": {"minutes": 60, "hours": "coverage"},
    "warn_percent": [50],
    "warn_before": [15],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The rows that the story is told into. Stores by their plan's key, agents by the part before their @."""

    stores: Mapping[str, int]
    mailboxes: Mapping[str, int]
    facts: Mapping[int, StoreFacts]
    views: Mapping[int, StoreView]
    agents: Mapping[str, Actor]


def found(*, at: datetime, smtp_port: int) -> Shop:
    """Set everything up, as of `at`: teams, agents with shifts, brand, stores, mailboxes, reply targets."""
    create_defaults(by=SYSTEM, at=at)
    with translation.override("de"):  # the shop's language
        name_defaults(at=at)
    teams = {key: add_team(name=name, by=SYSTEM, at=at) for key, name in data_file("people.yaml")["teams"].items()}
    for key, team in teams.items():
        timetable = create_timetable(name=f"Team {team.name}", plan=_plan("coverage", key), by=SYSTEM, at=at)
        cover_team(team.pk, timetable_id=timetable.timetable_id, by=SYSTEM, at=at)
    brand = add_brand(name=BRAND, language="de", by=SYSTEM, at=at)
    stores = _stores(brand.pk, teams, at=at)
    mailboxes = _mailboxes(stores, at=at, smtp_port=smtp_port)
    people = _agents(teams, brand.pk, at=at)
    vip = {"segments": ["vip"]}
    add_policy(name="VIP", conditions=vip, targets=VIP_TARGETS, position=2, by=SYSTEM, at=at)
    return shop_of(stores, mailboxes, people)


def shop_of(stores: Mapping[str, Store], mailboxes: Mapping[str, int], people: Mapping[str, int]) -> Shop:
    """The shop made of these rows."""
    return Shop(
        stores={key: store.pk for key, store in stores.items()},
        mailboxes=mailboxes,
        facts=facts_of(stores.values()),
        views={store.pk: view_of(store) for store in stores.values()},
        agents={local: Actor.agent(agent) for local, agent in people.items()},
    )


def known_shop() -> Shop:
    """The shop that an earlier start of the demo has set up. Raises LookupError where there is none."""
    stores = {store.name: store for store in Store.objects.filter(brand__name=BRAND)}
    try:
        found_stores = {plan.key: stores[plan.name] for plan in EVERY_STORE}
        mailboxes = {key: Mailbox.objects.get(address=address).pk for key, (_, address) in MAILBOXES.items()}
    except (KeyError, Mailbox.DoesNotExist):
        raise LookupError("This database holds no demo shop.") from None
    people = {email.partition("@")[0]: pk for pk, email in Agent.objects.values_list("pk", "email")}
    return shop_of(found_stores, mailboxes, people)


def send_through(shop: Shop, port: int) -> None:
    """Let answers leave through the demo's mail server, which listens on this port now."""
    Mailbox.objects.filter(pk__in=shop.mailboxes.values()).update(smtp_port=port)


def seem_read(shop: Shop, *, at: datetime) -> None:
    """Let the mailboxes do as they would had they just been read: the story brings their mail, no server is asked.

    What keeps answers from leaving, or somebody has changed in the set-up, shows as it is.
    """
    ours = Mailbox.objects.filter(pk__in=shop.mailboxes.values(), retired_at=None, next_check_at=NEVER)
    ours.filter(read_from=None).update(read_from=F("created_at"), trusted_receivers=[f"mx.{DOMAIN}"])
    ours.filter(health=Health.NEW).update(health=Health.GOOD)
    ours.update(checked_at=at, counted_at=at, watched_until=NEVER)  # watched: nobody tries to listen there


def _plan(kind: str, name: str) -> TimetablePlan:
    zone = zone_of(kind, name)
    return TimetablePlan(zone=zone, week=week_of(kind, name), country="IT" if zone == "Europe/Rome" else "DE")


def _stores(brand: int, teams: Mapping[str, Team], *, at: datetime) -> dict[str, Store]:
    stores = {}
    for plan in EVERY_STORE:
        details = StoreDetails(
            name=plan.name,
            brand=brand,
            channel=plan.channel,
            default_team=teams[plan.team].pk,
            marketplace=plan.marketplace,
            language=plan.language,
            addresses=[plan.address] if plan.address else [],
        )
        stores[plan.key] = add_store(details, shadow=False, by=SYSTEM, at=at)
    website = stores["website"]
    publish_form(website.pk, origins=[f"https://{DOMAIN}"], consent="", follows_visitor=True, by=SYSTEM, at=at)
    set_chat(website.pk, ChatSettings(on=True), by=SYSTEM, at=at)
    return stores


def _mailboxes(stores: Mapping[str, Store], *, at: datetime, smtp_port: int) -> dict[str, int]:
    connected = {}
    for key, (name, address) in MAILBOXES.items():
        details = MailboxDetails(
            name=name,
            address=address,
            imap_host="127.0.0.1",
            imap_security=Security.NONE,
            smtp_host="127.0.0.1",
            smtp_port=smtp_port,
            smtp_security=Security.NONE,
        )
        served = [stores[plan.key].pk for plan in EVERY_STORE if plan.mailbox == key]
        mailbox = connect_mailbox(details, Secrets(password=SMTP_PASSWORD), stores=served, by=SYSTEM, at=at)
        connected[key] = mailbox.pk
    # The story brings the mail; there is no server to ask for it.
    Mailbox.objects.filter(pk__in=connected.values()).update(next_check_at=NEVER)
    return connected


def _agents(teams: Mapping[str, Team], brand: int, *, at: datetime) -> dict[str, int]:
    shifts = {
        name: create_timetable(name=shift["title"], plan=_plan("shifts", name), by=SYSTEM, at=at).timetable_id
        for name, shift in data_file("people.yaml")["shifts"].items()
    }
    hashed = make_password(PASSWORD)
    people = {}
    for plan in agents():
        invitation = Invitation(
            email=plan.email,
            name=plan.name,
            role=Role(plan.role),
            teams=[teams[key].pk for key in plan.teams],
            leading=[teams[key].pk for key in plan.leads],
            everything=plan.role != Role.AGENT,
        )
        agent = invite(invitation, by=SYSTEM, at=at, language=plan.language, zone=zone_of("shifts", plan.shift))
        agent.password = hashed
        agent.save(update_fields=["password"])
        if not agent.everything:
            grant(agent.pk, stores=[], brands=[brand], by=SYSTEM, at=at)
        set_shift(agent.pk, timetable_id=shifts[plan.shift], by=SYSTEM, at=at)
        people[plan.local] = agent.pk
    return people
