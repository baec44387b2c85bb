"""What buyers see: times with their zone, links to follow, a way back."""

from datetime import UTC, datetime, timedelta

from tresen.fakes.sales import Buyer, By, Letter, Talk
from tresen.fakes.seen import overview, page_of
from tresen.fakes.world import World

AT = datetime(2026, 11, 30, 12, 5, tzinfo=UTC)
DESK = "http://127.0.0.1:8000"


def a_world(*texts: str) -> World:
    world = World(clock=lambda: AT)
    buyer = Buyer(key="b", name="Ida Muster", email="ida@mail.example")
    for number, text in enumerate(texts):
        letter = Letter(id=str(number), by=By.SELLER, text=text, at=AT + timedelta(minutes=number))
        world.fill(sales=[], talks=[Talk(id=str(number), buyer=buyer, topic=f"Frage {number}", letters=[letter])])
    return world


def test_times_say_their_zone_and_can_be_read_by_a_browser_in_its_own() -> None:
    page = page_of("mail", "E-mail", a_world("Guten Tag"))

    assert '<time datetime="2026-11-30T12:05:00Z">30 Nov 2026, 12:05 UTC</time>' in page


def test_links_can_be_followed_and_nothing_else_becomes_markup() -> None:
    page = page_of("mail", "E-mail", a_world(f"<b>Hier</b>: {DESK}/asked/x1/. Danke & Gruß"))

    assert f'&lt;b&gt;Hier&lt;/b&gt;: <a href="{DESK}/asked/x1/">{DESK}/asked/x1/</a>. Danke &amp; Gruß' in page


def test_what_is_looked_for_stands_in_words_names_or_numbers() -> None:
    world = a_world("Der Schirm ist da.", "Die Lampe kommt.")

    assert page_of("mail", "E-mail", world, find="lampe").count("<article>") == 1
    assert page_of("mail", "E-mail", world, find="ida").count("<article>") == 2
    assert "&lt;i&gt;" in page_of("mail", "E-mail", world, find="<i>")


def test_each_page_leads_back_where_tresen_is_known() -> None:
    for page in (overview([("mail", "E-mail")], desk=DESK), page_of("mail", "E-mail", a_world("Hallo"), desk=DESK)):
        assert f'<a href="{DESK}">← Back to Tresen</a>' in page
    assert "<h1>What buyers see</h1>" in overview([("mail", "E-mail")])
