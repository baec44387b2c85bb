import pytest

from checks.rules.mirror import tests_mirror as mirrored


@pytest.fixture
def told(tmp_path):
    for name in ("tresen/tickets/solving.py", "tresen/local/doctor/__init__.py", "checks/rules/sizes.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    def told(name):
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return [problem.path for problem in mirrored(tmp_path)]

    return told


@pytest.mark.parametrize("name", ["tickets/test_selling.py", "test/test_solving.py", "tickets/more/test_solving.py"])
def test_a_test_of_nothing_is_told(told, name):
    assert told(name) == [f"tests/{name}"]


@pytest.mark.parametrize(
    "name",
    [
        "tickets/test_solving.py",
        "tickets/test_solving_twice.py",
        "local/test_doctor.py",
        "checks/rules/test_sizes.py",
        "journeys/test_weekend.py",
        "test_layers.py",
    ],
)
def test_a_test_beside_what_it_tests_is_fine(told, name):
    assert told(name) == []
