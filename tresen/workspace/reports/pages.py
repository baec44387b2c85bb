"""Whole pages of the reports: never kept by the browser, for figures move."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tresen.workspace.requests import AgentRequest


def page(request: AgentRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """The template with its context and the request's now."""
    response = render(request, template, {**context, "at": request.at}, status=status, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response
