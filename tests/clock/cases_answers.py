"""Hand-written stories of what counts as an answer and what takes it back: written as in `cases_replies`."""

from tests.clock.telling import (
    EBAY_CHAT,
    SHOP_MAIL,
    answers,
    asks,
    at,
    comes_back,
    marks,
    policy,
    takes_waiver_back,
    waives,
)

OWN_4 = policy("Mon 08:00", first=4)

STORIES = [
    # -- Towards whom
    (
        "Amazon's answer never stops eBay's clock",
        [asks(1, "Mon 10:00"), asks(2, "Mon 10:00", EBAY_CHAT), answers(9, "Mon 11:00", 2)],
        "Mon 12:00",
        {
            "platform:1:rate": "met, due Tue 10:00, met Mon 11:00",
            "platform:1:claim": "met, due Wed 10:00, met Mon 11:00",
            "platform:2:promise": "running, due Mon 22:00",
        },
    ),
    (
        "an answer to the operator never stops the buyer's",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            asks(2, "Mon 10:30", SHOP_MAIL, role="operator"),
            answers(9, "Mon 11:00", 2, SHOP_MAIL, role="operator"),
        ],
        "Mon 12:00",
        {"own:1": "running, due Mon 14:00", "own:2": "met, due Mon 14:30, met Mon 11:00"},
    ),
    # -- What counts
    (
        "a robot's answer counts nowhere",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            answers(9, "Mon 10:01", 1, EBAY_CHAT, counts_own=False, counts_platform=False),
        ],
        "Mon 12:00",
        {"own:1": "running, due Mon 14:00", "platform:1:promise": "running, due Mon 22:00"},
    ),
    (
        "where the platform counts it, ours runs on",
        [OWN_4, asks(1, "Mon 10:00", EBAY_CHAT), answers(9, "Mon 10:01", 1, EBAY_CHAT, counts_own=False)],
        "Mon 12:00",
        {"own:1": "running, due Mon 14:00", "platform:1:promise": "met, due Mon 22:00, met Mon 10:01"},
    ),
    # -- A waiver that was a mistake
    (
        "what was waived by mistake is owed as if nothing had been said",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            waives("Mon 11:00", 1, EBAY_CHAT),
            takes_waiver_back("Mon 11:01", "Mon 11:00"),
        ],
        "Mon 12:00",
        {"own:1": "running, due Mon 14:00", "platform:1:promise": "running, due Mon 22:00"},
    ),
    (
        "taking one waiver back leaves the other",
        [
            OWN_4,
            asks(1, "Mon 10:00", EBAY_CHAT),
            waives("Mon 11:00", 1, EBAY_CHAT),
            takes_waiver_back("Mon 11:01", "Mon 11:00"),
            waives("Mon 11:30", 1, EBAY_CHAT),
        ],
        "Mon 12:00",
        {
            "own:1": "waived, due Mon 14:00, waived Mon 11:30",
            "platform:1:promise": "waived, due Mon 22:00, waived Mon 11:30",
        },
    ),
    # -- Bounces
    (
        "left us, not yet sure",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00")),
        ],
        "Wed 12:00",
        {"own:1": "met_provisional, due Mon 14:00, met Mon 11:00"},
    ),
    (
        "sure after 72 hours",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00")),
        ],
        "Thu 11:00",
        {"own:1": "met, due Mon 14:00, met Mon 11:00"},
    ),
    (
        "a bounce takes it back",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00")),
            comes_back(9, "Mon 11:05"),
        ],
        "Mon 12:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    (
        "a late bounce makes a breach of a met clock",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00")),
            comes_back(9, "Wed 09:00"),
        ],
        "Wed 12:00",
        {"own:1": "breached, due Mon 14:00"},
    ),
    (
        "after 72 hours nothing takes it back",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL, provisional_until=at("Thu 11:00")),
            comes_back(9, "Thu 11:01"),
        ],
        "Fri 12:00",
        {"own:1": "met, due Mon 14:00, met Mon 11:00"},
    ),
    (
        "sent again after a bounce",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL),
            comes_back(9, "Mon 11:05"),
            answers(9, "Mon 12:00", 1, SHOP_MAIL),
        ],
        "Mon 13:00",
        {"own:1": "met, due Mon 14:00, met Mon 12:00"},
    ),
    (
        "a bounce joins what had been two turns",
        [
            OWN_4,
            asks(1, "Mon 10:00", SHOP_MAIL),
            answers(9, "Mon 11:00", 1, SHOP_MAIL),
            asks(2, "Mon 12:00", SHOP_MAIL),
            comes_back(9, "Mon 12:30"),
        ],
        "Mon 13:00",
        {"own:1": "running, due Mon 14:00"},
    ),
    # -- No response needed
    (
        "thanks: ours is waived, Amazon's runs",
        [OWN_4, asks(1, "Mon 10:00"), waives("Mon 11:00", 1)],
        "Mon 12:00",
        {
            "own:1": "waived, due Mon 14:00, waived Mon 11:00",
            "platform:1:rate": "running, due Tue 10:00",
            "platform:1:claim": "running, due Wed 10:00",
        },
    ),
    (
        "until it is marked there",
        [asks(1, "Mon 10:00"), waives("Mon 11:00", 1), marks("Mon 15:00", 1)],
        "Mon 16:00",
        {
            "platform:1:rate": "waived, due Tue 10:00, waived Mon 15:00",
            "platform:1:claim": "waived, due Wed 10:00, waived Mon 15:00",
        },
    ),
    (
        "marked too late",
        [asks(1, "Mon 10:00"), waives("Mon 11:00", 1), marks("Tue 15:00", 1)],
        "Tue 16:00",
        {
            "platform:1:rate": "breached, due Tue 10:00, waived Tue 15:00",
            "platform:1:claim": "waived, due Wed 10:00, waived Tue 15:00",
        },
    ),
    (
        "elsewhere the waiver ends both",
        [OWN_4, asks(1, "Mon 10:00", EBAY_CHAT), waives("Mon 11:00", 1, EBAY_CHAT)],
        "Mon 12:00",
        {
            "own:1": "waived, due Mon 14:00, waived Mon 11:00",
            "platform:1:promise": "waived, due Mon 22:00, waived Mon 11:00",
        },
    ),
    (
        "a waiver reaches only up to its message",
        [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL), asks(2, "Mon 10:30", SHOP_MAIL), waives("Mon 11:00", 1, SHOP_MAIL)],
        "Mon 12:00",
        {"own:1": "waived, due Mon 14:00, waived Mon 11:00", "own:2": "running, due Mon 14:30"},
    ),
    (
        "waived after the breach stays a breach",
        [OWN_4, asks(1, "Mon 10:00", SHOP_MAIL), waives("Mon 15:00", 1, SHOP_MAIL)],
        "Mon 16:00",
        {"own:1": "breached, due Mon 14:00, waived Mon 15:00"},
    ),
    (
        "what was waived can still be answered there",
        [asks(1, "Mon 10:00"), waives("Mon 11:00", 1), answers(9, "Mon 12:00", 1)],
        "Mon 13:00",
        {
            "platform:1:rate": "met, due Tue 10:00, met Mon 12:00",
            "platform:1:claim": "met, due Wed 10:00, met Mon 12:00",
        },
    ),
]
