"""Files beside members' messages. They lie at an address that the message names; whoever sent it may have chosen it.

So only eBay's own picture hosts are asked, without our token: another host would learn that the message was read.
The type of `messageMedia` is a word of the Message API (1.0.0): IMAGE, PDF, DOC, TXT.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from tresen.channels.answered import to_reader
from tresen.channels.ebay.interface.asking import USUAL
from tresen.channels.feeds import Stopped
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import NOBODY, Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess

MEDIA = Allowance(name="files", per_second=2.0, burst=10.0)
"""EBay documents no number for its picture hosts; this is what a person who looks through a thread needs."""
_OWN = ("ebayimg.com", "ebaystatic.com")
_NEVER = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, where eBay itself serves it."""
    if not _is_ebays(reference, access):
        return FileNotHad(ELSEWHERE)
    outcome = access.http.send(HttpRequest(method="GET", address=reference, allowance=MEDIA, holder=NOBODY))
    if isinstance(outcome, HttpResponse) and (outcome.status in _NEVER or _leads_away(outcome)):
        return FileNotHad(GONE)
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else FileBrought(answer.body)


def _is_ebays(address: str, access: StoreAccess) -> bool:
    """Whether this is a host of eBay's, or the interface's own where the store is connected to another place."""
    try:
        place = urlsplit(address)
        port = place.port
    except ValueError:
        return False
    host = (place.hostname or "").lower()
    if place.username or place.password or not host:
        return False
    if place.scheme == "https" and port in {None, 443} and any(_is_at(host, own) for own in _OWN):
        return True
    connected = access.setting("address")
    return bool(connected) and connected != USUAL and address.startswith(f"{connected.rstrip('/')}/")


def _is_at(host: str, own: str) -> bool:
    return host == own or host.endswith(f".{own}")


def _leads_away(answer: HttpResponse) -> bool:
    return HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST
