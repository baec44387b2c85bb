"""What Twilio posts: messages, and what became of those that left; signed with the address they go to."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha1
from typing import NamedTuple
from urllib.parse import urlencode

from tresen.fakes.sales import Letter
from tresen.fakes.sms.platform import ACCOUNT, AUTH_TOKEN, NUMBER, sid_of


class Delivery(NamedTuple):
    """One POST."""

    headers: dict[str, str]
    body: bytes


def of_letter(
    letter: Letter,
    *,
    person: str,
    account: str = ACCOUNT,
    number: str = NUMBER,
    files: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """A message of somebody's; `files` are their addresses and kinds."""
    form = {
        "ToCountry": "DE",
        "SmsMessageSid": sid_of(letter),
        "NumMedia": str(len(files or {})),
        "FromCity": "",
        "SmsSid": sid_of(letter),
        "SmsStatus": "received",
        "Body": letter.text,
        "To": number,
        "NumSegments": "1",
        "MessageSid": sid_of(letter),
        "AccountSid": account,
        "From": person,
        "ApiVersion": "2010-04-01",
    }
    for place, (address, kind) in enumerate((files or {}).items()):
        form |= {f"MediaUrl{place}": address, f"MediaContentType{place}": kind}
    return form


def of_status(
    letter: Letter, status: str, *, person: str, account: str = ACCOUNT, number: str = NUMBER, error: str = ""
) -> dict[str, str]:
    """How far a message of ours has come."""
    form = {
        "MessageSid": sid_of(letter),
        "SmsSid": sid_of(letter),
        "MessageStatus": status,
        "SmsStatus": status,
        "To": person,
        "From": number,
        "AccountSid": account,
        "ApiVersion": "2010-04-01",
    }
    return {**form, "ErrorCode": error} if error else form


def posted(form: Mapping[str, str], *, to: str, token: str = AUTH_TOKEN) -> Delivery:
    """This form, as it goes to the address."""
    signed = to + "".join(f"{name}{form[name]}" for name in sorted(form))
    signature = b64encode(hmac.digest(token.encode(), signed.encode(), sha1)).decode()
    return Delivery(headers={"X-Twilio-Signature": signature}, body=urlencode(form).encode())
