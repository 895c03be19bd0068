"""Limits on what this process may use (`man 2 setrlimit`)."""

import mmap
import resource


def set_limits(cpu_seconds: int, memory: int, file_size: int) -> bool:
    """Bound CPU time, memory on top of the present size, descriptors and what else could grow; whether all hold."""
    size = address_space() + memory
    held = [
        lower(resource.RLIMIT_AS, size, size),
        lower(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        lower(resource.RLIMIT_NOFILE, 32, 32),
        lower(resource.RLIMIT_NPROC, 0, 0),
        lower(resource.RLIMIT_FSIZE, file_size, file_size),
        lower(resource.RLIMIT_CORE, 0, 0),
        lower(resource.RLIMIT_MSGQUEUE, 0, 0),
        lower(resource.RLIMIT_MEMLOCK, 0, 0),
    ]
    return all(held)


def lower(kind: int, soft: int, hard: int) -> bool:
    """Set a limit, or keep the present hard one where that is lower; return whether that worked."""
    present = resource.getrlimit(kind)[1]
    if present != resource.RLIM_INFINITY:
        soft, hard = min(soft, present), min(hard, present)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError):
        return False
    return True


def address_space() -> int:
    """Return the bytes that this process has mapped, rounded up to 1 MiB: the lowest soft limit at which a page fits.

    /proc, which has the number, is not there in bubblewrap. The soft limit is left somewhere; the caller sets it next.
    """
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = 1 << 48 if hard == resource.RLIM_INFINITY else hard
    low, high = 0, min(1 << 30, most)
    while high < most and not _page_fits(high, hard):
        low, high = high, min(2 * high, most)
    while high - low > 1 << 20:
        middle = (low + high) // 2
        low, high = (low, middle) if _page_fits(middle, hard) else (middle, high)
    return high


def _page_fits(soft: int, hard: int) -> bool:
    """Whether this process can still grow below a limit."""
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    try:
        mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, MemoryError):
        return False
    return True
