"""Pictures and films of a chat lie at an address that TikTok Shop tells, on hosts of its own."""

from tresen.channels.feeds import Stopped
from tresen.channels.files import FileBrought, FileNotHad
from tresen.channels.outbound import StoreAccess
from tresen.channels.served_files import fetch_served
from tresen.channels.tiktok_shop.asking import USUAL

HOSTS = ("ibyteimg.com", "byteimg.com", "tiktokcdn.com", "tiktokcdn-us.com", "tiktokcdn-eu.com", "tiktokv.com")
"""As its samples and published answers have them (2026-11); others are not fetched."""


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, where TikTok itself serves it."""
    return fetch_served(reference, access, hosts=HOSTS, usual=USUAL)
