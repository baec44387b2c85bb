from tresen.config.fingerprint import LENGTH, fingerprint


def test_the_same_files_have_the_same_fingerprint(tmp_path):
    (tmp_path / "a.css").write_text("a {}")

    assert fingerprint(tmp_path) == fingerprint(tmp_path)
    assert len(fingerprint(tmp_path)) == LENGTH


def test_a_changed_a_renamed_and_a_new_file_each_change_it(tmp_path):
    file = tmp_path / "a.css"
    file.write_text("a {}")
    seen = {fingerprint(tmp_path)}

    file.write_text("b {}")
    seen.add(fingerprint(tmp_path))
    file = file.rename(tmp_path / "b.css")
    seen.add(fingerprint(tmp_path))
    (tmp_path / "c.css").write_text("")
    seen.add(fingerprint(tmp_path))

    assert len(seen) == 4


def test_a_packages_version_is_part_of_it(tmp_path):
    assert fingerprint(tmp_path) != fingerprint(tmp_path, packages=["django"])
