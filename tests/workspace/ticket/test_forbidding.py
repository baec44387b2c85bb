from django.urls import reverse

from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store
from tresen.outbox.models import Delivery, DeliveryState
from tresen.tickets.models import Message

RELAY = f"{'A' * 32}@relay.walmart.com"


def test_what_the_platform_forbids_is_said_while_one_writes_and_does_not_leave(screen, team):
    store = a_store("walmart", "walmart.com", team=team)
    a_mailbox(store)
    filed(store, a_message(sender=RELAY, text="Where is my parcel?"))
    message = Message.objects.get()
    typed = {"conversation": message.conversation_id, "answers_up_to": message.pk, "then": "keep_open"}
    link = {**typed, "text": "Please look at www.birkenhof.example.com/track for it."}

    said = screen.post(reverse("draft", args=[message.ticket_id]), link)
    refused = screen.post(reverse("reply", args=[message.ticket_id]), link, follow=True)

    assert said.text == "Walmart takes no links that lead away from it: “www.birkenhof.example.com/track”."
    assert refused.text.count(said.text) == 2  # as a toast, and beside the draft
    assert not Delivery.objects.exists()

    fine = {**typed, "text": "Your parcel left yesterday."}
    assert screen.post(reverse("draft", args=[message.ticket_id]), fine).status_code == 204
    screen.post(reverse("reply", args=[message.ticket_id]), fine)
    assert Delivery.objects.get().state == DeliveryState.QUEUED
