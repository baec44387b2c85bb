"""The page behind the link in a mail to a partner: the question, and a place to answer it, without signing in."""

import math
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tresen.intake.limiting import Limit, count_attempt
from tresen.outbox.models import DeliveryState
from tresen.partners.answering import MOST_BYTES, is_settled, take_answer
from tresen.partners.links import link_of
from tresen.partners.mailing import outbound
from tresen.partners.models import Question, QuestionLink
from tresen.partners.recognising import without_code
from tresen.partners.wording import NothingToAnswer
from tresen.tickets.models import Direction, Message, MessageKind
from tresen.workspace.asked.forms import AnswerForm
from tresen.workspace.website.taking import network_of

# Nobody is signed in here: the address itself opens the page, so there is nothing that a foreign page could do in
# somebody's name.

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
LOOKS, MISSES, ANSWERS, ANSWERS_EACH = 120, 20, 30, 10
MOST_SENT = MOST_BYTES + 1_000_000
SENT = "sent"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@csrf_exempt
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The question and the form; what is settled or too old says so kindly."""
    client = network_of(request.META.get("REMOTE_ADDR", ""))
    if wait := _counted(request, Limit(who=f"asked:{client}", most=LOOKS, span=QUARTER)):
        return _too_many(request, wait)
    link = link_of(token)
    if link is None:
        if wait := _counted(request, Limit(who=f"asked:missed:{client}", most=MISSES, span=HOUR)):
            return _too_many(request, wait)
        return _page(request, "asked/gone.html", {"why": "unknown"}, status=404)
    with translation.override(link.question.partner.language):
        return _answer(request, link, client) if request.method == "POST" else _shown(request, link)


def _shown(request: HttpRequest, link: QuestionLink) -> HttpResponse:
    question = link.question
    if SENT in request.GET:
        return _question_page(request, question, form=None, sent=True)
    if why := _why_closed(request, link):
        return _page(request, "asked/gone.html", {"why": why, "question": question}, status=410)
    return _question_page(request, question, form=AnswerForm(initial={"submission": uuid4()}))


def _answer(request: HttpRequest, link: QuestionLink, client: str) -> HttpResponse:
    question, at = link.question, request.at  # type: ignore[attr-defined]  # set by AgentMiddleware
    if why := _why_closed(request, link):
        return _page(request, "asked/gone.html", {"why": why, "question": question}, status=410)
    if _too_large(request):
        form = AnswerForm({"submission": str(uuid4())})
        form.add_error("attachments", _("These are too many files, or too large ones: at most ten, together 10 MB."))
        return _question_page(request, question, form=form, status=413)
    limits = [
        Limit(who=f"answered:{question.pk}", most=ANSWERS_EACH, span=HOUR),
        Limit(who=f"answered:{client}", most=ANSWERS, span=HOUR),
    ]
    form = AnswerForm(request.POST, request.FILES)
    if wait := _counted(request, *limits):
        return _question_page(request, question, form=form, problem=_later(wait), status=429)
    if not form.is_valid():
        return _question_page(request, question, form=form, status=422)
    given = form.cleaned_data
    try:
        files = outbound(given["attachments"])
        take_answer(question.pk, text=given["text"], files=files, submission=given["submission"], at=at)
    except NothingToAnswer:
        return _page(request, "asked/gone.html", {"why": "settled", "question": question}, status=410)
    return redirect(f"{request.path}?{SENT}=1")


def _why_closed(request: HttpRequest, link: QuestionLink) -> str:
    if is_settled(link.question):
        return "settled"
    return "expired" if link.expires_at <= request.at else ""  # type: ignore[attr-defined]  # set by AgentMiddleware


def _question_page(
    request: HttpRequest,
    question: Question,
    *,
    form: AnswerForm | None,
    problem: str = "",
    sent: bool = False,
    status: int = 200,
) -> HttpResponse:
    """What was asked, what they answered by this page or by mail, and nothing else of the ticket."""
    words = Message.objects.filter(conversation=question.conversation_id, kind=MessageKind.THIRD_PARTY)
    words = words.exclude(delivery__state=DeliveryState.WITHDRAWN)
    context = {
        "question": question,
        "subject": without_code(question.conversation.subject),
        "messages": [(one, one.direction == Direction.OUT) for one in words.order_by("occurred_at", "pk")],
        "form": form,
        "problem": problem,
        "sent": sent,
    }
    return _page(request, "asked/show.html", context, status=status)


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    response = render(request, template, {"question": None, **context}, status=status, using="jinja2")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    response.headers["Content-Language"] = translation.get_language() or "en"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # The address is the key: no other site is told of it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _counted(request: HttpRequest, *limits: Limit) -> timedelta | None:
    return count_attempt(limits, at=request.at)  # type: ignore[attr-defined]  # set by AgentMiddleware


def _too_many(request: HttpRequest, wait: timedelta) -> HttpResponse:
    return _page(request, "asked/gone.html", {"why": "too_many", "problem": _later(wait)}, status=429)


def _later(wait: timedelta) -> str:
    minutes = max(1, math.ceil(wait / timedelta(minutes=1)))
    words = ngettext(
        "Too much came in. Please try again in %(minutes)s minute.",
        "Too much came in. Please try again in %(minutes)s minutes.",
        minutes,
    )
    return words % {"minutes": minutes}


def _too_large(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length") or "0"
    return not length.isdecimal() or int(length) > MOST_SENT
