"""Which mails are Amazon's."""

from tresen.channels.amazon.addresses import buyer_address, is_amazons, marketplace_of
from tresen.channels.contract import Claim, MailHeaders, Verdict


def claims(headers: MailHeaders) -> Claim | None:
    """Amazon's claim on a mail. A stamp is forgeable: without Amazon's own host in From it counts for nothing."""
    if not is_amazons(headers):
        return None
    if buyer_address(headers):
        return Claim(channel="amazon", marketplace=marketplace_of(headers), reason="relay")
    if headers.authenticated is Verdict.FAIL:
        return None
    return Claim(channel="amazon", marketplace=marketplace_of(headers), reason="notice")
