"""What a mailbox signs in with: its password, or an access token that is renewed before it runs out."""

from datetime import datetime

import msgspec
from django.db import connection, transaction

from tresen.mail import oauth
from tresen.mail.oauth import AccessToken, TokenEndpoint
from tresen.mail.signing_in import BearerToken, Credentials, Password, ReconnectNeeded, Security, ServerAddress
from tresen.stores import models
from tresen.stores.models import Mailbox, SignInWith
from tresen.vault.sealing import SecretMissing, open_secret, seal

_REFRESHING = 0x0A07
_SECURITY = {
    models.Security.TLS: Security.TLS,
    models.Security.STARTTLS: Security.STARTTLS,
    models.Security.NONE: Security.PLAIN,
}


def imap_server(mailbox: Mailbox) -> ServerAddress:
    """Where the mailbox is read. Raises ValueError for plain text to another machine."""
    return ServerAddress(
        host=mailbox.imap_host, port=mailbox.imap_port, security=_SECURITY[models.Security(mailbox.imap_security)]
    )


def smtp_server(mailbox: Mailbox) -> ServerAddress:
    """Where its answers leave. Raises ValueError for plain text to another machine."""
    return ServerAddress(
        host=mailbox.smtp_host, port=mailbox.smtp_port, security=_SECURITY[models.Security(mailbox.smtp_security)]
    )


def credentials_of(mailbox: Mailbox, *, at: datetime, renew: bool = False) -> Credentials:
    """What to sign in with at `at`. `renew`: the server refused the token at hand, so fetch another.

    Raises:
        ReconnectNeeded: the consent was withdrawn, or the secret is not there: a person must sign in again.
        Unreachable: the provider of tokens does not answer.
    """
    try:
        if mailbox.sign_in_with == SignInWith.PASSWORD:
            return Password(mailbox.username, open_secret(secret_name(mailbox, "password")))
        return BearerToken(mailbox.username, _access_token(mailbox, at=at, renew=renew))
    except SecretMissing as missing:
        raise ReconnectNeeded(str(missing)) from missing


def secret_name(mailbox: Mailbox, what: str) -> str:
    """The vault's name of one of the mailbox's secrets: password, refresh_token, client_secret, access_token."""
    return f"mailbox:{mailbox.pk}:{what}"


def _access_token(mailbox: Mailbox, *, at: datetime, renew: bool) -> str:
    kept = _kept_token(mailbox)
    if kept is not None and kept.is_fresh(at) and not renew:
        return kept.token
    with transaction.atomic():
        # Providers may exchange the refresh token each time: two workers at once would void each other's.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_REFRESHING, mailbox.pk])
        meanwhile = _kept_token(mailbox)
        if meanwhile is not None and meanwhile.is_fresh(at) and (not renew or meanwhile != kept):
            return meanwhile.token
        return _renewed(mailbox, at=at)


def _renewed(mailbox: Mailbox, *, at: datetime) -> str:
    endpoint = TokenEndpoint(
        url=mailbox.token_url,
        client_id=mailbox.client_id,
        client_secret=open_secret(secret_name(mailbox, "client_secret")),
    )
    token = oauth.refresh(endpoint, refresh_token=open_secret(secret_name(mailbox, "refresh_token")), at=at)
    seal(secret_name(mailbox, "refresh_token"), token.refresh_token, at=at)
    seal(secret_name(mailbox, "access_token"), msgspec.json.encode(token).decode(), at=at)
    return token.token


def _kept_token(mailbox: Mailbox) -> AccessToken | None:
    try:
        return msgspec.json.decode(open_secret(secret_name(mailbox, "access_token")), type=AccessToken)
    except SecretMissing:
        return None
