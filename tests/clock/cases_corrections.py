"""Hand-written stories of second readings, void clocks and close calls: written as in `cases_replies`."""

from tests.clock.telling import (
    EBAY_CHAT,
    SHOP_MAIL,
    answers,
    asks,
    at,
    comes_back,
    policy,
    reads_again,
    voids,
    waives,
)

OWN_4 = policy("Mon 08:00", first=4)

STORIES = [
    # -- Corrections
    (
        "a misread automatic reply is void",
        [OWN_4, asks(1, "Mon 10:00", EBAY_CHAT), reads_again(1, "Tue 09:00", expects_answer=False)],
        "Tue 10:00",
        {"own:1": "void, due Mon 14:00", "platform:1:promise": "void, due Mon 22:00"},
    ),
    (
        "the rest of its turn goes on",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            asks(2, "Mon 11:00", SHOP_MAIL),
            reads_again(1, "Mon 12:00", expects_answer=False),
        ],
        "Mon 13:00",
        {"own:1": "running, due Mon 15:00"},
    ),
    (
        "read as a question while there is time",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL, expects_answer=False),
            reads_again(1, "Mon 12:00", expects_answer=True),
        ],
        "Mon 13:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "read as a question when its time is over",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL, expects_answer=False),
            reads_again(1, "Mon 15:00", expects_answer=True),
        ],
        "Mon 16:00",
        {"own:1": "running, due Mon 19:00"},
    ),
    (
        "there and back again changes nothing",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            reads_again(1, "Mon 10:01", expects_answer=False),
            reads_again(1, "Mon 10:02", expects_answer=True),
        ],
        "Mon 11:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "a void clock is void, the others stay",
        [OWN_4, asks(1, "Mon 10:00", EBAY_CHAT), voids("Tue 10:00", "own:1")],
        "Tue 11:00",
        {"own:1": "void, due Mon 14:00", "platform:1:promise": "breached, due Mon 22:00"},
    ),
    # -- At the very same moment
    (
        "an answer given elsewhere in the minute of the message",
        [OWN_4, asks(1, "Mon 10:00", EBAY_CHAT), answers(9, "Mon 10:00", None, EBAY_CHAT)],
        "Mon 12:00",
        {"own:1": "met, due Mon 14:00, met Mon 10:00", "platform:1:promise": "met, due Mon 22:00, met Mon 10:00"},
    ),
    (
        "a bounce in the last moment",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00")),
            comes_back(9, "Thu 11:00"),
        ],
        "Fri 12:00",
        {"own:1": "breached, due Mon 14:00"},
    ),
    (
        "what was waived first was not answered by us",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            waives("Mon 11:00", 1, EBAY_CHAT),
            answers(9, "Mon 12:00", 1, EBAY_CHAT),
        ],
        "Mon 13:00",
        {
            "own:1": "waived, due Mon 14:00, waived Mon 11:00",
            "platform:1:promise": "waived, due Mon 22:00, waived Mon 11:00",
        },
    ),
    (
        "read as a question at the moment its time is over",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL, expects_answer=False),
            reads_again(1, "Mon 14:00", expects_answer=True),
        ],
        "Mon 16:00",
        {"own:1": "running, due Mon 18:00"},
    ),
    (
        "read as a question twice counts from the first",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL, expects_answer=False),
            reads_again(1, "Mon 12:00", expects_answer=True),
            reads_again(1, "Mon 15:00", expects_answer=True),
        ],
        "Mon 16:00",
        {"own:1": "breached, due Mon 14:00"},
    ),
]
