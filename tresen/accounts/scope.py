"""What an agent may see, as a plain value: a required argument of every query."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Teams, stores and brands that are visible; `None` stands for all of them.

    A ticket is visible when its team is, and its store or its brand is.
    """

    teams: frozenset[int] | None
    stores: frozenset[int] | None
    brands: frozenset[int] | None

    @property
    def is_empty(self) -> bool:
        """Nothing at all can be seen."""
        return self.teams == frozenset() or (self.stores == frozenset() and self.brands == frozenset())

    def shows(self, *, team: int, store: int, brand: int) -> bool:
        """Whether something of this team, store and brand is visible."""
        return self.shows_team(team) and self.shows_store(store, brand=brand)

    def shows_team(self, team: int) -> bool:
        """Whether anything of this team is visible."""
        return self.teams is None or team in self.teams

    def shows_store(self, store: int, *, brand: int) -> bool:
        """Whether anything of this store of this brand is visible."""
        return self.stores is None or store in self.stores or self.brands is None or brand in self.brands


EVERYTHING = Scope(teams=None, stores=None, brands=None)
NOTHING = Scope(teams=frozenset(), stores=frozenset(), brands=frozenset())
