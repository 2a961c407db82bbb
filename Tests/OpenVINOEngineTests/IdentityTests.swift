import Engines
import Foundation
import Graphs
import TestKit
import Tensors
import Testing

/// What the engine says of itself and of a model.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct IdentityTests {
    @Test func versionIsReadBackFromTheLibrary() throws {
        let engine = try Installed.probe().engine
        #expect(engine.identity.name == "openvino")
        #expect(engine.identity.version.split(separator: ".").count == 3, "\(engine.identity)")
        #expect(engine.identity.build.hasPrefix(engine.identity.version))
        #expect(engine.capabilities.localFunctions == .none)
    }

    @Test func typesAndSymbolsAreDescribed() throws {
        let prepared = try Installed.probe().prepare("relu")
        #expect(prepared.inputs == [ValueInfo("x", .tensor(.float32, [.symbol("N"), .fixed(3)]))])
        #expect(prepared.outputs == [ValueInfo("y", .tensor(.float32, [.symbol("N"), .fixed(3)]))])
    }
}
