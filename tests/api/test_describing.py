"""Every address answers as its description says, whatever is asked: valid, almost valid, and rubbish."""

import re
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.conftest import program_of
from tests.factories.shops import an_agent
from tresen.accounts.models import ApiToken
from tresen.api.urls import v1
from tresen.routing.views import Cursor, ViewKind

SCHEMA = v1.get_openapi_schema()
GETS = [(path, found["get"]) for path, found in SCHEMA["paths"].items()]
EXAMPLES = 30

FIGURES = st.integers(-(10**20), 10**20).map(str)
RUBBISH = st.one_of(
    st.text(max_size=30),
    FIGURES,
    st.sampled_from(["\x00", "%00", "null", "[]", "-0", "1e3", "é" * 300, "../../etc/passwd"]),
)
VIEWS = st.one_of(
    st.sampled_from([kind.value for kind in ViewKind]),
    st.tuples(st.sampled_from([kind.value for kind in ViewKind]), RUBBISH).map(":".join),
    st.from_regex(r"\A(due|late):(own|platform|duty)(:[0-9]{0,11}-[0-9]{1,11})?(:[a-z_]{1,40})?\Z"),
    st.from_regex(r"\A(team|agent|channel):[0-9]{1,20}\Z"),
)
CURSORS = st.builds(
    lambda tier, at, ticket: Cursor(tier, at, ticket).token(),
    st.integers(0, 9),
    st.datetimes(timezones=st.timezones()),
    st.integers(0, 2**63 - 1),
)
ZONES = st.one_of(
    st.timezones().map(str),
    st.sampled_from([".", "..", "Europe", "zone.tab", "__init__.py", "/", "Europe/", "europe/berlin"]),
)
KNOWN = {"view": VIEWS, "after": CURSORS, "zone": ZONES}
"""What an agent's program would send; a parameter that is not here is described well enough by its schema."""


def by_schema(schema):
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("format") == "uuid":
        return st.uuids().map(str)
    if schema["type"] == "integer":
        return st.integers(schema.get("minimum", -9) - 1, schema.get("maximum", 9) + 1).map(str)
    return st.text(max_size=20)


def values_of(parameter):
    return st.one_of(KNOWN.get(parameter["name"], by_schema(parameter["schema"])), RUBBISH)


def a_question(path, operation):
    parameters = operation["parameters"]
    queries = {one["name"]: values_of(one) for one in parameters if one["in"] == "query"}
    named = {one["name"]: by_schema(one["schema"]) for one in parameters if one["in"] == "path"}
    return st.tuples(st.fixed_dictionaries(named), st.fixed_dictionaries({}, optional=queries))


def wrong(value, schema):
    """What in `value` is not as `schema` says, as sentences."""
    if "$ref" in schema:
        return wrong(value, SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        found = [wrong(value, one) for one in schema["anyOf"]]
        return [] if [] in found else found[0]
    kinds = {"string": str, "integer": int, "number": (int, float), "null": type(None), "array": list, "object": dict}
    if not isinstance(value, kinds[schema["type"]]) or isinstance(value, bool):
        return [f"{value!r} is no {schema['type']}"]
    if schema["type"] == "array":
        return [one for item in value for one in wrong(item, schema["items"])]
    more = {"object": _wrong_object, "string": _wrong_text}.get(schema["type"])
    return more(value, schema) if more else []


def _wrong_object(value, schema):
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", False)
    found = [f"{name} lacks" for name in schema.get("required", []) if name not in value]
    for name, one in value.items():
        if name in known:
            found += [f"{name}: {said}" for said in wrong(one, known[name])]
        else:
            found += [f"{name}: {said}" for said in wrong(one, others)] if others else [f"{name} is not described"]
    return found


def _wrong_text(value, schema):
    wanted = schema.get("format", "")
    read = {"uuid": UUID, "date-time": datetime.fromisoformat}.get(wanted, str)
    try:
        read(value)
    except ValueError:
        return [f"{value!r} is no {wanted}"]
    return []


def test_the_measure_itself_finds_what_is_wrong():
    problem = {"$ref": "#/components/schemas/Problem"}
    assert wrong({"title": "", "status": 1, "detail": ""}, problem) == []
    assert wrong({"title": "", "status": "1", "more": 1}, problem) == [
        "detail lacks",
        "status: '1' is no integer",
        "more is not described",
    ]
    clock = SCHEMA["components"]["schemas"]["ClockOut"]["properties"]["due"]
    assert (wrong(None, clock), wrong("soon", clock)) == ([], ["'soon' is no date-time"])


def as_described(answer, operation):
    described = operation["responses"].get(answer.status_code) or operation["responses"].get(str(answer.status_code))
    assert described is not None, f"{answer.status_code} is not described"
    ((media, content),) = described["content"].items()
    assert answer.headers["Content-Type"].partition(";")[0] == media
    assert wrong(answer.json(), content["schema"]) == []


@pytest.fixture
def asking(team, tickets):
    """Programs that see everything and nothing, without a limit to their requests."""
    return [program_of(an_agent(team, everything=True)), program_of(an_agent(everything=False))]


@pytest.mark.parametrize(("path", "operation"), GETS, ids=[path for path, _ in GETS])
def test_every_answer_is_as_described(asking, tickets, path, operation):
    mine = [str(ticket.public_id) for ticket in tickets]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.data())
    def ask(data):
        ApiToken.objects.update(requests=0)
        program = data.draw(st.sampled_from(asking))
        named, asked = data.draw(a_question(path, operation))
        if "ticket_id" in named and data.draw(st.booleans()):
            named["ticket_id"] = data.draw(st.sampled_from(mine))
        address = re.sub(r"\{(\w+)\}", lambda found: named[found[1]], path)
        as_described(program.get(address, asked), operation)

    if operation["parameters"]:
        ask()
    for program in asking:
        as_described(program.get(re.sub(r"\{\w+\}", mine[0], path)), operation)


@pytest.mark.parametrize(("path", "operation"), GETS, ids=[path for path, _ in GETS])
def test_what_is_refused_is_as_described(client, program, tickets, path, operation):
    address = re.sub(r"\{\w+\}", str(tickets[0].public_id), path)
    as_described(client.get(address), operation)
    ApiToken.objects.update(requests=0)
    program.get(address)
    ApiToken.objects.update(requests=10**6)
    as_described(program.get(address), operation)
