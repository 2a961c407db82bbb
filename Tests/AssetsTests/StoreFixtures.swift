import Assets
import Foundation
import Tensors
import Testing

/// Finds and reads the files beside the tests.
enum StoreFixtures {
    static func path(_ name: String) throws -> String {
        try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/\(name)").path
    }

    static func bytes(_ name: String) throws -> Bytes { try Bytes(mapping: path(name)) }
}
