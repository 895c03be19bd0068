"""Hostile programs, tried on a confined process alone and on the whole sandbox.

They use the names `attempt(name, act, *arguments)` and `call(function, *arguments)`, which note how a try
ended, and `parent`, `libc`, `victim`, `link`, `numpy` and modules; `PRELUDE` makes those in a sandbox's program.
"""

from __future__ import annotations

import os

REFUSED = {"EPERM", "EACCES", "ENOSYS"}

# The number of each call on x86_64 and aarch64.
RAW = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "clone3": (435, 435),
    "fanotify_init": (300, 262),
    "io_uring_setup": (425, 425),
    "ioprio_set": (251, 30),
    "keyctl": (250, 219),
    "memfd_secret": (447, 447),
    "mq_open": (240, 180),
    "open_by_handle_at": (304, 265),
    "openat2": (437, 437),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "seccomp": (317, 277),
    "tkill": (200, 130),
    "userfaultfd": (323, 282),
}


def raw(name: str, *arguments: str) -> str:
    number = RAW[name][0 if os.uname().machine == "x86_64" else 1]
    return f"attempt({name!r}, call, 'syscall', {', '.join([str(number), *arguments])})"


def seccomp_attacks() -> dict[str, str]:
    return {
        "fork": "attempt('fork', os.fork)",
        "vfork": "attempt('vfork', call, 'vfork')",
        "clone3": raw("clone3", "bytes(88)", "88"),
        "forkpty": "attempt('forkpty', os.forkpty)",
        "subprocess": "import subprocess; attempt('run', subprocess.run, ['/bin/true'])",
        "posix-spawn": "attempt('spawn', os.posix_spawn, '/bin/true', ['true'], {})",
        "execve": "attempt('execve', os.execv, sys.executable, ['python', '-c', ''])",
        "kill-the-parent": """
            for number in signal.valid_signals():
                attempt(str(number), os.kill, parent, number)""",
        "kill-the-parent-otherwise": f"""
            attempt('tgkill', call, 'tgkill', parent, parent, 9)
            attempt('pidfd_open', os.pidfd_open, parent)
            attempt('killpg', os.killpg, parent, 0)
            {raw("tkill", "parent", "9")}""",
        # Signal 0 asks for permission only: a mistake here must not end every process of the machine.
        "kill-everything": "attempt('kill', os.kill, -1, 0)",
        "ptrace": """
            attempt('attach', call, 'ptrace', 16, parent, 0, 0)
            attempt('seize', call, 'ptrace', 0x4206, parent, 0, 0)
            attempt('traceme', call, 'ptrace', 0, 0, 0, 0)""",
        "write-the-parent's-memory": """
            import struct
            evil = ctypes.create_string_buffer(b'changed', 16)
            local = struct.pack('PN', ctypes.addressof(evil), 8)
            remote = struct.pack('PN', ctypes.addressof(victim), 8)
            attempt('writev', call, 'process_vm_writev', parent, local, 1, remote, 1, 0)
            attempt('readv', call, 'process_vm_readv', parent, local, 1, remote, 1, 0)""",
        "limit-the-parent": """
            attempt('prlimit', resource.prlimit, parent, resource.RLIMIT_NOFILE, (3, 3))
            attempt('read', resource.prlimit, parent, resource.RLIMIT_NOFILE)""",
        "slow-the-parent": f"""
            attempt('setpriority', os.setpriority, os.PRIO_PROCESS, parent, 19)
            attempt('setaffinity', os.sched_setaffinity, parent, {{0}})
            attempt('getaffinity', os.sched_getaffinity, parent)
            attempt('idle', os.sched_setscheduler, parent, os.SCHED_IDLE, os.sched_param(0))
            {raw("ioprio_set", "1", "parent", "3 << 13")}""",
        "write-in-tmp": """
            attempt('open', open, '/tmp/tensordrill-attack', 'w')
            attempt('temporary', tempfile.TemporaryFile)
            attempt('tmpfile', os.open, '/tmp', os.O_TMPFILE | os.O_RDWR)
            attempt('tmpfile read only', os.open, '/tmp', os.O_TMPFILE)""",
        "write-here": f"""
            attempt('open', open, 'attack', 'w')
            attempt('append', open, 'secret', 'a')
            attempt('update', open, 'secret', 'r+')
            attempt('truncate', os.truncate, 'secret', 0)
            attempt('truncate read only', os.open, 'secret', os.O_TRUNC)
            attempt('creat', call, 'creat', b'attack', 0o600)
            attempt('save', numpy.ones(2).tofile, 'attack')
            {raw("openat2", "-100", "b'attack'", "bytes(24)", "24")}""",
        "change-files": """
            attempt('unlink', os.unlink, 'secret')
            attempt('rename', os.rename, 'secret', 'moved')
            attempt('mkdir', os.mkdir, 'attack')
            attempt('rmdir', os.rmdir, '.')
            attempt('symlink', os.symlink, 'secret', 'attack')
            attempt('link', os.link, 'secret', 'attack')
            attempt('chmod', os.chmod, 'secret', 0o777)
            attempt('chown', os.chown, 'secret', 1, 1)
            attempt('utime', os.utime, 'secret')
            attempt('mkfifo', os.mkfifo, 'attack')""",
        "sockets": """
            attempt('inet', socket.socket, socket.AF_INET, socket.SOCK_STREAM)
            attempt('udp', socket.socket, socket.AF_INET, socket.SOCK_DGRAM)
            attempt('unix', socket.socket, socket.AF_UNIX, socket.SOCK_STREAM)
            attempt('pair', socket.socketpair)
            attempt('netlink', socket.socket, 16, socket.SOCK_RAW)
            attempt('vsock', socket.socket, 40, socket.SOCK_STREAM)
            attempt('packet', socket.socket, 17, socket.SOCK_RAW)""",
        "pass-a-descriptor": """
            attempt('sendmsg', socket.send_fds, link, [b'x'], [0])
            attempt('recvmsg', link.recvmsg, 1)
            attempt('sendto', call, 'sendto', link.fileno(), b'x', 1, 0, bytes(110), 110)
            attempt('pidfd', link.getsockopt, socket.SOL_SOCKET, 77)
            attempt('accept', link.accept)""",
        "descriptors": """
            import fcntl
            attempt('non-blocking', fcntl.fcntl, 0, fcntl.F_SETFL, os.O_NONBLOCK)
            attempt('owner', fcntl.fcntl, 0, fcntl.F_SETOWN, parent)
            attempt('pipe size', fcntl.fcntl, 0, 1031, 1 << 20)
            attempt('inject', fcntl.ioctl, 0, 0x5412, b'x')
            attempt('pipe', os.pipe)
            attempt('eventfd', call, 'eventfd', 0, 0)
            attempt('epoll', call, 'epoll_create1', 0)
            attempt('path', os.open, '/', os.O_PATH)""",
        "memory-files": f"""
            attempt('memfd', os.memfd_create, 'attack')
            {raw("memfd_secret", "0")}""",
        "system-v": """
            attempt('shmget', call, 'shmget', 0, 4096, 0o1600)
            attempt('msgget', call, 'msgget', 0, 0o1600)
            attempt('semget', call, 'semget', 0, 1, 0o1600)""",
        "message-queue": raw("mq_open", "b'attack'", "0o102", "0o600", "None"),
        "keyrings": f"""
            {raw("keyctl", "0", "-3", "0")}
            {raw("add_key", "b'user'", "b'attack'", "b'x'", "1", "-3")}""",
        "io-uring": raw("io_uring_setup", "1", "bytes(120)"),
        "userfaultfd": raw("userfaultfd", "1"),
        "namespaces": """
            for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000):
                attempt(hex(flag), call, 'unshare', flag)
            attempt('mount', call, 'mount', b'none', b'/tmp', b'tmpfs', 0, None)
            attempt('chroot', os.chroot, '/tmp')
            attempt('setuid', os.setuid, 1)""",
        "kernel-surface": f"""
            {raw("bpf", "0", "None", "0")}
            {raw("perf_event_open", "bytes(128)", "0", "-1", "-1", "0")}
            {raw("fanotify_init", "0", "0")}
            {raw("open_by_handle_at", "-100", "bytes(16)", "0")}
            {raw("pidfd_getfd", "0", "0", "0")}
            {raw("process_madvise", "0", "None", "0", "0", "0")}
            {raw("seccomp", "0", "0", "None")}""",
        "raise-own-limits": """
            for name in "AS CPU NOFILE CORE NPROC FSIZE".split():
                kind = getattr(resource, f"RLIMIT_{name}")
                attempt(f'setrlimit {kind}', call, 'setrlimit', kind, bytes([255] * 16))
                attempt(f'prlimit {kind}', call, 'prlimit', 0, kind, bytes([255] * 16), None)""",
        "undo-the-protection": """
            attempt('dumpable', call, 'prctl', 4, 1, 0, 0, 0)
            attempt('death signal', call, 'prctl', 1, 0, 0, 0, 0)
            attempt('subreaper', call, 'prctl', 36, 1, 0, 0, 0)
            attempt('session', os.setsid)
            attempt('landlock', call, 'syscall', 444, None, 0, 1)""",
    }


LANDLOCK_ATTACKS = {
    "read-a-secret": """
        attempt('here', open, 'secret')
        attempt('there', open, os.path.join(os.getcwd(), 'secret'))
        attempt('list', os.listdir, '.')""",
    "read-the-machine": """
        attempt('passwd', open, '/etc/passwd')
        attempt('hosts', open, '/etc/hosts')
        attempt('root', os.listdir, '/')""",
    "read-proc": """
        attempt('own', open, '/proc/self/maps')
        attempt('parent', open, f'/proc/{parent}/environ')
        attempt('memory', open, f'/proc/{parent}/mem', 'rb')
        attempt('list', os.listdir, '/proc')""",
    "read-devices": """
        attempt('zero', open, '/dev/zero', 'rb')
        attempt('shm', os.listdir, '/dev/shm')
        attempt('tty', open, '/dev/tty')""",
}


def dedent(code: str) -> str:
    """Drops the indentation, which inserted lines do not have to share."""
    lines = code.strip("\n").splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines)


PRELUDE = """
import ctypes, errno, os, resource, signal, socket, stat, sys, tempfile
import numpy
libc = ctypes.CDLL(None, use_errno=True)
victim = ctypes.create_string_buffer(b"unchanged", 16)
parent = os.getppid()
tries = {}


def attempt(name, act, *arguments):
    try:
        act(*arguments)
    except OSError as problem:
        tries[name] = errno.errorcode.get(problem.errno, str(problem))
    except BaseException as problem:
        tries[name] = type(problem).__name__
    else:
        tries[name] = "done"


def call(function, *arguments):
    if getattr(libc, function)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), function)


for number in range(3, 32):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=number)
    except OSError:
        pass
"""
