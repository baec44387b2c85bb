import pytest

from tresen.stores.publishing import PublicForm
from tresen.workspace.website.forms import MOST_TEXT, ContactForm

PLAIN = PublicForm(store=1, key="key", title="Leuchtwerk", language="de")
FILLED = {"name": "Ida", "email": "ida@mail.example", "message": "Hallo"}


def wrong(public=PLAIN, **fields):
    return set(ContactForm({**FILLED, **fields}, public=public).errors)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, set()),
        ({"email": "ida"}, {"email"}),
        ({"email": "ida@mail.example\nBcc: x@y.example"}, {"email"}),
        ({"name": "", "message": "  "}, {"name", "message"}),
        ({"message": "x" * (MOST_TEXT + 1)}, {"message"}),
        ({"order_number": "1" * 41}, {"order_number"}),
        ({"message": "a\x00b"}, {"message"}),
    ],
)
def test_what_cannot_be_answered_is_said_at_its_field(fields, named):
    assert wrong(**fields) == named


def test_what_the_customer_must_agree_to_is_asked_only_where_there_is_something():
    asking = PublicForm(store=1, key="key", title="L", language="de", consent="Ich bin einverstanden.")
    assert wrong(asking) == {"consent"}
    assert wrong(asking, consent="on") == set()
    form = ContactForm({**FILLED, "consent": "on"}, public=asking)
    assert form.is_valid()
    assert form.fields_sent()["consent"] == "Ich bin einverstanden."
