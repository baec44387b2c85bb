"""Tells the agent what has happened, with a way back for a few seconds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Where the way back is posted, and what goes along. With a `label` of its own it is an offer instead."""

    address: str
    values: Mapping[str, str | int]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Where it leads on from here: a link, called by its `label`."""

    address: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """`tone`: empty, soon (take care) or late (it did not work); `about`: the number of the ticket it speaks of."""

    text: str
    tone: str
    undo: Undo | None
    lead: Lead | None
    about: int | None


TONES = {messages.WARNING: "soon", messages.ERROR: "late"}


def tell(request: HttpRequest, text: str, *, undo: Undo | None = None, lead: Lead | None = None) -> None:
    """Say that something was done; the next part or page of this agent shows it once."""
    messages.success(request, text, extra_tags=_packed(undo, about=_named_by(request), lead=lead))


def tell_besides(request: HttpRequest, text: str, *, offer: Undo | None = None) -> None:
    """Say what is not about the ticket that the address names."""
    messages.success(request, text, extra_tags=_packed(offer, about=None))


def ask(request: HttpRequest, text: str, *, offer: Undo) -> None:
    """Say why something was not done yet; what is offered does it all the same."""
    messages.warning(request, text, extra_tags=_packed(offer, about=_named_by(request)))


def warn(request: HttpRequest, text: str) -> None:
    """Say that something was not done, and what to do."""
    messages.error(request, text, extra_tags=_packed(None, about=_named_by(request)))


def told(request: HttpRequest) -> list[Toast]:
    """What this request has to show. Reading it is showing it."""
    return [
        _toast(str(given), TONES.get(given.level, ""), given.extra_tags or "")
        for given in messages.get_messages(request)
    ]


def _named_by(request: HttpRequest) -> int | None:
    """The ticket that the address names."""
    found = request.resolver_match
    return found.kwargs.get("ticket_id") if found else None


def _packed(undo: Undo | None, *, about: int | None, lead: Lead | None = None) -> str:
    given = {"about": about, "undo": asdict(undo) if undo else None, "lead": asdict(lead) if lead else None}
    return json.dumps(given)


def _toast(text: str, tone: str, packed: str) -> Toast:
    """What the sign-in says by itself carries nothing."""
    given = json.loads(packed) if packed.startswith("{") else {}
    undo, lead = given.get("undo"), given.get("lead")
    return Toast(
        text=text,
        tone=tone,
        undo=Undo(**undo) if undo else None,
        lead=Lead(**lead) if lead else None,
        about=given.get("about"),
    )
