"""What was erased, in words."""

from datetime import timedelta

import pytest

from tests.factories.messages import understood
from tests.factories.shops import MONDAY, a_store
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.intake.erasing.erasing import Meant
from tresen.intake.filing import file
from tresen.intake.models import Erasure
from tresen.workspace.setup.erasures.words import erasure_shown, found_words

pytestmark = pytest.mark.django_db


def test_of_whom_nothing_was_known_that_is_the_proof():
    request = ErasureRequest(external_id="e-1", kind=ErasureKind.BUYER, occurred_at=MONDAY, keys=("nobody_here",))
    file([understood(a_store("ebay", "ebay.de"), request)], at=MONDAY)
    shown = erasure_shown(Erasure.objects.get(), at=MONDAY)
    assert shown.proof == ["nothing was known"]
    assert "nobody_here" not in shown.whose


@pytest.mark.parametrize(("days", "tone"), [(1, ""), (24, "soon"), (30, "late")])
def test_what_is_nearly_due_and_what_is_late_looks_so(days, tone):
    request = ErasureRequest(external_id="e-1", kind=ErasureKind.STORE, occurred_at=MONDAY)
    file([understood(a_store("shopify", ""), request)], at=MONDAY)
    assert erasure_shown(Erasure.objects.get(), at=MONDAY + timedelta(days=days)).tone == tone


def test_how_much_is_known_is_counted():
    meant = Meant(identities=[1, 2], orders=[3], tickets=[], conversations=[], stores=[9])
    assert found_words(meant) == ["2 buyers", "1 order", "0 tickets"]
