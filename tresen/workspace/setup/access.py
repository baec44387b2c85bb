"""Who may set up what. Everybody else is told that there is no such page."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate

from django.http import Http404, HttpResponse

from tresen.accounts.models import LEADING, Role
from tresen.workspace.requests import AgentRequest

ADMINISTERING = frozenset({Role.ADMIN.value})

type View[**P] = Callable[Concatenate[AgentRequest, P], HttpResponse]


def for_leads[**P](view: View[P]) -> View[P]:
    """A view that leads and admins may see."""
    return _only(LEADING, view)


def for_admins[**P](view: View[P]) -> View[P]:
    """A view that only admins may see."""
    return _only(ADMINISTERING, view)


def _only[**P](roles: frozenset[str], view: View[P]) -> View[P]:
    def checked(request: AgentRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.agent.role not in roles:
            raise Http404
        return view(request, *args, **kwargs)

    return update_wrapper(checked, view)  # type: ignore[return-value]  # typed as a wrapper that names `request`
