import Engines
import OpenVINOEngine
import TestKit
import Testing

/// The installed OpenVINO; the library is opened once a folder.
enum Installed {
    static let folder = TestStacks.folder(for: "openvino")
    static let reason: Comment = "OpenVINO is not installed (ASSAY_OPENVINO_LIBRARIES or $ASSAY_HOME/stacks)"

    private static let loaded = Result { try OpenVINOFactory().load(libraries: folder) }

    static func probe() throws -> EngineProbe { EngineProbe(try loaded.get()) }
}
