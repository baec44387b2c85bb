import pytest

from tresen.local.commands import COMMANDS, main


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command.name, "--help"])
    assert ended.value.code == 0
    assert f"tresen {command.name}" in capsys.readouterr().out


def test_an_unknown_command_names_those_that_exist(capsys):
    with pytest.raises(SystemExit):
        main(["swerve"])
    said = capsys.readouterr().err
    assert all(command.name in said for command in COMMANDS)
