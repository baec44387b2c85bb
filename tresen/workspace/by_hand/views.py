"""Logging a call, a letter or a visit: in the palette, by a key, or about the ticket that is open."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from tresen.accounts.scope import Scope
from tresen.channels.by_hand.log import Ended, Kind, Log
from tresen.channels.contract import InboundAttachment
from tresen.intake.by_hand import LogHidden, own_id, receive_log, thread_of, whereabouts
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Status, Ticket
from tresen.tickets.queries import TicketHidden, ticket_in
from tresen.workspace.by_hand.callers import Caller, caller_of, caller_typed
from tresen.workspace.by_hand.forms import LONGEST_WHO, LogForm
from tresen.workspace.by_hand.known import chosen, known_like, marked
from tresen.workspace.pages import show
from tresen.workspace.requests import AgentRequest, wants_part
from tresen.workspace.telling import Lead, tell, warn
from tresen.workspace.ticket.going import back_to

LAST_STORE = "log_store"
"""In the session: the store that the agent logged the last call about."""
USUALLY = timedelta(minutes=1)
"""Within this a log is filed, unless no worker runs."""


@require_http_methods(["GET", "POST"])
def create_log(request: AgentRequest, kind: Kind) -> HttpResponse:
    """The form, and what it is sent to. Needs who and what; the rest is known or can stay as it is."""
    stores = _stores(request.scope)
    last = request.session.get(LAST_STORE)
    store = next((one for one in stores if one.pk == last), stores[0] if stores else None)
    if "look" in request.POST:  # without scripts nobody looks while the agent types
        return _page(request, LogForm(stores=stores, about=False, now=request.at, initial=request.POST.dict()))
    form = _form(request, kind, stores=stores, initial={"store": store})
    if request.method == "POST" and form.is_valid() and (who := _caller(request, form)) is not None:
        given = form.cleaned_data
        store, order = _order(given["store"], given["order_number"], among=stores)
        request.session[LAST_STORE] = store.pk
        _keep(request, form, store=store, who=who, order=order)
        moved = _("Logged at %(store)s: this order is there.") % {"store": store.name}
        address = reverse("logged", args=[given["submission"].hex])
        lead = Lead(address=address, label=_("Open the ticket"))
        tell(request, moved if store != given["store"] else _("Logged."), lead=lead)
        return redirect("queue")
    return _page(request, form)


@require_http_methods(["GET", "POST"])
def create_log_about(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """The same about a ticket: of the same customer, filed into it."""
    try:
        ticket = ticket_in(request.scope, ticket_id)
    except TicketHidden as hidden:
        raise Http404(str(hidden)) from hidden
    ended = Ended.GIVEN if "answer" in request.GET else Ended.OPEN
    form = _form(request, Kind.PHONE, about=True, initial={"ended": ended})
    if request.method == "POST" and form.is_valid():
        if ticket.status == Status.CLOSED and form.cleaned_data["ended"] == Ended.GIVEN:
            form.add_error("ended", _("This ticket is closed: log it as a new call."))
        else:
            thread = thread_of(ticket)
            _keep(request, form, store=ticket.store, who=caller_of(ticket.identity), thread=thread)
            tell(request, _("Logged."))
            return back_to(ticket.pk)
    return _page(request, form, ticket=ticket)


@require_GET
def show_logged(request: AgentRequest, submission: str) -> HttpResponse:
    """On to the ticket into which a log was filed; until it is, a page that says so and asks again by itself."""
    try:
        log = whereabouts(own_id(UUID(submission)), scope=request.scope)
    except (ValueError, LogHidden) as hidden:
        raise Http404(str(hidden)) from hidden
    if log.ticket is not None:
        address = reverse("ticket", args=[log.ticket])
        return HttpResponseClientRedirect(address) if wants_part(request) else redirect(address)
    late = log.since is not None and request.at - log.since > USUALLY
    if wants_part(request) and not late and not log.aside:
        return HttpResponse(status=204)  # What says the same is not put in place anew: it would be read aloud again.
    return show(request, "by_hand/logged.html", "by_hand/where.html", {"aside": log.aside, "late": late})


@require_GET
def show_known(request: AgentRequest) -> HttpResponse:
    """Customers who may be meant by what has been typed."""
    given = request.GET
    context = _known(given.get("who", ""), given.get("known", ""), scope=request.scope)
    return render(request, "by_hand/known.html", context, using="jinja2")


def _stores(scope: Scope) -> Sequence[Store]:
    rows = Store.objects.filter(retired_at=None).order_by("name")
    return [one for one in rows if scope.shows(team=one.default_team_id, store=one.pk, brand=one.brand_id)]


def _form(
    request: AgentRequest, kind: Kind, *, initial: dict[str, object], stores: Sequence[Store] = (), about: bool = False
) -> LogForm:
    given, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    usual = {"submission": uuid4(), "kind": kind, **initial}
    return LogForm(given, files, stores=stores, about=about, now=request.at, initial=usual)


def _caller(request: AgentRequest, form: LogForm) -> Caller | None:
    """Who was chosen, else who was typed; None, and the form says so, where the one chosen may not be."""
    given = form.cleaned_data
    if given["known"] is None:
        typed = " ".join(given["who"].split())
        return caller_typed(typed, given["name"], language=given["store"].language)
    known = chosen(given["known"], scope=request.scope)
    if known is None:
        form.add_error("who", _("The customer you chose is not there any more: choose again."))
    return caller_of(known) if known else None


def _known(typed: str, chose: str, *, scope: Scope) -> dict[str, object]:
    known = known_like(typed[:LONGEST_WHO], scope=scope)
    return {"known": known, "marked": marked(known, chose)}


def _keep(
    request: AgentRequest, form: LogForm, *, store: Store, who: Caller, order: str = "", thread: str = ""
) -> None:
    given = form.cleaned_data
    log = Log(
        id=own_id(given["submission"]),
        agent=request.agent.pk,
        kind=Kind(given["kind"]),
        ended=Ended(given["ended"]),
        at=given["at"],
        text=given["text"],
        who_kind=who.kind,
        who_key=who.key,
        who_channel=who.channel,
        who_realm=who.realm,
        who_name=who.name,
        number=who.unfit,
        order_number=order,
        thread=thread,
        promise_due=given["promise_due"],
        promise=given["promise"],
    )
    files = [
        InboundAttachment(name=file.name, content_type=file.content_type, content=file.read())
        for file in given["attachments"]
    ]
    receive_log(store.pk, log, attachments=files, at=request.at)
    if who.unfit:
        warn(request, _("“%(number)s” is no telephone number: it was kept as you typed it.") % {"number": who.unfit})


def _order(chosen: Store, typed: str, *, among: Sequence[Store]) -> tuple[Store, str]:
    """The order's store, and its number as the shop writes it where it is known: "#1042" for 1042.

    On the telephone a number is read out, and nobody says at which store: another than the chosen one is right where
    the chosen one does not know the order, and only that one does.
    """
    number = typed.strip()
    known = Order.objects.filter(store__in=among, number__in=[number, f"#{number}"] if number else [])
    at = {order.store_id: order.number for order in known}
    if chosen.pk in at:
        return chosen, at[chosen.pk]
    if len(at) == 1:
        [(store_id, written)] = at.items()
        return next(store for store in among if store.pk == store_id), written
    return chosen, number


def _page(request: AgentRequest, form: LogForm, *, ticket: Ticket | None = None) -> HttpResponse:
    possible = ticket is not None or bool(_stores(request.scope))
    context: dict[str, object] = {"form": form, "ticket": ticket, "possible": possible}
    if ticket is None:
        context |= _known(form["who"].value() or "", str(form["known"].value() or ""), scope=request.scope)
    return show(request, "by_hand/page.html", "by_hand/form.html", context, status=422 if form.errors else 200)
