"""What a query costs before it runs, as Shopify reckons: objects 1, connections 2 and as many as are asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
    is_list_type,
)
from graphql.type import GraphQLNonNull

MOST = 1000
_MUTATION = 10
_CONNECTION = 2
_PAGE = {"nodes", "edges"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """A document with its variables, against a schema."""

    schema: GraphQLSchema
    document: DocumentNode
    variables: Mapping[str, Any]

    def cost(self) -> int:
        """Points."""
        operations = [one for one in self.document.definitions if isinstance(one, OperationDefinitionNode)]
        root = self.schema.get_root_type(operations[0].operation)
        assert root is not None
        if operations[0].operation.value == "mutation":
            return _MUTATION
        return self._inside(operations[0].selection_set, root)

    def _inside(self, selected: SelectionSetNode | None, of: Any) -> int:
        return sum(self._field(field, kind) for field, kind in self._fields(selected, of))

    def _fields(self, selected: SelectionSetNode | None, of: Any) -> Iterator[tuple[FieldNode, Any]]:
        for one in selected.selections if selected else ():
            if isinstance(one, FieldNode):
                yield one, of
            elif isinstance(one, FragmentSpreadNode):
                fragment = self._fragment(one.name.value)
                yield from self._fields(fragment.selection_set, self._named(fragment.type_condition.name.value))
            elif isinstance(one, InlineFragmentNode):
                named = one.type_condition
                yield from self._fields(one.selection_set, self._named(named.name.value) if named else of)

    def _field(self, field: FieldNode, of: Any) -> int:
        known = of.fields.get(field.name.value) if hasattr(of, "fields") else None
        if known is None or field.name.value == "pageInfo":
            return 0
        kind = get_named_type(known.type)
        if is_leaf_type(kind):
            return 0
        if kind.name.endswith("Connection"):
            return _CONNECTION + self._first(field) * self._each(field, kind)
        several = self._first(field) if _is_list(known.type) else 1
        return several * (1 + self._inside(field.selection_set, kind))

    def _each(self, field: FieldNode, connection: GraphQLObjectType) -> int:
        """What one of a connection's objects costs."""
        return sum(
            1 + self._inside(page.selection_set, get_named_type(connection.fields[page.name.value].type))
            for page, _ in self._fields(field.selection_set, connection)
            if page.name.value in _PAGE
        )

    def _first(self, field: FieldNode) -> int:
        for given in field.arguments or ():
            if given.name.value == "first" and isinstance(given.value, IntValueNode):
                return int(given.value.value)
            if given.name.value == "first" and isinstance(given.value, VariableNode):
                return int(self.variables.get(given.value.name.value) or 0)
        return 1

    def _fragment(self, name: str) -> FragmentDefinitionNode:
        return next(
            one
            for one in self.document.definitions
            if isinstance(one, FragmentDefinitionNode) and one.name.value == name
        )

    def _named(self, name: str) -> Any:
        return self.schema.type_map[name]


def objects_in(told: object) -> int:
    """What an answer cost after all."""
    match told:
        case dict():
            return sum(objects_in(value) + (1 if isinstance(value, dict) else 0) for value in told.values())
        case list():
            return sum(objects_in(value) + (1 if isinstance(value, dict) else 0) for value in told)
        case _:
            return 0


def _is_list(kind: Any) -> bool:
    return is_list_type(kind.of_type if isinstance(kind, GraphQLNonNull) else kind)
