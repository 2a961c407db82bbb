import ArgumentParser
import Records
import Studies

/// `assay schema`: the JSON Schemas of specs and records.
struct SchemaCommand: ParsableCommand {
    /// What has a schema.
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case evaluate
        case record
    }

    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of a spec or of records.",
        discussion: """
            Examples:
              assay schema evaluate > evaluate.schema.json
              assay schema record
            """)

    @Argument(help: "What to describe: evaluate or record.")
    var subject: Subject

    func run() throws {
        switch subject {
        case .evaluate: print(EvaluateSpec.jsonSchema)
        case .record: print(RecordSchema.json.pretty)
        }
    }
}
