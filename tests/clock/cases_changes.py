"""Hand-written stories of policies that change and of work that waits: as in `cases_replies`."""

from tests.clock.telling import SHOP_MAIL, answers, asks, policy, risks, solves

QUESTION = asks(1, "Mon 10:00", SHOP_MAIL)
WORK_8 = policy("Mon 08:00", resolution=8, hours="office")

STORIES = [
    # -- Policies that change; a message of Monday 10:00
    (
        "applied when the message was filed, a little later",
        [QUESTION, policy("Mon 10:02", first=4)],
        "Mon 11:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "applied much later, the clock was already late",
        [QUESTION, policy("Mon 16:00", first=4)],
        "Mon 16:00",
        {"own:1": "breached, due Mon 14:00"},
    ),
    (
        "more time, from the same start",
        [policy("Mon 08:00", first=4), QUESTION, policy("Mon 12:00", first=8)],
        "Mon 13:00",
        {"own:1": "running, due Mon 18:00"},
    ),
    (
        "less time, from the same start",
        [policy("Mon 08:00", first=8), QUESTION, policy("Mon 12:00", first=4)],
        "Mon 13:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "a claim at 14:00 gives 15 minutes from 14:00",
        [policy("Mon 08:00", first=8), QUESTION, risks("Mon 14:00", 0), policy("Mon 14:00", first=0.25)],
        "Mon 14:05",
        {"own:1": "running, due Mon 14:15"},
    ),
    (
        "due exactly at the change counts from it too",
        [policy("Mon 08:00", first=8), QUESTION, policy("Mon 14:00", first=4)],
        "Mon 14:05",
        {"own:1": "running, due Mon 18:00"},
    ),
    (
        "the same policy again moves nothing",
        [policy("Mon 08:00", first=8), QUESTION, policy("Mon 14:00", first=0.25), policy("Mon 14:10", first=0.25)],
        "Mon 14:12",
        {"own:1": "running, due Mon 14:15"},
    ),
    (
        "a flag alone changes no time",
        [policy("Mon 08:00", first=8), QUESTION, risks("Mon 14:00", 0)],
        "Mon 14:05",
        {"own:1": "running, due Mon 18:00"},
    ),
    (
        "after the breach nothing changes it",
        [policy("Mon 08:00", first=4), QUESTION, policy("Mon 15:00", first=8)],
        "Mon 16:00",
        {"own:1": "breached, due Mon 14:00"},
    ),
    (
        "nor at the very moment of it",
        [policy("Mon 08:00", first=4), QUESTION, policy("Mon 14:00", first=8)],
        "Mon 16:00",
        {"own:1": "breached, due Mon 14:00"},
    ),
    (
        "a met clock stays met",
        [policy("Mon 08:00", first=4), QUESTION, answers(9, "Mon 13:00", 1, SHOP_MAIL), policy("Mon 13:30", first=1)],
        "Mon 16:00",
        {"own:1": "met, due Mon 14:00, met Mon 13:00"},
    ),
    (
        "the next turn goes by the new policy",
        [
            policy("Mon 08:00", first=4),
            QUESTION,
            answers(9, "Mon 11:00", 1, SHOP_MAIL),
            policy("Mon 12:00", first=2),
            asks(2, "Mon 13:00", SHOP_MAIL),
        ],
        "Mon 13:30",
        {"own:1": "met, due Mon 14:00, met Mon 11:00", "own:2": "running, due Mon 15:00"},
    ),
    (
        "a policy without the target ends the clock",
        [policy("Mon 08:00", first=4), QUESTION, policy("Mon 12:00")],
        "Mon 13:00",
        {},
    ),
    (
        "but not its breach",
        [policy("Mon 08:00", first=4), QUESTION, policy("Mon 15:00")],
        "Mon 16:00",
        {"own:1": "breached, due Mon 14:00"},
    ),
    (
        "a policy that brings a target late",
        [policy("Mon 08:00"), QUESTION, policy("Mon 15:00", first=4)],
        "Mon 16:00",
        {"own:1": "running, due Mon 19:00"},
    ),
    (
        "other hours, from the same start",
        [policy("Mon 08:00", first=8), asks(1, "Fri 15:00", SHOP_MAIL), policy("Fri 16:00", first=8, hours="office")],
        "Fri 16:30",
        {"own:1": "running, due Mon2 15:00"},
    ),
    (
        "from the change, in the policy's hours",
        [policy("Mon 08:00", first=90), asks(1, "Tue 09:00", SHOP_MAIL), policy("Fri 16:00", first=2, hours="office")],
        "Fri 16:30",
        # Two office hours from the change end on Monday: what was promised before that stands.
        {"own:1": "running, due Sat 03:00"},
    ),
    (
        "from the change, in the policy's hours, where nothing earlier was promised",
        [policy("Mon 08:00", first=168), asks(1, "Tue 09:00", SHOP_MAIL), policy("Fri 16:00", first=2, hours="office")],
        "Fri 16:30",
        {"own:1": "running, due Mon2 10:00"},
    ),
    (
        "coverage as the hours that count",
        [policy("Mon 08:00", first=0.25, hours="coverage"), asks(1, "Fri 18:40", SHOP_MAIL)],
        "Fri 20:00",
        {"own:1": "running, due Mon2 09:15"},
    ),
    (
        "each conversation has its own policy",
        [
            policy("Mon 08:00", first=4, conversation=SHOP_MAIL),
            policy("Mon 08:00", first=2, conversation=4),
            QUESTION,
            asks(2, "Mon 10:00", 4),
        ],
        "Mon 11:00",
        {"own:1": "running, due Mon 14:00", "own:2": "running, due Mon 12:00"},
    ),
    (
        "a policy with a single target finishes",
        [policy("Mon 08:00", resolution=8), QUESTION, solves("Mon 12:00")],
        "Tue 12:00",
        {"resolution:1": "met, due Mon 18:00, met Mon 12:00"},
    ),
]
