"""Troubles that workers keep in English are read in the agent's language."""

import inspect
import re

import pytest
from django.utils import translation

from tresen.mail import imap_connecting, oauth, smtp
from tresen.mail.imap_connecting import translated
from tresen.mail.signing_in import Unreachable
from tresen.outbox import sending
from tresen.stores import access, troubles
from tresen.stores.troubles import in_words

SAID_BY = "".join(inspect.getsource(module) for module in (imap_connecting, oauth, smtp, sending, access))


@pytest.mark.parametrize("sentence", troubles.SENTENCES)
def test_each_sentence_is_one_that_is_kept(sentence):
    source = re.sub(r"{[^{}]*}", "{}", SAID_BY)

    assert re.sub(r"%\(\w+\)s", "{}", sentence) in source


def test_what_the_mail_server_did_is_told_in_german_and_its_own_words_stay():
    with pytest.raises(Unreachable) as raised, translated():
        raise OSError("connection refused: 111")

    with translation.override("de"):
        told = in_words(str(raised.value))

    assert told == "Der Mailserver antwortet nicht, wie er soll: connection refused: 111"


def test_the_hosts_name_is_kept():
    with translation.override("it"):
        assert in_words("login.example did not answer when asked for a new token: timed out") == (
            "login.example non ha risposto alla richiesta di un nuovo token: timed out"
        )


def test_what_is_none_of_our_sentences_stays_as_it_is():
    assert in_words("550 5.1.1 100% unknown (%s)") == "550 5.1.1 100% unknown (%s)"
    assert in_words("") == ""
