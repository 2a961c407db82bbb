#!/usr/bin/env python3
"""Queries a second of assay's scenarios and of MLPerf's LoadGen against a null system, in turns.

Both answer every query at once, in native code, on the thread that issues it, with as many threads on both sides. LoadGen's
time counts from its first query to the return of the last one, assay's from the start of the run to the last answer; each
makes its schedule before. Prints the ratio of each scenario with its interval, and the least of them, as JSON.
"""
import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MODEL = os.path.join(ROOT, "Tests/TestKit/Models/affine.onnx")

# A rate that neither reaches, so that the next query is always due: scenario, threads, queries a second, milliseconds.
SCENARIOS = [("single-stream", 1, 2_000_000, 1000), ("server", 1, 20_000_000, 150), ("server", 2, 20_000_000, 150)]

# Student's t at 97.5 %, by degrees of freedom.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228}


def loadgen(program, scenario, threads, rate, milliseconds):
    """Queries a second of LoadGen."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [program, scenario, str(threads), str(rate), str(milliseconds), folder],
            check=True, capture_output=True, text=True)
    # What LoadGen prints itself comes before the program's own line.
    result = json.loads(run.stdout.strip().splitlines()[-1])
    return result["queries"] * 1e9 / result["nanoseconds"]


def assay(program, scenario, threads, rate, milliseconds):
    """Queries a second of assay."""
    command = [
        program, "load", MODEL, "--engine", "calibration", "--scenario", scenario, "--duration", f"{milliseconds}ms",
        "--offline", "--json", "--quiet", "--seed", str(random.randrange(1 << 30)), "--queries", "1000",
    ]
    if scenario == "server":
        command += ["--rate", str(rate), "--concurrency", str(threads)]
    run = subprocess.run(command, capture_output=True, text=True)
    # Status 1 says that the figures are the generator's: against a null system they are meant to be.
    if run.returncode not in (0, 1):
        sys.exit(run.stderr)
    (metric,) = [m for m in json.loads(run.stdout)["metrics"] if m["name"] == "load.queries"]
    return metric["value"]


def ratio(ours, theirs):
    """The geometric mean of the rounds' ratios with its interval of 95 %."""
    logs = [math.log(a / b) for a, b in zip(ours, theirs)]
    mean = sum(logs) / len(logs)
    deviation = math.sqrt(sum((x - mean) ** 2 for x in logs) / (len(logs) - 1))
    half = STUDENT[min(len(logs) - 1, 10)] * deviation / math.sqrt(len(logs))
    return {"ratio": math.exp(mean), "lower": math.exp(mean - half), "upper": math.exp(mean + half)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--assay", default=".build/release/assay", help="the program")
    parser.add_argument("--rounds", type=int, default=7, help="rounds in which both take their turn, at least 2")
    arguments = parser.parse_args()
    program = subprocess.run([os.path.join(HERE, "build")], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    sides = {"assay": lambda *s: assay(arguments.assay, *s), "loadgen": lambda *s: loadgen(program, *s)}
    rates = {(scenario, side): [] for scenario in SCENARIOS for side in sides}
    order = list(rates)
    for _ in range(max(arguments.rounds, 2)):
        random.shuffle(order)
        for scenario, side in order:
            rates[scenario, side].append(sides[side](*scenario))
    found = {}
    for scenario in SCENARIOS:
        name = f"{scenario[0]}, {scenario[1]} thread" + ("s" if scenario[1] > 1 else "")
        found[name] = ratio(rates[scenario, "assay"], rates[scenario, "loadgen"])
        for side in sides:
            found[name][side] = sum(rates[scenario, side]) / len(rates[scenario, side])
    print(json.dumps({"lower": min(f["lower"] for f in found.values()), "scenarios": found, "unit": "queries/s"}))


if __name__ == "__main__":
    main()
