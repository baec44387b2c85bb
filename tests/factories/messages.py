"""Messages as connectors give them, filed by the operation itself: so test data has a ledger."""

from datetime import datetime, timedelta
from itertools import count

from tests.factories.shops import MONDAY, facts_of
from tresen.channels.contract import (
    IdentityKind,
    InboundMessage,
    NoticeKind,
    PlatformNotice,
    Sender,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.intake.filing import file
from tresen.intake.items import Understood
from tresen.intake.planning import Filing
from tresen.mail.parsed import Automatic, Verdict
from tresen.stores.models import Store

_payloads = count(1_000_000)


def a_message(
    *,
    at: datetime = MONDAY,
    text: str = "Wo ist mein Paket?",
    subject: str = "Frage zur Bestellung",
    sender: str = "q7w2e9r4t1@marketplace.amazon.de",
    kind: IdentityKind = IdentityKind.RELAY,
    name: str = "Petra Muster",
    orders: tuple[str, ...] = (),
    external_id: str | None = None,
    ties: tuple[ThreadKey, ...] = (),
    automatic: Automatic = Automatic.NO,
    authenticated: Verdict = Verdict.NONE,
    marketplace: str | None = None,
) -> InboundMessage:
    buyer = (ThreadKey(kind=ThreadKeyKind.BUYER, value=sender),) if kind is IdentityKind.RELAY else ()
    return InboundMessage(
        external_id=external_id or f"m{next(_payloads)}@mail.example",
        sender=Sender(kind=kind, key=sender, name=name, reply_to=sender),
        occurred_at=at,
        subject=subject,
        text=text,
        automatic=automatic,
        expects_answer=automatic is Automatic.NO,
        thread_keys=(*ties, *buyer),
        order_ids=orders,
        authenticated=authenticated,
        marketplace=marketplace,
    )


def a_notice(
    kind: NoticeKind = NoticeKind.RETURN_REQUESTED,
    *,
    order: str,
    text: str = "Eine Rückgabe wurde beantragt.",
    at: datetime = MONDAY + timedelta(minutes=5),
) -> PlatformNotice:
    return PlatformNotice(
        external_id=f"n{next(_payloads)}@mail.example",
        kind=kind,
        occurred_at=at,
        subject="Mitteilung",
        text=text,
        order_ids=(order,),
    )


def understood(store: Store, inbound: object, *, payload: int | None = None, language: str = "de") -> Understood:
    return Understood(
        payload=payload or next(_payloads),
        position=0,
        mailbox=None,
        store=facts_of(store),
        inbound=inbound,  # type: ignore[arg-type]
        received_at=getattr(inbound, "occurred_at", MONDAY),
        language=language,
    )


def filed(store: Store, *inbound: object, at: datetime | None = None) -> list[Filing]:
    """File these together, recorded when the last of them happened or `at`."""
    moments = [getattr(one, "occurred_at", MONDAY) for one in inbound]
    return file([understood(store, one) for one in inbound], at=at or max(moments))
