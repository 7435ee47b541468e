"""What sets and seals documents costs memory: only children load it. Nor does a folder need S3."""

import subprocess
import sys

import pytest

from portal.settings import ROOT

HEAVY = ("typst", "pyhanko", "asn1crypto", "cryptography", "lxml", "aiohttp", "obstore")
ASK = """
import sys
sys.modules["redis"] = None  # An extra; where it is installed, as for these tests, huey loads it.
from portal.settings import Settings
from portal import create_app
app = create_app(Settings.from_env())
client = app.test_client()
assert client.get("/verify", base_url="http://127.0.0.1:8000").status_code == 200
import portal.documents.jobs, portal.cli.serve
print(sorted(set({heavy!r}) & set(sys.modules)))
"""


@pytest.mark.usefixtures("app")
def test_neither_the_web_nor_the_worker_loads_what_makes_documents(settings):
    ours = {
        "PORTAL_DATA": str(settings.data),
        "DATABASE_URL": settings.database_url,
        "PORTAL_SECRET_KEY": settings.secret_key,
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(heavy=HEAVY)],
        cwd=ROOT,
        env=ours,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[]\n", done.stderr


def test_making_and_sealing_one_loads_nothing_here(seal):
    """This process has loaded them for its own checks, so it asks who did."""
    from portal.documents import key, printing, sealing

    for module in (key, printing, sealing):
        assert not set(HEAVY) & {name.split(".")[0] for name in vars(module)}
