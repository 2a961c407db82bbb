import ArgumentParser
import Records
import Studies

/// `assay schema`: the JSON Schemas of specs and records.
struct SchemaCommand: ParsableCommand {
    /// What has a schema.
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case compare
        case cost
        case evaluate
        case gate
        case load
        case provision
        case record
        case stability
    }

    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of a spec or of records.",
        discussion: """
            Examples:
              assay schema evaluate > evaluate.schema.json
              assay schema cost
              assay schema load
              assay schema record
            """)

    @Argument(help: "What to describe: compare, cost, evaluate, gate, load, provision, record or stability.")
    var subject: Subject

    func run() throws {
        switch subject {
        case .compare: print(CompareSpec.jsonSchema)
        case .cost: print(CostSpec.jsonSchema)
        case .evaluate: print(EvaluateSpec.jsonSchema)
        case .gate: print(GateSpec.jsonSchema)
        case .load: print(LoadSpec.jsonSchema)
        case .provision: print(ProvisionSpec.jsonSchema)
        case .record: print(RecordSchema.json.pretty)
        case .stability: print(StabilitySpec.jsonSchema)
        }
    }
}
