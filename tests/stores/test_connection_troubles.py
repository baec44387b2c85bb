"""What platforms and the way to them say is read in plain words, in the agent's language."""

import ast
import inspect
import re
from pathlib import Path

import httpx
import pytest
from django.utils import translation

from tresen import channels
from tresen.intake.feeds import polling
from tresen.stores import connection_troubles, proving
from tresen.stores.connection_troubles import explained_connection, sentence_of
from tresen.stores.connectors import connector_of, connectors

CHANNELS = Path(channels.__file__).parent
SPEAKERS = (polling, proving)
SAID_BY = "".join(inspect.getsource(module) for module in SPEAKERS)


@pytest.mark.parametrize("sentence", connection_troubles.SENTENCES)
def test_each_sentence_is_one_that_somebody_says(sentence: str) -> None:
    source = re.sub(r"{[^{}\n]*}", "{}", SAID_BY)

    assert re.sub(r"%\(\w+\)s", "{}", sentence) in source


@pytest.mark.parametrize("key", [one.key for one in connectors() if one.connection])
@pytest.mark.parametrize("language", ["de", "it"])
def test_all_that_a_connector_says_is_read_in_the_agents_language(key: str, language: str) -> None:
    connection = connector_of(key).connection
    assert connection
    for sentence in connection.says:
        said = re.sub(r"%\(\w+\)s", "Beispiel", sentence)
        with translation.override(language):
            told = explained_connection(said)
        assert (told.sentence != said, told.details) == (True, ""), sentence


def test_a_connector_that_stops_says_why_in_a_sentence_that_is_listed() -> None:
    """Whoever writes `Stopped(reason=…)` names a constant; a text of his own would be English for ever."""
    own = [
        f"{path}:{call.lineno}"
        for path in CHANNELS.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Stopped"
        for given in call.keywords
        if given.arg == "reason" and isinstance(given.value, ast.Constant | ast.JoinedStr)
    ]
    assert own == []


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ('401 {"message": "Unauthorized"}', "The platform does not let us in"),
        ("403 Forbidden", "The platform knows us and does not allow this"),
        ("404", "The platform has nothing at this address"),
        ("301 Moved", "The address leads somewhere else"),
        ("422 {}", "The platform does not take what we ask"),
        ("429 Too Many Requests", "The platform was asked too often"),
        ("500 oops", "The platform has trouble of its own"),
        ("504 Gateway Time-out", "The platform did not answer in time"),
        (f"{httpx.ReadTimeout.__name__}: timed out", "The platform did not answer in time"),
        ("ConnectError: [Errno 111] Connection refused", "The server takes no connections"),
        ("ConnectError: [Errno -2] Name or service not known", "No server of this name is found"),
        (
            "ConnectError: api.amazon.example: [Errno -3] Temporary failure in name resolution",
            "api.amazon.example is not found. This machine may have no way to the internet",
        ),
        ("ConnectError: api.amazon.example: [Errno 111] Connection refused", "The server takes no connections"),
        ("RemoteProtocolError: peer left", "The platform cannot be reached"),
        ("The allowance “interface” is used up.", "The platform was asked too often"),
        ("marketplace.example was asked too often.", "The platform was asked too often"),
        ("ZeroDivisionError: division by zero", "Tresen made a mistake here"),
        ("SecretMissing: store:1:api_key", "Tresen made a mistake here"),
        ("Expected `int`, got `str` - at `$.id`", "The platform answers otherwise than it documents"),
    ],
)
def test_what_is_said_becomes_a_sentence_and_stays_as_details(said: str, begins: str) -> None:
    told = explained_connection(said)

    assert told.sentence.startswith(begins)
    assert told.details == said


def test_a_whole_sentence_of_a_connector_needs_no_details() -> None:
    told = explained_connection("401 This store is not connected to the platform’s interface.")
    assert (told.sentence, told.details) == ("This store is not connected to the platform’s interface.", "")

    assert explained_connection("The shop sleeps.").sentence == "The shop sleeps."


def test_a_connectors_sentence_is_read_in_the_agents_language_with_what_it_names() -> None:
    with translation.override("de"):
        told = sentence_of("The account does not sell on www.amazon.de.")

    assert told == "Das Konto verkauft nicht auf www.amazon.de."
    assert sentence_of("The shop sleeps.") == "The shop sleeps."
