"""Boxes to tick, as the forms of several sections have them."""

from typing import Any

from django import forms


def several(label: Any, help_text: Any = "") -> forms.TypedMultipleChoiceField:
    """Any number of things known by their numbers; whoever shows the form says which there are."""
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        empty_value=[],
    )
