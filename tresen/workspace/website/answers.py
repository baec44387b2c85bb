"""What the public form answers, and who may show it in a frame or ask it by script."""

import math

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.stores.publishing import PublicForm
from tresen.workspace.website.taking import Outcome, Taken, TooMany, TooOld, TooQuick

SECONDS_IN_MINUTE = 60


def said_by(outcome: Outcome) -> str:
    """What went wrong and what to do, for the customer."""
    match outcome:
        case TooQuick():
            return _("That was very quick. Please press the button once more.")
        case TooOld():
            return _("The page was open for a long time. Please press the button once more.")
        case TooMany(after=after):
            minutes = max(1, math.ceil(after.total_seconds() / SECONDS_IN_MINUTE))
            words = ngettext(
                "Too many messages came in. Please try again in %(minutes)s minute.",
                "Too many messages came in. Please try again in %(minutes)s minutes.",
                minutes,
            )
            return words % {"minutes": minutes}
        case Taken():
            return ""


def status_of(outcome: Outcome) -> int:
    """The HTTP status that goes with it."""
    match outcome:
        case TooMany():
            return 429
        case TooQuick() | TooOld():
            return 409
        case Taken():
            return 201


def framed(response: HttpResponse, public: PublicForm | None) -> HttpResponse:
    """The page with its language said, and only the store's own websites may frame it.

    That there is no form may stand anywhere: nothing can be clicked there.
    """
    frames = "*" if public is None else " ".join(public.origins) or "'none'"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {frames}"
    )
    response.headers["Content-Language"] = translation.get_language() or "en"
    response.headers["Cache-Control"] = "no-store"
    return response


def allowing(response: HttpResponse, origin: str) -> HttpResponse:
    """The answer, readable for a script on a page of `origin`."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Origin"
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = "3600"
    return response


def language_of(public: PublicForm, request: HttpRequest) -> str:
    """The store's language, or the visitor's where the form follows it; English where we speak neither."""
    known = dict(settings.LANGUAGES)
    if public.follows_visitor or public.language not in known:
        return translation.get_language_from_request(request)
    return public.language
