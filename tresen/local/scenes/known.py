"""The scenes there are."""

from tresen.local.scenes import bank_holiday, black_friday, strike_wave
from tresen.local.scenes.trace import Telling

SCENES: dict[str, tuple[Telling, str]] = {
    "bank-holiday-tuesday": (bank_holiday.tell, "3,000 open after four days without anybody, 14 agents, eight hours"),
    "strike-wave": (strike_wave.tell, "180 claims and 400 messages in an hour; a third of the claims need proof"),
    "black-friday": (black_friday.tell, "ten days in which more comes in than can be answered in time"),
}
"""By name: what tells it, and what it is about."""
