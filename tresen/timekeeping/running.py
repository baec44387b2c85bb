"""A clock for the length of one piece of work, which is told the time once and runs on."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta


def running_from(at: datetime) -> Callable[[], datetime]:
    """A clock that shows `at` now and runs on."""
    began = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - began)
