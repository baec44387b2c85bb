"""The public contact form: a page that works without scripts, and an endpoint for pages of the seller's own."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tresen.stores.publishing import PublicForm, form_by_key
from tresen.workspace.website.answers import allowing, framed, language_of, said_by, status_of
from tresen.workspace.website.forms import ContactForm
from tresen.workspace.website.taking import MOST_BYTES, Taken, TooOld, take
from tresen.workspace.website.tokens import make_token

# Nobody is signed in here, so there is nothing that a foreign page could do in somebody's name.


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@csrf_exempt
@xframe_options_exempt
def show(request: HttpRequest, key: str) -> HttpResponse:
    """The form as a page."""
    public = form_by_key(key)
    if public is None:
        return _gone(request)
    with translation.override(language_of(public, request)):
        if _too_large(request):
            return _page(request, public, ContactForm(public=public), problem=_("This is too long."), status=413)
        return _sent(request, public) if request.method == "POST" else _page(request, public, _fresh(request, public))


@require_safe
@login_not_required
@xframe_options_exempt
def thank(request: HttpRequest, key: str) -> HttpResponse:
    """After sending."""
    public = form_by_key(key)
    if public is None:
        return _gone(request)
    with translation.override(language_of(public, request)):
        return framed(render(request, "website/thanks.html", {"public": public}, using="jinja2"), public)


@require_http_methods(["GET", "POST", "OPTIONS"])
@login_not_required
@csrf_exempt
def messages(request: HttpRequest, key: str) -> HttpResponse:
    """The same for scripts: GET gives a token, POST takes the fields as JSON."""
    public = form_by_key(key)
    if public is None:
        return allowing(JsonResponse({"error": "no_form"}, status=404), "*")
    origin = request.headers.get("Origin", "")
    if origin and origin not in public.origins:
        return JsonResponse({"error": "origin_not_allowed"}, status=403)
    with translation.override(language_of(public, request)):
        return allowing(_answer(request, public), origin)


def _sent(request: HttpRequest, public: PublicForm) -> HttpResponse:
    form = ContactForm(request.POST, public=public)
    if not form.is_valid():
        return _page(request, public, form, status=422)
    outcome = take(form, client=request.META.get("REMOTE_ADDR", ""), at=request.at)  # type: ignore[attr-defined]
    if isinstance(outcome, Taken):
        return redirect("form-thanks", public.key)
    if isinstance(outcome, TooOld):
        form.data = request.POST.copy()
        form.data["token"] = make_token(public.key, at=request.at)  # type: ignore[attr-defined]
    return _page(request, public, form, problem=said_by(outcome), status=status_of(outcome))


def _answer(request: HttpRequest, public: PublicForm) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if request.method == "GET":
        return JsonResponse({"token": make_token(public.key, at=request.at)})  # type: ignore[attr-defined]
    given = None if _too_large(request) else _fields(request)
    if given is None:
        return JsonResponse({"error": "not_read"}, status=413 if _too_large(request) else 400)
    form = ContactForm(given, public=public)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    outcome = take(form, client=request.META.get("REMOTE_ADDR", ""), at=request.at)  # type: ignore[attr-defined]
    if isinstance(outcome, Taken):
        return JsonResponse({"received": True}, status=201)
    return JsonResponse({"error": type(outcome).__name__, "message": said_by(outcome)}, status=status_of(outcome))


def _page(
    request: HttpRequest, public: PublicForm, form: ContactForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"public": public, "form": form, "problem": problem}
    return framed(render(request, "website/form.html", context, status=status, using="jinja2"), public)


def _fresh(request: HttpRequest, public: PublicForm) -> ContactForm:
    return ContactForm(public=public, token=make_token(public.key, at=request.at))  # type: ignore[attr-defined]


def _fields(request: HttpRequest) -> dict[str, Any] | None:
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return {str(name): value for name, value in given.items()} if isinstance(given, dict) else None


def _too_large(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length") or "0"
    return not length.isdecimal() or int(length) > MOST_BYTES


def _gone(request: HttpRequest) -> HttpResponse:
    """Says to a customer that there is no form of this name, or none any more: in his language, as we know no store."""
    with translation.override(translation.get_language_from_request(request)):
        return framed(render(request, "website/gone.html", {"public": None}, status=404, using="jinja2"), None)
