import Foundation

/// The environment variables that steer engine libraries while they are loaded.
///
/// The worker sets them itself, since neither ssh nor srun carries variables along.
enum EngineEnvironment {
    /// Beginnings of variables that change what an engine does; inherited ones are removed.
    static let steering = [
        "OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_", "ONEDNN_", "OPENBLAS_", "ORT_", "OPENVINO_", "OV_", "TBB_",
        "CUDA_LAUNCH_BLOCKING", "CUBLAS_WORKSPACE_CONFIG", "NVIDIA_TF32_OVERRIDE",
    ]

    /// How often a thread of libgomp's looks for work before it sleeps, some 1 ms together: between two kernels of a run
    /// it stays awake, after the run it sleeps.
    private static let briefSpin = 100_000

    /// What OpenMP must be told before it is loaded: the number of threads, and that idle threads sleep.
    ///
    /// `GOMP_SPINCOUNT` is libgomp's, `KMP_BLOCKTIME` (milliseconds) that of the LLVM and Intel run times.
    static func variables(for options: EngineOptions) -> [String: String] {
        var variables = [
            "OMP_NUM_THREADS": String(options.threads),
            "OMP_DYNAMIC": "FALSE",
            "OMP_WAIT_POLICY": options.spinning ? "ACTIVE" : "PASSIVE",
            "GOMP_SPINCOUNT": options.spinning ? "INFINITY" : String(briefSpin),
            "KMP_BLOCKTIME": options.spinning ? "INFINITE" : "0",
        ]
        guard options.device.kind == .cuda else { return variables }
        // The order in which the driver's own library counts them.
        variables["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
        // TensorFloat-32 has 10 bits of mantissa: who asks for f32 means 23.
        if options.precision == .f32 { variables["NVIDIA_TF32_OVERRIDE"] = "0" }
        return variables
    }

    /// Removes inherited steering variables and sets those that follow from `options`, overridden by `overrides`.
    ///
    /// - Returns: what was set and the names of what was removed.
    static func apply(
        _ options: EngineOptions, overrides: [String: String]
    ) -> (set: [String: String], removed: [String]) {
        let wanted = variables(for: options).merging(overrides) { _, override in override }
        let removed = ProcessInfo.processInfo.environment.keys.filter { name in
            wanted[name] == nil && steering.contains { name.hasPrefix($0) }
        }
        for name in removed { unsetenv(name) }
        for (name, value) in wanted { setenv(name, value, 1) }
        return (wanted, removed.sorted())
    }
}
