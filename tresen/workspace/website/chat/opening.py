"""Which store's chat is asked for, and whether the page that asks may show it."""

from dataclasses import dataclass

from django.conf import settings

from tresen.stores.chatting import ChatSettings, chat_of
from tresen.stores.models import Store
from tresen.stores.publishing import PublicForm, form_by_key


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChat:
    """A store's chat as pages may show it: its form's name, websites and words, and its own settings."""

    store: Store
    public: PublicForm
    settings: ChatSettings


class NotHere(LookupError):
    """There is no chat of this name, or none any more."""


class NotAllowed(PermissionError):
    """The page that asks is not on one of the store's websites."""


def opened(key: str, *, origin: str) -> OpenChat:
    """The chat of this public name, for a page of this origin. Raises NotHere and NotAllowed.

    A store that only watches has none: nobody who writes there would be answered.
    """
    public = form_by_key(key)
    store = Store.objects.filter(pk=public.store).first() if public else None
    if public is None or store is None or store.shadow or not (looks := chat_of(store)).on:
        raise NotHere
    # The demo has an invented website, beside the pages of its invented platforms.
    if origin not in {*public.origins, settings.DEMO_PLATFORMS} - {""}:
        raise NotAllowed
    return OpenChat(store=store, public=public, settings=looks)
