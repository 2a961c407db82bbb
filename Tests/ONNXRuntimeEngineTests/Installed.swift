import Engines
import ONNXRuntimeEngine
import TestKit
import Testing

/// The installed releases of ONNX Runtime; the library is opened once a folder.
enum Installed {
    static let folder = TestStacks.folder(for: "onnxruntime")
    static let reason: Comment = "ONNX Runtime is not installed (ASSAY_ONNXRUNTIME_LIBRARIES or $ASSAY_HOME/stacks)"

    private static let loaded = Result { try ONNXRuntimeFactory().load(libraries: folder) }

    static func probe() throws -> EngineProbe { EngineProbe(try loaded.get()) }
}
