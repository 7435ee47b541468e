"""What Linux's C library has no function for: system call filters and Landlock, by number.

The numbers are the kernel's own and never change. A filter is a small program that the kernel
runs before each system call; Landlock is a list of folders that a process keeps.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from contextlib import contextmanager
from pathlib import Path

SET_PDEATHSIG, SET_SECCOMP, SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_FILTER = 2
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

# Network; other processes; what changes the system. Threads stay, new processes do not.
# name: its number on x86_64, on aarch64 (None: it has no such call)
_CALLS = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "bind": (49, 200),
    "listen": (50, 201),
    "socketpair": (53, 199),
    "accept4": (288, 242),
    "sendmmsg": (307, 269),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "ptrace": (101, 117),
    "setpgid": (109, 154),
    "setsid": (112, 157),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "mount": (165, 40),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "perf_event_open": (298, 241),
    "open_by_handle_at": (304, 265),
    "userfaultfd": (323, 282),
    "pidfd_send_signal": (424, 424),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "pidfd_getfd": (438, 438),
}
_CLONE3 = 435  # Its flags lie in memory, where no filter looks; without it libraries use `clone`.
# machine: the kernel's name for it, its column above, and its `clone`
_MACHINES = {"x86_64": (0xC000003E, 0, 56), "aarch64": (0xC00000B7, 1, 220)}
_X32 = 0x40000000  # x86_64 has a second set of numbers for the same calls, from here on.
_CLONE_THREAD = 0x00010000

_LOAD, _IF_EQUAL, _IF_LARGER, _IF_BITS, _ANSWER = 0x20, 0x15, 0x25, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16  # In `struct seccomp_data`.
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE, _NONE_SUCH = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS


def prctl(what, value, more=0):
    """Return 0, or -1 with the reason in `ctypes.get_errno()`."""
    return _libc.prctl(what, ctypes.c_ulong(value), ctypes.c_void_p(more or None), 0, 0)


def install_filter():
    """Refuse, from now on, the calls named above. Raises OSError where that is not possible."""
    if platform.machine() not in _MACHINES:
        raise OSError(errno.ENOSYS, "no table for this processor")
    code = b"".join(struct.pack("=HBBI", *line) for line in _program(platform.machine()))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    at = ctypes.create_string_buffer(program, len(program))
    if prctl(SET_SECCOMP, _SECCOMP_FILTER, ctypes.addressof(at)):
        raise OSError(ctypes.get_errno(), "the kernel took no filter")


def _program(machine):
    """Return the filter as lines of (code, jump if true, jump if false, value)."""
    name, column, clone = _MACHINES[machine]
    refused = [call[column] for call in _CALLS.values() if call[column] is not None]
    tests = [line for n in refused for line in ((_IF_EQUAL, 0, 1, n), (_ANSWER, 0, 0, _REFUSE))]
    return [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_IF_EQUAL, 1, 0, name),
        (_ANSWER, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_LARGER, 0, 1, _X32 - 1),
        (_ANSWER, 0, 0, _REFUSE),
        *tests,
        (_IF_EQUAL, 0, 1, _CLONE3),
        (_ANSWER, 0, 0, _NONE_SUCH),
        (_IF_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_IF_BITS, 1, 0, _CLONE_THREAD),
        (_ANSWER, 0, 0, _REFUSE),
        (_ANSWER, 0, 0, _ALLOW),
    ]


# Landlock: the kernel's bits for what a path may be used for.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_FILE = 16, 32, 128, 256
_MAKE_OTHERS = 64 | 512 | 1024 | 2048 | 4096  # Devices, sockets, pipes, links.
_REFER, _TRUNCATE = 8192, 16384  # Known since its second and its third version.
READ = _READ_FILE | _READ_DIR
WRITE = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_FILE | _TRUNCATE
_OF_A_FILE = _WRITE_FILE | _READ_FILE | _TRUNCATE
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_BENEATH, _ASK_VERSION = 1, 1


class Ruleset:
    """The paths that stay; everything else is out of reach once `ruleset` ends."""

    def __init__(self):
        version = _landlock(_CREATE, None, 0, _ASK_VERSION)
        self.known = _EXECUTE | READ | (WRITE & ~_TRUNCATE) | _MAKE_OTHERS
        self.known |= (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
        wanted = ctypes.create_string_buffer(struct.pack("=Q", self.known), 8)
        self.file = _landlock(_CREATE, wanted, 8, 0)

    def allow(self, path, rights):
        """Allow `rights` on a file, or on a folder and all below it. Nothing for what is not there."""
        try:
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            return
        try:
            rights &= self.known if Path(path).is_dir() else self.known & _OF_A_FILE
            rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, opened), 12)
            _landlock(_ADD, self.file, _BENEATH, rule, 0)
        finally:
            os.close(opened)


@contextmanager
def ruleset():
    """Collect the paths that stay, then give up all others. Raises OSError without Landlock."""
    rules = Ruleset()
    try:
        yield rules
        _landlock(_RESTRICT, rules.file, 0)
    finally:
        os.close(rules.file)


def _landlock(number, *arguments):
    """Return what the kernel answers. Raises OSError if it refuses."""
    plain = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    answer = _libc.syscall(ctypes.c_long(number), *plain)
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer
