"""Several processes that tell one story."""

import os
from pathlib import Path

import pytest

from tresen.local.demo.side_by_side import Company, tell_in_parts

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = [f"buyer{number}@mail.example" for number in range(200)]


def test_each_part_is_told_by_a_process_of_its_own(tmp_path: Path):
    def tell(company: Company) -> None:
        mine = [who for who in PEOPLE if company.tells_of(who)]
        (tmp_path / f"{company.part}").write_text("\n".join([str(os.getpid()), *mine]))

    tell_in_parts(tell, parts=3)
    (first, *one), (second, *two), (third, *three) = (
        (tmp_path / str(part)).read_text().splitlines() for part in range(3)
    )
    assert len({str(os.getpid()), first, second, third}) == 4
    assert sorted(one + two + three) == sorted(PEOPLE)


def test_nobody_goes_on_before_all_have_come_as_far(tmp_path: Path):
    def tell(company: Company) -> None:
        (tmp_path / f"come{company.part}").touch()
        company.meet()
        if company.leads:
            (tmp_path / "seen").write_text(str(len(list(tmp_path.glob("come*")))))

    tell_in_parts(tell, parts=3)
    assert (tmp_path / "seen").read_text() == "3"


def test_who_fails_stops_the_others_and_the_telling(capfd):
    def tell(company: Company) -> None:
        if not company.leads:
            raise ValueError("no ink")
        company.meet()

    with pytest.raises(RuntimeError, match="could not be filled"):
        tell_in_parts(tell, parts=2)
    assert "no ink" in capfd.readouterr().err


def test_alone_one_tells_all_in_this_process():
    told: list[int] = []
    tell_in_parts(lambda company: told.append(sum(map(company.tells_of, PEOPLE))), parts=1)
    assert told == [len(PEOPLE)]
