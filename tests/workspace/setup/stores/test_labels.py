from tresen.stores.connectors import connectors
from tresen.workspace.setup.stores.labels import KNOWN


def asked() -> set[str]:
    fields = {text for one in connectors() for field in one.setup_fields for text in (field.label, field.help_text)}
    return fields | {one.webhooks.where for one in connectors() if one.webhooks}


def test_everything_a_connector_asks_for_can_be_said_in_every_language():
    assert asked() - {""} - {str(label) for label in KNOWN} == set()


def test_nothing_is_kept_that_no_connector_asks_for():
    assert {str(label) for label in KNOWN} - asked() == set()
