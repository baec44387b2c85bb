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
        bar = f"{'≥' if self.better == 'higher' else '≤'} {self.bar:g}"
        return (
            f"{self.name:<48}{_amount(self.ours, self.unit):>14}{_amount(self.reference, self.unit):>14}"
            f"{self.ratio:>10.2f}{bar:>9}  {'holds' if self.holds else 'falls short'}"
        )


def _amount(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:,.0f} {unit}"
    for size, name in ((1, "s"), (1e-3, "ms")):
        if value >= size:
            return f"{value / size:.2f} {name}"
    return f"{value * 1e6:.2f} µs"
