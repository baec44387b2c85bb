"""What a token of eBay's is asked for with: the keyset's word, and what the seller consents to."""

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

from tresen.channels.ebay.interface import asking
from tresen.channels.http import NOBODY, Allowance, HttpRequest
from tresen.channels.outbound import StoreAccess

SCOPES = (
    "https://api.ebay.com/oauth/api_scope",
    "https://api.ebay.com/oauth/api_scope/commerce.identity.readonly",
    "https://api.ebay.com/oauth/api_scope/commerce.message",
    "https://api.ebay.com/oauth/api_scope/sell.fulfillment",
    "https://api.ebay.com/oauth/api_scope/sell.finances",
    "https://api.ebay.com/oauth/api_scope/sell.payment.dispute",
    "https://api.ebay.com/oauth/api_scope/sell.inventory.readonly",
)
"""What the seller consents to; docs/channels/ebay.md says what each is for."""
_TOKEN = "/identity/v1/oauth2/token"  # noqa: S105 - a path
# 50,000 for sellers and 1,000 for applications a day; a token lasts two hours, so a store asks for some twelve.
_TOKENS = Allowance(name="token", per_second=0.01, burst=20)


def asked_for_token(access: StoreAccess, said: Mapping[str, str]) -> HttpRequest:
    """A request of the token endpoint. Raises LookupError where a credential is missing."""
    credentials = f"{access.setting('app_id').strip()}:{access.secret('cert_id').strip()}"
    return HttpRequest(
        method="POST",
        address=asking.address_of(access, _TOKEN),
        allowance=_TOKENS.of(asking.application_of(access)),
        headers={
            "authorization": f"Basic {b64encode(credentials.encode()).decode()}",
            "content-type": "application/x-www-form-urlencoded",
            "accept": "application/json",
        },
        body=urlencode(said).encode(),
        holder=NOBODY,
    )
