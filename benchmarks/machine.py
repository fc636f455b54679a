"""On what was measured: the machine, its versions, and what it costs its disk to make something durable."""

import os
import platform
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

SYNCS = 50


def machine() -> dict[str, str]:
    """By the words under which the table shows it."""
    lowest, middle, highest = disk()
    return {
        "processor": f"{_model()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "versions": f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "disk": f"a 4 KiB write made durable (fsync) takes {lowest:.2f} - {middle:.2f} - {highest:.2f} ms",
        "busy": f"load {os.getloadavg()[0]:.1f} at the start",
    }


def disk() -> tuple[float, float, float]:
    """Milliseconds of a write with fsync, where the benchmarks' databases stand: least, median, most."""
    spans = []
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "synced").open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            began = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            spans.append((time.perf_counter() - began) * 1000)
    return min(spans), median(spans), max(spans)


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "?")
