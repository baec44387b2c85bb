"""What an agent can take on, as an admin enters it."""

from typing import Any

from babel import Locale
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tresen.accounts.abilities import LANGUAGES, LONGEST_SKILL, MOST_HELD, Abilities
from tresen.accounts.models import Agent, Experience
from tresen.chats.desks import MOST_SLOTS, desk_of
from tresen.chats.models import SLOTS
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connectors
from tresen.stores.models import Store

EXPERIENCES = [
    (Experience.NEWCOMER.value, _("Newcomer – gets what is urgent last")),
    (Experience.REGULAR.value, _("Regular")),
    (Experience.EXPERT.value, _("Expert – gets what is urgent first")),
]


class AbilityFields(forms.Form):
    """Languages, channels, skills, experience and capacity; the names of its fields are those of the operation."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("“Next” serves them tickets in these languages. None ticked: in all."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Trained for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("“Next” serves them tickets of these channels. None ticked: of all."),
    )
    skills = forms.CharField(
        label=_("Skills"),
        required=False,
        max_length=10 * LONGEST_SKILL,
        help_text=_(
            "Words of your own, with commas between them: returns, wholesale. A ticket with a tag of that name goes to"
            " those who have the skill."
        ),
    )
    experience = forms.ChoiceField(
        label=_("Experience"), choices=EXPERIENCES, widget=forms.RadioSelect, initial=Experience.REGULAR.value
    )
    capacity = forms.IntegerField(
        label=_("Tickets at once"),
        required=False,
        min_value=1,
        max_value=MOST_HELD,
        help_text=_("With so many of their own, “next” serves them nothing new. Empty: no limit."),
    )

    chat_slots = forms.IntegerField(
        label=_("Chats at once"),
        min_value=0,
        max_value=MOST_SLOTS,
        initial=SLOTS,
        required=False,
        help_text=_("So many live chats are offered to them while they say that they take any. 0: none."),
    )

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        for name, choices in (("languages", _languages()), ("channels", _channels(self.initial.get("channels", ())))):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices

    def abilities(self) -> Abilities:
        """What the operation takes."""
        given = self.cleaned_data
        return Abilities(
            languages=given["languages"],
            skills=[*given["channels"], *given["skills"].split(",")],
            experience=Experience(given["experience"]),
            capacity=given["capacity"],
        )


def initial_abilities(agent: Agent) -> dict[str, object]:
    """What the fields begin with."""
    keys = {one.key for one in connectors()}
    return {
        "languages": agent.languages,
        "channels": [skill for skill in agent.skills if skill in keys],
        "skills": ", ".join(skill for skill in agent.skills if skill not in keys),
        "experience": agent.experience,
        "capacity": agent.capacity,
        "chat_slots": desk_of(agent.pk).slots,
    }


def language_name(code: str) -> str:
    """What the language is called in the active one."""
    return str(Locale.parse(translation.get_language() or "en", sep="-").languages.get(code, code))


def _languages() -> list[tuple[str, str]]:
    return sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda each: each[1].casefold())


def _channels(chosen: Any) -> list[tuple[str, str]]:
    """Those of stores that there are, and those that were chosen when there was one."""
    used = {*Store.objects.filter(retired_at=None).values_list("channel", flat=True).distinct(), *chosen}
    keys = [one.key for one in connectors() if one.key in used]
    return sorted(((key, channel_title(key)) for key in keys), key=lambda each: each[1].casefold())
