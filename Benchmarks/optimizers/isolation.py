"""Runs a function in a process of its own, so that nothing it does harms what asked for it."""

import json
import multiprocessing
import os
import signal

FORK = multiprocessing.get_context("fork")


def isolated(function, arguments, log, limit):
    """What the function returns, or an error as text: a signal, a status, the time limit, the first line it wrote.

    The function may replace the process by a program.
    """
    answer = log + ".json"
    for path in (answer, log):
        if os.path.exists(path):
            os.remove(path)
    process = FORK.Process(target=enter, args=(function, arguments, log, answer))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        process.join()
        return None, f"not done after {limit} s"
    if process.exitcode == 0:
        if not os.path.exists(answer):
            return None, None
        with open(answer) as file:
            document = json.load(file)
        return document.get("value"), document.get("error")
    how = f"status {process.exitcode}"
    if process.exitcode < 0:
        how = signal.Signals(-process.exitcode).name
    with open(log, errors="replace") as file:
        lines = [line.strip() for line in file if line.strip()]
    return None, f"{how}: {lines[0] if lines else 'without a word'}"[:300]


def enter(function, arguments, log, answer):
    """The other process: everything it says goes to the log."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    document = {}
    try:
        document["value"] = function(*arguments)
    except BaseException as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        document["error"] = f"{type(error).__name__}: {lines[0] if lines else 'without a word'}"[:300]
    with open(answer, "w") as file:
        json.dump(document, file)
    os._exit(0)
