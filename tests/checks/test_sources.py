import ast

from checks.sources import Source, dotted, sources


def test_stars_stand_for_folders_as_in_a_shell():
    source = Source("tresen/workspace/queue/views.py", "")
    assert source.within("tresen/**")
    assert source.within("tresen/workspace/**/views.py")
    assert Source("tresen/workspace/views.py", "").within("tresen/workspace/**/views.py")
    assert not source.within("tresen/*/views.py")
    assert not source.within("tresen/workspace/queue")


def test_a_name_is_told_as_written():
    assert dotted(ast.parse("django.utils.timezone.now", mode="eval").body) == "django.utils.timezone.now"
    assert dotted(ast.parse("f().now", mode="eval").body) == ""


def test_migrations_are_left_out(tmp_path):
    for name in ("tresen/tickets/models.py", "tresen/tickets/migrations/0001_initial.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert [source.path for source in sources(tmp_path)] == ["tresen/tickets/models.py"]
