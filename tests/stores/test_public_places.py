"""Which addresses a webhook may be called at."""

import ipaddress

import pytest

from tresen.stores.public_places import AddressForbidden, place_of, refuse


def allowed(number: str, *, private: bool = False) -> bool:
    try:
        refuse(ipaddress.ip_address(number), allows_private=private)
    except AddressForbidden:
        return False
    return True


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_public_web_is_called(number: str) -> None:
    assert allowed(number)


@pytest.mark.parametrize("number", ["10.0.0.5", "192.168.1.9", "127.0.0.1", "::1", "fd12::5", "::ffff:10.0.0.5"])
def test_our_own_network_only_where_it_is_allowed(number: str) -> None:
    assert not allowed(number)
    assert allowed(number, private=True)


@pytest.mark.parametrize(
    "number",
    ["169.254.169.254", "169.254.7.7", "fe80::1", "fd00:ec2::254", "100.100.100.200", "::ffff:169.254.169.254"],
)
def test_where_clouds_keep_their_secrets_never(number: str) -> None:
    assert not allowed(number)
    assert not allowed(number, private=True)


@pytest.mark.parametrize("number", ["0.0.0.0", "224.0.0.1", "255.255.255.255"])  # noqa: S104 - to be refused
def test_what_is_no_single_machine_is_not_called(number: str) -> None:
    assert not allowed(number)


@pytest.mark.parametrize(
    "url",
    ["ftp://chat.example/x", "file:///etc/passwd", "https://", "https://user:word@127.0.0.1/", "http://127.0.0.1:x/"],
)
def test_only_plain_web_addresses_count(url: str) -> None:
    with pytest.raises(AddressForbidden):
        place_of(url, allows_private=True)


def test_what_is_checked_is_what_is_called() -> None:
    place = place_of("http://localhost:8065/hooks/a?b=c", allows_private=True)
    assert place.url in {"http://127.0.0.1:8065/hooks/a?b=c", "http://[::1]:8065/hooks/a?b=c"}
    assert place.host_header == "localhost:8065"
