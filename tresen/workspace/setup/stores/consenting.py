"""Signing in at a platform: sent there from the form of a connection, and back here with its word."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.intake.feeds.starting import start_feeds
from tresen.stores.connection_troubles import explained_connection, sentence_of
from tresen.stores.consenting import Agreed, Asker, ask_consent, redeem, take_consent
from tresen.stores.models import Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store, keep_learned, try_connection
from tresen.stores.wording import SetupWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.stores.connection_form import ConnectionForm
from tresen.workspace.telling import tell, warn


def callback_of(request: AgentRequest) -> str:
    """The address that platforms come back to; the same for all stores."""
    return request.build_absolute_uri(reverse("setup-store-consent"))


def sign_in_address(request: AgentRequest, store: Store, form: ConnectionForm) -> str:
    """Where the seller signs in; empty where the form says what is wrong."""
    if not form.is_valid():
        return ""
    try:
        return ask_consent(
            store,
            form.entered(),
            asker=_asker(request),
            past=form.past(),
            callback=callback_of(request),
            at=request.at,
        )
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return ""


@require_GET
@sensitive_variables("code", "agreed")
@for_admins
def come_back(request: AgentRequest) -> HttpResponse:
    """The platform sends the seller back, with a code where he agreed."""
    agreed = take_consent(request.GET.get("state", ""), asker=_asker(request), at=request.at)
    if agreed is None:
        warn(request, _("This sign-in was not begun here, was used before or took too long. Please begin it again."))
        return redirect("setup-stores")
    code = request.GET.get("code", "")
    if not code:
        warn(request, _("The platform was not allowed to let Tresen in: nothing has changed."))
    else:
        _connect(request, agreed, code)
    return redirect("setup-store-connection", agreed.store.pk)


def _connect(request: AgentRequest, agreed: Agreed, code: str) -> None:
    """What the platform gives for the code is kept before anything else is asked of it."""
    came = redeem(agreed, code, callback=callback_of(request), at=request.at)
    if isinstance(came, Stopped):
        warn(request, explained_connection(came.reason).sentence)
        return
    try:
        with transaction.atomic():
            connection = connect_store(agreed.store.pk, came, by=request.actor, at=request.at)
            start_feeds(agreed.store.pk, past=agreed.past, at=request.at)
    except SetupWrong as wrong:
        warn(request, str(wrong))
        return
    tell(request, _("%(store)s is connected. Its past is being read.") % {"store": agreed.store.name})
    _tell_as_whom(request, agreed.store, connection)


def _tell_as_whom(request: AgentRequest, store: Store, connection: StoreConnection) -> None:
    """The platform is asked as whom it knows us now; whatever it says, what it gave is kept."""
    known = try_connection(store, Entered(settings=connection.settings), at=request.at)
    match known:
        case Connected():
            keep_learned(connection, known)
            for lacking in known.lacks:
                warn(request, sentence_of(lacking))
        case Stopped():
            warn(request, explained_connection(known.reason).sentence)


def _asker(request: AgentRequest) -> Asker:
    return Asker(agent=request.agent.pk, session=request.session.session_key or "")
