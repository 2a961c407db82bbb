import Assets
import Engines
import Studies
import TestKit
import Testing

/// An engine in the version that Assay installs by default, where it lies under `$ASSAY_HOME`.
struct InstalledEngine {
    static let native = InstalledEngine(pinned: "native")
    static let onnxRuntime = InstalledEngine(pinned: "onnxruntime")
    static let openVINO = InstalledEngine(pinned: "openvino")

    let name: String
    let version: String
    let libraries: String?

    init(named name: String, libraries: String?) {
        self.name = name
        self.libraries = libraries
        version = ""
    }

    private init(pinned name: String) {
        let version = EnginePackage.all.first { $0.engine == name }?.pinned?.version ?? ""
        self.name = name
        self.version = version
        libraries = TestStacks.folders(for: name).last { $0.contains("/\(name)-\(version)-") }
    }

    /// True when the engine and the worker of the product are there.
    var isReady: Bool { libraries != nil && TestWorker.product != nil }

    /// Why they are not.
    var reason: Comment {
        TestWorker.product == nil
            ? "assay-worker is not built beside the tests"
            : "\(name) \(version) is not installed under $ASSAY_HOME/stacks"
    }

    /// What a study works with: this engine, started in the product's worker.
    func context(worker: String) -> StudyContext {
        StudyContext(
            model: { throw StudyError(.unknownModel, subject: $0, reason: "there are no models here") },
            stack: { PreparedStack(request: $0, title: name, libraries: libraries) }, folder: { _ in "." },
            resources: StepResources { name throws(AssetError) in
                throw AssetError(.notFound, subject: name, reason: "there are no files here")
            }, launcher: Launcher(name: "test", prefix: [], worker: worker), machine: SampleRecord.machine,
            tool: "assay")
    }
}
