"""Files of a message that was written here: by an agent for a buyer, for a partner, or by a partner on their page."""

from collections.abc import Sequence
from datetime import datetime

from tresen.channels.contract import OutboundAttachment
from tresen.files.keeping import keep_all
from tresen.tickets.models import Attachment, Message


def attach(message: Message, files: Sequence[OutboundAttachment], *, at: datetime) -> None:
    """Keep the files beside their message, in the caller's transaction."""
    keys = keep_all([file.content for file in files], at=at)
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            name=file.name[:255],
            content_type=file.content_type[:120],
            size=len(file.content),
            blob_id=key,
        )
        for file, key in zip(files, keys, strict=True)
    )
