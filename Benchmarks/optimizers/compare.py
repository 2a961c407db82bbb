"""Compares Assay's passes with onnxoptimizer and onnxslim on the same models.

Counted for each: crashes (an error, a signal, or no result in time), invalid results, and wrong outputs; beside them
right results that lack inputs. Prints a JSON line for each optimiser, and a table on standard error.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile

import judge
import optimizers
from isolation import FORK, isolated

KINDS = ["crash", "invalid", "wrong"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="random graphs, as `assay optimize --soak N --write FOLDER` makes them")
    parser.add_argument("--zoo", nargs="+", default=[], metavar="MODEL", help="models of the zoo")
    parser.add_argument("--assay", default=".build/release/assay", help="the program (%(default)s)")
    parser.add_argument("--only", nargs="+", default=optimizers.NAMES, choices=optimizers.NAMES, metavar="OPTIMIZER")
    parser.add_argument("--seed", type=int, default=1, help="of the inputs of models of the zoo (%(default)s)")
    parser.add_argument("--limit", type=float, default=120, help="seconds for one model and optimiser (%(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at a time (%(default)s)")
    return parser.parse_args()


def models(options):
    """Name, file, and file of inputs of every model."""
    found = []
    if options.folder:
        for path in sorted(glob.glob(os.path.join(options.folder, "*.model.onnx"))):
            base = path[: -len(".model.onnx")]
            found.append((os.path.basename(base), path, base + ".data.onnx"))
    if options.zoo:
        command = [options.assay, "zoo", "fetch", *options.zoo]
        for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
            name, separator, path = line.partition(": ")
            if separator and path.endswith(".onnx"):
                found.append((name.partition("@")[0], path, None))
        missing = len(options.zoo) - sum(data is None for _, _, data in found)
        if missing:
            sys.exit(f"{missing} of the models named with --zoo were not found; `{options.assay} zoo` lists them")
    if not found:
        sys.exit("no models: name a folder of random graphs, or models with --zoo")
    return found


def compare(name, path, data, options, scratch):
    """What became of one model: its nodes, and for each optimiser a kind of failure or the nodes that are left."""
    kept, log, result = (os.path.join(scratch, part) for part in ("facts", "log", "result.onnx"))
    facts, error = isolated(judge.describe, (name, path, data, options.seed, kept), log, options.limit)
    if error:
        return {"model": name, "unread": error}
    outcome = {"model": name, **facts}
    for optimizer in options.only:
        if os.path.exists(result):
            os.remove(result)
        run = (optimizer, os.path.abspath(options.assay), path, result)
        _, error = isolated(optimizers.optimize, run, log, options.limit)
        if error or not os.path.exists(result):
            outcome[optimizer] = {"kind": "crash", "reason": error or "no result was written"}
            continue
        verdict, error = isolated(judge.judge, (kept, result), log, options.limit)
        outcome[optimizer] = {"kind": "invalid", "reason": "ONNX Runtime: " + error} if error else verdict
    return outcome


def work(share, options, scratch, results):
    os.mkdir(scratch)
    for model in share:
        results.put(compare(*model, options, scratch))


def outcomes(found, options):
    """Compares all models, some at a time; slow ones are spread over the processes."""
    results = FORK.Queue()
    with tempfile.TemporaryDirectory(prefix="assay-optimizers-") as scratch:
        shares = [found[job :: options.jobs] for job in range(options.jobs)]
        crew = [
            FORK.Process(target=work, args=(share, options, os.path.join(scratch, str(job)), results))
            for job, share in enumerate(shares)
        ]
        for process in crew:
            process.start()
        gathered = []
        while len(gathered) < len(found):
            gathered.append(results.get())
            if sys.stderr.isatty():
                print(f"\r{len(gathered)} of {len(found)} models", end="", file=sys.stderr, flush=True)
        if sys.stderr.isatty():
            print(file=sys.stderr)
        for process in crew:
            process.join()
    order = {name: index for index, (name, _, _) in enumerate(found)}
    return sorted(gathered, key=lambda outcome: order[outcome["model"]])


def summary(optimizer, gathered):
    """Counts of one optimiser. A model on which it failed counts with the nodes that it had."""
    failures = [
        {"model": outcome["model"], **outcome[optimizer]} for outcome in gathered if "kind" in outcome[optimizer]
    ]
    count = {kind: sum(failure["kind"] == kind for failure in failures) for kind in KINDS}
    return {
        "optimizer": optimizer,
        "version": optimizers.version(optimizer),
        "models": len(gathered),
        "crashes": count["crash"],
        "invalid": count["invalid"],
        "wrong": count["wrong"],
        "findings": len(failures),
        "otherInputs": sum(outcome[optimizer].get("otherInputs", False) for outcome in gathered),
        # Nothing to compare with: ONNX Runtime does not run the model itself, or not twice alike.
        "uncompared": sum(not outcome["judged"] for outcome in gathered),
        "nodesBefore": sum(outcome["nodes"] for outcome in gathered),
        "nodesAfter": sum(outcome[optimizer].get("nodes", outcome["nodes"]) for outcome in gathered),
        "failures": failures,
    }


def table(rows):
    heads = ["optimizer", "version", "models", "crashes", "invalid", "wrong", "otherInputs", "nodesBefore", "nodesAfter"]
    cells = [heads] + [[str(row[head]) for head in heads] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths)) for line in cells)


def main():
    options = arguments()
    gathered = outcomes(models(options), options)
    for outcome in gathered:
        if "unread" in outcome:
            print(f"{outcome['model']} is left out: {outcome['unread']}", file=sys.stderr)
    gathered = [outcome for outcome in gathered if "unread" not in outcome]
    rows = [summary(optimizer, gathered) for optimizer in options.only]
    for row in rows:
        print(json.dumps(row))
    print(table(rows), file=sys.stderr)
    for row in rows:
        for failure in row["failures"]:
            print(f"{row['optimizer']}, {failure['model']}, {failure['kind']}: {failure['reason']}", file=sys.stderr)


if __name__ == "__main__":
    main()
