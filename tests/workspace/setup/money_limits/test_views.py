"""An admin says how much each role may give back alone."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tresen.actions.limiting import limits

pytestmark = pytest.mark.django_db
PAGE = reverse("setup-money-limits")
USUAL = {"most-any-agent": "50", "most-any-lead": "500", "free-any-admin": "on"}


def test_the_usual_limits_stand_there_with_what_happens_above_them(by_admin):
    page = by_admin.get(PAGE).text
    assert 'value="50"' in page
    assert "second pair of eyes" in page
    assert "these are the usual ones" in page


def test_a_currency_gets_limits_of_its_own_and_the_change_is_told(by_admin, admin):
    given = {**USUAL, "another": "SEK", "most-another-agent": "500", "free-another-lead": "on"}
    page = by_admin.post(PAGE, given, follow=True).text
    known = limits()
    assert (known["agent", "SEK"], known["lead", "SEK"]) == (Decimal(500), None)
    assert ("admin", "SEK") not in known
    for words in (admin.name, "Agent · SEK", "as in all other currencies", "500.00"):
        assert words in page
    assert 'name="most-SEK-agent"' in page


def test_taken_away_a_currency_follows_the_others_again(by_admin):
    by_admin.post(PAGE, {**USUAL, "another": "SEK", "most-another-agent": "500"})
    by_admin.post(PAGE, {**USUAL, "most-SEK-agent": ""})
    assert ("agent", "SEK") not in limits()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"most-any-agent": ""}, "Enter a sum, or choose “No limit”."),
        ({"free-any-agent": "on"}, "Either a sum or “No limit”."),
        ({"most-any-agent": "-1"}, "greater than or equal to 0"),
        ({"most-another-agent": "7"}, "Choose the currency."),
        ({"most-any-agent": "viel"}, "Enter a number."),
    ],
)
def test_what_is_not_clear_changes_nothing_and_keeps_what_was_typed(by_admin, given, sentence):
    page = by_admin.post(PAGE, {**USUAL, "most-any-lead": "777", **given})
    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="777"' in page.text
    assert limits()["lead", ""] == 500


def test_saved_without_a_change_nothing_is_recorded(by_admin):
    page = by_admin.post(PAGE, USUAL, follow=True).text
    assert "Nothing was changed." in page
    assert "these are the usual ones" in page


def test_a_comma_is_a_point_in_german(by_admin, admin):
    type(admin).objects.update(language="de")
    by_admin.post(PAGE, {**USUAL, "most-any-agent": "49,90"})
    assert limits()["agent", ""] == Decimal("49.90")
