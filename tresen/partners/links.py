"""The links in our mails to partners: 256 random bits, kept as a hash, good for one question and for a time."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings

from tresen.partners.models import Question, QuestionLink
from tresen.tickets.models import Message

GOOD_FOR = timedelta(days=60)
"""So long after its mail a link opens: asking again sends another one."""
POINTS_ON_FOR = timedelta(days=30)
"""So long after that it still says that it is too old; then it is unknown."""
LONGEST_TOKEN = 100
PATH = "asked"


def make_link(question: Question, message: Message, *, at: datetime) -> str:
    """The whole address of a new link for this mail, given for the only time."""
    token = secrets.token_urlsafe(32)
    QuestionLink.objects.create(question=question, message=message, token_hash=_hash(token), expires_at=at + GOOD_FOR)
    return f"{settings.BASE_URL.rstrip('/')}/{PATH}/{token}/"


def link_of(token: str) -> QuestionLink | None:
    """The link that this token opens, whether or not its time is over; None for one that was never given."""
    if len(token) > LONGEST_TOKEN:
        return None
    digest = _hash(token)
    rows = QuestionLink.objects.select_related("question__partner", "question__ticket__store__brand")
    found = rows.filter(token_hash=digest).first()
    return found if found is not None and hmac.compare_digest(bytes(found.token_hash), digest) else None


def forget_old_links(at: datetime, *, most: int = 5_000) -> int:
    """Drop a batch of links that have been closed for long; gives how many. Their questions and answers stay."""
    old = QuestionLink.objects.filter(expires_at__lte=at - POINTS_ON_FOR).order_by("expires_at")
    dropped, _kinds = QuestionLink.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:most])).delete()
    return dropped


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
