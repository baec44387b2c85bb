"""What WhatsApp tells by itself: messages, and what became of those that left."""

import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from tresen.fakes.meta.platform import APP_SECRET
from tresen.fakes.meta.webhooks import Delivery
from tresen.fakes.sales import Buyer, Letter
from tresen.fakes.whatsapp.platform import BUSINESS, NUMBER

type Json = dict[str, Any]


def of_letter(letter: Letter, *, person: Buyer, number: str = NUMBER) -> Json:
    """A text of somebody's."""
    known = person.key.removeprefix("+")
    message = {
        "from": known,
        "id": letter.id,
        "timestamp": str(int(letter.at.timestamp())),
        "type": "text",
        "text": {"body": letter.text},
    }
    contact = {"profile": {"name": person.name}, "wa_id": known}
    return _change(number, {"contacts": [contact], "messages": [message]})


def of_status(letter: Letter, status: str, *, at: datetime, number: str = NUMBER, errors: Sequence[Json] = ()) -> Json:
    """How far a message of ours has come."""
    told: Json = {"id": letter.id, "status": status, "timestamp": str(int(at.timestamp())), "recipient_id": "1"}
    if errors:
        told["errors"] = [*errors]
    return _change(number, {"statuses": [told]})


def delivered(changes: Sequence[Json], *, business: str = BUSINESS, secret: str = APP_SECRET) -> Delivery:
    """These changes in one POST."""
    entry = {"id": business, "changes": [*changes]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    signed = hmac.new(secret.encode(), body, sha256).hexdigest()
    return Delivery(headers={"X-Hub-Signature-256": f"sha256={signed}", "Content-Type": "application/json"}, body=body)


def _change(number: str, value: Json) -> Json:
    metadata = {"display_phone_number": "49301234567", "phone_number_id": number}
    return {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
