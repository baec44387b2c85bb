"""What somebody wrote into a contact form, kept raw like everything else that comes in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.crypto import salted_hmac

from tresen.channels.contract import InboundAttachment, Source
from tresen.channels.website.form import form_payload
from tresen.intake.keeping import Arrived, keep_raw


@transaction.atomic
def receive_form(
    store_id: int,
    *,
    fields: Mapping[str, str],
    attachments: Sequence[InboundAttachment] = (),
    submission: str = "",
    at: datetime,
) -> bool:
    """Keep a filled-in contact form; `submission` is the page's own id: the same words sent twice are kept once.

    Other words under the same id are another message: somebody went back to the page and wrote again.

    False for one that was here before. Fields: see `channels.website.form.form_payload`.
    """
    words = salted_hmac("tresen.intake.forms", form_payload(fields, attachments=attachments), algorithm="sha256")
    number = f"{submission}-{words.hexdigest()[:16]}" if submission else uuid4().hex
    body = form_payload({**fields, "id": f"{number}@form"}, attachments=attachments)
    arrived = Arrived(
        source=Source.FORM,
        external_key=f"form/{number}"[:300],
        body=body,
        size=len(body),
        received_at=at,
        store=store_id,
    )
    return keep_raw([arrived], at=at) > 0
