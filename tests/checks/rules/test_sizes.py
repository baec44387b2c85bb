from checks.rules.sizes import small_pieces
from checks.sources import Source


def told(text):
    return [problem.what for problem in small_pieces(Source("tresen/a.py", text))]


def function_of(lines):
    return "def f() -> None:\n" + "    call()\n" * (lines - 1)


def test_a_short_file_of_short_functions_is_fine():
    assert told(function_of(40) + "\n" * 260) == []


def test_a_long_file_is_told():
    assert told("x = 1\n" * 301) == ["301 lines; split it by meaning (300 at most)"]


def test_a_long_function_is_told_even_inside_a_class():
    assert told(function_of(41)) == ["f has 41 lines (40 at most)"]
    inside = "class A:\n" + "".join(f"    {line}\n" for line in function_of(41).splitlines())
    assert told(inside) == ["f has 41 lines (40 at most)"]


def test_a_docstring_does_not_count():
    assert told('def f() -> None:\n    """One.\n\n    Two.\n    """\n' + "    call()\n" * 39) == []
