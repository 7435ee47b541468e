"""SeaweedFS: an S3 server that checks signatures."""

import json
import subprocess
import sysconfig
from contextlib import contextmanager
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from tests.servers.ports import answers, free

WEED = Path(sysconfig.get_path("scripts")) / "weed"
BUCKET = "countersign"
KEYS = {"accessKey": "portal", "secretKey": "a-secret-of-the-tests"}
PORTS = (
    "s3.port",
    "s3.port.grpc",
    "s3.port.iceberg",
    "s3.port.lance",
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "admin.port",
    "admin.port.grpc",
)


@contextmanager
def running(folder):
    """Run a server in `folder`; yields the variables with which a portal finds its bucket."""
    identity = {"name": "portal", "credentials": [KEYS], "actions": ["Admin"]}
    config = folder / "identities.json"
    config.write_text(json.dumps({"identities": [identity]}))
    server, found = _started(folder, config)
    try:
        yield found
    finally:
        _end(server)


def _started(folder, config, attempts=3):
    """Return (process, variables). Somebody may have taken one of the ports meanwhile: try others."""
    ports = dict(zip(PORTS, free(len(PORTS)), strict=True))
    place = folder / str(attempts)
    place.mkdir()
    command = [WEED, "-logtostderr=false", "mini", f"-dir={place}", f"-s3.config={config}"]
    command += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-webdav=false", "-admin.ui=false"]
    command += [f"-{name}={port}" for name, port in ports.items()]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = variables(f"http://127.0.0.1:{ports['s3.port']}")
    options = {name.lower(): value for name, value in found.items()}
    try:
        answers(ports["s3.port"], server)
        obstore.put(S3Store(BUCKET, config=options), "begun", b"")  # It makes the bucket.
    except (RuntimeError, BaseError):
        _end(server)
        if attempts == 1:
            raise
        return _started(folder, config, attempts - 1)
    return server, found


def _end(server):
    server.kill()  # Nothing of it is wanted, and an orderly end takes seconds.
    server.wait()


def variables(endpoint):
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": KEYS["accessKey"],
        "AWS_SECRET_ACCESS_KEY": KEYS["secretKey"],
    }
