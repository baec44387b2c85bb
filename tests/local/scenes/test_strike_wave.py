from datetime import timedelta

from tresen.local.scenes.strike_wave import PROOF, WAVE, tell


def test_within_an_hour_come_claims_and_messages_and_a_third_of_the_claims_needs_proof():
    scene = tell()
    claims = [one for one in scene.coming if one.notice]
    assert (len(claims), len(scene.coming) - len(claims)) == (180, 400)
    assert sum(one.waits == PROOF for one in claims) == 60
    assert all(WAVE <= one.at < WAVE + timedelta(hours=1) for one in scene.coming)


def test_people_work_by_day_until_the_proof_is_there():
    scene = tell()
    assert any(shift.begins <= PROOF < shift.ends for shift in scene.shifts)
    assert scene.ends > PROOF
