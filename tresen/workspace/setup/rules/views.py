"""The platforms' rules: what counts, where it is written, and what a store says in its place."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.channels.rule_files import load_rule_packs
from tresen.sla.models import EditReason
from tresen.sla.overriding import Said, said_by, said_in, say_for_store, take_back
from tresen.sla.recalculations import Edit, history_of_store, modes_of, rules_changed
from tresen.sla.wording import PolicyWrong
from tresen.stores.models import Store
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.open_clocks import progress
from tresen.workspace.setup.open_clocks.asking import Asking, settled, wants_to_edit_again
from tresen.workspace.setup.rules.forms import StoreRulesForm
from tresen.workspace.setup.rules.listing import by_what_counts, platforms_shown, shows, store_shown, stores_shown
from tresen.workspace.setup.rules.said_words import versions_shown
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell


@require_GET
@for_leads
def show_list(request: AgentRequest) -> HttpResponse:
    """What counts for each store, and every rule of every platform."""
    stores = stores_shown(request.scope, request.at)
    channels = list(Store.objects.filter(retired_at=None).values_list("channel", flat=True))
    context = {
        "counts": by_what_counts(stores),
        "elsewhere": len(channels) - len(stores),
        "platforms": platforms_shown(request.at, used=set(channels)),
        "recalculations": progress.shown_lately(request.at),
        "at": request.at,
    }
    return page(request, "rules", "setup/rules/list.html", context)


@require_http_methods(["GET", "POST"])
@for_leads
def change(request: AgentRequest, store_id: int) -> HttpResponse:
    """What a store says in place of its platform's rules."""
    store = _store_or_404(request, store_id)
    said = said_by([store.pk]).get(store.pk)
    pack = load_rule_packs(store.channel).at(request.at, store.marketplace)
    known = said_in(said) if said else Said()
    form = StoreRulesForm(request.POST or None, pack=pack, said=known, zone=request.agent.zone)
    if request.method == "POST" and form.is_valid() and not wants_to_edit_again(request):
        answer = _saved(form, store, request)
        if answer is not None:
            return answer
    context = {
        "store": store_shown(store, said, request.at),
        "form": form,
        "versions": versions_shown(store, at=request.at),
        "recalculations": progress.shown(history_of_store(store.pk)[:20]),
        "at": request.at,
    }
    return page(request, "rules", "setup/rules/store.html", context, status=422 if form.errors else 200)


@require_POST
@for_leads
def end(request: AgentRequest, store_id: int) -> HttpResponse:
    """Let the platform's own rules count for a store again."""
    store = _store_or_404(request, store_id)

    def taken_back() -> Edit | None:
        before = said_by([store.pk]).get(store.pk)
        return rules_changed(before, take_back(store.pk, reason=_("Taken back"), by=request.actor, at=request.at))

    title = _("The platform’s own rules for %(store)s again") % {"store": store.name}
    question = settled(request, taken_back, _asking(title))
    if question is not None:
        return question
    tell(request, _("The platform’s own rules count for %(store)s again.") % {"store": store.name})
    return redirect("setup-rules")


def _asking(title: str, *, form: bool = False) -> Asking:
    modes = modes_of(EditReason.RULES)
    return Asking(section="rules", title=title, leave=reverse("setup-rules"), form=form, modes=modes)


def _saved(form: StoreRulesForm, store: Store, request: AgentRequest) -> HttpResponse | None:
    """The question what happens to open clocks, or the way on once it is saved; None where the form is wrong."""

    def said() -> Edit | None:
        before = said_by([store.pk]).get(store.pk)
        reason = form.cleaned_data["reason"]
        after = say_for_store(store.pk, form.said_now(), reason=reason, by=request.actor, at=request.at)
        return rules_changed(before, after)

    title = _("What counts for %(store)s") % {"store": store.name}
    try:
        question = settled(request, said, _asking(title, form=True))
    except PolicyWrong as wrong:
        show_problems(form, wrong.problems, field_of=_field_of)
        return None
    if question is not None:
        return question
    tell(request, _("Saved."))
    return redirect("setup-rules")


def _field_of(where: str) -> str | None:
    kind, _line, key = where.partition(".")
    return {"limits": f"time_{key}", "stretches": f"until_{key}"}.get(kind, kind)


def _store_or_404(request: AgentRequest, store_id: int) -> Store:
    store = get_object_or_404(Store, pk=store_id, retired_at=None)
    if not shows(request.scope, store):
        return get_object_or_404(Store.objects.none())
    return store
