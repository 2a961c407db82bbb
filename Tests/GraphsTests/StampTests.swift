import Foundation
import Graphs
import TestKit
import Tensors
import Testing

/// Version stamps of serialised models.
@Suite struct StampTests {
    @Test(arguments: ["kinds", "functions", "subgraphs", "external", "elements-raw"])
    func otherStampsLeaveEveryOtherByte(fixture: String) throws {
        let bytes = try Bytes(mapping: Fixture.path(fixture))
        let model = try Fixture.model(fixture)
        let opset = try #require(model.opsets[""])
        #expect(try Model.restamped(bytes, irVersion: model.irVersion, opset: opset) == bytes)
        let changed = try Model.restamped(bytes, irVersion: 99, opset: 98)
        let other = try Model(bytes: changed, baseDirectory: testFolder("Fixtures").path)
        #expect(other.irVersion == 99 && other.opsets[""] == 98)
        #expect(other.opsets.filter { !$0.key.isEmpty } == model.opsets.filter { !$0.key.isEmpty })
        #expect(try Model.restamped(changed, irVersion: model.irVersion, opset: opset) == bytes)
    }

    @Test func whatIsNoMessageIsRefused() throws {
        #expect(throws: GraphError.self) {
            try Model.restamped(Bytes(copying: [0x3A, 0x7F, 1] as [UInt8]), irVersion: 8, opset: 17)
        }
    }
}
