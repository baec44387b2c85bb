"""The fake eBay lets in, refuses and counts as eBay does."""

import json
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from tests.channels.ebay.interface.shop import a_fake, a_sale, number
from tresen.fakes.ebay.platform import APP_ID, CERT_ID, REFRESH_TOKEN, Ebay
from tresen.fakes.faults import Bucket

ORDERS = "/sell/fulfillment/v1/order"


def asked(fake: Ebay, path: str, *, token: str = "", method: str = "GET", **query: str) -> Response:
    builder = EnvironBuilder(path=path, method=method, query_string=query, headers=Headers([("Authorization", token)]))
    return fake.answer(Request(builder.get_environ()))


def token_of(fake: Ebay, **form: str) -> Response:
    builder = EnvironBuilder(
        path="/identity/v1/oauth2/token",
        method="POST",
        auth=(APP_ID, CERT_ID),
        data=urlencode(form),
        content_type="application/x-www-form-urlencoded",
    )
    return fake.answer(Request(builder.get_environ()))


def sellers(fake: Ebay) -> str:
    return token_of(fake, grant_type="refresh_token", refresh_token=REFRESH_TOKEN).get_json()["access_token"]


def error_of(answer: Response) -> tuple[int, int]:
    return answer.status_code, json.loads(answer.get_data())["errors"][0]["errorId"]


def test_each_interface_wants_its_own_scheme() -> None:
    fake = a_fake()
    token = sellers(fake)
    assert asked(fake, ORDERS, token=f"Bearer {token}").status_code == 200
    assert error_of(asked(fake, ORDERS, token=f"IAF {token}")) == (401, 1001)
    assert error_of(asked(fake, "/post-order/v2/return/search", token=f"Bearer {token}")) == (401, 1001)
    assert asked(fake, "/post-order/v2/return/search", token=f"IAF {token}").status_code == 200


def test_nobody_without_a_token_and_no_application_for_a_seller() -> None:
    fake = a_fake()
    scope = "https://api.ebay.com/oauth/api_scope"
    token = token_of(fake, grant_type="client_credentials", scope=scope).get_json()["access_token"]
    assert error_of(asked(fake, ORDERS, token="Bearer wrong")) == (401, 1001)
    assert error_of(asked(fake, ORDERS, token=f"Bearer {token}")) == (403, 1100)
    key = f"/commerce/notification/v1/public_key/{fake.notifying.key_id}"
    assert asked(fake, key, token=f"Bearer {token}").status_code == 200


@pytest.mark.parametrize("form", [{"grant_type": "refresh_token", "refresh_token": "x"}, {"grant_type": "password"}])
def test_a_wrong_grant_gives_no_token(form: dict[str, str]) -> None:
    answer = token_of(a_fake(), **form)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_grant")


def test_who_asks_too_often_is_told_so() -> None:
    fake = Ebay(a_fake().world, bucket=Bucket(per_second=0.001, burst=1))
    token = f"Bearer {sellers(fake)}"
    assert asked(fake, ORDERS, token=token).status_code == 200
    assert error_of(asked(fake, ORDERS, token=token)) == (429, 2001)
    assert error_of(fake.broken()) == (500, 2003)


def test_what_is_not_there_is_not_found() -> None:
    fake = a_fake(sales=[a_sale(1)])
    token = f"Bearer {sellers(fake)}"
    assert error_of(asked(fake, f"{ORDERS}/10-99999-99999", token=token)) == (404, 32100)
    assert asked(fake, f"{ORDERS}/{number(1)}", token=token).status_code == 200
    assert error_of(asked(fake, "/sell/marketing/v1/ad", token=token)) == (404, 2002)
