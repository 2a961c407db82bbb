import Engines
import NativeEngine
import TestKit
import Testing

/// The engine with and without oneDNN; the library is opened once.
enum Installed {
    static let folder = TestStacks.folder(for: "native")
    static let reason: Comment = "oneDNN is not installed (ASSAY_NATIVE_LIBRARIES or $ASSAY_HOME/stacks)"

    private static let loaded = Result { try NativeEngineFactory().load(libraries: folder) }

    private static let vectorised = Dictionary(
        uniqueKeysWithValues: VectorSet.available.map { set in
            (set, Result { try NativeEngineFactory(vectorSet: set).load(libraries: folder) })
        })

    /// The engine on oneDNN, with vector kernels of one instruction set.
    static func engine(_ set: VectorSet) throws -> any Engine {
        guard let engine = vectorised[set] else {
            throw EngineError(.unavailable, subject: "\(set)", reason: "this processor lacks the instruction set")
        }
        return try engine.get()
    }

    /// The engine on oneDNN.
    static func engine() throws -> any Engine { try loaded.get() }

    /// The engine on the reference kernels.
    static func referenceEngine() throws -> any Engine { try NativeEngineFactory().load(libraries: nil) }

    /// The engines that every behaviour holds for.
    static var engines: [Variant] { folder == nil ? [.reference] : [.reference, .oneDNN] }

    enum Variant: String, CaseIterable, Sendable {
        case reference
        case oneDNN

        func engine() throws -> any Engine {
            switch self {
            case .reference: try Installed.referenceEngine()
            case .oneDNN: try Installed.engine()
            }
        }
    }
}
