"""Packs of every kind of limit, for stories in the week of `telling`: one conversation for each."""

from datetime import time, timedelta

from tests.clock.telling import HOUR, OFFICE, at
from tresen.clock.hours import AROUND_THE_CLOCK, WorkingHours
from tresen.clock.rules import Cliff, LeftOut, Measure, Pack, Rules, Unit, WeekHour

DAY = timedelta(days=1)
AMERICAN = "America/New_York"
WORKING_DAYS = WorkingHours("UTC", dict.fromkeys(range(5), AROUND_THE_CLOCK), closed=[at("Thu 00:00").date()])

TIKTOK = Pack(
    edition="tiktok_shop us",
    unit=Unit.CONVERSATION,
    idle=7 * DAY,
    cliffs=(
        Cliff(key="rate", allowed=24 * HOUR),
        Cliff(key="weekend", until=WeekHour(0, time(12), AMERICAN), when="bots"),
    ),
    left_out=(
        LeftOut(key="bots", days=frozenset({5, 6}), zone=AMERICAN, stretches=((at("Mon 00:00"), at("Mon2 04:00")),)),
    ),
)
MIRAKL = Pack(
    edition="mirakl",
    unit=Unit.TURN,
    cliffs=(
        Cliff(key="day", allowed=24 * HOUR),
        Cliff(key="average", allowed=48 * HOUR, measure=Measure.AVERAGE),
    ),
)
META = Pack(
    edition="facebook",
    unit=Unit.TURN,
    cliffs=(
        Cliff(key="any", allowed=24 * HOUR, measure=Measure.WINDOW, warn_before=(4 * HOUR, HOUR)),
        Cliff(key="person", allowed=7 * DAY, measure=Measure.WINDOW),
    ),
)
KAUFLAND = Pack(
    edition="kaufland",
    unit=Unit.TURN,
    cliffs=(Cliff(key="answer", allowed=48 * HOUR, hours="working_days"),),
    hours=(("working_days", WORKING_DAYS),),
)
WALMART = Pack(
    edition="walmart",
    marked_there=True,
    cliffs=(
        Cliff(key="complaint", allowed=HOUR, reasons=frozenset({"authority_complaint"})),
        Cliff(key="rate", allowed=48 * HOUR),
    ),
)
HOLIDAY = Pack(
    edition="tiktok_shop th",
    unit=Unit.CONVERSATION,
    idle=7 * DAY,
    cliffs=(Cliff(key="rate", allowed=12 * HOUR),),
    left_out=(LeftOut(key="holiday", stretches=((at("Tue 00:00"), at("Thu 00:00")),)),),
)
CHATS = TIKTOK_CHAT, MIRAKL_CHAT, META_CHAT, KAUFLAND_CHAT, WALMART_CHAT, THAI_CHAT = 1, 2, 3, 4, 5, 6
PLATFORMS = Rules(
    packs=dict(zip(CHATS, (TIKTOK, MIRAKL, META, KAUFLAND, WALMART, HOLIDAY), strict=True)),
    hours={"office": OFFICE},
    coverage=OFFICE,
)
