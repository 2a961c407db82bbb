"""Starts a collector, lets Assay send it a trace, reads the spans back and compares them with the trace as a file.

usage: run ASSAY [ARGUMENT...]

ASSAY is the program; the arguments are those of `assay trace`: a model and what else there is to say. Prints one JSON
object: how many spans were sent, how many came back, and how many differ in name, parent or time.
"""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(url, process, limit=180):
    end = time.time() + limit
    while time.time() < end:
        if process.poll() is not None:
            raise SystemExit(f"the collector ended with {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"the collector did not answer within {limit} s")


def kept_spans(base, wanted, limit=60):
    """All spans of the default project; they are stored a moment after they were taken."""
    end = time.time() + limit
    spans = {}
    while time.time() < end:
        spans = {}
        cursor = ""
        while True:
            address = f"{base}/v1/projects/default/spans?limit=1000" + (f"&cursor={cursor}" if cursor else "")
            answer = json.load(urllib.request.urlopen(address, timeout=30))
            for span in answer["data"]:
                spans[span["context"]["span_id"]] = span
            cursor = answer.get("next_cursor")
            if not cursor:
                break
        if len(spans) >= wanted:
            break
        time.sleep(1)
    return spans


def microseconds(text):
    """Microseconds of the epoch of an ISO 8601 time: the collector keeps no finer ones."""
    import datetime
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    whole = moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return (whole.days * 86400 + whole.seconds) * 1_000_000 + whole.microseconds


def differs(span, kept):
    if kept is None:
        return "missing"
    if kept["name"] != span["name"]:
        return f"name {kept['name']!r}"
    if (kept.get("parent_id") or None) != span.get("parentSpanId"):
        return f"parent {kept.get('parent_id')!r}"
    for mine, theirs in [("startTimeUnixNano", "start_time"), ("endTimeUnixNano", "end_time")]:
        if abs(int(span[mine]) // 1000 - microseconds(kept[theirs])) > 1:
            return f"{theirs} {kept[theirs]}"
    return None


def main():
    if len(sys.argv) < 3 or sys.argv[1] in ("-h", "--help"):
        raise SystemExit(__doc__)
    assay, arguments = sys.argv[1], sys.argv[2:]
    phoenix = pathlib.Path(sys.executable).parent / "phoenix"
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = dict(
            os.environ, PHOENIX_PORT=str(port), PHOENIX_GRPC_PORT=str(free_port()), PHOENIX_HOST="127.0.0.1",
            PHOENIX_WORKING_DIR=folder, PHOENIX_TELEMETRY_ENABLED="false")
        log = open(f"{folder}/log", "w")
        server = subprocess.Popen([phoenix, "serve"], env=environment, stdout=log, stderr=log)
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_ready(base + "/healthz", server)
            # Written with the numbers that are sent: sending is an import of the file.
            trace = f"{folder}/trace.otlp.json"
            subprocess.run([assay, "trace", *arguments, "--timeline", trace, "--quiet"], check=True, stdout=sys.stderr)
            subprocess.run(
                [assay, "trace", "--import", trace, "--otlp", base + "/v1/traces", "--quiet"], check=True,
                stdout=sys.stderr)
            sent = [
                span for resource in json.load(open(trace))["resourceSpans"] for scope in resource["scopeSpans"]
                for span in scope["spans"]]
            kept = kept_spans(base, len(sent))
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                # Who started this may have blocked the signal for all that it starts.
                server.kill()
                server.wait()
    found = [(span["name"], differs(span, kept.get(span["spanId"]))) for span in sent]
    wrong = [(name, reason) for name, reason in found if reason]
    for name, reason in wrong[:10]:
        print(f"{name}: {reason}", file=sys.stderr)
    print(json.dumps({"sent": len(sent), "kept": len(kept), "differing": len(wrong) + max(0, 1 - len(sent))}))


main()
