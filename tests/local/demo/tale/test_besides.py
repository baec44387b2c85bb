"""What is special at each small store is there once the demo is filled, told by the way that its platform tells."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

import pytest

from tests.local.demo.dice import dice_of
from tresen.chats.desks import set_available
from tresen.chats.models import Chat, Standing
from tresen.duties.models import Promise
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.local.demo.calling import log_calls
from tresen.local.demo.filling import fill
from tresen.local.demo.founding import Shop, found
from tresen.local.demo.platforms.address import address_of
from tresen.local.demo.platforms.opening import begin_to_sell
from tresen.local.demo.tale.stores import SMALL_STORES
from tresen.local.demo.tale.story import Story, with_small_stores
from tresen.local.demo.visiting import Website, chat_and_go
from tresen.local.verifying import verify
from tresen.outbox.models import Consent, Delivery
from tresen.outbox.told import stages_of
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.timekeeping import wall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime.now(UTC).replace(microsecond=0)
SAID_ONLY = {"facebook", "instagram", "whatsapp", "sms"}


@pytest.fixture
def shop() -> Shop:
    return found(at=NOW - timedelta(days=170), smtp_port=2525)


def test_each_small_store_shows_what_is_special_there(shop: Shop, tmp_path: Path, listening: socket) -> None:
    told = with_small_stores(Story(plots=(), orders=()), now=NOW)
    begin_to_sell(told, shop, home=tmp_path, listening=listening, now=NOW, clock=wall.now, past=timedelta(days=30))
    fill(told, shop, address=address_of(listening), now=NOW, progress=lambda *_: None, days=3)
    log_calls(shop, now=NOW)
    chat_and_go(shop, now=NOW)
    assert not StoredPayload.objects.filter(state="quarantined").exists()
    assert verify() == 0
    for plan in SMALL_STORES:
        tickets = Ticket.objects.filter(store=shop.stores[plan.key])
        assert tickets.exists(), plan.key
        assert tickets.filter(orders__order__isnull=False).exists() == (plan.key not in SAID_ONLY), plan.key
    assert Conversation.objects.filter(store=shop.stores["facebook"], surface="comment").exists()
    assert Message.objects.filter(conversation__store=shop.stores["instagram"], problems=["story_reply"]).exists()
    assert Consent.objects.filter(store=shop.stores["sms"], given=False).exists()
    answered = Delivery.objects.filter(store__in=[shop.stores[key] for key in ("facebook", "sms", "whatsapp")])
    assert sorted(stage.value for stage, _at in stages_of(list(answered)).values()) == [
        "delivered",
        "delivered",
        "read",
    ]
    assert Promise.objects.filter(ticket__orders__order__number="#30177").exists()
    assert Chat.objects.filter(left_at__isnull=False, conversation__isnull=False).exists()


def test_somebody_comes_to_the_website_once_an_agent_takes_chats(shop: Shop) -> None:
    website, agent = Website(store=shop.stores["website"]), shop.agents["sophie"].id or 0
    website.go_on(dice_of(1), at=NOW)
    assert website.here is None
    set_available(agent, available=True, at=NOW)
    website.go_on(dice_of(1), at=NOW)
    parse_kept(NOW + timedelta(seconds=1))
    offered = Chat.objects.get(standing=Standing.OFFERED)
    assert offered.agent_id == agent
    website.go_on(dice_of(1), at=NOW + timedelta(minutes=5))
    assert Chat.objects.get(pk=offered.pk).left_at is not None
