"""What views are called that no column offers: those that the board's numbers lead to."""

from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.models import Agent
from tresen.routing.views import Side, View, ViewKind
from tresen.stores.channel_words import channel_title
from tresen.workspace.dates import day_and_time


def view_name(view: View, *, at: datetime) -> str:
    """The name above the list, with the channel that it keeps to."""
    name = _name(view, at)
    if not view.channel:
        return name
    return f"{name} · {_channel(view.channel)}"


def _name(view: View, at: datetime) -> str:
    if view.kind is ViewKind.DUE:
        return _due(view, at)
    if view.kind is ViewKind.LATE:
        return _LATE[view.side]()
    if view.kind is ViewKind.AGENT:
        found = Agent.objects.filter(pk=int(view.argument)).values_list("name", flat=True).first()
        return found or _("Queue")
    return _NAMES.get(view.kind, lambda: _("Queue"))()


_NAMES = {
    ViewKind.DANGER: lambda: _("In danger"),
    ViewKind.UNASSIGNED: lambda: _("Unassigned"),
    ViewKind.LOST: lambda: _("All missed"),
    ViewKind.CASES: lambda: _("Open cases"),
}


def _due(view: View, at: datetime) -> str:
    after, until = view.span
    said = {"until": day_and_time(until, at), "after": day_and_time(after, at) if after else ""}
    return (_BETWEEN if after else _BY)[view.side]() % said


_LATE = {
    Side.PLATFORM: lambda: _("Platform limit missed"),
    Side.OWN: lambda: _("Our target missed"),
    Side.DUTY: lambda: _("Deadline missed"),
}
_BY = {
    Side.PLATFORM: lambda: _("Platform limit by %(until)s"),
    Side.OWN: lambda: _("Our target by %(until)s"),
    Side.DUTY: lambda: _("Deadline by %(until)s"),
}
_BETWEEN = {
    Side.PLATFORM: lambda: _("Platform limit from %(after)s to %(until)s"),
    Side.OWN: lambda: _("Our target from %(after)s to %(until)s"),
    Side.DUTY: lambda: _("Deadline from %(after)s to %(until)s"),
}


def _channel(key: str) -> str:
    try:
        return channel_title(key)
    except LookupError:  # an old link to a channel that was taken out
        return key
