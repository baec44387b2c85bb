from checks.rules.documented_settings import documented_settings

SETTINGS = """
class Environment(BaseSettings):
    model_config = SettingsConfigDict()

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    debug: bool = False
"""


def repository_with(tmp_path, page):
    (tmp_path / "tresen" / "config").mkdir(parents=True)
    (tmp_path / "tresen" / "config" / "environment.py").write_text(SETTINGS)
    (tmp_path / "docs" / "operations").mkdir(parents=True)
    (tmp_path / "docs" / "operations" / "settings.md").write_text(page)
    return tmp_path


def test_a_setting_that_the_page_does_not_name_is_told(tmp_path):
    told = list(documented_settings(repository_with(tmp_path, "| `DATABASE_URL` | where |\n")))
    assert [(problem.line, problem.what.split()[0]) for problem in told] == [(6, "TRESEN_DEBUG")]


def test_a_page_that_names_them_all_is_fine(tmp_path):
    assert list(documented_settings(repository_with(tmp_path, "`DATABASE_URL` `TRESEN_DEBUG`"))) == []
