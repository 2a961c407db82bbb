import Specs
import ArgumentParser
import Assay
import Graphs
import Operators
import Records
import Reports
import Studies
import Tensors

/// `assay inspect`: what a model is made of.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show operators, shapes, parameters, arithmetic and traffic of a model.",
        discussion: """
            Counts follow from shapes: give those that the model leaves open. A multiply-add counts as two operations.

            Examples:
              assay inspect model.onnx
              assay inspect mobilenet-v2 --shape input=1x3x224x224 --nodes
              assay inspect model.onnx --text
            """)

    @Argument(help: "An ONNX file or a model of the zoo.")
    var model: String

    @OptionGroup var shapes: ShapeOptions

    @Flag(help: "Show every node.")
    var nodes = false

    @Flag(help: "Print the model in its canonical text form, and nothing else.")
    var text = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let resolved = try Workbench().context(folder: ".").model(model)
        let graph = try Model(contentsOf: resolved.path)
        try graph.validate()
        if text {
            print(graph.canonicalText)
            return
        }
        let given = try shapes.named().map { ($0.name, SymbolicShape(Shape($0.value))) }
        let inspection = try Inspect(
            graph, model: resolved, shapes: Dictionary(given, uniquingKeysWith: { $1 }), listsNodes: nodes)
        if json {
            print(try JSONCoding.value(of: inspection).pretty)
        } else {
            let report = TerminalReport()
            print(inspection.headline)
            for exhibit in inspection.exhibits { print("\n" + report.render(exhibit)) }
        }
    }
}
