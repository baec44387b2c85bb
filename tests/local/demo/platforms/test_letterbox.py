"""Mails of ours end where their recipients read them."""

from datetime import UTC, datetime
from email.message import EmailMessage

from tresen.fakes.sales import Buyer, By, Letter, Talk
from tresen.fakes.world import World
from tresen.local.demo.platforms.letterbox import deliver

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
ALIAS = "a1b2c3@marketplace.amazon.de"


def _mail(to: str) -> bytes:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = to, "Re: Lampe"
    mail.set_content("Die Lampe ist unterwegs.\n")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="rechnung.pdf")
    return mail.as_bytes()


def test_a_relays_mail_joins_the_buyers_newest_conversation_there() -> None:
    relay, letterbox = World(clock=lambda: NOW), World(clock=lambda: NOW)
    ida = Buyer(key="a1b2c3", name="Ida Muster", email=ALIAS)
    old, new = (
        Letter(id=name, by=By.BUYER, text="?", at=NOW.replace(hour=hour)) for name, hour in (("1", 6), ("2", 7))
    )
    relay.fill(talks=[Talk(id=one.id, buyer=ida, topic="Lampe", letters=[one]) for one in (old, new)])
    deliver(_mail(ALIAS), ALIAS, relays=[World(clock=lambda: NOW), relay], letterbox=letterbox)

    letter = relay.talks["2"].letters[-1]
    assert (letter.by, letter.text, letter.files) == (By.SELLER, "Die Lampe ist unterwegs.", (("rechnung.pdf", 4),))
    assert len(relay.talks["1"].letters) == 1
    assert not letterbox.talks


def test_anybody_elses_mail_lies_in_his_own_inbox() -> None:
    letterbox = World(clock=lambda: NOW)
    for _ in range(2):
        deliver(_mail("ida@mail.example"), "ida@mail.example", relays=[], letterbox=letterbox)
    assert [len(talk.letters) for talk in letterbox.talks.values()] == [2]
    assert letterbox.talks["ida@mail.example"].topic == "Re: Lampe"
