import pytest

from checks.rules.channels_apart import channels_apart


@pytest.fixture
def repository(tmp_path):
    for name in ("amazon", "ebay"):
        folder = tmp_path / "tresen" / "channels" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("CONNECTOR = Connector()\n")
    shared = tmp_path / "tresen" / "channels" / "mailed"
    shared.mkdir()
    (shared / "__init__.py").write_text("")
    return tmp_path


def told(repository, text):
    (repository / "tresen" / "channels" / "amazon" / "parsing.py").write_text(text)
    return [(problem.path, problem.line) for problem in channels_apart(repository)]


@pytest.mark.parametrize(
    "text",
    [
        "from tresen.channels.ebay.parsing import parse\n",
        "from tresen.channels import ebay\n",
        "import tresen.channels.ebay\n",
        "from tresen.channels import registry\n",
    ],
)
def test_a_connector_that_knows_another_one_is_told(repository, text):
    assert told(repository, text) == [("tresen/channels/amazon/parsing.py", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "from tresen.channels.contract import Connector\n",
        "from tresen.channels.amazon.addresses import Address\n",
        "from tresen.channels.mailed.quotes import fold\n",
    ],
)
def test_itself_the_contract_and_what_is_shared_are_fine(repository, text):
    assert told(repository, text) == []
