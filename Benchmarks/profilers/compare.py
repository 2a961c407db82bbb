"""Times profiled runs of Assay against an engine's own profiler used bare, in turns, and the same runs without a profiler.

Prints `{"metrics": […]}` in the form of a record's: `profiling.ratio`, Assay's profiled runs over the bare ones, and
`profiler.ratio`, profiled runs over those without, each a median over rounds with an interval of order statistics.
"""

import argparse
import array
import importlib.util
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

import numpy

from worker import Worker

OPTIONS = {
    "precision": "f32", "threads": 1, "spinning": False, "flushDenormals": True, "optimization": "all", "extra": {},
    "profiling": False}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assay", default=".build/release/assay", help="the program (%(default)s)")
    parser.add_argument("--worker", default=".build/release/assay-worker", help="its worker (%(default)s)")
    parser.add_argument("--models", nargs="+", default=["mobilenet-v2", "squeezenet-1.1"], help="models of the zoo")
    parser.add_argument("--engines", nargs="+", default=["onnxruntime", "openvino"])
    parser.add_argument("--rounds", type=int, default=21, help="fresh sessions on either side (%(default)s)")
    parser.add_argument("--runs", type=int, default=40, help="runs of a session that count (%(default)s)")
    parser.add_argument("--warmup", type=int, default=10, help="runs before them (%(default)s)")
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
    metrics = []
    for engine in options.engines:
        for name in options.models:
            metrics += compare(engine, name, files[name], options)
    print(json.dumps({"metrics": metrics}, indent=1))


def compare(engine, name, path, options):
    bare = subprocess.Popen(
        [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "bare.py")], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    worker = Worker(options.worker, engine, libraries(engine), OPTIONS)
    values = numpy.random.default_rng(1).standard_normal(shape(worker, path), dtype=numpy.float32)
    ratios, costs = [], []
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "input.npy")
        numpy.save(file, values)
        for index in range(options.rounds):
            turns = [
                lambda: ("bare", bare_round(bare, f"{engine} {path} {file} {options.warmup} {options.runs}")),
                lambda: ("assay", profiled_round(worker, path, values, options))]
            times = dict(turn() for turn in (turns if index % 2 == 0 else turns[::-1]))
            profiled, plain = times["assay"]
            ratios.append(statistics.median(profiled) / statistics.median(times["bare"]))
            costs.append(statistics.median(profiled) / statistics.median(plain))
            print(f"{engine} {name} {index + 1}/{options.rounds}: {ratios[-1]:.3f} {costs[-1]:.3f}", file=sys.stderr)
    worker.close()
    bare.stdin.close()
    bare.wait()
    labels = {"engine": engine, "model": name}
    return [metric("profiling.ratio", ratios, labels), metric("profiler.ratio", costs, labels)]


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
    """The times of profiled runs, and of runs without a profiler after them."""
    loaded = [
        worker.ask("load", {
            "name": os.path.basename(path), "path": path, "isOriginal": True,
            "options": {**OPTIONS, "profiling": profiling}})[0]["model"] for profiling in (True, False)]
    # One turn of each, so that neither finds the caches full of the other's weights.
    request = {
        "model": loaded[0], "plain": loaded[1], "inputs": [0], "warmupRuns": options.warmup, "runs": options.runs,
        "burst": options.runs}
    body, data = worker.ask("job", {"job": "profile", "request": request}, [values])
    if not body["packed"]["outline"]["steps"]:
        sys.exit("the profile is empty")
    for model in loaded:
        worker.ask("unload", {"model": model})
    return nanoseconds(body, data, "packedTimes"), nanoseconds(body, data, "packedPlainTimes")


def nanoseconds(body, data, key):
    numbers = array.array("q")
    numbers.frombytes(data[body[key]])
    return list(numbers)


def libraries(engine):
    """The folder of the libraries inside the engine's own package."""
    package = os.path.dirname(importlib.util.find_spec(engine).origin)
    return os.path.join(package, {"onnxruntime": "capi", "openvino": "libs"}[engine])


def metric(name, ratios, labels):
    """A median with the order statistics that hold it in 95 of 100 cases (binomial)."""
    ordered = sorted(ratios)
    count = len(ordered)
    rank, below = 0, 0.0
    while below + math.comb(count, rank) / 2**count <= 0.025:
        below += math.comb(count, rank) / 2**count
        rank += 1
    if rank == 0:
        sys.exit("too few rounds for an interval")
    return {
        "name": name, "labels": labels, "value": statistics.median(ordered), "count": count, "unit": "x",
        "interval": {
            "lower": ordered[rank - 1], "upper": ordered[count - rank], "level": 0.95, "method": "order-statistics"}}


main()
