"""Calls at the demo shop, logged by whoever took them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tresen.channels.by_hand.log import Ended, Kind, Log
from tresen.channels.contract import IdentityKind
from tresen.intake.by_hand import own_id, receive_log
from tresen.intake.parsing import parse_kept
from tresen.local.demo.founding import Shop
from tresen.local.demo.tale.data import data_file

_BEGINS = 0xCA11
"""The first call's number; the story's are the same each time."""


def log_calls(shop: Shop, *, now: datetime) -> None:
    """Log them as the form does, each with its order and what was promised."""
    for number, call in enumerate(data_file("small_stores.yaml")["calls"], start=_BEGINS):
        at = now - timedelta(hours=call["hours"])
        receive_log(shop.stores[call["store"]], _log(call, shop, number, at=at, now=now), at=at)
        parse_kept(at)


def _log(call: Mapping[str, Any], shop: Shop, number: int, *, at: datetime, now: datetime) -> Log:
    agent = shop.agents[call["agent"]].id
    assert agent is not None  # agents are people
    return Log(
        id=own_id(UUID(int=number)),
        agent=agent,
        kind=Kind.PHONE,
        ended=Ended.PROMISED,
        at=at,
        text=call["says"],
        who_kind=IdentityKind.PHONE,
        who_key=call["number"],
        who_name=call["buyer"]["name"],
        order_number=call["order"]["number"],
        promise_due=now + timedelta(hours=call["promised"]["hours"]),
        promise=call["promised"]["what"],
    )
