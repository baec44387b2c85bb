from tresen.staffing.zone_data import VERSION, says_the_same, stamp


def test_a_stamp_names_the_version_in_use():
    assert stamp("Europe/Berlin", first_year=2025, last_year=2029).startswith(f"{VERSION} ")


def test_zones_that_count_alike_in_those_years_have_the_same_sum():
    berlin = stamp("Europe/Berlin", first_year=2025, last_year=2029)
    assert says_the_same(berlin, stamp("Europe/Rome", first_year=2025, last_year=2029))
    assert not says_the_same(berlin, stamp("Europe/London", first_year=2025, last_year=2029))


def test_another_version_with_the_same_offsets_counts_alike():
    berlin = stamp("Europe/Berlin", first_year=2025, last_year=2029)
    assert says_the_same(berlin, f"1999z {berlin.partition(' ')[2]}")


def test_a_stamp_fits_its_column():
    assert len(stamp("Australia/Lord_Howe", first_year=2025, last_year=2029)) <= 20
