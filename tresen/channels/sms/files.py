"""Files of messages: they lie at Twilio, which wants our token for them and sends on to where their bytes are.

Nobody but Twilio's interface ever gets the token: the address that it sends on to holds for a while without one.
Source: Twilio's page on the protection of media by HTTP Basic authentication (223183748), read 2026-12.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.served_files import fetch_served
from tresen.channels.sms.asking import ACCOUNT, HOST, READING, base

STORES = ("mms.twiliocdn.com", "s3-external-1.amazonaws.com")
"""Where the bytes lie: of accounts that want the token for media, and of others."""
_NEVER = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.BAD_REQUEST})


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, if that is Twilio's own, also where Twilio sends on to one of its stores of files."""
    if not _is_at_home(reference, base(access)):
        return FileNotHad(ELSEWHERE)
    allowance = READING.of(f"twilio {access.setting(ACCOUNT)}")
    outcome = access.http.send(HttpRequest(method="GET", address=reference, allowance=allowance))
    if isinstance(outcome, HttpResponse):
        if outcome.status in _NEVER:
            return FileNotHad(GONE)
        if HTTPStatus.MULTIPLE_CHOICES <= outcome.status < HTTPStatus.BAD_REQUEST:
            return fetch_served(outcome.headers.get("location", ""), access, hosts=STORES)
    answer = to_reader(outcome)
    return FileBrought(answer.body) if isinstance(answer, HttpResponse) else answer


def _is_at_home(address: str, at: str) -> bool:
    try:
        place = urlsplit(address)
    except ValueError:
        return False
    if at == HOST:
        return place.scheme == "https" and place.netloc == urlsplit(HOST).netloc
    return address.startswith(f"{at}/")
