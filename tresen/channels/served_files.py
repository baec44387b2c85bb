"""Files that lie at an address which a message names; whoever sent it may have chosen that address.

So only the platform's own hosts are asked, without our keys: another host would learn that the message was read.
"""

from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import NOBODY, Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess

FILES = Allowance(name="files", per_second=2.0, burst=10.0)
"""No platform documents a number for its files; this is what a person who looks through a thread needs."""
_NEVER = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.GONE,
    }
)


def fetch_served(
    address: str, access: StoreAccess, *, hosts: Collection[str], usual: str = ""
) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, where one of these hosts, or one below it, serves it.

    A store that is connected to another place than the `usual` address of the interface may serve its files there.
    """
    if not (_is_at_home(address, hosts) or _is_where_it_is_connected(address, access, usual)):
        return FileNotHad(ELSEWHERE)
    outcome = access.http.send(HttpRequest(method="GET", address=address, allowance=FILES, holder=NOBODY))
    if isinstance(outcome, HttpResponse) and (outcome.status in _NEVER or _leads_away(outcome)):
        return FileNotHad(GONE)
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else FileBrought(answer.body)


def _is_at_home(address: str, hosts: Collection[str]) -> bool:
    try:
        place = urlsplit(address)
        port = place.port
    except ValueError:
        return False
    host = (place.hostname or "").lower()
    ours = any(host == own or host.endswith(f".{own}") for own in hosts)
    return ours and place.scheme == "https" and port in {None, 443} and not place.username and not place.password


def _is_where_it_is_connected(address: str, access: StoreAccess, usual: str) -> bool:
    """Whether it lies below the address that was entered; what names somebody to sign in as lies elsewhere."""
    connected = access.setting("address")
    return bool(connected) and connected != usual and address.startswith(f"{connected.rstrip('/')}/")


def _leads_away(answer: HttpResponse) -> bool:
    return HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST
