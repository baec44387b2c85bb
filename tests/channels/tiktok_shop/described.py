"""TikTok Shop's interface as its facts describe it, in the dialect that requests and answers are held against."""

import re
from typing import Any

from tests.channels.specifications.documents import PLATFORMS, document
from tests.channels.specifications.interface import Interface

FACTS = "tiktok/facts/operations.json"
BELOW = "/shop"
"""What stands before the paths in addresses of tests."""
KINDS = "tiktok/facts/webhook-types.json"
PRODUCTS = "/product/"
"""Paths that the facts leave out; what they take stands on the platform's pages (read 2026-11-30)."""
_PLAIN = {"str": "string", "int": "integer", "bool": "boolean", "float": "number"}
_SIGNED = ("app_key", "timestamp", "sign")

type Json = dict[str, Any]


class Described(Interface):
    """An interface that is given, not read from a document."""

    def __init__(self, root: Json) -> None:
        super().__init__("TikTok Shop", base=BELOW)
        self.__dict__["root"] = root


def described() -> list[Interface]:
    """One interface; none in a user's clone."""
    return [Described(_root())] if PLATFORMS.is_dir() else []


def _root() -> Json:
    facts = document(FACTS)
    paths: dict[str, Json] = {}
    for one in facts["operations"]:
        paths.setdefault(one["path"], {})[one["method"]] = _operation(one)
    models = {name: _model(fields) for name, fields in facts["models"].items()}
    return {"paths": paths, "components": {"schemas": models}}


def _operation(one: Json) -> Json:
    query = [*one["query"], *_SIGNED, *(["shop_cipher"] if one["requiresShopCipher"] else [])]
    required = {*_SIGNED, *(["shop_cipher"] if one["requiresShopCipher"] else [])}
    parameters = [
        {"in": "query", "name": name, "required": name in required, "schema": {"type": "string"}} for name in query
    ]
    parameters += [
        {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", one["path"])
    ]
    said: Json = {"parameters": parameters, "responses": {"200": _body(one["response"])}}
    return {**said, "requestBody": _body(one["request"])} if "request" in one else said


def _body(model: str) -> Json:
    return {"content": {"application/json": {"schema": _reference(model)}}}


def _reference(model: str) -> Json:
    return {"$ref": f"#/components/schemas/{model}"}


def _model(fields: Json) -> Json:
    """A field's listed values hold only where they are an enumeration of the generator's own."""
    if "enum" in fields and isinstance(fields["enum"], list):
        return {"type": "string", "enum": fields["enum"]}
    said = {name: field for name, field in fields.items() if isinstance(field, dict)}
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in said.items()},
        "required": [name for name, field in said.items() if field.get("required")],
        "additionalProperties": False,
    }


def _field(field: Json) -> Json:
    kind = field["type"]
    if listed := re.fullmatch(r"list\[(.+)\]", kind):
        return {"type": "array", "items": _field({"type": listed[1]})}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    return _reference(kind) if kind in document(FACTS)["models"] else {}
