"""Files beside members' messages. They lie at an address that the message names.

The type of `messageMedia` is a word of the Message API (1.0.0): IMAGE, PDF, DOC, TXT.
"""

from tresen.channels.ebay.interface.asking import USUAL
from tresen.channels.feeds import Stopped
from tresen.channels.files import FileBrought, FileNotHad
from tresen.channels.outbound import StoreAccess
from tresen.channels.served_files import fetch_served

HOSTS = ("ebayimg.com", "ebaystatic.com")


def fetch_file(reference: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The file at this address, where eBay itself serves it."""
    return fetch_served(reference, access, hosts=HOSTS, usual=USUAL)
