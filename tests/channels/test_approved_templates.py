"""Templates cut where something is to be filled in."""

from tresen.channels.approved_templates import ApprovedTemplate, Piece


def test_a_template_is_cut_at_its_variables_and_together_it_is_whole() -> None:
    template = ApprovedTemplate(name="t", language="de", text="{{ 1 }}, am {{2}} bei {{1}}")

    assert template.pieces == [
        Piece("{{ 1 }}", "1"),
        Piece(", am "),
        Piece("{{2}}", "2"),
        Piece(" bei "),
        Piece("{{1}}", "1"),
    ]
    assert "".join(piece.text for piece in template.pieces) == template.text


def test_one_without_variables_is_one_piece() -> None:
    assert ApprovedTemplate(name="t", language="de", text="Hallo").pieces == [Piece("Hallo")]


def test_what_has_no_value_stays_as_it_is_written() -> None:
    template = ApprovedTemplate(name="t", language="de", text="Hallo {{1}}, am {{ 2 }}", footer="Birkenhof")

    assert template.filled({"1": "Ida"}) == "Hallo Ida, am {{ 2 }}\n\nBirkenhof"
