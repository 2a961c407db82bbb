"""Times profiled runs of Assay against an engine's own profiler used bare, in pairs.

Each pair has a fresh session on either side, and both run on one core, drawn anew for each pair: cores differ in speed by
more than what is looked for. Prints `{"metrics": […]}` in the form of a record's: `profiling.ratio` for each engine and
model, the median over pairs of Assay's profiled runs over the bare ones. The intervals are of order statistics and hold
together: each is at the level that leaves all of them at 95 % (Bonferroni), since the worst of them is read.

Only runs are timed: neither loading, nor reading the profile. The time of a bare run holds a call from Python, that of Assay's
holds none. `profiling.call` is what that comes to: by how many nanoseconds a bare run of a model that computes next to nothing
is the longer one, the median over pairs; `profiling.call.share` is its share of the fastest bare run that is compared.
"""

import argparse
import array
import importlib.util
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile

import numpy

from worker import Worker

TINY = os.path.join(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "Tests/TestKit/Models/affine.onnx")

OPTIONS = {
    "precision": "f32", "threads": 1, "spinning": False, "flushDenormals": True, "optimization": "all", "extra": {},
    "profiling": False}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assay", default=".build/release/assay", help="the program (%(default)s)")
    parser.add_argument("--worker", default=".build/release/assay-worker", help="its worker (%(default)s)")
    parser.add_argument("--models", nargs="+", default=["mobilenet-v2", "squeezenet-1.1"], help="models of the zoo")
    parser.add_argument("--engines", nargs="+", default=["onnxruntime", "openvino"])
    parser.add_argument("--rounds", type=int, default=75, help="pairs of fresh sessions (%(default)s)")
    parser.add_argument("--runs", type=int, default=12, help="runs of a session that count (%(default)s)")
    parser.add_argument("--warmup", type=int, default=4, help="runs before them (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the cores that are drawn (%(default)s)")
    options = parser.parse_args()
    lines = subprocess.run(
        [options.assay, "zoo", "fetch", *options.models], check=True, capture_output=True, text=True).stdout
    files = {}
    for line in lines.splitlines():
        name, separator, path = line.partition(": ")
        if separator and path.endswith(".onnx"):
            files[name.partition("@")[0]] = path
    missing = [name for name in options.models if name not in files]
    if missing:
        sys.exit(f"{', '.join(missing)} not found; `{options.assay} zoo` lists the models")
    cores = random.Random(options.seed)
    together = len(options.engines) * len(options.models)
    metrics = []
    for engine in options.engines:
        fastest = math.inf
        for name in options.models:
            times = compare(engine, name, files[name], options, cores)
            ratios = [assay / bare for assay, bare in times]
            metrics.append(metric("profiling.ratio", ratios, {"engine": engine, "model": name}, together))
            fastest = min(fastest, statistics.median(bare for _, bare in times))
        call = statistics.median(bare - assay for assay, bare in compare(engine, "tiny", TINY, options, cores))
        for label, value, unit in [("profiling.call", call, "ns"), ("profiling.call.share", call / fastest, "")]:
            metrics.append({
                "name": label, "labels": {"engine": engine}, "value": value, "count": options.rounds, "unit": unit})
    print(json.dumps({"metrics": metrics}, indent=1))


def compare(engine, name, path, options, cores):
    """The medians of each pair in nanoseconds, Assay's first."""
    bare = subprocess.Popen(
        [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "bare.py")], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    worker = Worker(options.worker, engine, libraries(engine), OPTIONS)
    values = numpy.random.default_rng(1).standard_normal(shape(worker, path), dtype=numpy.float32)
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "input.npy")
        numpy.save(file, values)
        for index in range(options.rounds):
            core = cores.choice(sorted(os.sched_getaffinity(0)))
            for process in (bare, worker.process):
                pin(process.pid, core)
            turns = [
                lambda: ("bare", bare_round(bare, f"{engine} {path} {file} {options.warmup} {options.runs}")),
                lambda: ("assay", profiled_round(worker, path, values, options))]
            times = dict(turn() for turn in (turns if index % 2 == 0 else turns[::-1]))
            pairs.append((statistics.median(times["assay"]), statistics.median(times["bare"])))
            ratio = pairs[-1][0] / pairs[-1][1]
            print(f"{engine} {name} {index + 1}/{options.rounds}, core {core}: {ratio:.3f}", file=sys.stderr)
    worker.close()
    bare.stdin.close()
    bare.wait()
    return pairs


def pin(process, core):
    """Keeps every thread of a process on one core; threads to come inherit it."""
    for thread in os.listdir(f"/proc/{process}/task"):
        try:
            os.sched_setaffinity(int(thread), {core})
        except ProcessLookupError:
            # It ended meanwhile.
            pass


def shape(worker, path):
    """The shape of the model's only input; open extents are 1."""
    loaded = worker.ask("load", {"name": path, "path": path, "isOriginal": True, "options": OPTIONS})[0]
    if len(loaded["inputs"]) != 1:
        sys.exit(f"{path} has {len(loaded['inputs'])} inputs")
    worker.ask("unload", {"model": loaded["model"]})
    extents = loaded["inputs"][0]["type"]["tensor"]["shape"]
    return [extent if isinstance(extent, int) else 1 for extent in extents]


def bare_round(process, line):
    process.stdin.write(line + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        sys.exit("the engine's own package failed")
    return json.loads(answer)


def profiled_round(worker, path, values, options):
    """The times of profiled runs."""
    request = {"name": os.path.basename(path), "path": path, "isOriginal": True,
               "options": {**OPTIONS, "profiling": True}}
    model = worker.ask("load", request)[0]["model"]
    body, data = worker.ask("job", {"job": "profile", "request": {
        "model": model, "inputs": [0], "warmupRuns": options.warmup, "runs": options.runs, "burst": options.runs}},
        [values])
    if not body["packed"]["outline"]["steps"]:
        sys.exit("the profile is empty")
    worker.ask("unload", {"model": model})
    times = array.array("q")
    times.frombytes(data[body["packedTimes"]])
    return list(times)


def libraries(engine):
    """The folder of the libraries inside the engine's own package."""
    package = os.path.dirname(importlib.util.find_spec(engine).origin)
    return os.path.join(package, {"onnxruntime": "capi", "openvino": "libs"}[engine])


def metric(name, ratios, labels, together):
    """A median with order statistics (binomial) that hold it at a level that leaves so many intervals at 95 %."""
    level = 1 - 0.05 / together
    ordered = sorted(ratios)
    count = len(ordered)
    rank, below = 0, 0.0
    while below + math.comb(count, rank) / 2**count <= (1 - level) / 2:
        below += math.comb(count, rank) / 2**count
        rank += 1
    if rank == 0:
        sys.exit("too few rounds for an interval")
    return {
        "name": name, "labels": labels, "value": statistics.median(ordered), "count": count, "unit": "x",
        "interval": {
            "lower": ordered[rank - 1], "upper": ordered[count - rank], "level": level, "method": "order-statistics"}}


main()
