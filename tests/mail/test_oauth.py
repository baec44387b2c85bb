from datetime import UTC, datetime, timedelta

import pytest

from tresen.mail import oauth
from tresen.mail.signing_in import ReconnectNeeded, Unreachable

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
USER = "service@shop.example"


def endpoint(tokens, **changes):
    values = {"url": tokens.url, "client_id": tokens.client_id, "client_secret": tokens.client_secret}
    return oauth.TokenEndpoint(**(values | changes))


def test_a_refresh_gives_a_token_that_the_server_knows_and_says_until_when(tokens):
    consent = tokens.consent(USER)
    fresh = oauth.refresh(endpoint(tokens), refresh_token=consent, at=NOW)
    assert tokens.knows(USER, fresh.token)
    assert fresh.refresh_token == consent
    assert fresh.expires_at == NOW + timedelta(hours=1)
    assert fresh.is_fresh(NOW + timedelta(minutes=54))
    assert not fresh.is_fresh(NOW + timedelta(minutes=56))


def test_a_provider_that_exchanges_refresh_tokens_is_followed(tokens):
    tokens.rotating = True
    first = oauth.refresh(endpoint(tokens), refresh_token=tokens.consent(USER), at=NOW)
    second = oauth.refresh(endpoint(tokens), refresh_token=first.refresh_token, at=NOW)
    assert len({first.refresh_token, second.refresh_token}) == 2
    with pytest.raises(ReconnectNeeded):
        oauth.refresh(endpoint(tokens), refresh_token=first.refresh_token, at=NOW)


def test_a_withdrawn_consent_asks_for_a_person(tokens):
    consent = tokens.consent(USER)
    tokens.revoke(USER)
    with pytest.raises(ReconnectNeeded, match="expired or revoked"):
        oauth.refresh(endpoint(tokens), refresh_token=consent, at=NOW)


def test_an_unknown_client_asks_for_a_person(tokens):
    with pytest.raises(ReconnectNeeded, match="invalid_client"):
        oauth.refresh(endpoint(tokens, client_secret="wrong"), refresh_token=tokens.consent(USER), at=NOW)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_trouble_is_no_reason_to_connect_again(tokens, status):
    tokens.broken_with = status
    with pytest.raises(Unreachable):
        oauth.refresh(endpoint(tokens), refresh_token=tokens.consent(USER), at=NOW)


def test_a_provider_that_is_down_is_a_passing_trouble(tokens):
    consent = tokens.consent(USER)
    tokens.stop()
    with pytest.raises(Unreachable):
        oauth.refresh(endpoint(tokens), refresh_token=consent, at=NOW)


@pytest.mark.parametrize("lifetime", ["soon", 0, -5, 10**9])
def test_a_lifetime_beyond_sense_counts_as_an_hour(tokens, lifetime):
    tokens.lifetime = lifetime
    fresh = oauth.refresh(endpoint(tokens), refresh_token=tokens.consent(USER), at=NOW)
    assert fresh.expires_at == NOW + timedelta(hours=1)


def test_tokens_are_never_asked_for_over_an_open_line():
    place = oauth.TokenEndpoint(url="http://login.example/token", client_id="a", client_secret="b")
    with pytest.raises(ValueError, match="https"):
        oauth.refresh(place, refresh_token="r", at=NOW)


def test_secrets_do_not_show_in_a_printed_value(tokens):
    fresh = oauth.refresh(endpoint(tokens), refresh_token=tokens.consent(USER), at=NOW)
    assert fresh.token not in repr(fresh)
    assert tokens.client_secret not in repr(endpoint(tokens))
