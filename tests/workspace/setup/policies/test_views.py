from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.sla.defaults import create_defaults
from tresen.sla.editing import add_policy, retire_policy
from tresen.sla.models import Policy, PolicyVersion
from tresen.sla.queries import listed_policies
from tresen.workspace.setup.policies.saving import form_for

pytestmark = pytest.mark.django_db

LIST = reverse("setup-policies")
DAY = {"first_reply": {"minutes": 1440, "hours": "always"}}
HOURS = {"first_reply": {"minutes": 120, "hours": "always"}}


@pytest.fixture
def policies():
    return [add(name) for name in ("First", "Second", "Third")]


def add(name, conditions=None, **options):
    said = {"channels": ["amazon"]} if conditions is None else conditions
    version = add_policy(name=name, conditions=said, targets=DAY, position=99, by=SYSTEM, at=MONDAY, **options)
    return version.policy_id


def names():
    return list(Policy.objects.filter(retired_at=None).order_by("position").values_list("name", flat=True))


def test_the_standard_targets_and_the_platforms_limits_are_listed(by_lead):
    create_defaults(by=SYSTEM, at=MONDAY)
    page = by_lead.get(LIST).text
    assert page.count('class="policy"') == Policy.objects.count()
    for words in (
        "risk tier 0",
        "Late response rate",
        "sellercentral.amazon.com",
        "checked 22 Nov 2026",
        "every ticket",
    ):
        assert words in page


def test_a_policy_below_one_that_fits_every_ticket_is_marked(by_lead):
    add("All", {})
    assert "Never asked" not in by_lead.get(LIST).text
    add("Lost")
    assert "Never asked: “All” above takes all that would fit it" in by_lead.get(LIST).text


def test_a_lead_adds_a_policy_in_plain_fields(by_lead, lead):
    store = a_store()
    form = {
        "name": "Big orders", "stores": [store.pk], "value_from": "99.50", "currency": "eur", "tags": "urgent, b2b",
        "first_reply_h": "1", "first_reply_min": "30", "first_reply_in": "coverage", "warn_percent": "50, 75",
        "open_clocks": "keep",
    }  # fmt: skip
    assert by_lead.post(reverse("setup-policy-new"), form).headers["Location"] == LIST
    version = PolicyVersion.objects.get()
    assert version.conditions == {
        "stores": [store.pk],
        "order_value": {"at_least": 9950, "currency": "EUR"},
        "tags": ["b2b", "urgent"],
    }
    assert version.targets["first_reply"] == {"minutes": 90, "hours": "coverage"}
    assert version.targets["warn_percent"] == [50, 75]
    assert version.created_by == lead


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(by_lead):
    form = {"name": "Odd", "value_from": "5", "value_to": "1", "currency": "EUR", "sale": "pre", "warn_before": "5"}
    page = by_lead.post(reverse("setup-policy-new"), form)
    assert page.status_code == 422
    assert 'id="id_value_from_error"' in page.text
    assert "A policy needs at least one target" in page.text
    assert 'value="Odd"' in page.text
    assert not Policy.objects.exists()


def test_what_does_not_fit_together_is_said_beside_what_is_missing(by_lead):
    form = {"name": "", "value_from": "5", "value_to": "1", "currency": "EUR", "lines_from": "3", "lines_to": "2",
            "first_reply_h": "1", "first_reply_in": "always", "warn_before": "90"}  # fmt: skip
    page = by_lead.post(reverse("setup-policy-new"), form).text
    for field in ("name", "value_from", "lines_from", "warn_before"):
        assert f'id="id_{field}_error"' in page
    assert "“From” is more than “Up to”" in page
    assert "at_least" not in page


def test_a_target_that_cannot_be_read_is_not_called_missing_too(by_lead):
    form = {"name": "Odd", "first_reply_h": "many", "first_reply_in": "always", "currency": "?" * 9, "value_to": "5"}
    page = by_lead.post(reverse("setup-policy-new"), form).text
    assert 'id="id_first_reply_h_error"' in page
    assert "A policy needs at least one target" not in page


def test_a_policy_that_warns_nobody_says_so(by_lead):
    assert 'name="warn_percent" value="75"' in by_lead.get(reverse("setup-policy-new")).text
    add("Silent")
    assert "Warns nobody before the end" in by_lead.get(LIST).text


def test_a_change_makes_a_version_and_the_old_one_stays_readable(by_lead, policies):
    form = {"name": "First", "channels": ["ebay"], "first_reply_h": "2", "first_reply_in": "always"}
    by_lead.post(reverse("setup-policy", args=[policies[0]]), form)
    page = by_lead.get(reverse("setup-policy-versions", args=[policies[0]])).text
    assert page.index("Version 2") < page.index("Version 1")
    assert "eBay" in page
    assert "Amazon" in page


def test_who_saves_over_what_somebody_else_has_saved_is_told_first(by_lead, policies):
    address = reverse("setup-policy", args=[policies[0]])
    form = {"name": "First", "channels": ["ebay"], "first_reply_h": "2", "first_reply_in": "always"}
    assert 'name="based_on" value="1"' in by_lead.get(address).text
    by_lead.post(address, form | {"based_on": "1"})
    late = form | {"first_reply_h": "9", "based_on": "1"}
    page = by_lead.post(address, late)
    assert page.status_code == 422
    assert "Somebody changed this policy since you opened it" in page.text
    assert 'name="based_on" value="2"' in page.text
    assert Policy.objects.get(pk=policies[0]).versions.count() == 2
    by_lead.post(address, late | {"based_on": "2"})
    assert Policy.objects.get(pk=policies[0]).versions.count() == 3


def as_it_stands(form):
    """What a browser sends when the form is opened and saved: of choices, only those that it shows as chosen."""
    sent = {}
    for field in form:
        chosen = [part.data["value"] for part in field.subwidgets if "selected" in part.data]
        offered = hasattr(field.field, "choices")
        value = [each for each, part in zip(chosen, field.subwidgets, strict=False) if part.data["selected"]]
        sent[field.name] = value if offered else ("" if field.value() is None else field.value())
    return sent


def test_every_standard_policy_that_is_opened_and_saved_says_the_same(by_lead):
    create_defaults(by=SYSTEM, at=MONDAY)
    for policy in listed_policies():
        sent = as_it_stands(form_for(None, policy)) | {"name": f"{policy.name}, ours"}
        assert by_lead.post(reverse("setup-policy", args=[policy.id]), sent).status_code == 302
    assert set(PolicyVersion.objects.values_list("number", flat=True)) == {1}
    assert all(name.endswith(", ours") for name in names())


def test_a_retired_policy_is_off_the_list_and_its_versions_stay(by_lead, policies):
    by_lead.post(reverse("setup-policy-retirement", args=[policies[1]]))
    assert names() == ["First", "Third"]
    assert by_lead.get(reverse("setup-policy-versions", args=[policies[1]])).status_code == 200
    assert by_lead.get(reverse("setup-policy", args=[policies[1]])).status_code == 404


def order_of(*ids):
    return ",".join(map(str, ids))


def test_another_order_is_shown_before_it_is_saved(by_lead, policies):
    first, second, third = policies
    page = by_lead.get(LIST, {"order": order_of(third, first, second)}).text
    assert page.index(f'"policy-{third}"') < page.index(f'"policy-{first}"')
    assert "The order is changed, but not saved yet." in page
    assert f'name="order" value="{order_of(third, first, second)}"' in page
    assert names() == ["First", "Second", "Third"]


def test_another_order_says_beside_each_policy_what_it_would_take(by_lead, policies):
    first, second, _third = policies
    said = {"conditions": {"channels": ["amazon"]}, "targets": HOURS, "by": SYSTEM, "at": MONDAY}
    quick = add_policy(name="Quick", position=99, **said).policy_id
    now = datetime.now(UTC).replace(microsecond=0)
    filed(a_store(), *[a_message(sender=f"buyer{n}@marketplace.amazon.de", at=now) for n in range(2)])
    preview, order = reverse("setup-policies-order-preview"), {"order": order_of(quick, *policies)}
    page = by_lead.get(LIST, order).text
    assert f'hx-get="{preview}?order={order["order"]}"' in page
    assert f'id="takes-{quick}"' in page
    told = by_lead.get(preview, order).text
    assert f'<strong id="takes-{quick}" hx-swap-oob="true">2 open tickets more</strong>' in told
    assert f'<strong id="takes-{first}" hx-swap-oob="true">2 open tickets fewer</strong>' in told
    assert f"takes-{second}" not in told
    assert "As if from the start: 2 clocks are due earlier" in told
    assert names()[0] == "First"
    assert "No open clock moves." in by_lead.get(preview, {"order": order_of(*policies, quick)}).text
    assert "“Quick”: 2 open tickets more" in by_lead.post(reverse("setup-policies-order"), order).text


def test_the_order_is_saved_as_it_was_shown(by_lead, policies):
    first, second, third = policies
    page = by_lead.post(reverse("setup-policies-order"), {"order": order_of(third, first, second)}, follow=True).text
    assert names() == ["Third", "First", "Second"]
    assert "The order is saved." in page
    assert 'id="order-bar"' not in page


def test_each_policy_can_be_moved_one_place_without_scripts(by_lead, policies):
    first, second, third = policies
    page = by_lead.get(LIST).text
    assert f'id="down-{first}" href="{LIST}?order={order_of(second, first, third)}"' in page
    assert f'id="up-{third}" href="{LIST}?order={order_of(first, third, second)}"' in page
    assert f'id="up-{first}"' not in page


def test_who_was_added_meanwhile_keeps_a_place(by_lead, policies):
    first, second, third = policies
    add("Fourth")
    by_lead.post(reverse("setup-policies-order"), {"order": order_of(third, second, first)})
    assert names() == ["Third", "Second", "First", "Fourth"]


def test_retiring_asks_in_a_dialog_of_the_page(by_lead, policies):
    page = by_lead.get(LIST).text
    assert f'<dialog class="dialog" id="retire-{policies[0]}"' in page
    assert f'data-opens="retire-{policies[0]}"' in page
    assert "hx-confirm" not in page


def test_what_was_perhaps_not_meant_is_marked(by_lead, policies):
    assert "shorter than" not in by_lead.get(LIST).text
    solved = {"resolution": {"minutes": 60, "hours": "always"}}
    add_policy(name="third", conditions={}, targets={**DAY, **solved}, by=SYSTEM, at=MONDAY)
    page = by_lead.get(LIST).text
    assert page.count("The time for solving is shorter than the one for the first reply.") == 1
    assert page.count("Another policy has the same name.") == 2


@pytest.mark.parametrize(
    ("time", "sentence"),
    [
        ({"first_reply_h": "0", "first_reply_min": "0"}, "At least 1 minute, at most 366 days."),
        ({"first_reply_h": "999999999999"}, "At least 1 minute, at most 366 days."),
        ({"first_reply_h": "8784", "first_reply_min": "1"}, "At least 1 minute, at most 366 days."),
        ({"first_reply_min": "60"}, "Minutes: 0 to 59."),
        ({"first_reply_min": "soon"}, "Minutes: 0 to 59."),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_few_words(by_lead, time, sentence):
    page = by_lead.post(reverse("setup-policy-new"), {"name": "New", "first_reply_in": "always", **time})
    assert page.status_code == 422
    assert sentence in page.text
    assert "Ensure this value" not in page.text


@pytest.mark.parametrize("order", ["", "x", "-1", "999"])
def test_an_order_that_is_none_moves_nothing(by_lead, policies, order):
    by_lead.post(reverse("setup-policies-order"), {"order": order})
    assert names() == ["First", "Second", "Third"]


def test_switching_off_can_be_undone_from_where_it_is_told(by_lead, policies):
    page = by_lead.post(reverse("setup-policy-off", args=[policies[0]]), follow=True)
    assert not Policy.objects.get(pk=policies[0]).enabled
    assert reverse("setup-policy-on", args=[policies[0]]) in page.text.split('id="toasts"')[1]
    by_lead.post(reverse("setup-policy-on", args=[policies[0]]))
    assert Policy.objects.get(pk=policies[0]).enabled


def test_htmx_gets_only_the_desk_and_what_there_is_to_tell(by_lead, policies):
    address = reverse("setup-policy-off", args=[policies[0]])
    part = by_lead.post(address, headers={"HX-Request": "true"}, follow=True).text
    assert "<html" not in part
    assert 'class="policies"' in part
    assert 'hx-swap-oob="' in part
    assert "switched off" in part


def test_what_was_retired_meanwhile_is_not_found(by_lead, policies):
    retire_policy(policies[0], by=SYSTEM, at=MONDAY)
    for name in ("setup-policy-on", "setup-policy-off", "setup-policy-retirement"):
        assert by_lead.post(reverse(name, args=[policies[0]])).status_code == 404


def test_a_time_can_have_warnings_of_its_own_and_the_list_says_them(by_lead):
    typed = {"name": "Own", "first_reply_h": "8", "first_reply_in": "always", "first_reply_warn": "90 %, 2 h",
             "resolution_h": "72", "resolution_in": "always", "resolution_warn": "–", "warn_percent": "50"}  # fmt: skip
    assert by_lead.post(reverse("setup-policy-new"), typed | {"open_clocks": "keep"}).status_code == 302
    targets = PolicyVersion.objects.get(policy__name="Own").targets
    assert targets["first_reply"]["warnings"] == {"percent": [90], "before": [120]}
    assert targets["resolution"]["warnings"] == {}
    listed = by_lead.get(reverse("setup-policies")).text
    assert "Every reply: 8 h, around the clock (Warns after 90 %, 2 h before the end)" in listed
    assert "(Warns nobody before the end)" in listed


@pytest.mark.parametrize("typed", [{"first_reply_warn": "soon"}, {"resolution_warn": "50 %"}])
def test_a_warning_that_cannot_be_stands_at_its_time(by_lead, typed):
    (field,) = typed
    page = by_lead.post(
        reverse("setup-policy-new"), {"name": "Own", "first_reply_h": "8", "first_reply_in": "always", **typed}
    )
    assert page.status_code == 422
    assert f"id_{field}_error" in page.text
