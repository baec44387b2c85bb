"""How the Graph API answers: success with its own time, and what is wrong by numbers."""

import json
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Response

OUTSIDE, NO_TOKEN, UNKNOWN, TOO_MANY, BROKEN = 10, 190, 100, 613, 2


class Refusal(Exception):
    """Meta does not do it; `code` and `subcode` are its numbers for why."""

    def __init__(self, code: int, sentence: str, *, subcode: int | None = None, status: int = 400) -> None:
        super().__init__(sentence)
        self.code, self.subcode, self.status = code, subcode, status


def written(at: datetime) -> str:
    """As the Graph API writes times."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def said(told: object, *, at: datetime | None = None) -> Response:
    """An answer of success, at the platform's own time."""
    headers = {"Date": at.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")} if at else {}
    return Response(json.dumps(told), mimetype="application/json", headers=headers)


def wrong(code: int, sentence: str, *, subcode: int | None = None, status: int = 400) -> Response:
    """An error of the Graph API's."""
    error: dict[str, Any] = {"message": sentence, "type": "OAuthException", "code": code, "fbtrace_id": "invented"}
    if subcode is not None:
        error["error_subcode"] = subcode
    return Response(json.dumps({"error": error}), status=status, mimetype="application/json")


def refused(refusal: Refusal) -> Response:
    """The same of a refusal."""
    return wrong(refusal.code, str(refusal), subcode=refusal.subcode, status=refusal.status)
