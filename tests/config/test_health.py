import pytest
from django.db import connection
from django.test import Client


@pytest.mark.django_db
def test_anybody_may_ask_whether_it_is_well():
    answer = Client().get("/health/")
    assert (answer.status_code, answer.content) == (200, b"well\n")


@pytest.mark.django_db(transaction=True)
def test_without_a_database_it_is_not_well(settings):
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "nothing_of_that_name"
    try:
        assert Client().get("/health/").status_code == 503
    finally:
        connection.settings_dict["NAME"] = name
        connection.close()
