import pytest

from checks.rules.other_channels import no_channel_questions, no_channel_questions_in_templates
from checks.sources import Source


def lines(text, path="tresen/outbox/sending.py"):
    return [problem.line for problem in no_channel_questions(Source(path, text))]


@pytest.mark.parametrize(
    "text",
    [
        'if store.channel == "amazon": pass\n',
        'if "ebay" != channel: pass\n',
        'if ticket.channel in ("amazon", "ebay"): pass\n',
        'if store.connector.key == "amazon": pass\n',
        'match store.channel:\n    case "amazon": pass\n',
    ],
)
def test_a_question_about_a_channel_is_told(text):
    assert lines(text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "if store.channel == other.channel: pass\n",
        "if facts.channel in condition.channels: pass\n",
        'if store.channel == "": pass\n',
        'if key == "amazon": pass\n',
        "limit = connector_of(store).limits.text\n",
    ],
)
def test_comparing_two_channels_or_asking_the_connector_is_fine(text):
    assert lines(text) == []


def test_a_connector_may_name_itself():
    assert lines('if store.channel == "amazon": pass\n', "tresen/channels/amazon/parsing.py") == []


def test_a_template_may_not_ask_either(tmp_path):
    folder = tmp_path / "tresen" / "workspace" / "templates"
    folder.mkdir(parents=True)
    (folder / "bad.html").write_text("<p>\n{% if ticket.channel == 'amazon' %}\n")
    (folder / "good.html").write_text("{{ ticket.channel }} {% if ticket.channel in chosen %}")
    told = list(no_channel_questions_in_templates(tmp_path))
    assert [(problem.path, problem.line) for problem in told] == [("tresen/workspace/templates/bad.html", 2)]
