"""`tresen fake-platform` says what to enter, and serves it."""

import re
import subprocess
import sys

import httpx

from tresen.local.commands import main


def test_it_serves_what_it_says() -> None:
    command = [sys.executable, "-m", "tresen", "fake-platform", "mirakl", "--port", "0", "--orders", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            said = "".join(served.stdout.readline() for _ in range(5))
            base = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert base is not None, said
            assert "api_key: invented-key" in said
            orders = httpx.get(f"{base[0]}/mirakl/api/orders", headers={"Authorization": "invented-key"})
            assert orders.json()["total_count"] == 3
            assert "ORD-1001-A" in httpx.get(f"{base[0]}/mirakl/seen").text
        finally:
            served.terminate()
            served.communicate(timeout=20)


def test_a_platform_that_there_is_not_is_told(capsys) -> None:
    assert main(["fake-platform", "nowhere"]) == 2
    assert "mirakl" in capsys.readouterr().err
