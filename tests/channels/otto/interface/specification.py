"""OTTO's specifications: the names, types and values that we hold of all its parts, and its own file of shipments.

The former has no official file; it is made a document here. Both want a return's tracking key for every piece, and the
official file a parcel's number, against its own examples of freight, which leave them out: so they may be missing here.
"""

from functools import cached_property
from typing import Any

import msgspec

from tests.channels.specifications.documents import PLATFORMS, document
from tests.channels.specifications.interface import Interface

type Json = dict[str, Any]
_FACTS, _SHIPMENTS = "otto/facts/otto-market-skeleton.json", "otto/specs/shipment-interface-v1.1.0.yml"
_PLAIN: dict[str, Json] = {
    "string": {"type": "string"},
    "DateTime": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
}
_ANSWERS = {
    "/v3/returns/acceptance": "AcceptedReturnMultiStatusResponseReturnsV3",
    "/v3/returns/rejection": "RejectedReturnMultiStatusResponseReturnsV3",
}
_PIECES = ("PositionItem", "PositionItemShipmentsV1")
_TAKEN = ("200", "201", "202", "204", "207")


class Facts(Interface):
    """All parts, strictly: no model has a field that is not named."""

    @cached_property
    def root(self) -> Json:
        told = document(self.name)
        paths: dict[str, Json] = {}
        for operation in told["operations"]:
            paths.setdefault(operation["path"], {})[operation["method"].lower()] = _operation(operation)
        schemas = {name: _model(fields, name) for name, fields in told["models"].items()}
        return {"paths": paths, "components": {"schemas": schemas}}


class Official(Interface):
    """A file of OTTO's own, in YAML."""

    @cached_property
    def root(self) -> Json:
        found: Json = msgspec.yaml.decode((PLATFORMS / self.name).read_bytes())
        schemas = found["components"]["schemas"]
        schemas["PositionItem"]["required"].remove("returnTrackingKey")
        schemas["TrackingKey"]["required"].remove("trackingNumber")
        return found


def _operation(said: Json) -> Json:
    answer = said.get("response") or _ANSWERS.get(said["path"])
    taken = {"content": {"application/json": {"schema": _type(answer)}}} if answer else {}
    made: Json = {
        "parameters": [
            {"name": one["name"], "in": one["in"], "required": one["required"], "schema": _type(one["type"])}
            for one in said["parameters"]
        ],
        "responses": dict.fromkeys(_TAKEN, taken),
    }
    if "request" in said:
        schema = _type(said["request"])
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return made


def _model(fields: Json, name: str) -> Json:
    if not fields:
        return {}  # what the facts name without telling its fields
    optional = {"returnTrackingKey"} if name in _PIECES else set()
    properties = {
        field: {**_type(of["type"]), **({"enum": of["values"]} if "values" in of else {})}
        for field, of in fields.items()
    }
    required = [field for field, of in fields.items() if of.get("required") and field not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _type(name: str) -> Json:
    if name.endswith("[]"):
        return {"type": "array", "items": _type(name.removesuffix("[]"))}
    return _PLAIN.get(name) or {"$ref": f"#/components/schemas/{name}"}


FACTS = Facts(_FACTS)
SHIPMENTS = Official(_SHIPMENTS, base="/v1")
INTERFACES = [FACTS] if PLATFORMS.is_dir() else []
