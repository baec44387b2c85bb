"""How a fake Kaufland writes its answers, pages them, and numbers things."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import as_told

type Json = dict[str, Any]

USUAL = 30
MERCHANT, KAUFLAND = "fulfilled_by_merchant", "fulfilled_by_kaufland"


class Refusal(Exception):
    """Kaufland does not do this; `problem` is its word for why."""

    def __init__(self, problem: str, sentence: str = "", *, status: int = 400) -> None:
        super().__init__(sentence)
        self.problem = f"/problems/{problem}"
        self.status = status


def answered(told: object, *, status: int = 200) -> Response:
    """JSON."""
    return Response(json.dumps(told), status=status, mimetype="application/json")


def wrong(problem: str, *, status: int, words: str = "") -> Response:
    """An error, as Kaufland tells it."""
    return answered({"type": problem, "message": words or problem.rpartition("/")[2], "errors": []}, status=status)


def moment(at: datetime) -> str:
    """As Kaufland writes times; it knows no parts of a second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def asked_moment(request: Request, name: str) -> datetime | None:
    """A time that a request names."""
    said = request.args.get(name)
    return datetime.fromisoformat(said) if said else None


def number_of(name: str) -> int:
    """A whole number for what the world calls so: its own where it has one, else one that is always the same."""
    return int(name) if name.isdecimal() else int.from_bytes(sha256(name.encode()).digest()[:5])


def paged(request: Request, found: Sequence[Json], *, most: int) -> Json:
    """The part that is asked for by `limit` and `offset`."""
    limit, offset = int(request.args.get("limit", USUAL)), int(request.args.get("offset", 0))
    if not 1 <= limit <= most:
        raise Refusal("validation-error", f"limit must be 1 to {most}.")
    return {
        "data": list(as_told(request.environ, found[offset : offset + limit])),
        "pagination": {"offset": offset, "limit": limit, "total": len(found)},
    }


def sent_by(request: Request, *, platform: bool) -> bool:
    """Whether what is sent so is asked for; the seller's own where nothing is said."""
    wanted = request.args.get("fulfillment_type", MERCHANT)
    return wanted == (KAUFLAND if platform else MERCHANT)
