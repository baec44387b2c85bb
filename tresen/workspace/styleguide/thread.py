"""An invented thread in which everybody speaks who can."""

from datetime import datetime, timedelta

from tresen.workspace.ticket.thread import (
    CardShown,
    Choice,
    DayShown,
    DeliveryShown,
    EventShown,
    EventsShown,
    FileShown,
    Item,
    MessageShown,
)


def thread(at: datetime) -> list[Item]:
    """Two days of a ticket."""
    return [DayShown(words="Yesterday"), *_yesterday(at - timedelta(days=1)), DayShown(words="Today"), *_today(at)]


def _yesterday(at: datetime) -> list[Item]:
    return [
        MessageShown(
            id=1, kind="message", who="customer", name="Petra M.", kind_words="", at=at, language="de",
            text="Guten Tag,\n\nmeine Bestellung sollte am Freitag da sein. Die Sendungsverfolgung steht seit drei"
            " Tagen still: https://track.example/00340\n\nMit freundlichen Grüßen\nPetra M.",
            whole_address="#", quotes=True,
            files=(
                FileShown(name="Screenshot Sendungsverfolgung.png", size=184_000, address="#", shown_here=True),
                FileShown(name="Rechnung_2026-11-03_sehr_langer_dateiname.pdf", size=2_340_000, address="#"),
            ),
        ),
        MessageShown(
            id=2, kind="automatic", who="bot", name="Tresen", kind_words="Automatic reply, not an answer", at=at,
            text="Vielen Dank für Ihre Nachricht. Wir melden uns.",
        ),
        EventShown(words="Jana Meier took this ticket", icon="user-check", at=at),
        EventsShown(
            words="Still unanswered: Lea told", icon="siren", at=at,
            events=[(EventShown(words="Still unanswered: Lea told", icon="siren", at=at), "14:00")] * 3,
        ),
        MessageShown(
            id=3, kind="note", who="note", name="Jana Meier", kind_words="Note, only colleagues see it", at=at,
            text="DHL sagt: Ersatzzustellung morgen. @Marco, bitte ein Auge darauf.",
        ),
        MessageShown(
            id=4, kind="message", who="agent", name="Jana Meier", kind_words="", at=at, language="de",
            text="Guten Tag Frau M.,\n\nIhr Paket wird morgen zugestellt. Ich habe es eben mit DHL geklärt.",
            delivery=DeliveryShown(words="Left us 14:03", icon="check", tone="met"),
        ),
        MessageShown(
            id=5, kind="own_answer", who="agent", name="Leuchtwerk", kind_words="Answered in Seller Central", at=at,
            text="Siehe bitte auch unsere Nachricht hier.",
        ),
    ]  # fmt: skip


def _today(at: datetime) -> list[Item]:
    return [
        MessageShown(
            id=6, kind="platform_notice", who="machine", name="Amazon", kind_words="Notice of the platform", at=at,
            text="A-to-z Guarantee claim opened for order 302-8812345-1234567. Respond by 24 November.",
        ),
        MessageShown(
            id=7, kind="message", who="customer", name="Petra M.", kind_words="", at=at, language="de", crossed=True,
            text="Jetzt reicht es mir. Morgen stelle ich einen A-bis-z-Antrag! 😠",
        ),
        MessageShown(
            id=8, kind="message", who="agent", name="Jana Meier", kind_words="", at=at, text="Es tut mir leid.",
            delivery=DeliveryShown(
                words="May have been sent", icon="circle-question-mark", tone="soon",
                reason="The line broke after the last dot.",
                choices=(Choice(label="It was sent", address="#"), Choice(label="Send again", address="#")),
            ),
        ),
        MessageShown(
            id=9, kind="bounce", who="machine", name="Mail server", kind_words="Your answer came back", at=at,
            text="550 5.1.1 No such user here.",
        ),
        MessageShown(
            id=10, kind="message", who="agent", name="Jana Meier", kind_words="", at=at,
            text="Bitte antworten Sie uns.",
            delivery=DeliveryShown(words="Refused", icon="circle-x", tone="late", reason="552 message too large"),
        ),
        MessageShown(
            id=11, kind="unreadable", who="machine", name="a broken mail", kind_words="Could not be read whole", at=at,
            text="Betreff: Re: Re: Re: Bestellung", problems=("3,000 nested parts",), whole_address="#",
        ),
        MessageShown(
            id=13, kind="message", who="customer", name="Ida M.", kind_words="", at=at, text="",
            card=CardShown(words="Card of order 5764863", address="#", said="Order card shared: delivered"),
        ),
        MessageShown(
            id=12, kind="message", who="customer", name="عمر", kind_words="", at=at, language="ar", text="شكرا جزيلا!",
        ),
    ]  # fmt: skip
