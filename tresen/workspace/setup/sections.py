"""The sections of the set-up, in their order, and the frame that shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tresen.accounts.models import LEADING, Agent
from tresen.workspace.requests import AgentRequest, wants_part
from tresen.workspace.setup.access import ADMINISTERING


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`key` is what a page calls itself, `route` its address's name."""

    key: str
    route: str
    label: str | Promise
    icon: str
    roles: frozenset[str]


SECTIONS = (
    Section(key="overview", route="setup", label=_("Overview"), icon="gauge", roles=LEADING),
    Section(key="stores", route="setup-stores", label=_("Stores"), icon="store", roles=ADMINISTERING),
    Section(key="mailboxes", route="setup-mailboxes", label=_("Mailboxes"), icon="mail", roles=ADMINISTERING),
    Section(key="policies", route="setup-policies", label=_("Reply targets"), icon="timer", roles=LEADING),
    Section(key="rules", route="setup-rules", label=_("Platform rules"), icon="scale", roles=LEADING),
    Section(key="timetables", route="setup-timetables", label=_("Working hours"), icon="calendar-clock", roles=LEADING),
    Section(key="roster", route="setup-roster", label=_("Roster"), icon="calendar-days", roles=LEADING),
    Section(key="coverage", route="setup-coverage", label=_("Who works when"), icon="users-round", roles=LEADING),
    Section(key="lanes", route="setup-lanes", label=_("Lanes"), icon="split", roles=LEADING),
    Section(key="notices", route="setup-notices", label=_("Notices"), icon="bell", roles=ADMINISTERING),
    Section(key="partners", route="setup-partners", label=_("Partners"), icon="warehouse", roles=ADMINISTERING),
    Section(
        key="money_limits", route="setup-money-limits", label=_("Refund limits"), icon="banknote", roles=ADMINISTERING
    ),
    Section(key="erasures", route="setup-erasures", label=_("Requests to forget"), icon="eraser", roles=ADMINISTERING),
    Section(key="teams", route="setup-teams", label=_("Teams"), icon="users", roles=ADMINISTERING),
    Section(key="agents", route="setup-agents", label=_("Agents"), icon="user", roles=ADMINISTERING),
)


def sections_of(agent: Agent) -> list[Section]:
    """What this agent may set up."""
    return [section for section in SECTIONS if agent.role in section.roles]


def page(
    request: AgentRequest, section: str, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of a section; for htmx only what stands on the desk of it, and what there is to tell."""
    framed = {
        **context,
        "layout": "setup/part.html" if wants_part(request) else "setup/frame.html",
        "section": section,
        "sections": sections_of(request.agent),
        "at": request.at,
    }
    response = render(request, template, framed, status=status, using="jinja2")
    response.headers["Vary"] = "HX-Request"
    response.headers["Cache-Control"] = "no-store"
    return response
