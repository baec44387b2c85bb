"""An address of ours that carries a secret: by it a platform is known whose signature nobody can check. Pure."""

import hmac
from urllib.parse import parse_qs, urlencode, urlsplit

KEY = "key"
"""What the secret is called in the address."""


def with_key(address: str, key: str) -> str:
    """The address to tell the platform, and nobody else."""
    return f"{address}?{urlencode({KEY: key})}"


def without_key(address: str) -> str:
    """What is the same of it whatever the key."""
    return address.partition("?")[0]


def carries(address: str, key: str) -> bool:
    """Whether who asked at this address knew the key. Compares in constant time."""
    said = parse_qs(urlsplit(address).query).get(KEY, [""])
    return bool(key) and hmac.compare_digest(said[0].encode("utf-8", "replace"), key.encode())
