"""The board's figures, as programs get them."""

from tresen.board.models import SharedFigures


def test_the_board_tells_by_channel_what_runs_out(program, tickets):
    found = program.get("/api/v1/board").json()

    (amazon,) = found["channels"]
    assert (amazon["channel"], amazon["open"], amazon["unassigned"]) == ("amazon", 3, 3)
    assert amazon["platform"] == {"missed": 0, "within": {"1": 0, "4": 0, "12": 0, "24": 3}}
    assert amazon["own"]["within"]["24"] == 3
    assert [then["hours"] for then in found["outlook"]] == [1, 4, 12, 24]


def test_the_board_of_an_empty_scope_is_empty(blind_program, program, tickets):
    program.get("/api/v1/board")
    found = blind_program.get("/api/v1/board").json()

    assert SharedFigures.objects.count() == 1
    assert (found["channels"], found["on_duty"]) == ([], 0)
    assert {then["platform_due"] for then in found["outlook"]} == {0}
