"""Invented clocks and rows for the style guide."""

from datetime import datetime, timedelta

from tresen.channels.contract import Look
from tresen.workspace.clocks import Face, face
from tresen.workspace.dates import day_and_time
from tresen.workspace.queue.rows import Fact, RowShown, Timing

AMAZON = Look(mark="a", hue=60, icon="shopping-cart")
EBAY = Look(mark="e", hue=240)
SHOPIFY = Look(mark="S", hue=150)
WEBSITE = Look(mark="w", hue=300)


def faces(at: datetime) -> dict[str, Face]:
    """One clock in each state."""
    hour = timedelta(hours=1)
    started = at - 5 * hour
    later, soon, past = at + 9 * hour, at + timedelta(minutes=8), at - timedelta(minutes=47)
    return {
        "running": face(due=later, started_at=started, at=at),
        "soon": face(due=soon, started_at=started, at=at),
        "breached": face(due=past, started_at=started, at=at),
        "lost": face(due=past, started_at=started, at=at, lost=True),
        "paused": face(due=None, started_at=started, at=at, outcome="paused"),
        "snoozed": face(due=at + timedelta(days=1), started_at=None, at=at, outcome="snoozed"),
        "met": face(due=later, started_at=started, at=at, outcome="met"),
        "provisional": face(due=later, started_at=started, at=at, outcome="met_provisional"),
        "waived": face(due=later, started_at=started, at=at, outcome="waived"),
        "void": face(due=past, started_at=started, at=at, outcome="void"),
    }


def samples(at: datetime) -> list[RowShown]:
    """Rows as a Monday morning brings them."""
    minute = timedelta(minutes=1)
    return [
        _row(
            at, 1012, 0, AMAZON, "amazon.de", "DE", "Wo ist meine Bestellung?", due=at + 12 * minute, share=0.86,
            platform=at + timedelta(hours=19), excerpt="Ich werde einen A-bis-z-Antrag stellen, wenn bis morgen …",
            details=("Petra M.", "302-8812345-1234567", "89,90 €"), reason="threatens an A-to-z claim",
            facts=(Fact(words="late in transit", tone="soon", icon="truck"),), assignee="Jana Meier",
        ),
        _row(
            at, 1007, 1, EBAY, "ebay.de", "DE", "Rückfrage zu Artikel 1100 – Tischlampe „Mira“", due=at + 51 * minute,
            share=0.62, excerpt="dritte Nachricht, bitte melden Sie sich endlich", reason="third contact",
            details=("lampenfreund_77", "12-34567-89012", "149,00 €"),
            facts=(Fact(words="third contact", icon="repeat"),),
        ),
        _row(
            at, 998, 2, AMAZON, "amazon.it", "IT", "Dov’è il mio ordine?", due=at + timedelta(hours=6, minutes=5),
            share=0.4, platform=at + timedelta(hours=15), excerpt="Buongiorno, il pacco risulta consegnato ma …",
            details=("Giulia R.", "404-1234567-7654321", "34,50 €"), assignee="Marco Conti",
        ),
        _row(
            at, 1003, 2, WEBSITE, "Kontaktformular", "Leuchtwerk", "Passt die Lampe an eine Dachschräge?",
            due=at + timedelta(hours=3), share=0.2, excerpt="Ich plane gerade unser Schlafzimmer und frage mich, ob",
            details=("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter",),
            facts=(Fact(words="before buying", icon="store"),),
        ),
        _row(
            at, 984, 2, SHOPIFY, "Leuchtwerk", "Shop", "مرحبا، أين طلبي؟ 📦", due=at - 47 * minute, share=1, lost=True,
            excerpt="السلام عليكم", details=("Omar K.", "#4471", "€59.00"),
        ),
        _crowded(at),
    ]  # fmt: skip


def _crowded(at: datetime) -> RowShown:
    """So many marks that they have no room beside each other."""
    return _row(
        at, 1001, 2, AMAZON, "amazon.de", "DE", "Frage zur Bestellung", due=at + timedelta(hours=9), share=0.1,
        excerpt="so viele Marken wie sonst keine", details=("Matthias K.", "302-8812345-7654321", "1.189,90 €"),
        facts=(
            Fact(words="snoozed until tomorrow 09:00", tone="waiting", icon="alarm-clock"),
            Fact(words="limit missed", tone="late", icon="circle-x"),
            Fact(words="answer came back", tone="late", icon="undo-2"),
            Fact(words="mark on the platform", tone="accent", icon="square-check"),
            Fact(words="crossed your answer", tone="soon", icon="repeat"),
            Fact(words="shipped by the platform", icon="warehouse"),
        ),
    )  # fmt: skip


def _row(
    at: datetime, number: int, tier: int, look: Look, channel: str, place: str, subject: str, *, due: datetime,
    share: float, details: tuple[str, ...], excerpt: str = "", platform: datetime | None = None, reason: str = "",
    facts: tuple[Fact, ...] = (), assignee: str = "", lost: bool = False,
) -> RowShown:  # fmt: skip
    started = due - (due - at) / (1 - share) if share < 1 else due - timedelta(hours=24)
    limit = (
        Timing(face=face(due=platform, started_at=started, at=at), prefix="Amazon", when=day_and_time(platform, at))
        if platform
        else None
    )
    return RowShown(
        number=number,
        message=0,
        queue_tier=9 if lost else tier,
        address="#",
        tier=tier,
        tier_name=f"Tier {tier} – {reason}",
        look=look,
        channel=channel,
        place=place,
        subject=subject,
        excerpt=excerpt,
        label=subject,
        customer=details[0],
        details=" · ".join(details[1:]),
        facts=facts,
        timing=Timing(
            face=face(due=due, started_at=started, at=at, lost=lost), prefix="act by", when=day_and_time(due, at)
        ),
        platform=limit,
        assignee=assignee,
    )
