"""How a fake TikTok Shop writes its answers, pages them, and numbers things."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import as_told

type Json = dict[str, Any]

WRONG_PARAMETER = 36_009_000
NOT_FOUND = 21_011_001


class Refusal(Exception):
    """TikTok Shop does not do this; `code` is its number for why."""

    def __init__(self, code: int, sentence: str, *, status: int = 200) -> None:
        super().__init__(sentence)
        self.code, self.status = code, status


def answered(data: object, *, code: int = 0, message: str = "Success", status: int = 200) -> Response:
    """The envelope; an error may come with the status of a success."""
    told = {"code": code, "message": message, "request_id": "2026113007490001018908", "data": data}
    return Response(json.dumps(told), status=status, mimetype="application/json")


def seconds(at: datetime) -> int:
    """As TikTok Shop writes times."""
    return int(at.timestamp())


def number_of(name: str) -> int:
    """A whole number for what the world calls so: its own where it has one, else one that is always the same."""
    return int(name) if name.isdecimal() else int.from_bytes(sha256(name.encode()).digest()[:6])


def page[T](
    request: Request, found: Sequence[T], *, key: Callable[[T], str], most: int, usual: int = 20
) -> tuple[Sequence[T], str]:
    """The part after the page's token, which names the last entry before it; and the token of the next one."""
    size = int(request.args.get("page_size", usual))
    if not 1 <= size <= most:
        raise Refusal(WRONG_PARAMETER, f"page_size must be 1 to {most}.")
    token = request.args.get("page_token", "")
    names = [key(one) for one in found]
    if token and token not in names:
        raise Refusal(WRONG_PARAMETER, "page_token is not known.")
    begin = names.index(token) + 1 if token else 0
    shown = found[begin : begin + size]
    more = begin + size < len(found)
    return list(as_told(request.environ, shown)), key(shown[-1]) if more else ""


def changed_within(request: Request, at: datetime) -> bool:
    """Whether it changed in the time that is asked for."""
    told = request.get_json()
    since, until = int(told.get("update_time_ge", 0)), int(told.get("update_time_lt", 1 << 40))
    return since <= seconds(at) < until
