"""A link by which an agent chooses a password: once, within three days. An admin passes it on."""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent


@transaction.atomic
def one_time_path(agent_id: int, *, by: Actor, at: datetime) -> str:
    """The path of the page. It stops working once a password is chosen or the address changes."""
    agent = Agent.objects.get(pk=agent_id)
    record_change(f"agent:{agent_id}", "password_link_made", by=by, at=at)
    key = default_token_generator.make_token(agent)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(agent), "key": key})


def lifetime() -> timedelta:
    """How long such a link works."""
    return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
