"""An invented shop and its buyers, small and the same in every run."""

from datetime import datetime, timedelta

from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Team
from tresen.channels.contract import IdentityKind, InboundMessage, Sender, ThreadKey, ThreadKeyKind
from tresen.intake.items import StoreFacts, Understood
from tresen.sla.defaults import create_defaults
from tresen.stores.models import Brand, Store

TEXTS = (
    "Guten Tag, wo bleibt meine Bestellung? Die Sendungsverfolgung steht seit Freitag still. Danke, {name}",
    "Hello, the lamp arrived broken, the glass is in pieces. Can I have a new one? Best regards, {name}",
    "Buongiorno, vorrei restituire l'articolo: non è del colore che mi aspettavo. Grazie, {name}",
    "Hallo, könnten Sie mir bitte die Rechnung zu dieser Bestellung schicken? Viele Grüße, {name}",
)


def seed_shop(*, at: datetime) -> StoreFacts:
    """A team, a brand, an Amazon store and the policies of a first start."""
    create_defaults(by=SYSTEM, at=at)
    team = Team.objects.create(name=f"Benchmark {at}")
    brand = Brand.objects.create(name=f"Benchmark {at}", language="de")
    store = Store.objects.create(
        brand=brand,
        name=f"Benchmark {at}",
        channel="amazon",
        marketplace="amazon.de",
        default_team=team,
        language="de",
        created_at=at,
    )
    return StoreFacts(
        id=store.pk,
        brand=brand.pk,
        team=team.pk,
        channel="amazon",
        marketplace="amazon.de",
        language="de",
        relay=True,
    )


def parsed_messages(
    store: StoreFacts, *, count: int, at: datetime, joining: bool = True, first_payload: int = 1
) -> list[Understood]:
    """Messages as a connector understands them: each opens a ticket but, if `joining`, one in five, which joins one."""
    return [
        Understood(
            payload=first_payload + number,
            position=0,
            mailbox=None,
            store=store,
            inbound=_message(number, at - timedelta(seconds=count - number), joining=joining),
            received_at=at,
            language="de",
        )
        for number in range(count)
    ]


def _message(number: int, at: datetime, *, joining: bool) -> InboundMessage:
    buyer = number - 1 if joining and number % 5 == 1 else number
    key = f"b{buyer:013d}@marketplace.amazon.de"
    name = f"Buyer {buyer}"
    return InboundMessage(
        external_id=f"{number:012d}@mail.example",
        sender=Sender(kind=IdentityKind.RELAY, key=key, name=name, reply_to=key),
        occurred_at=at,
        subject=f"Frage von {name}",
        text=TEXTS[number % len(TEXTS)].format(name=name),
        thread_keys=(ThreadKey(kind=ThreadKeyKind.BUYER, value=key),),
        order_ids=(f"302-{buyer:07d}-{buyer:07d}",),
        marketplace="amazon.de",
    )
