"""One interface as its platform specifies it (OpenAPI 3 or Swagger 2): what a request and an answer must be like.

Made for questions of the kind "would the platform take this?". A complaint is a sentence; none means that all is well.
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.channels.specifications.documents import document

_METHODS = ("get", "post", "put", "patch", "delete")
_OURS = frozenset({"accept", "content-type", "content-length", "host", "user-agent", "connection", "accept-encoding"})
_ERRORS_FROM = 400
_ROOT = "urn:specification"
_SCHEMA_WORDS = frozenset({"type", "enum", "items", "minimum", "maximum", "maxItems"})

type Json = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One of the interface's operations, and the values of its path's parameters."""

    path: str
    method: str
    said: Json
    parameters: tuple[Json, ...]
    in_path: Mapping[str, str]


@dataclass(frozen=True)
class Interface:
    """`name` as of `document`. `base`: what stands before its paths in addresses, as "/commerce/message/v1".

    `tolerated`: query parameters that the platform takes everywhere and its document does not repeat, as for paging.
    """

    name: str
    base: str = ""
    tolerated: frozenset[str] = frozenset()

    @cached_property
    def root(self) -> Json:
        return _with_null(copy.deepcopy(document(self.name)))

    @cached_property
    def _registry(self) -> Registry:
        return Registry().with_resource(_ROOT, DRAFT202012.create_resource(self.root))

    def operation(self, method: str, address: str) -> Operation | None:
        """The operation that a request is for."""
        path = urlsplit(address).path
        at = path.find(self.base) if self.base else 0
        if at < 0:
            return None
        path = path[at + len(self.base) :]
        # A fixed path wins over one with a parameter at the same place.
        for template in sorted(self.root["paths"], key=lambda one: one.count("{")):
            names = re.findall(r"\{([^}]+)\}", template)
            pattern = re.sub(r"\\\{[^}]+\\\}", "([^/]+)", re.escape(template))
            found = re.fullmatch(pattern, path)
            said = self.root["paths"][template]
            if found and method.lower() in said:
                one = said[method.lower()]
                parameters = (*said.get("parameters", ()), *one.get("parameters", ()))
                values = dict(zip(names, map(unquote, found.groups()), strict=True))
                return Operation(template, method.lower(), one, tuple(map(self._resolved, parameters)), values)
        return None

    def complaints_about_request(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> list[str]:
        """What the platform would not take."""
        operation = self.operation(method, address)
        if operation is None:
            return [f"{self.name} has no {method} {address}."]
        return [
            *self._wrong_parameters(
                operation, dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)), headers
            ),
            *self._wrong_body(operation, {name.lower(): value for name, value in headers.items()}, body),
        ]

    def complaints_about_answer(self, method: str, address: str, status: int, body: bytes) -> list[str]:
        """What the platform would not say."""
        operation = self.operation(method, address)
        if operation is None:
            return [f"{self.name} has no {method} {address}."]
        said = operation.said["responses"].get(str(status), operation.said["responses"].get("default"))
        if said is None:
            # Few specifications name each error; of an answer of success that is not named something is wrong.
            return [] if status >= _ERRORS_FROM else [f"{operation.method} {operation.path} never answers {status}."]
        schema = self._body_schema(self._resolved(said))
        return list(self._unlike(schema, _json(body), "answer")) if schema and body else []

    def examples(self, method: str, path: str, status: str = "200") -> list[object]:
        """The answers that the specification itself gives as examples."""
        said = self._resolved(self.root["paths"][path][method]["responses"][status])
        found = list(said.get("examples", {}).values())
        for content in said.get("content", {}).values():
            found += [content["example"]] if "example" in content else []
            found += [one["value"] for one in content.get("examples", {}).values() if "value" in one]
        return found

    def _wrong_parameters(
        self, operation: Operation, query: Mapping[str, str], headers: Mapping[str, str]
    ) -> Iterator[str]:
        given = {
            "query": query,
            "path": operation.in_path,
            "header": {name.lower(): value for name, value in headers.items()},
        }
        known: dict[str, set[str]] = {"query": set(), "path": set(), "header": set()}
        for asked in operation.parameters:
            place = asked["in"]
            if place not in given:
                continue
            name = asked["name"].lower() if place == "header" else asked["name"]
            known[place].add(name)
            if name in given[place]:
                yield from self._wrong_value(asked, given[place][name], f"{place} {name}")
            elif asked.get("required"):
                yield f"{operation.path}: the {place} parameter {name} is missing."
        for name in sorted(query.keys() - known["query"] - self.tolerated):
            yield f"{operation.path}: there is no query parameter {name}."

    def _wrong_value(self, asked: Json, value: str, where: str) -> Iterator[str]:
        schema = asked.get("schema") or {key: asked[key] for key in asked if key in _SCHEMA_WORDS}
        yield from self._unlike(schema, self._typed(schema, value, asked), where)

    def _typed(self, schema: Json, value: str, asked: Json) -> object:
        schema = self._resolved(schema)
        kinds = schema.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if "array" in kinds:
            items = schema.get("items", {})
            return [self._typed(items, one, asked) for one in value.split(",")]
        if "integer" in kinds and re.fullmatch(r"-?\d+", value):
            return int(value)
        if "number" in kinds and re.fullmatch(r"-?\d+(\.\d+)?", value):
            return float(value)
        if "boolean" in kinds and value in {"true", "false"}:
            return value == "true"
        return value

    def _wrong_body(self, operation: Operation, headers: Mapping[str, str], body: bytes) -> Iterator[str]:
        schema, required = self._wanted_body(operation)
        if schema is None:
            if body:
                yield f"{operation.path} takes no body."
            return
        if not body:
            if required:
                yield f"{operation.path} wants a body."
            return
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in {"application/json", ""}:
            yield from self._unlike(schema, _json(body), "body")

    def _wanted_body(self, operation: Operation) -> tuple[Json | None, bool]:
        in_body = [one for one in operation.parameters if one["in"] == "body"]
        if in_body:
            return in_body[0].get("schema", {}), bool(in_body[0].get("required"))
        asked = operation.said.get("requestBody")
        if not asked:
            return None, False
        asked = self._resolved(asked)
        return next((one.get("schema", {}) for one in asked["content"].values()), {}), bool(asked.get("required"))

    def _body_schema(self, said: Json) -> Json | None:
        if "schema" in said:
            return said["schema"]
        return next((one.get("schema") for one in said.get("content", {}).values()), None)

    def _unlike(self, schema: Json, value: object, where: str) -> Iterator[str]:
        whole = _pointing_at(schema)
        validator = Draft202012Validator(whole, registry=self._registry)
        for wrong in validator.iter_errors(value):
            yield f"{where} {'/'.join(map(str, wrong.absolute_path))}: {wrong.message[:300]}"

    def _resolved(self, said: Json) -> Json:
        while "$ref" in said:
            found: object = self.root
            for part in said["$ref"].removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]  # type: ignore[index]
            said = found  # type: ignore[assignment]
        return said


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


def _pointing_at(schema: Any) -> Any:
    """The schema with its references made to point into the specification."""
    if isinstance(schema, dict):
        return {
            key: (_ROOT + value if key == "$ref" and isinstance(value, str) else _pointing_at(value))
            for key, value in schema.items()
        }
    return [_pointing_at(one) for one in schema] if isinstance(schema, list) else schema


def _with_null(said: Any) -> Any:
    """The dialects' own words put in JSON Schema's: `nullable`, and bounds that are flags."""
    if isinstance(said, list):
        return [_with_null(one) for one in said]
    if not isinstance(said, dict):
        return said
    made = {key: _with_null(value) for key, value in said.items()}
    if made.pop("nullable", None) is True:
        if isinstance(made.get("type"), str):
            made["type"] = [made["type"], "null"]
        elif "allOf" in made:
            made = {"anyOf": [made, {"type": "null"}]}
    for flag in ("exclusiveMinimum", "exclusiveMaximum"):
        if isinstance(made.get(flag), bool):
            made.pop(flag)
    if isinstance(made.get("required"), bool) and "in" not in made and "content" not in made:
        made.pop("required")
    return made
