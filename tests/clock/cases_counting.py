"""Hand-written stories of edits that say what happens to open clocks: as in `cases_replies`."""

from tests.clock.telling import SHOP_MAIL, answers, asks, policy, resumes, solves, waits
from tresen.clock.facts import Counting

NOW, LATER_ONES = Counting.FROM_NOW, Counting.NEW_CLOCKS
QUESTION = asks(1, "Mon 10:00", SHOP_MAIL)
EIGHT = policy("Mon 08:00", first=8)

STORIES = [
    # -- From now: the whole time counts from the edit; a message of Monday 10:00, edited at noon
    (
        "from now: less time, counted from the edit",
        [EIGHT, QUESTION, policy("Mon 12:00", first=4, counting=NOW)],
        "Mon 13:00",
        {"own:1": "running, due Mon 16:00"},
    ),
    (
        "from now: more time, counted from the edit",
        [EIGHT, QUESTION, policy("Mon 12:00", first=10, counting=NOW)],
        "Mon 13:00",
        {"own:1": "running, due Mon 22:00"},
    ),
    (
        "from now: the same target moves nothing",
        [EIGHT, QUESTION, policy("Mon 12:00", first=8, counting=NOW)],
        "Mon 13:00",
        {"own:1": "running, due Mon 18:00"},
    ),
    (
        "from now: a breach stays",
        [policy("Mon 08:00", first=1), QUESTION, policy("Mon 12:00", first=8, counting=NOW)],
        "Mon 13:00",
        {"own:1": "breached, due Mon 11:00"},
    ),
    (
        "from now: an old result stands",
        [EIGHT, QUESTION, answers(9, "Mon 11:00", 1, SHOP_MAIL), policy("Mon 12:00", first=1, counting=NOW)],
        "Mon 20:00",
        {"own:1": "met, due Mon 18:00, met Mon 11:00"},
    ),
    (
        "from now: a clock that gets its first target",
        [policy("Mon 08:00"), QUESTION, policy("Mon 12:00", first=4, counting=NOW)],
        "Mon 13:00",
        {"own:1": "running, due Mon 16:00"},
    ),
    (
        "from now: what starts later counts from its own start",
        [EIGHT, policy("Mon 09:00", first=4, counting=NOW), QUESTION],
        "Mon 13:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "from now: a pause after the edit is not counted",
        [
            policy("Mon 08:00", resolution=8),
            QUESTION,
            policy("Mon 12:00", resolution=4, counting=NOW),
            waits("Mon 13:00"),
            resumes("Mon 15:00"),
        ],
        "Mon 15:30",
        {"resolution:1": "running, due Mon 18:00"},
    ),
    (
        "from now: edited while it waits, the time begins when the wait is over",
        [
            policy("Mon 08:00", resolution=8),
            QUESTION,
            waits("Mon 11:00"),
            policy("Mon 12:00", resolution=4, counting=NOW),
            resumes("Mon 15:00"),
        ],
        "Mon 15:30",
        {"resolution:1": "running, due Mon 19:00"},
    ),
    (
        "from now: two edits, the last one counts",
        [
            EIGHT,
            QUESTION,
            policy("Mon 12:00", first=2, counting=NOW),
            policy("Mon 13:00", first=4, counting=NOW),
        ],
        "Mon 13:30",
        {"own:1": "running, due Mon 17:00"},
    ),
    # -- As if from the start
    (
        "from the start: the accrued pause is kept",
        [
            policy("Mon 08:00", resolution=8),
            QUESTION,
            waits("Mon 11:00"),
            resumes("Mon 13:00"),
            policy("Mon 14:00", resolution=6),
        ],
        "Mon 14:30",
        {"resolution:1": "running, due Mon 18:00"},
    ),
    (
        "from the start: used up before the edit, the whole new time counts from it",
        [
            policy("Mon 08:00", resolution=8),
            QUESTION,
            waits("Mon 13:00"),
            policy("Mon 14:00", resolution=2),
            resumes("Mon 15:00"),
        ],
        "Mon 15:30",
        {"resolution:1": "running, due Mon 17:00"},
    ),
    (
        "from the start after from now: as if there had been only the last edit",
        [EIGHT, QUESTION, policy("Mon 12:00", first=2, counting=NOW), policy("Mon 13:00", first=6)],
        "Mon 13:30",
        {"own:1": "running, due Mon 16:00"},
    ),
    (
        "disabled, and no other policy fits: the clock ends without a result",
        [EIGHT, QUESTION, policy("Mon 12:00", version=None, counting=NOW)],
        "Mon 13:00",
        {},
    ),
    # -- Kept
    (
        "kept: what runs goes on, what starts later goes by the edit",
        [
            policy("Mon 08:00", first=8, resolution=20),
            QUESTION,
            answers(9, "Mon 11:00", 1, SHOP_MAIL),
            asks(2, "Mon 12:00", SHOP_MAIL),
            policy("Mon 12:00", first=4, resolution=3, counting=LATER_ONES),
        ],
        "Mon 12:30",
        {
            "own:1": "met, due Mon 18:00, met Mon 11:00",
            "own:2": "running, due Mon 16:00",
            "resolution:1": "running, due Tue 06:00",
        },
    ),
    (
        "kept: a target that is gone goes on for what runs",
        [EIGHT, QUESTION, policy("Mon 12:00", version=None, counting=LATER_ONES)],
        "Mon 13:00",
        {"own:1": "running, due Mon 18:00"},
    ),
    (
        "kept: a target that is new begins with the next run",
        [
            EIGHT,
            QUESTION,
            policy("Mon 12:00", first=8, resolution=9, counting=LATER_ONES),
            answers(9, "Mon 13:00", 1, SHOP_MAIL),
            solves("Mon 14:00"),
        ],
        "Mon 15:00",
        {"own:1": "met, due Mon 18:00, met Mon 13:00"},
    ),
]
