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
        let folder = try #require(Installed.folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(engine.identity.name == "onnxruntime")
        #expect(files.contains { $0.contains(engine.identity.version) }, "\(engine.identity)")
        #expect(!engine.identity.build.isEmpty)
    }

    @Test func limitsAreMeasured() throws {
        let engine = try Installed.probe().engine
        #expect(engine.capabilities.localFunctions == .all)
        #expect(engine.capabilities.precisions == [.f32])
        // Published: https://onnxruntime.ai/docs/reference/compatibility.html, and the measured 26 and 13 of 1.31.1.
        let published = ["1.20.1": [21, 10], "1.31.1": [26, 13]]
        guard let limits = published[engine.identity.version] else { return }
        #expect([engine.capabilities.newestOpset, engine.capabilities.newestIRVersion] == limits)
    }

    @Test func scalarsAndUnknownRanksAreToldApart() throws {
        let probe = try Installed.probe()
        #expect(try probe.prepare("square").inputs == [ValueInfo("x", .tensor(.float32, []))])
        #expect(try probe.prepare("anyrank").inputs == [ValueInfo("x", .tensor(.float32, nil))])
    }

    @Test func typesAndSymbolsAreDescribed() throws {
        let prepared = try Installed.probe().prepare("relu")
        #expect(prepared.inputs == [ValueInfo("x", .tensor(.float32, [.symbol("N"), .fixed(3)]))])
        #expect(prepared.outputs == [ValueInfo("y", .tensor(.float32, [.symbol("N"), .fixed(3)]))])
    }
}
