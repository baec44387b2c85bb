"""What a report can be narrowed to: the channels, stores, teams and agents that the agent's scope shows."""

from dataclasses import dataclass

from django.db.models import Q

from tresen.accounts.models import Agent, Team
from tresen.accounts.scope import Scope
from tresen.stores.models import Store
from tresen.workspace.reports.asking import Question
from tresen.workspace.setup.naming import alphabetical, any_channel_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The choices of each filter, by name; a filter without choices is not offered."""

    channels: list[tuple[str, str]]
    stores: list[tuple[int, str]]
    teams: list[tuple[int, str]]
    agents: list[tuple[int, str]]


def choices(question: Question, *, scope: Scope) -> Choices:
    """Three small queries. An agent who sees own figures only is offered no other agent."""
    stores = _stores(scope)
    teams = Team.objects.all() if scope.teams is None else Team.objects.filter(pk__in=scope.teams)
    named = dict(teams.values_list("pk", "name"))
    agents = {} if question.own else _agents(named, everything=scope.teams is None)
    channels = {channel: any_channel_title(channel) for _, _, channel in stores}
    return Choices(
        channels=_by_name(channels),
        stores=_by_name({pk: name for pk, name, _ in stores}),
        teams=_by_name(named),
        agents=_by_name(agents),
    )


def _stores(scope: Scope) -> list[tuple[int, str, str]]:
    stores = Store.objects.all()
    if scope.stores is not None and scope.brands is not None:
        stores = stores.filter(Q(pk__in=scope.stores) | Q(brand__in=scope.brands))
    return list(stores.values_list("pk", "name", "channel"))


def _agents(teams: dict[int, str], *, everything: bool) -> dict[int, str]:
    agents = Agent.objects.all() if everything else Agent.objects.filter(teams__in=teams).distinct()
    return dict(agents.values_list("pk", "name"))


def _by_name[Key](names: dict[Key, str]) -> list[tuple[Key, str]]:
    return sorted(names.items(), key=lambda choice: alphabetical(choice[1]))
