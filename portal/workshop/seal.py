"""The walls around a child: limits everywhere; on Linux also no network and few folders.

Linux lets a process give up rights for good without being root. `close_off` gives up the network,
other processes, and every file but those it is told. Elsewhere only the limits hold.
"""

import ctypes
import os
import resource
import signal
import socket
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

from portal.workshop import syscalls

MB = 1024 * 1024
NICENESS = 10  # People who wait for a page come first.
OPEN_FILES = 64
SOON = 2  # Seconds between the polite signal of the CPU limit and the last one.

# Where libraries of the system and its fonts lie. Settings below /etc stay out of reach.
SYSTEM = (
    *("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/nix/store"),
    *("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/zoneinfo"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/sys/devices/system/cpu"),
    *("/dev/null", "/dev/urandom"),
)


def close_off(limits, readable=(), writable=()):
    """Put up the walls that this system has, for the rest of the process's life.

    `limits` has cpu_seconds, memory_bytes and file_bytes; `readable` are paths the work needs
    besides Python itself, `writable` the folder it fills.
    """
    _limit(limits)
    if sys.platform == "linux":
        _call(syscalls.prctl(syscalls.SET_PDEATHSIG, signal.SIGKILL))
        _call(syscalls.prctl(syscalls.SET_NO_NEW_PRIVS, 1))
        with suppress(OSError):  # A kernel before 5.13, or one that was built without it.
            _keep_files_in(readable, writable)
        with suppress(OSError):  # An odd processor, or a kernel without filters: see `is_sealed`.
            syscalls.install_filter()


def is_sealed():
    """Return whether this process can still open a socket. Ask it after `close_off`."""
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False


def die_without(parent):
    """End if the process `parent` is gone already: then no signal will come any more."""
    if os.getppid() != parent:
        os._exit(1)


def _limit(limits):
    wanted = {
        resource.RLIMIT_CPU: (limits["cpu_seconds"], limits["cpu_seconds"] + SOON),
        # What is written to, wherever it lies. Address space would count mapped libraries, too.
        resource.RLIMIT_DATA: (limits["memory_bytes"],) * 2,
        resource.RLIMIT_FSIZE: (limits["file_bytes"],) * 2,
        resource.RLIMIT_NOFILE: (OPEN_FILES,) * 2,
        resource.RLIMIT_CORE: (0, 0),
    }
    for what, (soft, hard) in wanted.items():
        with suppress(ValueError, OSError):  # Stricter already, or unknown on this system.
            resource.setrlimit(what, (soft, hard))
    os.nice(NICENESS)


def _keep_files_in(readable, writable):
    """Allow reading Python, the system's libraries and `readable`, and writing `writable`."""
    with syscalls.ruleset() as rules:
        for path in (*SYSTEM, *_python(), *readable):
            rules.allow(path, syscalls.READ)
        rules.allow("/dev/null", syscalls.WRITE)
        for path in writable:
            rules.allow(path, syscalls.READ | syscalls.WRITE)


def _python():
    paths = sysconfig.get_paths()
    package = Path(__file__).resolve().parent.parent
    kept = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return {package, *kept, f"{sys.base_prefix}/lib", f"{sys.prefix}/pyvenv.cfg"}


def _call(answer):
    if answer:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
