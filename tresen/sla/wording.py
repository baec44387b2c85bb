"""What policies say about themselves, and what is wrong with them: values that a screen or the API puts into words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from django.utils.translation import gettext as _

type Params = Mapping[str, str | int | tuple[str, ...] | tuple[int, ...] | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One statement of a policy: a key with parameters, rendered per language by whoever shows it."""

    key: str
    params: Params


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` is the path of the field ("targets.first_reply.minutes"), then a sentence."""

    where: str
    sentence: str


class PolicyWrong(ValueError):
    """A policy that cannot be kept as it was entered. `problems` names everything that is wrong, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem.where}: {problem.sentence}" for problem in self.problems))


class Entries:
    """One JSON object, read key by key. What is wrong is collected in `problems`, to be said all at once."""

    def __init__(self, value: object, *, where: str, known: Collection[str], problems: list[Problem]) -> None:
        self.where = where
        self.problems = problems
        self.values: Mapping[object, object] = {}
        self.is_object = isinstance(value, Mapping)
        if not isinstance(value, Mapping):
            problems.append(Problem(where, _("This must be an object with named fields.")))
            return
        self.values = value
        for key in value:
            if key not in known:
                names = ", ".join(sorted(known))
                self.wrong(str(key), _("This field is not known. Known are: %(names)s.") % {"names": names})

    def wrong(self, key: str, sentence: str) -> None:
        """Collect one more problem of this object."""
        self.problems.append(Problem(f"{self.where}.{key}", sentence))

    def has(self, key: str) -> bool:
        """Whether the field is given at all."""
        return key in self.values

    def number(self, key: str, *, least: int, most: int, beyond: str = "") -> int | None:
        """The whole number under `key`; None where not given or wrong. `beyond`: the words for too small or large."""
        if key not in self.values:
            return None
        value = self.values[key]
        if is_number(value) and least <= value <= most:
            return value
        sentence = (is_number(value) and beyond) or _("This must be a whole number from %(least)s to %(most)s.")
        self.wrong(key, sentence % {"least": least, "most": most})
        return None

    def texts(self, key: str, *, among: Collection[str] = ()) -> frozenset[str]:
        """The texts listed under `key`, each one of `among` where that is given. Not given: none."""
        values = self._listed(key)
        texts = {value for value in values if isinstance(value, str) and value.strip() and value.isprintable()}
        if len(texts) < len(values):
            self.wrong(key, _("Each entry must be a text, and none may stand twice."))
        if among and not texts <= set(among):
            strange, known = ", ".join(sorted(texts - set(among))), ", ".join(among)
            self.wrong(key, _("%(strange)s: not known. Known are: %(known)s.") % {"strange": strange, "known": known})
        return frozenset(texts)

    def numbers(self, key: str, *, least: int, most: int) -> frozenset[int]:
        """The whole numbers listed under `key`. Not given: none."""
        values = self._listed(key)
        numbers = {value for value in values if is_number(value) and least <= value <= most}
        if len(numbers) < len(values):
            sentence = _("Each entry must be a whole number from %(least)s to %(most)s, and none may stand twice.")
            self.wrong(key, sentence % {"least": least, "most": most})
        return frozenset(numbers)

    def _listed(self, key: str) -> list[object]:
        if key not in self.values:
            return []
        value = self.values[key]
        if isinstance(value, list) and value:
            return value
        self.wrong(key, _("This must be a list with at least one entry. Leave it out if it does not matter."))
        return []


def is_number(value: object) -> TypeGuard[int]:
    """A whole number as JSON knows it; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)
