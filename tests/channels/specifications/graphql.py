"""A GraphQL interface as its platform describes it by introspection: what a query and its answer must be like.

The same questions as of `interface`: would the platform take this, and would it say that?
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    build_client_schema,
    get_variable_values,
    parse,
    validate,
)

from tests.channels.specifications.documents import PLATFORMS

_TEXTS = frozenset({"ID", "String", "URL", "DateTime", "Decimal", "Money", "UnsignedInt64", "HTML", "Date"})


@dataclass(frozen=True)
class GraphInterface:
    """`name` is a packed introspection; `path` is what addresses end with."""

    name: str
    path: str

    @cached_property
    def schema(self) -> GraphQLSchema:
        with gzip.open(PLATFORMS / self.name, "rt") as packed:
            return build_client_schema(json.load(packed)["data"], assume_valid=True)

    def complaints_about_request(self, method: str, address: str, body: bytes) -> list[str]:
        """What the platform would not take."""
        if method != "POST" or not urlsplit(address).path.endswith(self.path):
            return [f"{self.name} has no {method} {address}."]
        asked = json.loads(body)
        try:
            document = parse(asked["query"])
        except GraphQLError as wrong:
            return [wrong.message]
        if complaints := [wrong.message for wrong in validate(self.schema, document)]:
            return complaints
        given = get_variable_values(
            self.schema, list(_operation(document).variable_definitions or ()), asked.get("variables") or {}
        )
        return [wrong.message for wrong in given] if isinstance(given, list) else []

    def complaints_about_answer(self, status: int, body: bytes, *, asked: bytes) -> list[str]:
        """What the platform would not say to this."""
        told = json.loads(body)
        if status != 200 or told.get("data") is None:
            return [] if told.get("errors") else ["An answer holds data or errors."]
        document = parse(json.loads(asked)["query"])
        operation = _operation(document)
        root = self.schema.get_root_type(operation.operation)
        wrong_at = {tuple(one.get("path") or ()) for one in told.get("errors", ())}
        seen = _Answer(self.schema, document, wrong_at)
        return list(seen.wrong(told["data"], root, operation.selection_set, ()))


@dataclass(frozen=True)
class _Answer:
    schema: GraphQLSchema
    document: DocumentNode
    wrong_at: set[tuple[object, ...]]

    def wrong(
        self, value: object, kind: Any, selected: SelectionSetNode | None, where: tuple[object, ...]
    ) -> Iterator[str]:
        place = "/".join(map(str, where))
        if value is None:
            if isinstance(kind, GraphQLNonNull) and where not in self.wrong_at:
                yield f"{place} is null."
            return
        match kind.of_type if isinstance(kind, GraphQLNonNull) else kind:
            case GraphQLList() as listed:
                if not isinstance(value, list):
                    yield f"{place} is no list."
                    return
                for index, one in enumerate(value):
                    yield from self.wrong(one, listed.of_type, selected, (*where, index))
            case GraphQLEnumType() as listing if value not in listing.values:
                yield f"{place}: {listing.name} has no {value}."
            case GraphQLScalarType() as scalar if not _is(scalar.name, value):
                yield f"{place}: {value!r} is no {scalar.name}."
            case GraphQLEnumType() | GraphQLScalarType():
                return
            case composite:
                yield from self._wrong_object(value, composite, selected, where)

    def _wrong_object(
        self, value: object, kind: Any, selected: SelectionSetNode | None, where: tuple[object, ...]
    ) -> Iterator[str]:
        place = "/".join(map(str, where))
        if not isinstance(value, dict):
            yield f"{place} is no {kind.name}."
            return
        fields = dict(self._fields(selected, kind, value))
        for name in value.keys() - fields.keys():
            yield f"{place}/{name} was not asked for."
        for name, (inner, field) in fields.items():
            if name not in value:
                # What a fragment of another type asks for is not there; a type of its own has no such doubt.
                if isinstance(kind, GraphQLObjectType):
                    yield f"{place}/{name} is missing."
                continue
            yield from self.wrong(value[name], inner, field.selection_set, (*where, name))

    def _fields(
        self, selected: SelectionSetNode | None, kind: Any, value: Mapping[str, object]
    ) -> Iterator[tuple[str, tuple[Any, FieldNode]]]:
        for one in selected.selections if selected else ():
            match one:
                case FieldNode() if one.name.value == "__typename":
                    continue
                case FieldNode():
                    name = (one.alias or one.name).value
                    yield name, (kind.fields[one.name.value].type, one)
                case InlineFragmentNode():
                    of = self.schema.type_map[one.type_condition.name.value] if one.type_condition else kind
                    yield from self._fields(one.selection_set, of, value)
                case FragmentSpreadNode():
                    fragment = _fragment(self.document, one.name.value)
                    of = self.schema.type_map[fragment.type_condition.name.value]
                    yield from self._fields(fragment.selection_set, of, value)


def _operation(document: DocumentNode) -> OperationDefinitionNode:
    return next(one for one in document.definitions if isinstance(one, OperationDefinitionNode))


def _fragment(document: DocumentNode, name: str) -> FragmentDefinitionNode:
    return next(
        one for one in document.definitions if isinstance(one, FragmentDefinitionNode) and one.name.value == name
    )


def _is(kind: str, value: object) -> bool:
    match kind:
        case "Int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case _ if kind in _TEXTS:
            return isinstance(value, str)
        case _:
            return True
