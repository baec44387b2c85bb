"""Files of a ticket lie at an address that Kaufland tells. Only hosts of its own are asked, and without our keys."""

from http import HTTPStatus
from urllib.parse import urlsplit

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import NOBODY, Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess

FILES = Allowance(name="files", per_second=2.0, burst=10.0)
"""Kaufland documents no number for its files; this is what a person who looks through a ticket needs."""
SITES = ("de", "sk", "cz", "pl", "at", "fr", "it", "com")
_NEVER = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.GONE,
    }
)


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, where Kaufland itself serves it."""
    if not _is_kauflands(reference, access):
        return FileNotHad(ELSEWHERE)
    outcome = access.http.send(HttpRequest(method="GET", address=reference, allowance=FILES, holder=NOBODY))
    if isinstance(outcome, HttpResponse) and (outcome.status in _NEVER or _leads_away(outcome)):
        return FileNotHad(GONE)
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else FileBrought(answer.body)


def _is_kauflands(address: str, access: StoreAccess) -> bool:
    """Whether this is a host of Kaufland's, or the interface's own where the store is connected to another place."""
    try:
        place = urlsplit(address)
        port = place.port
    except ValueError:
        return False
    host = (place.hostname or "").lower()
    if place.username or place.password or not host:
        return False
    own = any(host == f"kaufland.{site}" or host.endswith(f".kaufland.{site}") for site in SITES)
    if place.scheme == "https" and port in {None, 443} and own:
        return True
    connected = access.setting("address").rstrip("/")
    return bool(connected) and address.startswith(f"{connected}/")


def _leads_away(answer: HttpResponse) -> bool:
    return HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST
