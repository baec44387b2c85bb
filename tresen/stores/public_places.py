"""Which addresses of strangers are called: the public web, and our own network only where that is allowed."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

type IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Where clouds tell a machine its secrets; some lie outside of the link-local range.
METADATA = frozenset(
    ipaddress.ip_address(one) for one in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192")
)


class AddressForbidden(ValueError):
    """This address is not called; the sentence says why."""


class AddressUnknown(OSError):
    """The name of the host leads nowhere now."""


@dataclass(frozen=True, slots=True)
class Place:
    """A host that was looked up once: what is checked is what is connected to."""

    scheme: str
    host: str
    ip: IP
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address with the host's number in it."""
        number = f"[{self.ip}]" if self.ip.version == 6 else str(self.ip)  # noqa: PLR2004 - IPv6
        return f"{self.scheme}://{number}:{self.port}{self.path}"

    @property
    def host_header(self) -> str:
        """The name as the server knows it."""
        standard = {"http": 80, "https": 443}[self.scheme]
        return self.host if self.port == standard else f"{self.host}:{self.port}"


def place_of(url: str, *, allows_private: bool) -> Place:
    """Where the address leads. Raises AddressForbidden, AddressUnknown."""
    try:
        parts = urlsplit(url)
    except ValueError as wrong:
        raise AddressForbidden("This is no address.") from wrong
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise AddressForbidden("Only addresses that begin with http:// or https:// and name a host are called.")
    try:
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except ValueError as wrong:
        raise AddressForbidden("The port in this address is none.") from wrong
    except OSError as trouble:
        raise AddressUnknown(f"The host {parts.hostname} is not found.") from trouble
    numbers = [ipaddress.ip_address(str(info[4][0]).partition("%")[0]) for info in found]
    for number in numbers:
        refuse(number, allows_private=allows_private)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(scheme=parts.scheme, host=parts.hostname, ip=numbers[0], port=port, path=path)


def refuse(number: IP, *, allows_private: bool) -> None:
    """Raises AddressForbidden for an address that must not be called."""
    plain = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped else number
    if allows_private and (plain.is_private or plain.is_loopback) and not (plain.is_link_local or plain in METADATA):
        return
    if plain in METADATA or plain.is_link_local or not plain.is_global or plain.is_multicast:
        raise AddressForbidden(f"{plain} is not on the public web. Allow addresses in your own network to call it.")
