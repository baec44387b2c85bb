"""Where Meta's channels differ from each other."""

from collections.abc import Mapping
from dataclasses import dataclass

APP, ACCOUNT = "app_id", "account_id"
"""Settings: the app at Meta that is told, and the page or account that the store is."""
ACCESS_TOKEN, APP_SECRET, VERIFY_TOKEN = "access_token", "app_secret", "verify_token"
BUSINESS = "business_id"
"""The setting that names the WhatsApp Business Account: templates belong to it, not to one of its numbers."""
FAMILY = "meta"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of Meta's channels. `object` is Meta's word for what tells, `platform` for where conversations are held.

    `host` is where it is asked, `name` the field that tells whose it is. `longest`: characters of a message. `files`:
    whether files can be sent from here; `fields`: what it must be told to tell us, and `webhooks_at` where. `replies`
    is what stands below a comment and `words` the field of a comment's text, where there are comments. `holder`: the
    setting that names what several accounts belong to.
    """

    title: str
    object: str
    host: str
    name: str
    longest: int
    files: bool
    fields: tuple[str, ...]
    webhooks_at: str = "developers.facebook.com, your app, Webhooks: as callback URL, for these fields."
    platform: str = ""
    replies: str = ""
    words: str = ""
    holder: str = ""


FACEBOOK = Account(
    title="Facebook",
    object="page",
    platform="messenger",
    host="https://graph.facebook.com",
    replies="comments",
    words="message",
    name="name",
    longest=2000,
    files=True,
    fields=(
        "messages",
        "messaging_postbacks",
        "message_echoes",
        "message_deliveries",
        "message_reads",
        "standby",
        "feed",
        "mention",
        "ratings",
    ),
)
INSTAGRAM = Account(
    title="Instagram",
    object="instagram",
    platform="instagram",
    host="https://graph.instagram.com",
    replies="replies",
    words="text",
    name="username",
    longest=1000,
    files=False,
    fields=("messages", "messaging_postbacks", "messaging_seen", "comments", "live_comments", "mentions"),
)
WHATSAPP = Account(
    title="WhatsApp",
    object="whatsapp_business_account",
    host="https://graph.facebook.com",
    name="verified_name",
    longest=4096,
    files=True,
    holder=BUSINESS,
    fields=("messages", "account_update", "phone_number_quality_update"),
    webhooks_at="developers.facebook.com, your app, WhatsApp, Configuration: as callback URL, for these fields.",
)
OF_OBJECT: Mapping[str, Account] = {one.object: one for one in (FACEBOOK, INSTAGRAM)}
