"""Running programs and measuring them: wall time, processor time, peak memory, and what they wrote."""

import json
import multiprocessing
import os
import platform
import shutil
import statistics
import subprocess
import time


def apart(work, *arguments):
    """Does work in a process of its own: a measured program begins with the memory of its parent, which is to stay small."""
    process = multiprocessing.Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode != 0:
        raise SystemExit(f"`{work.__name__}` failed")


def run(command, log, cwd=None, environment=None):
    """Runs a command to its end. What it prints is in the file `log` afterwards."""
    # What the last one left to be written is not this one's work.
    os.sync()
    start = time.monotonic()
    with open(log, "wb") as out:
        process = subprocess.Popen(command, cwd=cwd, stdout=out, stderr=out, env={**os.environ, **(environment or {})})
        _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"`{' '.join(command)}` failed:\n{open(log, encoding='utf-8', errors='replace').read()[-2000:]}")
    return {"wall": round(wall, 3), "cpu": round(used.ru_utime + used.ru_stime, 3), "peak": used.ru_maxrss * 1024}


def written(folder):
    """How many files, pages and bytes a folder has."""
    files = pages = size = 0
    for root, _, names in os.walk(folder):
        for name in names:
            files += 1
            pages += name.endswith(".html")
            size += os.lstat(os.path.join(root, name)).st_size
    return {"files": files, "pages": pages, "bytes": size}


class Outputs:
    """New folders for what programs write. They are deleted when all is measured: ext4 passes over inodes that were freed a short time ago,
    one by one, so that a build which follows a deletion is slower."""

    QUIET = 300

    def __init__(self, folder):
        self.folder = folder
        self.mark = f"{folder}.deleted"
        os.makedirs(folder, exist_ok=True)

    def fresh(self):
        """A path that is not there yet, in a folder that has nothing else."""
        folder = os.path.join(self.folder, str(time.time_ns()))
        os.makedirs(folder)
        return os.path.join(folder, "site")

    def wait(self):
        """Waits until inodes that an earlier run freed can be taken again."""
        since = time.time() - os.path.getmtime(self.mark) if os.path.exists(self.mark) else self.QUIET
        if since < self.QUIET:
            print(f"waiting {self.QUIET - since:.0f} s, since outputs of an earlier run were deleted just now", flush=True)
            time.sleep(self.QUIET - since)

    def delete(self):
        """Deletes all outputs."""
        shutil.rmtree(self.folder)
        with open(self.mark, "w", encoding="utf-8"):
            pass


def in_turn(rounds, runs):
    """Does each of the named runs once, then each again, so that a slow minute of the machine hits all of them. Gives a row for each."""
    rows = []
    for number in range(1, rounds + 1):
        for name, once in runs:
            row = {"name": name, "round": number, **once()}
            rows.append(row)
            print(f"  {number}/{rounds}  {row['wall']:8.3f} s  {row['cpu']:8.2f} s cpu  {name}", flush=True)
    return rows


def spread(values):
    """Least, median and greatest of some values."""
    return min(values), statistics.median(values), max(values)


def machine():
    """What the figures depend on besides the programs."""
    def first(path, key):
        with open(path, encoding="utf-8") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith(key)), "")

    memory = int(first("/proc/meminfo", "MemTotal").split()[0]) / 1024**2
    disk = said(["findmnt", "--noheadings", "--output", "FSTYPE", "--target", "."])
    return {
        "processor": f"{os.cpu_count()} x {first('/proc/cpuinfo', 'model name') or platform.machine()}",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, {disk}",
        # More than nothing means that other programs took part of the processors.
        "load": f"load of the minute before {os.getloadavg()[0]:.1f}",
    }


def said(command):
    """The first line that a command prints."""
    return (subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines() or [""])[0]


def save(path, head, rows):
    """Writes the rows of a part as JSON Lines, after a line that says what they are."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in [head, *rows])
