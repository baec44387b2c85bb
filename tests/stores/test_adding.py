import pytest

from tests.factories.shops import MONDAY, a_team, an_agent
from tresen.accounts.actors import Actor
from tresen.accounts.models import SetupChange
from tresen.stores.adding import (
    StoreDetails,
    add_brand,
    add_store,
    change_store,
    retire_store,
    set_shadow,
    take_back_store,
)
from tresen.stores.wording import SetupWrong

pytestmark = pytest.mark.django_db


def by() -> Actor:
    return Actor.agent(an_agent().pk)


def details(**changes: object) -> StoreDetails:
    values: dict[str, object] = {
        "name": "Nordlicht Amazon",
        "channel": "amazon",
        "marketplace": "amazon.de",
        "language": "de",
        "addresses": (" Service@Nordlicht.example ", "", "service@nordlicht.example", "hilfe@nordlicht.example"),
    }
    values.setdefault("brand", changes.get("brand") or add_brand(name=f"Brand {len(changes)}", by=by(), at=MONDAY).pk)
    values.setdefault("default_team", a_team().pk)
    return StoreDetails(**{**values, **changes})  # type: ignore[arg-type]


def wrong(**changes: object) -> set[str]:
    with pytest.raises(SetupWrong) as no:
        add_store(details(**changes), by=by(), at=MONDAY)
    return {problem.where for problem in no.value.problems}


def test_a_new_store_starts_in_shadow_and_its_addresses_are_tidied() -> None:
    store = add_store(details(), by=by(), at=MONDAY)
    assert store.shadow
    assert store.addresses == ["service@nordlicht.example", "hilfe@nordlicht.example"]
    assert SetupChange.objects.filter(subject=f"store:{store.pk}", what="added").exists()


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert wrong(
        name=" ", brand=999_999, channel="pigeon", default_team=999_999, addresses=("nobody",), order_number_pattern="("
    ) == {"name", "brand", "channel", "default_team", "addresses", "order_number_pattern"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"marketplace": "amazon.example"}, "marketplace"),
        ({"channel": "website"}, "marketplace"),
        ({"order_number_pattern": "x*"}, "order_number_pattern"),
        ({"order_number_pattern": "x" * 200}, "order_number_pattern"),
    ],
)
def test_what_does_not_fit_the_channel_is_refused(changes: dict[str, object], field: str) -> None:
    assert wrong(**changes) == {field}


def test_names_are_taken_once_in_any_case() -> None:
    add_store(details(), by=by(), at=MONDAY)
    assert wrong(name="nordlicht  AMAZON", brand=add_brand(name="Other", by=by(), at=MONDAY).pk) == {"name"}
    add_brand(name="Nordlicht", by=by(), at=MONDAY)
    with pytest.raises(SetupWrong, match="already"):
        add_brand(name="NORDLICHT", by=by(), at=MONDAY)


def test_a_change_is_kept_with_what_changed_and_the_channel_stays() -> None:
    first = details()
    store = add_store(first, by=by(), at=MONDAY)
    renamed = StoreDetails(
        name="Nordlicht DE",
        brand=first.brand,
        channel="amazon",
        marketplace="amazon.de",
        default_team=first.default_team,
        language="de",
        addresses=store.addresses,
    )
    assert change_store(store.pk, renamed, by=by(), at=MONDAY).name == "Nordlicht DE"
    assert SetupChange.objects.get(what="changed").details == {"fields": ["name"]}
    moved = StoreDetails(name="Nordlicht DE", brand=first.brand, channel="website", default_team=first.default_team)
    with pytest.raises(SetupWrong, match="stays on its channel"):
        change_store(store.pk, moved, by=by(), at=MONDAY)


def test_the_shadow_switch_is_recorded_when_it_moves() -> None:
    store = add_store(details(), by=by(), at=MONDAY)
    set_shadow(store.pk, shadow=True, by=by(), at=MONDAY)
    assert not set_shadow(store.pk, shadow=False, by=by(), at=MONDAY).shadow
    assert list(
        SetupChange.objects.filter(subject=f"store:{store.pk}").values_list("what", flat=True).order_by("pk")
    ) == [
        "added",
        "shadow_off",
    ]


def test_a_retired_store_is_retired_once() -> None:
    store = add_store(details(), by=by(), at=MONDAY)
    retire_store(store.pk, by=by(), at=MONDAY)
    assert retire_store(store.pk, by=by(), at=MONDAY.replace(year=2027)).retired_at == MONDAY


def test_a_retired_store_sends_nothing_and_comes_back_only_watching() -> None:
    store = add_store(details(), shadow=False, by=by(), at=MONDAY)
    assert retire_store(store.pk, by=by(), at=MONDAY).shadow
    for _twice in range(2):
        back = take_back_store(store.pk, by=by(), at=MONDAY)
        assert (back.retired_at, back.shadow) == (None, True)
    about = SetupChange.objects.filter(subject=f"store:{store.pk}").order_by("pk")
    assert list(about.values_list("what", flat=True)) == ["added", "retired", "taken_back"]
