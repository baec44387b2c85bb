"""What a visitor wrote in the chat of a website, kept raw like everything else that comes in."""

from datetime import datetime

from django.db import transaction

from tresen.channels.contract import Source
from tresen.channels.website.chat import ABOUT, chat_payload
from tresen.chats.models import Chat
from tresen.intake.keeping import Arrived, keep_raw


@transaction.atomic
def receive_chat_message(chat: Chat, *, number: str, fields: dict[str, str], at: datetime) -> bool:
    """Keep one message; `number` is the browser's own of it: sent twice it is kept once.

    `fields` as of `channels.website.chat.chat_payload`, but for who writes and where. False for one that was here.
    """
    own = {"chat": str(chat.pk), "id": f"{number}@chat", "email": chat.email, "name": chat.name}
    body = chat_payload({"language": chat.language, **fields, **own})
    arrived = Arrived(
        source=Source.FORM,
        external_key=f"chat/{chat.pk}/{number}"[:300],
        body=body,
        size=len(body),
        received_at=at,
        store=chat.store_id,
        about=ABOUT,
    )
    return keep_raw([arrived], at=at) > 0
