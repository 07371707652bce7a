"""Starts the AWS emulator MiniStack with what the deployed stack needs and it lacks; docs/end-to-end.md says what that is.

start.py FOLDER: keeps its files in FOLDER, which goes with it. It ends with its standard input, so with whoever started it.
"""

import os
import shutil
import signal
import sys
import threading

import patching

patching.check_version()

# The patched modules are read only once the version is known to be theirs.
from ministack import app  # noqa: E402
from ministack.services import scheduler  # noqa: E402

import carriers  # noqa: E402
import functions  # noqa: E402
import machines  # noqa: E402
import permissions  # noqa: E402
import resource_types  # noqa: E402

for part in (functions, machines, carriers, permissions, resource_types):
    part.patch()

# Seconds between two looks at what is due: ten are long where a journey takes a minute.
patching.replace(scheduler, "_SCHEDULE_TICK_INTERVAL", lambda _: 1)

if len(sys.argv) != 2:
    raise SystemExit("start.py FOLDER")
folder = sys.argv.pop()


# A group of its own, so that the functions that it started can be ended with it.
os.setpgrp()


def end_with_starter():
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_starter, daemon=True).start()
try:
    app.main()
finally:
    shutil.rmtree(folder, ignore_errors=True)
    # Python would wait for executions that wait for people.
    os.killpg(0, signal.SIGKILL)
