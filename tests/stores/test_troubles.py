"""Troubles that workers keep in English are read in the agent's language."""

import inspect
import re

import pytest
from django.utils import translation

from tresen.channels.amazon import sending as amazon
from tresen.channels.contract import NoticeKind
from tresen.channels.ebay import sending as ebay
from tresen.channels.walmart import sending as walmart
from tresen.mail import imap_connecting, oauth, smtp
from tresen.mail.imap_connecting import translated
from tresen.mail.signing_in import Unreachable
from tresen.outbox import sending
from tresen.stores import access, forbidden_words, troubles
from tresen.stores.troubles import explained, in_words

SPEAKERS = (imap_connecting, oauth, smtp, sending, access, amazon, ebay, walmart, forbidden_words)
SAID_BY = "".join(inspect.getsource(module) for module in SPEAKERS)


@pytest.mark.parametrize("sentence", troubles.SENTENCES)
def test_each_sentence_is_one_that_is_kept(sentence):
    source = re.sub(r"{[^{}\n]*}|%\(\w+\)s", "{}", SAID_BY)

    assert re.sub(r"%\(\w+\)s", "{}", sentence) in source


def test_what_the_mail_server_did_is_told_in_german_and_its_own_words_stay():
    with pytest.raises(Unreachable) as raised, translated():
        raise OSError("something odd: 111")

    with translation.override("de"):
        told = in_words(str(raised.value))

    assert told == "Der Mailserver antwortet nicht, wie er soll: something odd: 111"


def test_why_a_server_is_not_reached_is_a_sentence_and_its_words_are_details():
    with pytest.raises(Unreachable) as raised, translated():
        raise OSError(-2, "Name or service not known")

    told = explained(str(raised.value))

    assert told.sentence == "No server of this name is found. Check how it is spelled."
    assert "[Errno -2] Name or service not known" in told.details


def test_a_sign_in_that_is_refused_says_what_to_do():
    told = explained("The mail server does not accept the sign-in: [AUTHENTICATIONFAILED] Authentication failed.")
    assert told.sentence.startswith("The server refuses the sign-in. Check user name and password")
    assert "AUTHENTICATIONFAILED" in told.details


def test_the_hosts_name_is_kept():
    with translation.override("it"):
        assert in_words("login.example did not answer when asked for a new token: timed out") == (
            "login.example non ha risposto alla richiesta di un nuovo token: timed out"
        )


def test_what_is_none_of_our_sentences_stays_as_it_is():
    assert in_words("550 5.1.1 100% unknown (%s)") == "550 5.1.1 100% unknown (%s)"
    assert in_words("") == ""


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.startswith("delivery_failed")])
def test_a_code_that_a_channel_gives_as_the_reason_is_told_in_words(kind):
    assert "_" not in in_words(kind.value)
