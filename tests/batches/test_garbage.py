"""How often Python looks for garbage."""

import gc
from collections.abc import Iterator

import pytest

from tresen.batches.garbage import APART, collect_rarely


@pytest.fixture
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("as_before")
def test_what_is_loaded_is_never_looked_at_again_and_the_rest_less_often():
    kept = [[] for _ in range(10)]
    collect_rarely()
    assert gc.get_freeze_count() > len(kept)
    assert gc.get_threshold()[0] == APART
    assert gc.isenabled()
