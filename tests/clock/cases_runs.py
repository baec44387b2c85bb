"""Hand-written stories of runs, from opening to solving, and of waits in between: as in `cases_replies`."""

from tests.clock.telling import SHOP_MAIL, answers, asks, policy, reads_again, reopens, resumes, solves, waits
from tresen.clock.facts import WaitsFor

QUESTION = asks(1, "Mon 10:00", SHOP_MAIL)
WORK_8 = policy("Mon 08:00", resolution=8, hours="office")

STORIES = [
    # -- Resolution: 8 working hours, Monday to Friday 9 to 17
    ("from opening to solving", [WORK_8, QUESTION], "Mon 12:00", {"resolution:1": "running, due Tue 10:00"}),
    (
        "solved exactly when due",
        [WORK_8, QUESTION, solves("Tue 10:00")],
        "Wed 12:00",
        {"resolution:1": "met, due Tue 10:00, met Tue 10:00"},
    ),
    (
        "solved late",
        [WORK_8, QUESTION, solves("Tue 11:00")],
        "Wed 12:00",
        {"resolution:1": "breached, due Tue 10:00, met Tue 11:00"},
    ),
    ("not solved", [WORK_8, QUESTION], "Tue 10:00", {"resolution:1": "breached, due Tue 10:00"}),
    (
        "an answer does not solve",
        [WORK_8, QUESTION, answers(9, "Mon 11:00", 1, SHOP_MAIL)],
        "Mon 12:00",
        {"resolution:1": "running, due Tue 10:00"},
    ),
    (
        "paused while the customer is to answer",
        [WORK_8, QUESTION, waits("Mon 12:00")],
        "Wed 12:00",
        {"resolution:1": "paused"},
    ),
    (
        "and going on where it stopped",
        [WORK_8, QUESTION, waits("Mon 12:00"), resumes("Wed 12:00")],
        "Wed 13:00",
        {"resolution:1": "running, due Thu 10:00"},
    ),
    (
        "a pause in closed time costs nothing",
        [WORK_8, QUESTION, waits("Mon 18:00"), resumes("Tue 08:00")],
        "Tue 09:00",
        {"resolution:1": "running, due Tue 10:00"},
    ),
    (
        "a pause over the weekend",
        [WORK_8, asks(1, "Fri 10:00", SHOP_MAIL), waits("Fri 16:00"), resumes("Mon2 10:00")],
        "Mon2 10:00",
        {"resolution:1": "running, due Mon2 12:00"},
    ),
    (
        "pause, then solved",
        [WORK_8, QUESTION, waits("Mon 12:00"), solves("Fri 12:00")],
        "Sat 12:00",
        {"resolution:1": "met, met Fri 12:00"},
    ),
    (
        "pause upon pause is one pause",
        [WORK_8, QUESTION, waits("Mon 12:00"), waits("Mon 14:00", WaitsFor.THIRD_PARTY), resumes("Mon 15:00")],
        "Mon 16:00",
        {"resolution:1": "running, due Tue 13:00"},
    ),
    (
        "two pauses add up",
        [WORK_8, QUESTION, waits("Mon 11:00"), resumes("Mon 12:00"), waits("Mon 13:00"), resumes("Mon 14:00")],
        "Mon 16:00",
        {"resolution:1": "running, due Tue 12:00"},
    ),
    (
        "a snooze that the policy does not know pauses nothing",
        [WORK_8, QUESTION, waits("Mon 12:00", WaitsFor.SNOOZE, pauses_resolution=False)],
        "Mon 16:00",
        {"resolution:1": "running, due Tue 10:00"},
    ),
    (
        "from a pause into such a snooze",
        [WORK_8, QUESTION, waits("Mon 12:00"), waits("Mon 13:00", WaitsFor.SNOOZE, pauses_resolution=False)],
        "Mon 16:00",
        {"resolution:1": "running, due Tue 11:00"},
    ),
    (
        "breached before the pause",
        [WORK_8, QUESTION, waits("Tue 11:00")],
        "Wed 12:00",
        {"resolution:1": "breached, due Tue 10:00"},
    ),
    (
        "used up at the moment of the pause",
        [WORK_8, QUESTION, waits("Tue 10:00")],
        "Wed 12:00",
        {"resolution:1": "breached, due Tue 10:00"},
    ),
    (
        "nothing to resume",
        [WORK_8, QUESTION, resumes("Mon 12:00")],
        "Mon 13:00",
        {"resolution:1": "running, due Tue 10:00"},
    ),
    (
        "reopening begins a new run",
        [WORK_8, QUESTION, solves("Mon 12:00"), reopens("Wed 10:00")],
        "Wed 11:00",
        {"resolution:1": "met, due Tue 10:00, met Mon 12:00", "resolution:2": "running, due Thu 10:00"},
    ),
    (
        "and leaves the old result, though it was a breach",
        [WORK_8, QUESTION, solves("Tue 12:00"), reopens("Wed 10:00"), solves("Wed 11:00")],
        "Thu 11:00",
        {"resolution:1": "breached, due Tue 10:00, met Tue 12:00", "resolution:2": "met, due Thu 10:00, met Wed 11:00"},
    ),
    (
        "solved twice is solved once",
        [WORK_8, QUESTION, solves("Mon 12:00"), solves("Wed 12:00")],
        "Thu 12:00",
        {"resolution:1": "met, due Tue 10:00, met Mon 12:00"},
    ),
    (
        "a pause after solving is none",
        [WORK_8, QUESTION, solves("Mon 12:00"), waits("Mon 13:00"), reopens("Wed 10:00")],
        "Wed 11:00",
        {"resolution:1": "met, due Tue 10:00, met Mon 12:00", "resolution:2": "running, due Thu 10:00"},
    ),
    (
        "what waited before the first question does not count",
        [WORK_8, waits("Mon 09:00"), QUESTION],
        "Mon 11:00",
        {"resolution:1": "running, due Tue 10:00"},
    ),
    (
        "the pause so far outlives a change of policy",
        [
            WORK_8,
            QUESTION,
            waits("Mon 12:00"),
            resumes("Mon 14:00"),
            policy("Mon 15:00", resolution=16, hours="office"),
        ],
        "Mon 16:00",
        {"resolution:1": "running, due Wed 12:00"},
    ),
    (
        "a change that is already over counts from the change",
        [WORK_8, QUESTION, waits("Mon 12:00"), resumes("Mon 14:00"), policy("Mon 16:00", resolution=2, hours="office")],
        "Mon 16:30",
        {"resolution:1": "running, due Tue 10:00"},
    ),
    (
        "a change while it waits counts when it goes on",
        [WORK_8, QUESTION, waits("Mon 12:00"), policy("Mon 14:00", resolution=1, hours="office"), resumes("Mon 16:00")],
        "Mon 16:30",
        {"resolution:1": "running, due Mon 17:00"},
    ),
    (
        "an automatic mail opens no run",
        [WORK_8, asks(1, "Mon 09:00", SHOP_MAIL, expects_answer=False), asks(2, "Mon 10:00", SHOP_MAIL)],
        "Mon 11:00",
        {"resolution:1": "running, due Tue 10:00"},
    ),
    ("waiting from the first moment", [WORK_8, QUESTION, waits("Mon 10:00")], "Mon 12:00", {"resolution:1": "paused"}),
    (
        "a misread message opened nothing",
        [WORK_8, QUESTION, reads_again(1, "Mon 12:00", expects_answer=False)],
        "Mon 13:00",
        {"resolution:1": "void, due Tue 10:00"},
    ),
    (
        "the next one did",
        [WORK_8, QUESTION, asks(2, "Mon 11:00", SHOP_MAIL), reads_again(1, "Mon 12:00", expects_answer=False)],
        "Mon 13:00",
        {"resolution:1": "running, due Tue 11:00"},
    ),
]
