"""An agent as an admin enters them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tresen.accounts.inviting import LONGEST_NAME, Invitation
from tresen.accounts.models import Agent, Role, Team, TeamMembership
from tresen.stores.models import Brand, BrandGrant, Store, StoreGrant
from tresen.workspace.setup.agents.abilities import AbilityFields, initial_abilities
from tresen.workspace.setup.choices import several

ROLES = [
    (Role.AGENT.value, _("Agent – answers customers")),
    (Role.LEAD.value, _("Lead – also sets targets and working hours")),
    (Role.ADMIN.value, _("Admin – sets up everything and sees everything")),
]


class AgentForm(AbilityFields):
    """Who they are, what they may do, what they see and what they can take on."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They sign in with it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial=Role.AGENT.value)
    teams = several(_("Teams"), _("They share the queues of these teams."))
    leading = several(_("Leads"), _("Of these they get what nobody takes care of."))
    everything = forms.BooleanField(
        label=_("All stores and brands"), required=False, help_text=_("Also those that come later.")
    )
    brands = several(_("Brands"), _("All stores of a brand."))
    stores = several(_("Single stores"))

    def __init__(self, data: Any = None, *, agent: Agent | None = None, language: str = "en") -> None:
        super().__init__(data, initial=_initial(agent) if agent else {"language": language})
        teams = list(Team.objects.order_by("name").values_list("pk", "name"))
        self._offer("teams", teams)
        self._offer("leading", teams)
        self._offer("brands", list(Brand.objects.order_by("name").values_list("pk", "name")))
        # Tickets of a retired store stay: who was let in there keeps seeing them when the form is saved.
        granted = StoreGrant.objects.filter(agent=agent).values("store") if agent else []
        stores = Store.objects.filter(Q(retired_at=None) | Q(pk__in=granted)).order_by("name").values_list("pk", "name")
        self._offer("stores", list(stores))
        if agent:
            del self.fields["language"]

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def invitation(self) -> Invitation:
        """What the operations on agents take."""
        given = self.cleaned_data
        return Invitation(
            email=given["email"],
            name=given["name"],
            role=Role(given["role"]),
            teams=given["teams"],
            leading=given["leading"],
            everything=given["everything"],
        )


def _initial(agent: Agent) -> dict[str, object]:
    memberships = TeamMembership.objects.filter(agent=agent).values_list("team_id", "leads")
    return {
        **initial_abilities(agent),
        "name": agent.name,
        "email": agent.email,
        "role": agent.role,
        "teams": [team for team, _leads in memberships],
        "leading": [team for team, leads in memberships if leads],
        "everything": agent.everything,
        "brands": list(BrandGrant.objects.filter(agent=agent).values_list("brand_id", flat=True)),
        "stores": list(StoreGrant.objects.filter(agent=agent).values_list("store_id", flat=True)),
    }
