"""The server's connections: handed from thread to thread, none left behind."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from portal.core import db
from portal.projects.models import Client
from tests import make

THREADS = 8
ROUNDS = 5


def test_a_connection_serves_one_thread_after_another(settings, cast):
    db.handle.obj.close()
    database = db.open_pool(settings.database_url, THREADS)
    barrier = Barrier(THREADS)

    def request(_):
        db.take_connection()
        barrier.wait()
        made = Client.get_by_id(make.client("Quay Theatre").id)
        database.close()
        return made

    for _ in range(ROUNDS):  # Each round has threads of its own.
        with ThreadPoolExecutor(THREADS) as pool:
            assert all(pool.map(request, range(THREADS)))
    database.close_all()
