public import Engines
import Foundation
public import Specs

/// The stacks that are to be installed.
public struct ProvisionSpec: Sendable, Hashable {
    /// The stacks.
    public var stacks: [StackRequest] = []

    /// Makes an empty spec.
    public init() {}

    /// The YAML form of a list of stacks.
    public static let spec = SpecObject(
        "provision", "The stacks that are to be installed.", initial: ProvisionSpec(),
        [.required("stacks", \.stacks, .list(of: StackRequest.type, atLeast: 1), "The stacks.")])

    /// The JSON Schema (draft 2020-12) of the YAML form.
    public static var jsonSchema: String {
        spec.jsonSchema(identifier: "https://assay.invalid/schemas/provision.schema.json", title: "assay.provision/1")
            .json
    }

    /// The stacks that any spec names: a list of stacks alone, or what another study asks for.
    ///
    /// - Throws: `SpecErrors` of the form that the keys of the file fit best.
    public static func stacks(contentsOf path: String) throws(SpecErrors) -> [StackRequest] {
        try StackSource.source(of: try SpecFile.keys(of: path)).stacks(path)
    }
}
