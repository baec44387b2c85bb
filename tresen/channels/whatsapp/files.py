"""Files of messages: WhatsApp tells an address for an id, which holds for five minutes and wants our token."""

from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.meta.account import ACCOUNT, WHATSAPP
from tresen.channels.meta.asking import READING, judged, part, request
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

HOST = "lookaside.fbsbx.com"
_NEVER = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.BAD_REQUEST})


class _Kept(msgspec.Struct, frozen=True):
    url: str


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file of this id. Our token goes to Meta's own host alone."""
    number = ("phone_number_id", access.setting(ACCOUNT))
    told = _answered(access, request(access, WHATSAPP, "GET", part(reference), number))
    if not isinstance(told, HttpResponse):
        return told
    try:
        address = read_json(told.body, _Kept).url
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    if not _is_at_home(address, access):
        return FileNotHad(ELSEWHERE)
    file = _answered(access, HttpRequest(method="GET", address=address, allowance=READING))
    return FileBrought(file.body) if isinstance(file, HttpResponse) else file


def _answered(access: StoreAccess, asked: HttpRequest) -> HttpResponse | FileNotHad | Stopped:
    outcome = access.http.send(asked)
    if isinstance(outcome, HttpResponse) and outcome.status in _NEVER:
        return FileNotHad(GONE)
    return judged(outcome)


def _is_at_home(address: str, access: StoreAccess) -> bool:
    try:
        place = urlsplit(address)
    except ValueError:
        return False
    connected = access.setting("address").rstrip("/")
    stands_for_it = bool(connected) and connected != WHATSAPP.host and address.startswith(f"{connected}/")
    return stands_for_it or (place.scheme == "https" and place.netloc == HOST)
