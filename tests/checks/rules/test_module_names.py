import pytest

from checks.rules.module_names import telling_names
from checks.sources import Source


@pytest.mark.parametrize(
    "path",
    ["tresen/utils.py", "tresen/mail/mail_utils.py", "tresen/core/clock.py", "tests/helpers.py", "a/managers.py"],
)
def test_a_drawer_is_told(path):
    assert [problem.path for problem in telling_names(Source(path, ""))] == [path]


@pytest.mark.parametrize("path", ["tresen/tickets/solving.py", "tresen/basement.py", "tresen/commonplace/handling.py"])
def test_a_telling_name_is_fine(path):
    assert list(telling_names(Source(path, ""))) == []
