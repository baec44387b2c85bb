"""From understood payloads to tickets: set-based, in the caller's transaction, twice without harm.

The number of statements does not grow with the batch. Batches of one brand wait for each other, so that two messages
of one new thread never open two tickets.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from tresen.accounts.actors import BUYER, CHANNEL, PARTNER, Actor
from tresen.channels.by_hand.log import logged_by
from tresen.channels.consent import ConsentWord
from tresen.channels.erasure import ErasureRequest
from tresen.channels.inbound import OrderNews, Wordless
from tresen.channels.receipts import Receipt
from tresen.crashing.points import Point, reached
from tresen.customers.matching import Contact, learn_names, match_customers
from tresen.files.keeping import keep_all
from tresen.intake import asked_orders, lookups, mirroring, rows
from tresen.intake.by_hand import settle_logged
from tresen.intake.copies import is_ours
from tresen.intake.echoes import without_echoes
from tresen.intake.erasing.requests import take_requests
from tresen.intake.fetching_files import await_files
from tresen.intake.items import Item, Understood, item_from
from tresen.intake.lookups import OurWords, Twin
from tresen.intake.partners_answering import with_partners
from tresen.intake.planning import Filing, Plan, plan
from tresen.intake.returning import failed, with_answers
from tresen.orders.picturing import want as want_pictures
from tresen.outbox import receipts
from tresen.outbox.consents import Said, take_consents
from tresen.outbox.told import Told, take_told
from tresen.tickets import ledger
from tresen.tickets.events import (
    AnsweredElsewhere,
    Event,
    Key,
    MessageReceived,
    NoticeReceived,
    TicketOpened,
    TicketSolved,
)
from tresen.tickets.first_words import first_words
from tresen.tickets.heard import LONGEST, Heard, hear
from tresen.tickets.ledger_rows import NewTicket
from tresen.tickets.models import MessageKind, TicketLinkKind
from tresen.tickets.public_ids import new_public_id
from tresen.tickets.recorded import NewEvent

_FILING_LOCK = 0x7E5
_WRITERS = {MessageKind.MESSAGE: BUYER, MessageKind.UNREADABLE: BUYER, MessageKind.THIRD_PARTY: PARTNER}


@transaction.atomic
def file(batch: Sequence[Understood], *, at: datetime) -> list[Filing]:
    """File a batch; gives what was new in it. Payloads that were filed before change nothing."""
    _wait_for_turn(sorted({one.store.brand for one in batch}))
    # Orders first: the messages beside them may name them. Last who asks to be forgotten, with what has just come.
    mirroring.take_over([one for one in batch if isinstance(one.inbound, OrderNews)], at=at)
    filings = _messages([one for one in batch if not isinstance(one.inbound, Wordless)], at=at)
    take_told([Told(one.store.id, one.inbound) for one in batch if isinstance(one.inbound, Receipt)], at=at)
    take_consents([Said(one.store.id, one.inbound) for one in batch if isinstance(one.inbound, ConsentWord)], at=at)
    take_requests([one for one in batch if isinstance(one.inbound, ErasureRequest)], at=at)
    return filings


def _messages(batch: Sequence[Understood], *, at: datetime) -> list[Filing]:
    items = [item_from(one) for one in batch]
    done = lookups.arrived(items) if items else set()
    items = [item for item in items if (item.understood.payload, item.understood.position) not in done]
    if not items:
        return []
    items = with_partners(items)
    # A mailbox of one brand may have asked for another.
    _wait_for_turn(sorted({item.store.brand for item in items} - {one.store.brand for one in batch}))
    items = without_echoes(with_answers(items), at=at)
    decided = plan(
        items,
        twins=lookups.twins_of(items),
        tied=lookups.tied_conversations(items),
        named=lookups.named_conversations(items),
    )
    ours = lookups.our_words(
        filing.conversation.id for filing in decided.filings if filing.item.kind is MessageKind.OWN_ANSWER
    )
    _number(decided)
    identities = match_customers(_contacts(filing.item for filing in decided.filings), at=at)
    learn_names(_contacts(item for item, _ in decided.repeats))
    _write(decided, identities, ours, at=at)
    settle_logged(decided.filings, at=at)
    # Whoever opens the ticket sees the order as it is then.
    asked_orders.ask_for([(one.item.store.id, order) for one in decided.filings for order in one.item.orders], at=at)
    receipts.take_back([failed(each.item) for each in decided.filings if each.item.kind is MessageKind.BOUNCE], at=at)
    return decided.filings


def _wait_for_turn(brands: Sequence[int]) -> None:
    if not brands:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, brand) FROM unnest(%s::int[]) AS brand", [_FILING_LOCK, list(brands)]
        )


def _number(decided: Plan) -> None:
    filings = decided.filings
    opening = [filing for filing in filings if filing.opens]
    starting = [filing for filing in filings if filing.starts]
    tickets, conversations, messages = lookups.new_ids(
        tickets=len(opening), conversations=len(starting), messages=len(filings)
    )
    for filing, number in zip(opening, tickets, strict=True):
        filing.ticket.id = number
    for filing, number in zip(starting, conversations, strict=True):
        filing.conversation.id = number
    for filing, number in zip(filings, messages, strict=True):
        filing.message = number


def _contacts(items: Iterable[Item]) -> list[Contact]:
    return [
        Contact(
            channel=item.sender[0],
            realm=item.sender[1],
            key=item.sender[2],
            kind=item.sender_kind,
            name=item.sender_name,
        )
        for item in items
        if item.sender is not None
    ]


def _write(decided: Plan, identities: rows.Identities, ours: OurWords, *, at: datetime) -> None:
    filings = decided.filings
    spoken = _spoken(filings)
    opening = {
        filing.ticket.id: _new_ticket(filing, spoken.get(filing.ticket.id, filing.item), identities, at)
        for filing in filings
        if filing.opens
    }
    entries = [entry for filing in filings for entry in _entries(filing, opening, ours)]
    if not entries:  # nothing but further arrivals of what was filed before
        rows.write_arrivals(decided)
        return
    # The ledger opens the tickets first: all other rows point at them. Its consequences need the orders: see _rows.
    ledger.record_all(entries, at=at, opening=opening, before_consequences=lambda: _rows(decided, identities, at))


def _rows(decided: Plan, identities: rows.Identities, at: datetime) -> None:
    filings = decided.filings
    reached(Point.INSIDE_FILING)
    rows.write_conversations(filings, identities)
    rows.write_messages(filings, identities, at=at)
    rows.name_tickets(filings)
    hear({one.message: Heard(one.item.text[:LONGEST], one.item.understood.language) for one in filings})
    rows.write_arrivals(decided)
    rows.write_participants(filings, identities)
    orders = lookups.orders_named((filing.item.store.id, number) for filing in filings for number in filing.item.orders)
    rows.write_orders(filings, orders)
    want_pictures(orders.values(), at=at)
    _attach(filings, at)
    await_files(filings, at=at)
    rows.write_links(_links(decided, at))


def _spoken(filings: Sequence[Filing]) -> dict[int, Item]:
    """The first words of a person in each ticket: what opens it may be a picture or a card."""
    said = [one for one in reversed(filings) if one.item.kind is MessageKind.MESSAGE and one.item.text]
    return {filing.ticket.id: filing.item for filing in said}


def _new_ticket(filing: Filing, spoken: Item, identities: rows.Identities, at: datetime) -> NewTicket:
    item = filing.item
    said = item if item.text else spoken
    return NewTicket(
        public_id=new_public_id(at),
        store=item.store.id,
        brand=item.store.brand,
        identity=identities.get(item.sender) if item.sender else None,
        subject=item.subject or first_words(said.text),
        language=said.understood.language or item.store.language,
    )


def _entries(filing: Filing, opening: dict[int, NewTicket], ours: OurWords) -> list[NewEvent]:
    entries = []
    if filing.opens:
        new = opening[filing.ticket.id]
        opened = TicketOpened(
            store=new.store,
            brand=new.brand,
            team=filing.item.store.team,
            identity=new.identity,
            language=Key(new.language),
        )
        entries.append(_entry(filing, opened))
    entries.append(_entry(filing, _arrival(filing, ours)))
    if filing.opens and not filing.item.expects_answer:
        # Kept and shown, but nobody owes it anything.
        entries.append(_entry(filing, TicketSolved(resolution=Key("nothing_owed"))))
    return entries


def _arrival(filing: Filing, ours: OurWords) -> Event:
    item, message, conversation = filing.item, filing.message, filing.conversation.id
    if item.kind is MessageKind.PLATFORM_NOTICE:
        return NoticeReceived(message=message, conversation=conversation, notice=Key(item.notice))
    if item.kind is MessageKind.OWN_ANSWER and is_ours(item, ours.get(conversation, ())):
        # It left from here, and answers what its composer had seen: not what came in before the copy of it.
        return NoticeReceived(message=message, conversation=conversation, notice=Key("copy_of_ours"))
    if item.kind is MessageKind.OWN_ANSWER:
        role, author = Key(filing.conversation.role.value), Key(item.facts.get("author", "person"))
        return AnsweredElsewhere(message=message, conversation=conversation, role=role, author=author)
    return MessageReceived(
        message=message,
        conversation=conversation,
        role=Key(filing.conversation.role.value),
        expects_answer=item.expects_answer,
        automatic=Key(item.automatic.value),
    )


def _entry(filing: Filing, event: Event) -> NewEvent:
    by = _WRITERS.get(filing.item.kind, CHANNEL)
    agent = logged_by(filing.item.facts)
    if agent is not None and filing.item.kind is MessageKind.OWN_ANSWER:
        by = Actor.agent(agent)
    return NewEvent(
        ticket=filing.ticket.id,
        event=event,
        by=by,
        occurred_at=filing.item.occurred_at,
        source_key=f"message:{filing.message}",
    )


def _attach(filings: Sequence[Filing], at: datetime) -> None:
    files = [(filing.message, one) for filing in filings for one in filing.item.attachments]
    keys = keep_all([one.content for _, one in files], at=at)
    rows.write_attachments(
        [
            (
                message,
                one.name[:255],
                one.content_type[:120],
                len(one.content),
                key,
                (one.content_id or "")[:255],
                one.inline,
            )
            for (message, one), key in zip(files, keys, strict=True)
        ]
    )


def _links(decided: Plan, at: datetime) -> list[tuple[int, int, str, datetime]]:
    links = [
        (filing.ticket.id, filing.continues.id, TicketLinkKind.CONTINUES.value, at)
        for filing in decided.filings
        if filing.continues is not None
    ]
    for filing, twin in decided.siblings:
        other = twin.ticket if isinstance(twin, Twin) else twin.ticket.id
        links.append((filing.ticket.id, other, TicketLinkKind.OTHER_BRAND.value, at))
    return links
