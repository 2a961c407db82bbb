"""An engine's own profiler, used from the engine's own Python package in a process of its own.

Reads one line a round, `ENGINE MODEL INPUT WARMUP RUNS`, and answers with the times of the runs in nanoseconds.
"""

import json
import os
import sys
import tempfile
import time

import numpy


def onnxruntime_rounds(model, values, warmup, runs):
    import onnxruntime

    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_profiling = True
        options.profile_file_prefix = os.path.join(folder, "profile")
        options.log_severity_level = 4
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        # The values stay where they are, as they do in a session of the C interface.
        binding = session.io_binding()
        binding.bind_cpu_input(session.get_inputs()[0].name, values)
        for output in session.get_outputs():
            binding.bind_output(output.name, "cpu")
        times = timed(lambda: session.run_with_iobinding(binding), warmup, runs)
        session.end_profiling()
    return times


def openvino_rounds(model, values, warmup, runs):
    import openvino

    compiled = openvino.Core().compile_model(
        model, "CPU", {
            "PERF_COUNT": "YES", "INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32", "CPU_DENORMALS_OPTIMIZATION": "YES", "ENABLE_CPU_PINNING": "NO"})
    request = compiled.create_infer_request()
    request.set_input_tensor(openvino.Tensor(values, shared_memory=True))
    times = timed(request.infer, warmup, runs)
    request.get_profiling_info()
    return times


def timed(run, warmup, runs):
    for _ in range(warmup):
        run()
    times = []
    for _ in range(runs):
        start = time.perf_counter_ns()
        run()
        times.append(time.perf_counter_ns() - start)
    return times


def main():
    rounds = {"onnxruntime": onnxruntime_rounds, "openvino": openvino_rounds}
    for line in sys.stdin:
        engine, model, values, warmup, runs = line.split()
        print(json.dumps(rounds[engine](model, numpy.load(values), int(warmup), int(runs))), flush=True)


main()
