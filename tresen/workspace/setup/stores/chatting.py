"""The chat of a website store, as an admin sets it up: the one line to copy, and what the website must allow."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tresen.stores.chatting import (
    LONGEST_GREETING,
    LONGEST_TITLE,
    MOST_MINUTES,
    MOST_SECONDS,
    ChatSettings,
    chat_of,
    set_chat,
)
from tresen.stores.leaving import lacks_mailbox
from tresen.stores.models import Store
from tresen.stores.publishing import form_of, publish_form, takes_forms
from tresen.stores.wording import SetupWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.setup.sections import page
from tresen.workspace.setup.stores.forms import LinesField
from tresen.workspace.telling import tell


class ChatForm(forms.Form):
    """What can be decided about the chat. The websites and the consent are the contact form's, too."""

    on = forms.BooleanField(label=gettext_lazy("The chat is on"), required=False)
    origins = LinesField(
        label=gettext_lazy("Websites on which it may run"),
        required=False,
        help_text=gettext_lazy("One a line, like https://shop.example. The contact form may be shown there, too."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("Empty: the brand’s name."),
    )
    greeting = forms.CharField(
        label=gettext_lazy("Greeting"),
        required=False,
        max_length=LONGEST_GREETING,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Empty: a greeting in the visitor’s language."),
    )
    colour = forms.CharField(label=gettext_lazy("Colour"), widget=forms.TextInput(attrs={"type": "color"}))
    take_within = forms.IntegerField(
        label=gettext_lazy("Offered round for so many seconds"),
        min_value=10,
        max_value=MOST_SECONDS,
        help_text=gettext_lazy("Whom nobody takes in this time goes to the queue, as any ticket does."),
    )
    answer_within = forms.IntegerField(
        label=gettext_lazy("Unanswered for at most so many minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=gettext_lazy("A chat that was taken and then is not answered goes to the queue."),
    )
    left_after = forms.IntegerField(
        label=gettext_lazy("Gone after so many silent minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=gettext_lazy("Answers that the visitor has not seen by then leave by mail."),
    )

    def __init__(self, data: Any = None, *, store: Store) -> None:
        public = form_of(store)
        origins = "\n".join(public.origins) if public else ""
        super().__init__(data, initial={**asdict(chat_of(store)), "origins": origins})


@require_http_methods(["GET", "POST"])
@for_admins
def show_chat(request: AgentRequest, store_id: int) -> HttpResponse:
    """The store's chat."""
    store = get_object_or_404(Store.objects.select_related("brand"), pk=store_id, retired_at=None)
    if not takes_forms(store.channel):
        raise Http404
    form = ChatForm(request.POST or None, store=store)
    if request.method == "POST" and _saved(request, form, store):
        tell(request, _("The chat is saved."))
        return redirect("setup-store-chat", store_id)
    public, script = form_of(store), ""
    if public is not None:
        script = request.build_absolute_uri(reverse("chat-script", args=[public.key]))
    tresen = request.build_absolute_uri("/").rstrip("/")
    context = {
        "form": form,
        "store": store,
        "script": script,
        "allows": f"script-src {tresen}; connect-src {tresen}",
        "can_be_seen": bool(public and public.origins and chat_of(store).on),
        "no_mailbox": lacks_mailbox(store),
    }
    return page(request, "stores", "setup/stores/chat.html", context, status=422 if form.errors else 200)


def _saved(request: AgentRequest, form: ChatForm, store: Store) -> bool:
    """Whether the chat could be set up so; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        _save(request, dict(form.cleaned_data), store)
    except SetupWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
        return False
    return True


@transaction.atomic
def _save(request: AgentRequest, given: dict[str, Any], store: Store) -> None:
    """Both or neither: the websites, which the form has too, and the chat."""
    origins, public = given.pop("origins"), form_of(store)
    publish_form(
        store.pk,
        origins=origins,
        consent=public.consent if public else "",
        follows_visitor=bool(public and public.follows_visitor),
        by=request.actor,
        at=request.at,
    )
    set_chat(store.pk, ChatSettings(**given), by=request.actor, at=request.at)
