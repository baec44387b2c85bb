"""Files beside messages lie at addresses of Meta's own, for a while."""

from tresen.channels.feeds import Stopped
from tresen.channels.files import FileBrought, FileNotHad
from tresen.channels.outbound import StoreAccess
from tresen.channels.served_files import fetch_served

HOSTS = ("fbcdn.net", "fbsbx.com", "cdninstagram.com")


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, where Meta itself serves it."""
    return fetch_served(reference, access, hosts=HOSTS)
