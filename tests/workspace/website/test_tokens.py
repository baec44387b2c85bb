from datetime import UTC, datetime, timedelta

import pytest

from tresen.workspace.website.tokens import LONGEST, TokenWrong, make_token, read_token

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_token_tells_its_age_and_names_one_submission():
    token = make_token("key", at=AT)
    read = read_token(token, "key", at=AT + timedelta(seconds=7))
    assert read.age == timedelta(seconds=7)
    assert read_token(token, "key", at=AT).submission == read.submission
    assert read_token(make_token("key", at=AT), "key", at=AT).submission != read.submission


@pytest.mark.parametrize("token", ["", "x", "a:b", "eyJhIjoxfQ:forged"])
def test_what_was_not_made_here_is_refused(token):
    with pytest.raises(TokenWrong):
        read_token(token, "key", at=AT)


def test_a_token_belongs_to_one_form_and_a_day():
    token = make_token("key", at=AT)
    with pytest.raises(TokenWrong):
        read_token(token, "other", at=AT)
    assert read_token(token, "key", at=AT + LONGEST)
    with pytest.raises(TokenWrong):
        read_token(token, "key", at=AT + LONGEST + timedelta(seconds=1))
