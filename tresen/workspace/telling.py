"""Tells the agent what has happened, with a way back for a few seconds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Where the way back is posted, and what goes along. With a `label` of its own it is an offer instead."""

    address: str
    values: Mapping[str, str | int]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """`tone`: empty, soon (take care) or late (it did not work)."""

    text: str
    tone: str
    undo: Undo | None


TONES = {messages.WARNING: "soon", messages.ERROR: "late"}


def tell(request: HttpRequest, text: str, *, undo: Undo | None = None) -> None:
    """Say that something was done; the next part or page of this agent shows it once."""
    messages.success(request, text, extra_tags=_packed(undo) if undo else "")


def ask(request: HttpRequest, text: str, *, offer: Undo) -> None:
    """Say why something was not done yet; what is offered does it all the same."""
    messages.warning(request, text, extra_tags=_packed(offer))


def warn(request: HttpRequest, text: str) -> None:
    """Say that something was not done, and what to do."""
    messages.error(request, text)


def told(request: HttpRequest) -> list[Toast]:
    """What this request has to show. Reading it is showing it."""
    return [
        Toast(text=str(given), tone=TONES.get(given.level, ""), undo=_unpacked(given.extra_tags or ""))
        for given in messages.get_messages(request)
    ]


def _packed(undo: Undo) -> str:
    return json.dumps({"address": undo.address, "values": dict(undo.values), "label": undo.label})


def _unpacked(packed: str) -> Undo | None:
    if not packed.startswith("{"):
        return None
    given = json.loads(packed)
    return Undo(address=given["address"], values=given["values"], label=given.get("label", ""))
