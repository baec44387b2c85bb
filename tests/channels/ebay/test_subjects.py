import pytest

from tresen.channels.ebay.subjects import short_subject


@pytest.mark.parametrize(
    "subject",
    [
        "stoolfan-9 sent a message about Birch stool #220000000002",
        "Re: stoolfan-9 sent a message about Birch stool #220000000002",
        "holzwurm-77 hat eine Nachricht zu Birch stool #220000000002 gesendet",
        "holzwurm-77 hat eine Frage zu Artikelnr. 220000000001 gesendet: Birch stool #220000000001",
        "lupo_3 ha inviato un messaggio su Birch stool #220000000002",
    ],
)
def test_a_members_subject_is_the_item(subject):
    assert short_subject(subject, "") == "Birch stool"


@pytest.mark.parametrize(
    "subject",
    ["", "Question", "nouveau-3 vous a ecrit", "Case #5100000001: Your case is on hold", "Birch stool #220000000002"],
)
def test_any_other_subject_stays_as_it_is(subject):
    assert short_subject(subject, "") == subject
