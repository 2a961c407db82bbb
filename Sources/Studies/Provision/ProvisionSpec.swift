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
    /// - Throws: `SpecErrors` of the form that the file looks like.
    public static func stacks(contentsOf path: String) throws(SpecErrors) -> [StackRequest] {
        let first: SpecErrors
        do throws(SpecErrors) { return try spec.decode(contentsOf: path).value.stacks } catch { first = error }
        if let found = try? EvaluateSpec.spec.decode(contentsOf: path) { return found.value.stacks }
        if let found = try? LoadSpec.spec.decode(contentsOf: path) { return found.value.stacks }
        if let found = try? CostSpec.spec.decode(contentsOf: path) { return found.value.stacks + found.value.against }
        if let found = try? CompareSpec.spec.decode(contentsOf: path) { return found.value.sides.map(\.stack) }
        if let found = try? GateSpec.spec.decode(contentsOf: path) { return found.value.evaluation.stacks }
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        guard text.contains("models:") else { throw first }
        return try EvaluateSpec.spec.decode(contentsOf: path).value.stacks
    }
}
