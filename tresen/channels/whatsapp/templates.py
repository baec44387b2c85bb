"""The templates that are approved now, as far as they can be filled in here: words, and variables in them."""

from collections.abc import Iterator, Sequence

import msgspec

from tresen.channels.approved_templates import ApprovedTemplate
from tresen.channels.feeds import Stopped
from tresen.channels.meta.account import BUSINESS, WHATSAPP
from tresen.channels.meta.asking import part, read, request
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_value

APPROVED = "APPROVED"
MOST_PAGES = 5


class _Component(msgspec.Struct, frozen=True):
    type: str = ""
    format: str | None = None
    text: str | None = None
    buttons: Sequence[object] | None = None
    example: object = None


class _Named(msgspec.Struct, frozen=True):
    param_name: str
    example: str


class _Examples(msgspec.Struct, frozen=True):
    body_text: Sequence[Sequence[str]] = ()
    body_text_named_params: Sequence[_Named] = ()


class _Template(msgspec.Struct, frozen=True):
    name: str
    language: str
    status: str = ""
    category: str = ""
    components: Sequence[_Component] = ()


class _Cursors(msgspec.Struct, frozen=True):
    after: str | None = None


class _Paging(msgspec.Struct, frozen=True):
    cursors: _Cursors | None = None
    next: str | None = None


class _Templates(msgspec.Struct, frozen=True):
    data: Sequence[_Template]
    paging: _Paging | None = None


def listed(access: StoreAccess) -> Sequence[ApprovedTemplate] | Stopped:
    """All that can be sent from here. What wants a picture, a variable in its head or a filled button is left out."""
    found: list[ApprovedTemplate] = []
    place = ""
    for _ in range(MOST_PAGES):
        query = (("after", place),) if place else ()
        path = f"{part(access.setting(BUSINESS))}/message_templates"
        page = read(access, _Templates, request(access, WHATSAPP, "GET", path, *query))
        if isinstance(page, Stopped):
            return page
        found += _sendable(page.data)
        paging = page.paging
        place = paging.cursors.after or "" if paging and paging.next and paging.cursors else ""
        if not place:
            break
    return found


def _sendable(templates: Sequence[_Template]) -> Iterator[ApprovedTemplate]:
    for one in templates:
        parts = {part.type.upper(): part for part in one.components}
        head, body, foot = parts.get("HEADER"), parts.get("BODY"), parts.get("FOOTER")
        plain_head = head is None or ((head.format or "TEXT").upper() == "TEXT" and "{{" not in (head.text or ""))
        if one.status.upper() != APPROVED or body is None or not body.text or not plain_head:
            continue
        if "BUTTONS" in parts and "{{" in str(parts["BUTTONS"].buttons):
            continue
        words = f"{head.text}\n\n{body.text}" if head and head.text else body.text
        yield ApprovedTemplate(
            name=one.name,
            language=one.language,
            text=words,
            footer=foot.text or "" if foot else "",
            about=one.category,
            examples=_examples(body.example),
        )


def _examples(told: object) -> tuple[tuple[str, str], ...]:
    """What it was approved with. An example of a form not known is none: the template can be sent without it."""
    try:
        found = read_value(told or {}, _Examples)
    except NotAsDocumented:
        return ()
    by_place = next(iter(found.body_text), ())
    named = ((one.param_name, one.example) for one in found.body_text_named_params)
    return (*((str(place), example) for place, example in enumerate(by_place, start=1)), *named)
