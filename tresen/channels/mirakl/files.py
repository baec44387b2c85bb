"""Files of messages at a Mirakl operator (M13): each by its number, in the store's own name."""

from dataclasses import replace
from http import HTTPStatus

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.files import GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpResponse
from tresen.channels.mirakl.reading import path_part, request
from tresen.channels.outbound import StoreAccess

_NEVER = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """M13: GET /api/inbox/threads/{attachment_id}/download."""
    asked = request(access, "GET", f"/inbox/threads/{path_part(reference)}/download")
    outcome = access.http.send(replace(asked, headers={"Accept": "application/octet-stream"}))
    if isinstance(outcome, HttpResponse) and outcome.status in _NEVER:
        return FileNotHad(GONE)
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else FileBrought(answer.body)
