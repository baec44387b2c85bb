"""How a fake operator writes its answers, and pages them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import as_told

MOST = 100
USUAL = 10


class Refusal(Exception):
    """The operator does not do this; `status` is its answer's."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def answered(told: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON."""
    return Response(json.dumps(told), status=status, mimetype="application/json", headers=dict(headers or {}))


def moment(at: datetime) -> str:
    """As Mirakl writes times."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def asked_moment(request: Request, name: str) -> datetime | None:
    """A time that a request names."""
    said = request.args.get(name)
    return datetime.fromisoformat(said) if said else None


def page[T](request: Request, found: Sequence[T]) -> Sequence[T]:
    """The part that is asked for by `max` and `offset`."""
    most = min(int(request.args.get("max", USUAL)), MOST)
    offset = int(request.args.get("offset", 0))
    return as_told(request.environ, found[offset : offset + most])


def sought[T](
    request: Request, found: Iterable[T], *, by: Callable[[T], str], newest_first: bool = False
) -> tuple[Sequence[T], str | None]:
    """The part that is asked for by `limit` and `page_token`, in the order of `by`, and the next part's token.

    A token is what its last entry is sorted by: nothing is passed over when an entry moves between two pages.
    """
    most = min(int(request.args.get("limit", USUAL)), MOST)
    token = request.args.get("page_token", "")
    if token and not token.startswith("t"):
        raise Refusal("The page token is not valid.")
    last = token.removeprefix("t")
    left = [one for one in found if not last or (by(one) < last if newest_first else by(one) > last)]
    page = sorted(left, key=by, reverse=newest_first)[:most]
    return as_told(request.environ, page), f"t{by(page[-1])}" if len(page) < len(left) else None
