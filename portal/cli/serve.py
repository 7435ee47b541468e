"""portal serve, portal worker: the two processes of an installation."""

import gc
import logging
import os
import signal
import socket
import sys
import threading

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from portal import schedule
from portal.cli.installation import opened, running
from portal.cli.people import accounts
from portal.core import queue
from portal.documents import jobs as documents
from portal.ledger import promises
from portal.mail import jobs as mail
from portal.projects import erasure

# A client that stalls holds a thread, and nothing ends its wait: granian has no time-out for a
# body. Threads are made when needed and end after half a minute without work, so their number
# costs nothing in peace; 600 stalled clients leave 100. See docs/operations.md.
THREADS = 704
CONNECTIONS = 2048  # Idle ones cost no thread; past this number new ones wait.
STOP_SECONDS = 10  # How long a request may still run once we are asked to stop.
JOBS_AT_ONCE = 3  # One may be busy with a large file for minutes; letters go on.
POLL_SECONDS = 1.0  # How late a code may leave when nothing else is going on.
RESTART_SECONDS = 1.0
PROXIES = "PORTAL_PROXIES"  # From `serve` to the web process that it starts.


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--proxies", default=0, help="How many proxies stand before it. Default: none.")
@click.option("--no-worker", is_flag=True, help="`portal worker` runs elsewhere.")
def serve(host, proxies, no_worker):
    """Serve the portal and its files on PORT, with the worker that sends letters."""
    with opened() as settings:
        promises.check_start()
        erasure.check_start()
        lines = [f"Countersign is at {settings.base_url}", *demo_lines(settings)]
    check_free(host, settings.port)
    os.environ[PROXIES] = str(proxies)
    worker = Companion("worker", "--with-parent")
    server = web_server(settings, host)
    server.on_startup(lambda: click.echo("\n".join(lines), err=True))
    if not no_worker:
        server.on_startup(worker.start)
    with running(settings):
        gc.freeze()  # The web process is forked: what it has of us stays shared.
        try:
            server.serve()
        finally:
            worker.stop()


def demo_lines(settings):
    return ["", *accounts(), ""] if settings.is_loopback and accounts() else []


def check_free(host, port):
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            words = f"Cannot listen on {host}, port {port}: {error.strerror}. Set another PORT."
            raise click.ClickException(words) from error


def web_server(settings, host):
    return Granian(
        "portal.cli.web:make",
        factory=True,
        address=host,
        port=settings.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=1,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
    )


class Companion:
    """A `portal` command in a process of its own: started again when it dies, stopped with us."""

    def __init__(self, *arguments):
        self.command = [sys.executable, "-m", "portal.cli", *arguments]
        self.lock, self.is_over = threading.Lock(), threading.Event()
        self.pid = self.lifeline = None
        self.keeper = threading.Thread(target=self._keep, name=arguments[0])

    def start(self):
        self._begin()
        self.keeper.start()

    def stop(self):
        with self.lock:
            self.is_over.set()
            if self.pid is not None:
                os.kill(self.pid, signal.SIGTERM)
        if self.keeper.is_alive():
            self.keeper.join()

    def _keep(self):
        while self.pid is not None:
            os.waitpid(self.pid, 0)
            with self.lock:
                os.close(self.lifeline)
                self.pid = None
            if not self.is_over.wait(RESTART_SECONDS):
                click.echo(f"portal {self.keeper.name} ended; it is started again.", err=True)
                self._begin()

    def _begin(self):
        with self.lock:
            if self.is_over.is_set():
                return
            theirs, self.lifeline = os.pipe()  # It ends with us, however that is.
            # Not subprocess: it would wait for the web process, forked meanwhile with its pipe.
            # A session of its own, for Ctrl-C is meant for us.
            stdin = (os.POSIX_SPAWN_DUP2, theirs, 0)
            self.pid = os.posix_spawn(
                sys.executable, self.command, os.environ, file_actions=[stdin], setsid=True
            )
            os.close(theirs)


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input does.")
def worker(with_parent):
    """Send letters and do what the clock asks for. One more of them does no harm."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    with opened() as settings, running(settings):
        erasure.check_start()
        jobs = queue.install(settings)
        schedule.install(jobs)
        consumer = jobs.create_consumer(
            workers=JOBS_AT_ONCE, max_delay=POLL_SECONDS, graceful_signal="TERM"
        )
        queue.heed(consumer.stop_flag)
        if with_parent:
            threading.Thread(target=end_with_input, daemon=True).start()
        else:
            click.echo("The worker runs.", err=True)
        documents.sweep.later()
        mail.sweep.later()  # What an earlier worker left behind does not wait for the minute.
        consumer.run()


def end_with_input():
    """Wait for whoever started us to be gone, however it went, and stop as if asked to."""
    while os.read(sys.stdin.fileno(), 1):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
