import pytest

from checks.rules.magic import no_magic
from checks.sources import Source

MODEL = """
from django.db import models

class Ticket(models.Model):
    subject = models.TextField()

    def {name}(self) -> None: ...
"""


def lines(text):
    return [problem.line for problem in no_magic(Source("tresen/tickets/models.py", text))]


@pytest.mark.parametrize(
    "text", ["from django.db.models.signals import post_save\n", "from django.dispatch import receiver\n"]
)
def test_a_signal_is_told(text):
    assert lines(text) == [1]


@pytest.mark.parametrize("name", ["save", "delete"])
def test_a_model_that_does_more_than_hold_rows_is_told(name):
    assert lines(MODEL.format(name=name)) == [7]


def test_a_model_may_show_itself():
    assert lines(MODEL.format(name="__str__")) == []


def test_a_form_may_save():
    assert lines("class StoreForm(forms.Form):\n    def save(self) -> None: ...\n") == []
