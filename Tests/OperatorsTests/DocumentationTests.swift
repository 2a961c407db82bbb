import Operators
import TestKit
import Testing

/// The page of operators equals what the catalogue says.
@Suite struct DocumentationTests {
    @Test func pageOfOperators() throws {
        let families = try OperatorFamily.allCases.map { family in
            let lines = try OperatorCatalogue.standard.all.filter { $0.family == family }.map { try line($0) }
            return """
                ## \(family.rawValue)

                | operator | changed in opset | gradient | kernel of the native engine | agreement | examples |
                |---|---|---|---|---|---|

                """ + lines.joined()
        }
        try expectPage(([head] + families).joined(separator: "\n"), "operators.md")
    }

    private var head: String {
        let all = OperatorCatalogue.standard.all
        return """
            # Operators

            Assay knows \(all.count) operators, each in one file of `Sources/Operators/<Family>/`: signature, shape \
            inference, work, reference kernel, gradient, lowering, agreement and examples. This page is made from that \
            catalogue by calling it with the examples.

            - *changed in opset*: the operator-set versions in which the operator first stood or changed; the newest rule \
            that is not newer than the model's own operator set is followed.
            - *gradient*: whether some example gives a pullback, which is itself a function of standard operators.
            - *kernel of the native engine*: what the examples are lowered to; empty where the reference kernel runs.
            - *agreement*: exact (bit for bit), rounding, accumulation (sums in free order), approximation (functions such \
            as `exp`), random (only the distribution).

            """
    }

    private func line(_ target: any Operator) throws -> String {
        let sites = try ExampleSource.models(of: target.name).flatMap { model in
            try ShapeInference().infer(model.model).sites
        }
        let gradient = sites.contains { ((try? target.pullback($0)) ?? nil) != nil }
        let kernels = Set(sites.compactMap { target.lowering($0).map { Self.name($0.kernel) } }).sorted()
        let cells = [
            "`\(target.name)`", target.signature.versions.map(String.init).joined(separator: ", "),
            gradient ? "yes" : "",
            kernels.joined(separator: ", "), String(describing: target.agreement), String(target.examples.count),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    /// `matrixProduct` for `matrixProduct(transposeA: false, …)`: its words, spaced.
    private static func name(_ kernel: Kernel) -> String {
        String(describing: kernel).prefix { $0 != "(" }.reduce(into: "") { words, letter in
            words += letter.isUppercase ? " " + letter.lowercased() : String(letter)
        }
    }
}
