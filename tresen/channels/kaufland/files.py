"""Files of a ticket lie at an address that Kaufland tells."""

from tresen.channels.feeds import Stopped
from tresen.channels.files import FileBrought, FileNotHad
from tresen.channels.outbound import StoreAccess
from tresen.channels.served_files import fetch_served

HOSTS = tuple(f"kaufland.{site}" for site in ("de", "sk", "cz", "pl", "at", "fr", "it", "com"))


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, where Kaufland itself serves it."""
    return fetch_served(reference, access, hosts=HOSTS)
