"""Approved templates as they will read, with the fields that fill them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.channels.approved_templates import ApprovedTemplate, Piece
from tresen.replies.prefilling import Asked, prefilled

_WHERE_FROM: Mapping[Asked, str | Promise] = {
    Asked.FIRST_NAME: gettext_lazy("Filled in for you: the customer’s first name."),
    Asked.FULL_NAME: gettext_lazy("Filled in for you: the customer’s name."),
    Asked.ORDER_NUMBER: gettext_lazy("Filled in for you: the order of this ticket."),
    Asked.BRAND: gettext_lazy("Filled in for you: the brand of this store."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody has typed, and into which template."""

    template: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """The field of a variable; `hint` says where its value comes from, or what such a value looks like.

    `empty`: it was sent so, and a template leaves with no empty place.
    """

    name: str
    value: str
    hint: str
    empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateShown:
    """A template; `pieces` are its words, with what has been filled in so far in its places."""

    template: ApprovedTemplate
    pieces: Sequence[tuple[Piece, str]]
    fields: Sequence[FieldShown]


def templates_shown(
    templates: Sequence[ApprovedTemplate], known: Mapping[Asked, str], *, typed: Typed | None, sent: bool
) -> list[TemplateShown]:
    """Each with what is known; the one that somebody typed into, and has `sent`, with what he typed."""
    return [
        _shown(one, known, typed.values if typed is not None and typed.template == one.key else None, sent=sent)
        for one in templates
    ]


def _shown(
    template: ApprovedTemplate, known: Mapping[Asked, str], typed: Mapping[str, str] | None, *, sent: bool
) -> TemplateShown:
    offered, examples = prefilled(template, known), dict(template.examples)
    fields: list[FieldShown] = []
    for name in template.variables:
        asked, known_value = offered.get(name, (None, ""))
        value = known_value if typed is None else typed.get(name, "")
        hint = _("For example: %(example)s") % {"example": examples[name]} if examples.get(name) else ""
        if asked is not None and value == known_value:
            hint = str(_WHERE_FROM[asked])
        fields.append(
            FieldShown(name=name, value=value, hint=hint, empty=sent and typed is not None and not value.strip())
        )
    filled = {field.name: " ".join(field.value.split()) for field in fields}
    pieces = [(piece, filled.get(piece.variable, "")) for piece in template.pieces]
    return TemplateShown(template=template, pieces=pieces, fields=fields)
