"""The shares of a team's lanes as a form."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tresen.routing.lanes import ALL
from tresen.routing.models import Lane
from tresen.workspace.naming import LANES


class SharesForm(forms.Form):
    """A share in percent for each lane; all empty stand for the plain order."""

    def __init__(self, data: Any = None, *, team: int, shares: Mapping[Lane, int]) -> None:
        super().__init__(data, prefix=f"team{team}", initial={lane.value: share for lane, share in shares.items()})
        for lane in Lane:
            self.fields[lane.value] = forms.IntegerField(
                label=str(LANES[lane.value]), required=False, min_value=0, max_value=ALL
            )

    def shares(self) -> Mapping[Lane, int]:
        """What the operation takes."""
        return {lane: self.cleaned_data[lane.value] or 0 for lane in Lane}
