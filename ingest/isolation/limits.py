"""The resource limits for reading one document, set with setrlimit."""

import resource
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

MEGABYTE = 1 << 20
OPEN_FILES = 32
MEMORY_TIMES, SECONDS_TIMES = 1.5, 5  # times the usual limits, for one page that is a picture


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory_mb` is address space beyond that of the reader at its start. `seconds` limits wall time and CPU time.

    `must_confine`: nothing is read where a reader cannot be confined in every respect.
    """

    memory_mb: int = 1024
    seconds: float = 120
    pages: int = 2000
    output_mb: int = 32  # limits the answer, and separately what the reader prints
    must_confine: bool = False


def for_picture(limits: Limits) -> Limits:
    """The limits for recognising one page: it takes up to 20 seconds of one core and a gigabyte."""
    return replace(limits, memory_mb=round(MEMORY_TIMES * limits.memory_mb), seconds=SECONDS_TIMES * limits.seconds)


def impose(limits: Limits, files: int = 1) -> None:
    """Sets the limits of this process for good. Beyond them a file raises OSError and memory MemoryError.

    `files` is the number of files that are open to be read.
    """
    Path("/proc/self/oom_score_adj").write_text("1000")  # when memory runs out, the kernel kills this process first
    bind(resource.RLIMIT_AS, _address_space() + limits.memory_mb * MEGABYTE)
    bind(resource.RLIMIT_FSIZE, limits.output_mb * MEGABYTE)
    bind(resource.RLIMIT_NOFILE, OPEN_FILES + files - 1)
    bind(resource.RLIMIT_NPROC, 0)  # root is exempt from this limit
    bind(resource.RLIMIT_CORE, 0)
    seconds = ceil(limits.seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, then SIGKILL


def bind(kind: int, most: int) -> None:
    """Sets one limit of this process for good, at most to what is allowed already."""
    _, ceiling = resource.getrlimit(kind)
    most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    resource.setrlimit(kind, (most, most))


def _address_space() -> int:
    pages = Path("/proc/self/statm").read_text().split()[0]
    return int(pages) * resource.getpagesize()
