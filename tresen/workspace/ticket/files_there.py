"""Files that a message came with and that are not here: on their way, or why not."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.channels.files import ELSEWHERE, GONE, TOO_LARGE
from tresen.intake.models import FileState, FileToFetch
from tresen.workspace.naming import Names, name_of
from tresen.workspace.ticket.thread import FileThere

NOT_HAD: Names = {
    GONE: gettext_lazy("the platform does not give it"),
    ELSEWHERE: gettext_lazy("lies at a stranger’s server: not fetched"),
    TOO_LARGE: gettext_lazy("too large to be fetched: look at it on the platform"),
}


def files_there(messages: Collection[int]) -> Mapping[int, tuple[FileThere, ...]]:
    """What is not here of these messages, in its order. One query."""
    found: dict[int, list[FileThere]] = defaultdict(list)
    rows = FileToFetch.objects.filter(message__in=messages).exclude(state=FileState.BROUGHT)
    for row in rows.order_by("message", "position"):
        again = reverse("file-retry", args=[row.pk]) if row.state == FileState.GIVEN_UP else ""
        found[row.message_id].append(
            FileThere(name=row.name or _("Unnamed file"), size=row.size, words=_words(row), again=again)
        )
    return {message: tuple(files) for message, files in found.items()}


def _words(row: FileToFetch) -> str:
    if row.state == FileState.NOT_HAD:
        return name_of(row.trouble, NOT_HAD)
    if row.state == FileState.GIVEN_UP:
        return _("could not be fetched")
    return _("can’t be fetched just now, it is tried again") if row.failures else _("is being fetched")
