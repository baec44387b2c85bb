"""API tokens: made by an agent for a program, shown once, kept as a hash; they can do what their agent can."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent, ApiToken
from tresen.accounts.wording import AccountWrong, Problem

PREFIX = "tresen_"
SHOWN = len(PREFIX) + 4
"""So many characters stay readable, by which an agent tells tokens apart."""
LONGEST_NAME = 60
LONGEST_LIFE = timedelta(days=366)
MOST_KEPT = 20
MOST_A_MINUTE = 300
"""Requests that one token may make."""


@dataclass(frozen=True, slots=True)
class Presented:
    """Whose token a request brought, and how many requests it has made in this minute, this one among them."""

    agent: Agent
    requests: int

    @property
    def too_many(self) -> bool:
        """More than MOST_A_MINUTE."""
        return self.requests > MOST_A_MINUTE


@transaction.atomic
def create_token(agent_id: int, *, name: str, expires_at: datetime, by: Actor, at: datetime) -> str:
    """A new token, in full for the only time. Raises `AccountWrong`."""
    name = " ".join(name.split())
    if problems := [*_wrong(name, expires_at, at)]:
        raise AccountWrong(problems)
    Agent.objects.select_for_update().get(pk=agent_id)
    if len(tokens_of(agent_id)) >= MOST_KEPT:
        sentence = _("There are %(most)s tokens already. Revoke one that nobody uses.") % {"most": MOST_KEPT}
        raise AccountWrong([Problem("name", sentence)])
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        agent_id=agent_id,
        name=name,
        digest=_digest(secret),
        begins_with=secret[:SHOWN],
        created_at=at,
        expires_at=expires_at,
    )
    record_change(f"agent:{agent_id}", "token_created", by=by, at=at, details={"token": token.pk})
    return secret


@transaction.atomic
def revoke_token(token_id: int, *, agent_id: int, by: Actor, at: datetime) -> None:
    """It opens nothing from now on. One that is revoked already, or not the agent's, stays as it is."""
    changed = ApiToken.objects.filter(pk=token_id, agent=agent_id, revoked_at=None).update(revoked_at=at)
    if changed:
        record_change(f"agent:{agent_id}", "token_revoked", by=by, at=at, details={"token": token_id})


def tokens_of(agent_id: int) -> Sequence[ApiToken]:
    """The agent's tokens that are not revoked, the newest first; some may have ended."""
    return list(ApiToken.objects.filter(agent=agent_id, revoked_at=None).order_by("-created_at", "-pk"))


def present(secret: str, *, at: datetime) -> Presented | None:
    """Whose token this is; None when it opens nothing. Counts the request, and says when it was used last."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, {"digest": _digest(secret), "at": at, "minute": at.replace(second=0, microsecond=0)})
        row = cursor.fetchone()
    if row is None:
        return None
    agent = Agent.objects.filter(pk=row[0], is_active=True).first()
    return Presented(agent, row[1]) if agent else None


def _wrong(name: str, expires_at: datetime, at: datetime) -> list[Problem]:
    problems = []
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        problems.append(Problem("name", sentence))
    if not at < expires_at <= at + LONGEST_LIFE:
        problems.append(Problem("expires_at", _("A token lasts a day at least, and a year at most.")))
    return problems


def _digest(secret: str) -> bytes:
    # 256 random bits need no slow hash: nobody guesses them.
    return sha256(secret.encode()).digest()


_PRESENT = """
    UPDATE accounts_apitoken
    SET requests = CASE WHEN last_used_at >= %(minute)s THEN requests + 1 ELSE 1 END, last_used_at = %(at)s
    WHERE digest = %(digest)s AND revoked_at IS NULL AND expires_at > %(at)s
    RETURNING agent_id, requests
"""
