"""Who used the processor: this program's children, or others."""

import os
import pathlib
import resource


def children_seconds():
    """What all ended children took of the processor."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def used_and_all():
    """Seconds that the machine's processors worked (or were taken by a hypervisor) since its start, and all."""
    fields = [int(f) for f in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    tick = os.sysconf("SC_CLK_TCK")
    return (sum(fields) - fields[3] - fields[4]) / tick, sum(fields) / tick


def others_share(before, own):
    """Which part of the processors others used since `before`, from `used_and_all`; `own` seconds were ours."""
    after = used_and_all()
    return max(0.0, after[0] - before[0] - own) / max(1e-9, after[1] - before[1])
