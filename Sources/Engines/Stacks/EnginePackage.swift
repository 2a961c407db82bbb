public import Assets

/// Where an engine's libraries come from: the package, the pinned build, and the files in it that are needed.
///
/// Adding an engine that comes as a package is one more entry here.
public struct EnginePackage: Sendable {
    /// The engine.
    public let engine: String
    /// The package on the Python index.
    public let package: String
    /// The build that is used where a spec asks for no version; `nil` where the newest is.
    public let pinned: Artifact?
    /// The oldest release whose package holds what is needed; `nil` where all do.
    var oldest: PackageVersion?
    /// The local label of the builds that are preferred where a spec asks for no version, as `cpu`.
    var variant: String?
    /// The local label of the builds that are not taken where a spec asks for no version.
    var avoided: String?
    /// The kind of device that it computes on; `nil` for the processor.
    var device: ComputeDevice.Kind?
    /// The extras of the package that name what the device needs: `cuda` in `onnxruntime-gpu[cuda]`.
    var extras: [String] = []
    /// With which the names of the packages begin whose libraries are kept beside the engine's.
    var libraryPackages: [String] = []
    /// What becomes of the package.
    let form: Form
    /// True when the version that a spec names is the package's; the native engine's own is that of Assay.
    let isVersioned: Bool
    /// The Debian package that holds a library the engine needs of the system; `nil` when it needs none.
    let systemPackage: (library: String, package: String)?

    /// What becomes of an engine's packages.
    enum Form: Sendable {
        /// A folder of libraries that a worker opens: the files to keep, as patterns of paths inside the package, in which
        /// `*` stands for anything but `/`.
        case libraries(members: [String])
        /// A Python environment of its own, in which a script of Assay is the engine's process.
        ///
        /// `with` are the packages that the script needs beside the engine's own, as pip's requirements; `alone` those of which
        /// it does without what they ask for in turn.
        case python(script: FrameworkScript, with: [String], alone: [String])
    }

    /// Every engine that Assay installs.
    public static let all = [native, onnxRuntime, openVINO, pyTorch, jax, tensorFlow, liteRT]

    /// The builds that compute on NVIDIA's devices.
    static let onCUDA = [onnxRuntimeCUDA, pyTorchCUDA, jaxCUDA]

    /// Those that an evaluation takes where a spec names none: small, and with a pinned build.
    static let defaults = [native, onnxRuntime, openVINO]

    /// Whether it runs in Python, in a process of its own.
    var isFramework: Bool { if case .python = form { true } else { false } }

    /// The package of an engine that computes on a kind of device; `nil` for the processor.
    static func named(_ engine: String, on device: ComputeDevice.Kind? = nil) -> EnginePackage? {
        (device == nil ? all : onCUDA).first { $0.engine == engine && $0.device == device }
    }

    /// What pip is asked for to get exactly this file with what it needs.
    func requirement(_ main: Artifact) -> String {
        // Three signs compare letter by letter: two would take `2.13.0+cpu` for `2.13.0`.
        let isExact = device != nil
        return main.name + (extras.isEmpty ? "" : "[\(extras.joined(separator: ","))]") + (isExact ? "===" : "==")
            + main.version
    }

    private static let native = EnginePackage(
        engine: "native", package: "onednn-cpu-gomp",
        pinned: Artifact(
            kind: .wheel, name: "onednn-cpu-gomp", version: "2023.2.0",
            filename: "onednn_cpu_gomp-2023.2.0-py2.py3-none-manylinux1_x86_64.whl",
            sha256: .pinned("2f22a54d6a890ed14bfa185d42a4be65d8b5b1df85dc1f0f3a9abe31620416fb")),
        form: .libraries(members: ["*/data/lib/libdnnl.so.3", "*.dist-info/LICENSE.txt"]), isVersioned: false,
        systemPackage: ("libgomp.so.1", "libgomp1"))

    private static let onnxRuntime = EnginePackage(
        engine: "onnxruntime", package: "onnxruntime",
        pinned: Artifact(
            kind: .wheel, name: "onnxruntime", version: "1.31.1",
            filename: "onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl",
            sha256: .pinned("5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f")),
        // Older wheels have the library inside of their Python module.
        oldest: PackageVersion("1.19"),
        form: .libraries(members: [
            "onnxruntime/capi/libonnxruntime.so.*", "onnxruntime/capi/libonnxruntime.*.dylib", "onnxruntime/LICENSE",
            "onnxruntime/ThirdPartyNotices.txt",
        ]), isVersioned: true, systemPackage: nil)

    private static let openVINO = EnginePackage(
        engine: "openvino", package: "openvino",
        pinned: Artifact(
            kind: .wheel, name: "openvino", version: "2026.4.1",
            filename: "openvino-2026.4.1-22982-cp311-cp311-manylinux_2_28_x86_64.whl",
            sha256: .pinned("2d22b1da03f7caf74df30e9f6417d0ab2f637e4a38e08e1dcd294d2c37407aaf")),
        // Older wheels lack the C interface.
        oldest: PackageVersion("2024.3"),
        form: .libraries(members: [
            "openvino/libs/libopenvino.*", "openvino/libs/libopenvino_c.*",
            "openvino/libs/libopenvino_intel_cpu_plugin.so", "openvino/libs/libopenvino_onnx_frontend.*",
            "openvino/libs/libtbb.*", "openvino/libs/libhwloc.*", "*.dist-info/licenses/LICENSE",
        ]), isVersioned: true, systemPackage: nil)

    private static let pyTorch = EnginePackage(
        engine: "pytorch", package: "torch", pinned: nil,
        // Without CUDA, which takes five gigabytes more, where the index has such a build.
        variant: "cpu",
        // The converter asks for torchvision, of which it uses two operators that few models have.
        form: .python(script: .pytorch, with: ["onnx", "numpy", "setuptools"], alone: ["onnx2torch==1.5.15"]),
        isVersioned: true, systemPackage: nil)

    private static let jax = EnginePackage(
        engine: "jax", package: "jax", pinned: nil,
        form: .python(script: .jax, with: ["jaxonnxruntime==0.3.0", "onnx", "absl-py", "flatbuffers"], alone: []),
        isVersioned: true, systemPackage: nil)

    private static let tensorFlow = EnginePackage(
        engine: "tensorflow", package: "tensorflow-cpu", pinned: nil,
        form: .python(script: .tensorflow, with: onnx2tfNeeds, alone: onnx2tf), isVersioned: true, systemPackage: nil)

    private static let liteRT = EnginePackage(
        engine: "litert", package: "ai-edge-litert", pinned: nil,
        form: .python(script: .litert, with: ["tensorflow-cpu"] + onnx2tfNeeds, alone: onnx2tf), isVersioned: true,
        systemPackage: nil)

    /// The converter of TensorFlow and LiteRT pins every package that it was tried with, and uses few of them; its Keras asks
    /// for the TensorFlow that has CUDA.
    private static let onnx2tf = ["onnx2tf==1.29.24", "sng4onnx==2.0.1", "tf-keras"]
    private static let onnx2tfNeeds = ["onnx", "onnx-graphsurgeon", "psutil", "requests", "ai-edge-litert"]
}
