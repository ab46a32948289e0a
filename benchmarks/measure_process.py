"""Run one command and print what it took, from a process so small that it hides nothing.

Run as ``python -I -S measure_process.py COMMAND...``. A process counts the memory of the one that started
it as its own, so a large benchmark must not start what it measures.
"""

import json
import os
import resource
import sys
import time

started = time.perf_counter()
null = os.open(os.devnull, os.O_WRONLY)
quiet = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_pid, status = os.waitpid(child, 0)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
took = {
    "wall": time.perf_counter() - started,
    "cpu": usage.ru_utime + usage.ru_stime,
    "peak_mb": usage.ru_maxrss / 1024,
    "code": os.waitstatus_to_exitcode(status),
}
print(json.dumps(took))
