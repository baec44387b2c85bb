import pytest

from tests.channels.payloads import recorded_mails
from tresen.channels.contract import Claim, RawPayload
from tresen.channels.registry import CONNECTORS, connector_of


@pytest.mark.parametrize(("channel", "payload"), recorded_mails())
def test_a_recorded_mail_is_claimed_by_its_own_channel_and_no_other(channel: str, payload: RawPayload) -> None:
    mail = payload.mail
    assert mail is not None
    claims = [connector.claims(mail.headers) for connector in CONNECTORS if connector.claims]
    channels = [claim.channel for claim in claims if claim]
    assert channels[0] == channel
    assert set(channels[1:]) <= {"email"}


def test_keys_are_unique_and_the_one_that_takes_the_rest_stands_last() -> None:
    keys = [connector.key for connector in CONNECTORS]
    assert len(set(keys)) == len(keys)
    assert keys[-1] == "email"


def test_an_unknown_channel_is_named_in_the_error() -> None:
    with pytest.raises(LookupError, match="no channel 'pigeon'; there are amazon"):
        connector_of("pigeon")


def test_a_claim_names_its_own_channel() -> None:
    for connector in CONNECTORS:
        for _, payload in recorded_mails():
            mail = payload.mail
            assert mail is not None
            claim = connector.claims(mail.headers) if connector.claims else None
            assert claim is None or (isinstance(claim, Claim) and claim.channel == connector.key)
