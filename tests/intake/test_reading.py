"""What comes back from the reader's own process is what a connector may give."""

from typing import get_args

from tresen.channels.contract import Inbound
from tresen.intake.reading import ANSWERS, Reading


def test_every_meaning_gets_through() -> None:
    assert set(ANSWERS) - {Reading} == set(get_args(Inbound))
