"""Which templates can be sent from here, and how their words come about."""

import json

import pytest

from tests.channels.whatsapp.numbers import a_number, access_to, answering
from tresen.channels.approved_templates import ApprovedTemplate
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.whatsapp.templates import listed
from tresen.fakes.whatsapp.platform import a_template


def names(*templates: dict[str, object]) -> list[str]:
    fake = a_number()
    fake.templates = [*templates]
    found = listed(access_to(fake))
    assert not isinstance(found, Stopped)
    return [one.name for one in found]


def test_only_what_is_approved_and_can_be_filled_in_here_is_offered() -> None:
    assert names(
        a_template("plain", "Hallo {{1}}"),
        a_template("headed", "Hallo", header={"format": "TEXT", "text": "Birkenhof"}),
        a_template("waiting", "Hallo", status="PENDING"),
        a_template("picture", "Hallo", header={"format": "IMAGE"}),
        a_template("filled_head", "Hallo", header={"format": "TEXT", "text": "{{1}}"}),
        a_template("filled_button", "Hallo", buttons={"buttons": [{"type": "URL", "url": "https://x.example/{{1}}"}]}),
        a_template("button", "Hallo", buttons={"buttons": [{"type": "QUICK_REPLY", "text": "Ja"}]}),
    ) == ["plain", "headed", "button"]


def test_the_words_are_those_that_the_customer_reads() -> None:
    template = ApprovedTemplate(name="t", language="de", text="Hallo {{1}}, am {{2}} bei {{1}}.", footer="Birkenhof")

    assert template.variables == ("1", "2")
    assert template.filled({"1": "Ida", "2": "{{1}}"}) == "Hallo Ida, am {{1}} bei Ida.\n\nBirkenhof"
    assert template.used({"1": "Ida", "2": "Montag"}).values == (("1", "Ida"), ("2", "Montag"))


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ({"body_text": [["Ida", "Montag"]]}, (("1", "Ida"), ("2", "Montag"))),
        ({"body_text_named_params": [{"param_name": "day", "example": "Montag"}]}, (("day", "Montag"),)),
        ({"body_text": "Ida"}, ()),
        (None, ()),
    ],
)
def test_the_examples_it_was_approved_with_are_told_where_they_are_understood(
    example: dict[str, object] | None, found: tuple[tuple[str, str], ...]
) -> None:
    body = json.dumps({"data": [a_template("ship_update", "Hallo", example=example)]}).encode()
    templates = listed(answering(HttpResponse(status=200, headers={}, body=body)))

    assert not isinstance(templates, Stopped)
    assert [one.examples for one in templates] == [found]


@pytest.mark.parametrize("body", [b"<html>", b'{"data": 1}', b'{"data": [{"name": 7}]}'])
def test_what_is_no_list_says_why(body: bytes) -> None:
    assert isinstance(listed(answering(HttpResponse(status=200, headers={}, body=body))), Stopped)
