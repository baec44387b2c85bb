"""API tokens: shown once, kept as a hash, with an end."""

from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import Actor
from tresen.accounts.models import ApiToken, SetupChange
from tresen.accounts.tokening import MOST_A_MINUTE, MOST_KEPT, create_token, present, revoke_token, tokens_of
from tresen.accounts.wording import AccountWrong

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def agent():
    return an_agent()


def made(agent, *, name="Reports", lasts=30 * DAY):
    return create_token(agent.pk, name=name, expires_at=MONDAY + lasts, by=Actor.agent(agent.pk), at=MONDAY)


def test_a_token_opens_for_its_agent_and_stands_nowhere_in_the_database(agent):
    secret = made(agent)
    assert present(secret, at=MONDAY).agent == agent
    (row,) = ApiToken.objects.values()
    assert secret.encode() not in bytes(row["digest"])
    assert secret.startswith(row["begins_with"])
    assert len(row["begins_with"]) < 12
    assert secret not in str(SetupChange.objects.values())


def test_a_token_says_when_it_was_used_last(agent):
    secret = made(agent)
    assert tokens_of(agent.pk)[0].last_used_at is None
    present(secret, at=MONDAY + DAY)
    assert tokens_of(agent.pk)[0].last_used_at == MONDAY + DAY


def test_a_token_ends_on_its_day(agent):
    secret = made(agent, lasts=DAY)
    assert present(secret, at=MONDAY + DAY) is None


def test_a_revoked_token_opens_nothing_and_nobody_revokes_another_ones(agent):
    secret = made(agent)
    (token,) = tokens_of(agent.pk)
    other = an_agent()
    revoke_token(token.pk, agent_id=other.pk, by=Actor.agent(other.pk), at=MONDAY)
    assert present(secret, at=MONDAY) is not None
    revoke_token(token.pk, agent_id=agent.pk, by=Actor.agent(agent.pk), at=MONDAY)
    assert present(secret, at=MONDAY) is None
    assert SetupChange.objects.filter(what="token_revoked").count() == 1


def test_the_token_of_an_agent_who_is_locked_out_opens_nothing(agent):
    secret = made(agent)
    agent.is_active = False
    agent.save()
    assert present(secret, at=MONDAY) is None


def test_an_invented_token_opens_nothing(agent):
    made(agent)
    assert present("tresen_invented", at=MONDAY) is None


def test_requests_are_counted_by_the_minute(agent):
    secret = made(agent)
    counted = [present(secret, at=MONDAY + timedelta(seconds=n / 10)) for n in range(MOST_A_MINUTE + 1)]
    assert not counted[-2].too_many
    assert counted[-1].too_many
    assert not present(secret, at=MONDAY + timedelta(minutes=1)).too_many


@pytest.mark.parametrize(("name", "lasts"), [("", DAY), ("x" * 61, DAY), ("a", timedelta(0)), ("a", 400 * DAY)])
def test_a_token_needs_a_name_and_an_end_within_a_year(agent, name, lasts):
    with pytest.raises(AccountWrong):
        made(agent, name=name, lasts=lasts)


def test_who_has_many_tokens_revokes_one_first(agent):
    for number in range(MOST_KEPT):
        made(agent, name=f"Token {number}")
    with pytest.raises(AccountWrong):
        made(agent)
