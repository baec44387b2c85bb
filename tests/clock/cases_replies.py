"""Hand-written stories of replies: (what it shows, what happened, seen at, how the clocks stand).

Conversation 1 is on Amazon (limits of 24 and 48 hours, "no response needed" to be marked there), 2 on eBay (12 hours),
3 plain mail (no limit). Own targets count around the clock unless the policy says office (Monday to Friday, 9 to 17).
"""

from tests.clock.telling import (
    EBAY_CHAT,
    SHOP_MAIL,
    answers,
    asks,
    catches_up,
    policy,
)

OWN_4 = policy("Mon 08:00", first=4)

STORIES = [
    # -- One message
    (
        "a message starts three clocks",
        [OWN_4, asks(1, "Mon 10:00")],
        "Mon 10:01",
        {
            "own:1": "running, due Mon 14:00",
            "platform:1:rate": "running, due Tue 10:00",
            "platform:1:claim": "running, due Wed 10:00",
        },
    ),
    (
        "without a policy only the platform's run",
        [asks(1, "Mon 10:00")],
        "Mon 10:01",
        {"platform:1:rate": "running, due Tue 10:00", "platform:1:claim": "running, due Wed 10:00"},
    ),
    (
        "without a pack only ours",
        [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL)],
        "Mon 10:01",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "our clock keeps office hours",
        [policy("Mon 08:00", first=4, hours="office"), asks(1, "Fri 15:00", SHOP_MAIL)],
        "Fri 16:00",
        {"own:1": "running, due Mon2 11:00"},
    ),
    ("an automatic mail starts nothing", [OWN_4, asks(1, "Mon 10:00", expects_answer=False)], "Mon 12:00", {}),
    (
        "answered in time",
        [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL), answers(9, "Mon 13:00", 1, SHOP_MAIL)],
        "Mon 20:00",
        {"own:1": "met, due Mon 14:00, met Mon 13:00"},
    ),
    (
        "answered exactly when due",
        [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL), answers(9, "Mon 14:00", 1, SHOP_MAIL)],
        "Mon 20:00",
        {"own:1": "met, due Mon 14:00, met Mon 14:00"},
    ),
    (
        "answered a minute late",
        [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL), answers(9, "Mon 14:01", 1, SHOP_MAIL)],
        "Mon 20:00",
        {"own:1": "breached, due Mon 14:00, met Mon 14:01"},
    ),
    ("not answered", [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL)], "Mon 14:00", {"own:1": "breached, due Mon 14:00"}),
    ("not yet due", [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL)], "Mon 13:59", {"own:1": "running, due Mon 14:00"}),
    (
        "the first cliff is missed, the second kept",
        [asks(1, "Mon 10:00"), answers(9, "Tue 16:00", 1)],
        "Thu 10:00",
        {
            "platform:1:rate": "breached, due Tue 10:00, met Tue 16:00",
            "platform:1:claim": "met, due Wed 10:00, met Tue 16:00",
        },
    ),
    (
        "both cliffs are missed",
        [asks(1, "Mon 10:00")],
        "Wed 10:00",
        {"platform:1:rate": "breached, due Tue 10:00", "platform:1:claim": "breached, due Wed 10:00"},
    ),
    (
        "hours that never come are never due",
        [policy("Mon 08:00", first=10**7, hours="office"), asks(1, "Mon 10:00", SHOP_MAIL)],
        "Sun 10:00",
        {"own:1": "running"},
    ),
    # -- Several messages
    (
        "three messages are one turn, from the first",
        [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL), asks(2, "Mon 11:00", SHOP_MAIL), asks(3, "Mon 12:00", SHOP_MAIL)],
        "Mon 13:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "one answer discharges all three, once",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            asks(2, "Mon 11:00", EBAY_CHAT),
            asks(3, "Mon 12:00", EBAY_CHAT),
            answers(9, "Mon 15:00", 3, EBAY_CHAT),
        ],
        "Tue 20:00",
        {
            "own:1": "breached, due Mon 14:00, met Mon 15:00",
            "platform:1:promise": "met, due Mon 22:00, met Mon 15:00",
            "platform:2:promise": "met, due Mon 23:00, met Mon 15:00",
            "platform:3:promise": "met, due Tue 00:00, met Mon 15:00",
        },
    ),
    (
        "on Amazon each keeps its own 24 hours",
        [asks(1, "Mon 10:00"), asks(2, "Mon 20:00"), answers(9, "Tue 16:00", 2)],
        "Thu 10:00",
        {
            "platform:1:rate": "breached, due Tue 10:00, met Tue 16:00",
            "platform:1:claim": "met, due Wed 10:00, met Tue 16:00",
            "platform:2:rate": "met, due Tue 20:00, met Tue 16:00",
            "platform:2:claim": "met, due Wed 20:00, met Tue 16:00",
        },
    ),
    (
        "the second turn is a next reply with its own time",
        [
            policy("Mon 08:00", first=4, following=8),
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL),
            asks(2, "Mon 12:00", SHOP_MAIL),
        ],
        "Mon 13:00",
        {"own:1": "met, due Mon 14:00, met Mon 11:00", "own:2": "running, due Mon 20:00"},
    ),
    (
        "a next reply never overrules an open first reply",
        [policy("Mon 08:00", first=8, following=1), asks(1, "Mon 10:00", SHOP_MAIL), asks(2, "Mon 11:00", SHOP_MAIL)],
        "Mon 17:00",
        {"own:1": "running, due Mon 18:00"},
    ),
    (
        "an answer before the question answers nothing",
        [OWN_4, answers(9, "Mon 09:00", 0, SHOP_MAIL), asks(1, "Mon 10:00", SHOP_MAIL)],
        "Mon 11:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    # -- Crossing
    (
        "what crossed stays ours, the platform is content",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            asks(2, "Mon 12:00", EBAY_CHAT),
            answers(9, "Mon 12:05", 1, EBAY_CHAT),
        ],
        "Mon 13:00",
        {
            "own:1": "met, due Mon 14:00, met Mon 12:05",
            "own:2": "running, due Mon 16:00",
            "platform:1:promise": "met, due Mon 22:00, met Mon 12:05",
            "platform:2:promise": "met, due Tue 00:00, met Mon 12:05",
        },
    ),
    (
        "fetched after the answer, stamped before it",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            answers(9, "Mon 13:00", 1, EBAY_CHAT),
            asks(2, "Mon 09:00", EBAY_CHAT),
        ],
        "Mon 13:30",
        {
            "own:1": "met, due Mon 14:00, met Mon 13:00",
            "own:2": "breached, due Mon 13:00",
            "platform:1:promise": "met, due Mon 22:00, met Mon 13:00",
            "platform:2:promise": "met, due Mon 21:00, met Mon 13:00",
        },
    ),
    (
        "caught up: the answer stands for it too",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            asks(2, "Mon 12:00", SHOP_MAIL),
            answers(9, "Mon 12:05", 1, SHOP_MAIL),
            catches_up("Mon 12:10", 2, SHOP_MAIL),
        ],
        "Mon 13:00",
        {"own:1": "met, due Mon 14:00, met Mon 12:05", "own:2": "waived, due Mon 16:00, waived Mon 12:10"},
    ),
    (
        "catching up clears nothing that did not cross",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL),
            asks(2, "Mon 12:00", SHOP_MAIL),
            catches_up("Mon 12:10", 2, SHOP_MAIL),
        ],
        "Mon 13:00",
        {"own:1": "met, due Mon 14:00, met Mon 11:00", "own:2": "running, due Mon 16:00"},
    ),
    (
        "an answer given elsewhere saw what had come",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            asks(2, "Mon 12:00", EBAY_CHAT),
            answers(9, "Mon 11:00", None, EBAY_CHAT),
        ],
        "Mon 13:00",
        {
            "own:1": "met, due Mon 14:00, met Mon 11:00",
            "own:2": "running, due Mon 16:00",
            "platform:1:promise": "met, due Mon 22:00, met Mon 11:00",
            "platform:2:promise": "running, due Tue 00:00",
        },
    ),
]
