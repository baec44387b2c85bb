"""What one benchmark found out: a figure of ours beside a reference taken in the same run."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`ratio` compares `ours` and `reference` (both in `unit`) and must be at least, or at most, the `bar`."""

    name: str
    ours: float
    reference: float
    ratio: float
    bar: float
    better: Literal["higher", "lower"]
    unit: str = "s"

    @property
    def holds(self) -> bool:
        """Whether the bar is reached."""
        return self.ratio >= self.bar if self.better == "higher" else self.ratio <= self.bar

    def line(self) -> str:
        """Name, ours, reference, ratio, bar and verdict in columns."""
        bar = f"{'≥' if self.better == 'higher' else '≤'} {self.bar:.4g}"
        return _line(self.name, _amount(self.ours, self.unit), _amount(self.reference, self.unit), self.ratio, bar) + (
            "holds" if self.holds else "falls short"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is good to know beside the results: it has no bar, so it cannot fall short."""

    name: str
    ours: float
    reference: float
    unit: str = "s"

    @property
    def holds(self) -> bool:
        """Nothing is asked of it."""
        return True

    def line(self) -> str:
        """As a result's line, with what it lacks said."""
        amounts = _amount(self.ours, self.unit), _amount(self.reference, self.unit)
        return _line(self.name, *amounts, self.ours / self.reference, "no bar") + "for information"


def _line(name: str, ours: str, reference: str, ratio: float, bar: str) -> str:
    return f"{name:<52}{ours:>18}{reference:>18}{ratio:>9.2f}{bar:>9}  "


def _amount(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:,.0f} {unit}"
    for size, name in ((1, "s"), (1e-3, "ms")):
        if value >= size:
            return f"{value / size:.2f} {name}"
    return f"{value * 1e6:.2f} µs"
