"""Buyers write by mail, some through their marketplace's relay; answers leave by a post office with bad moments.

A real IMAP server holds what they wrote, a real SMTP server takes what we answer.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from email import message_from_bytes, policy
from random import Random
from typing import NamedTuple

from tests.factories.mailboxes import a_mailbox
from tests.factories.mails import a_mail
from tests.factories.shops import a_store
from tests.servers import dovecot, smtp
from tests.soak.desk import OURS
from tests.soak.market import Shop
from tresen.fakes.otto.orders import alias_of
from tresen.fakes.sales import Sale
from tresen.fakes.walmart.orders import relay_address
from tresen.outbox.in_chat import SHOWN_IN_CHAT
from tresen.outbox.models import Delivery, DeliveryState
from tresen.stores.models import Store
from tresen.tickets.models import Direction, Message
from tresen.timekeeping import wall

DELIVERED_TWICE = 0.03
BAD_MOMENTS: Sequence[Mapping[str, str]] = (
    {"every_recipient": "451 4.3.0 Try again later"},
    {"hang_up": "before_dot"},
    {"hang_up": "after_dot"},
    {"hang_up": "after_taking"},
)
BAD_MOMENT, LASTS = 0.05, 2.0
"""How likely one begins in a second, and how many seconds it lasts."""
WALMARTS_FRAME = """Hi Birkenhof,

{name} wants to connect with you regarding the following order:

Sales Order ID:  {order}

Message:
{text}

**Note: You have received this message from the customer, who has made a purchase from your company on Walmart.com. \
Please respond within 1 business day.**

Thank you,
Walmart Customer Service Team
"""


class Sent(NamedTuple):
    """A mail of a buyer's: what it begins with, and to which store it went."""

    text: str
    store: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """A store that people write mails to; `shop`: where those come through a marketplace's relay."""

    store: Store
    shop: Shop | None = None


class Correspondence(threading.Thread):
    """All who write mails. `mailed`: shops at whose marketplaces buyers' words come so; `plain`: how many others."""

    def __init__(self, mailed: Sequence[Shop], *, plain: int, every: float, seed: int = 1) -> None:
        super().__init__(name="letters", daemon=True)
        self.happened: Counter[str] = Counter()
        self.written: dict[str, Sent] = {}
        self.served: list[int] = []
        self._every = every
        self._chance = Random(seed)  # noqa: S311 - the same letters in every run
        self._rest = threading.Event()
        self._servers = ExitStack()
        self.inboxes = self._servers.enter_context(dovecot.running())
        self.outgoing = self._servers.enter_context(smtp.running())
        stores = [a_store("email", "") for _place in range(plain)]
        self.addressees = [*(Addressee(shop.store, shop) for shop in mailed), *(Addressee(store) for store in stores)]
        for addressee in self.addressees:
            self.serve(addressee.store)

    def serve(self, store: Store) -> None:
        """A mailbox for the store's address."""
        (address,) = store.addresses
        self.served.append(store.pk)
        self.inboxes.add_user(address)
        self.outgoing.users[address] = "geheim"
        a_mailbox(store, address=address, imap_port=self.inboxes.port, smtp_port=self.outgoing.port)

    def run(self) -> None:
        since = bad_until = 0.0
        while not self._rest.wait(0.5):
            since, bad_until = since + 0.5, bad_until - 0.5
            if since >= self._every and self.addressees:
                since = 0.0
                self._write()
            if bad_until <= 0:
                bad = self._chance.random() < BAD_MOMENT / 2
                self.outgoing.behave(**(self._chance.choice(BAD_MOMENTS) if bad else {}))
                bad_until = LASTS if bad else 0.0

    @property
    def letters(self) -> int:
        """How many mails were written."""
        return len(self.written)

    def rest(self) -> None:
        """Nobody writes any more, and the post office has no bad moments."""
        self._rest.set()
        self.join()
        self.outgoing.behave()

    def stop(self) -> None:
        """The servers end."""
        self._servers.close()

    def _write(self) -> None:
        addressee = self._chance.choice(self.addressees)
        number = len(self.written) + 1
        text, identity = f"Brief {number}: wo ist mein Paket?", f"brief-{number}@kundin.example"
        raw = self._mail(addressee, text, identity)
        (address,) = addressee.store.addresses
        for _time in range(2 if self._chance.random() < DELIVERED_TWICE else 1):
            self.inboxes.deliver(address, raw)
        self.written[identity] = Sent(text, addressee.store.pk)
        self.happened["mails"] += 1

    def _mail(self, addressee: Addressee, text: str, identity: str) -> bytes:
        given = {"to": addressee.store.addresses[0], "at": wall.now(), "message_id": identity}
        if addressee.shop is None:
            sender = f"Petra Muster <petra{self._chance.randint(1, 40)}@kundin.example>"
            return a_mail(text, sender=sender, **given)
        sale = self._chance.choice(list(addressee.shop.world.sales.values()))
        return a_mail(
            _framed(addressee.shop, sale, text), sender=_relay(addressee.shop, sale), subject=f"{sale.number}", **given
        )

    def differences(self) -> Iterator[str]:
        """Each mail is one message, and each answer left as often as is said here."""
        stores = {addressee.store.pk for addressee in self.addressees}
        here = Message.objects.filter(conversation__store__in=stores, direction=Direction.IN)
        found: dict[str, list[tuple[int, str]]] = {}
        for identity, store, text in here.values_list("external_id", "conversation__store", "text"):
            found.setdefault(identity, []).append((store, text))
        for identity, sent in self.written.items():
            messages = found.get(identity, [])
            if [(store, sent.text in text) for store, text in messages] != [(sent.store, True)]:
                yield f"mail {identity} to store {sent.store} is {messages}"
        yield from self._answers()

    def _answers(self) -> Iterator[str]:
        """An answer that is uncertain may have left once; no answer leaves twice."""
        left = Counter(_first_line(received.raw) for received in self.outgoing.received)
        by_mail = Delivery.objects.filter(message__text__startswith=OURS, store__in=self.served)
        for state, answer, text in by_mail.values_list("state", "answer", "message__text"):
            expected = {1} if state == DeliveryState.ACCEPTED and answer != SHOWN_IN_CHAT else {0}
            if state == DeliveryState.UNCERTAIN:
                expected = {0, 1}
            if left[text] not in expected:
                yield f"answer “{text}” is {state} and left {left[text]} times"


def _first_line(raw: bytes) -> str:
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    return next((line.strip() for line in text.splitlines() if line.startswith(OURS)), "")


def _relay(shop: Shop, sale: Sale) -> str:
    alias = alias_of(sale.buyer) if shop.platform == "otto" else relay_address(sale.buyer)
    return f"{sale.buyer.name} <{alias}>"


def _framed(shop: Shop, sale: Sale, text: str) -> str:
    if shop.platform != "walmart":
        return text
    return WALMARTS_FRAME.format(name=sale.buyer.name, order=sale.number, text=text)
