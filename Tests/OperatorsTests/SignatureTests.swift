import Foundation
import Graphs
import Operators
import Tensors
import Testing

/// Signatures against the schemas of the onnx package (`Scripts/dump_onnx_schemas.py`).
@Suite struct SignatureTests {
    private struct Schema: Decodable {
        struct Parameter: Decodable {
            let name: String
            let option: String
            let tensors: [String]
            let others: Bool
        }
        struct Rule: Decodable {
            enum Default: Decodable {
                case number(Double)
                case text(String)
                case other
                case none

                init(from decoder: any Decoder) throws {
                    let container = try decoder.singleValueContainer()
                    if container.decodeNil() {
                        self = .none
                    } else if let number = try? container.decode(Double.self) {
                        self = .number(number)
                    } else if let text = try? container.decode(String.self) {
                        self = .text(text)
                    } else {
                        self = .other
                    }
                }
            }
            let required: Bool
            let `default`: Default
            /// True where versions in force disagree, so that no one default holds.
            let changed: Bool
        }
        let versions: [Int]
        let inputs: [Parameter]
        let outputs: [Parameter]
        let attributes: [String: Rule]
    }

    /// Operators that refuse types on purpose: nothing lies between two strings or two truth values.
    private static let narrower: Set<String> = ["GridSample"]

    private static let schemas = Result {
        let url = try #require(Bundle.module.url(forResource: "Goldens/onnx-schemas", withExtension: "json"))
        return try JSONDecoder().decode([String: Schema].self, from: Data(contentsOf: url))
    }

    @Test(arguments: OperatorCatalogue.standard.all.filter(\.domain.isEmpty).map(\.name))
    func signatureIsTheSchemas(operatorName: String) throws {
        let target = try #require(OperatorCatalogue.standard.find(domain: "", name: operatorName))
        let schema = try #require(try Self.schemas.get()[operatorName], "the standard has no such operator")
        let signature = target.signature
        // The versions in force from operator set 7 on.
        let oldest = schema.versions.last { $0 <= 7 } ?? 0
        #expect(signature.versions == schema.versions.filter { $0 >= oldest })
        let attributes = Set(signature.attributes.map { $0.name.lowercased() })
        let isNarrower = Self.narrower.contains(operatorName)
        compare(signature.inputs, schema.inputs, "input", attributes, isNarrower: isNarrower)
        compare(signature.outputs, schema.outputs, "output", attributes, isNarrower: isNarrower)
        let rules = Dictionary(uniqueKeysWithValues: signature.attributes.map { ($0.name, $0) })
        for (name, rule) in schema.attributes {
            guard let own = rules[name] else {
                Issue.record("attribute \(name) is missing")
                continue
            }
            #expect(own.isRequired == rule.required, "attribute \(name)")
            switch (rule.default, own.defaultValue) {
            case (.none, _), (.other, _): break
            case _ where rule.changed && own.defaultValue == nil: break
            case (.number(let number), .int(let value)?): #expect(Double(value) == number, "attribute \(name)")
            case (.number(let number), .float(let value)?): #expect(value == Float(number), "attribute \(name)")
            case (.text(let text), .string(let bytes)?): #expect(bytes.text == text, "attribute \(name)")
            case (_, let own): Issue.record("attribute \(name) has default \(String(describing: own))")
            }
        }
    }

    private func compare(
        _ own: [Signature.Parameter], _ schema: [Schema.Parameter], _ kind: String, _ attributes: Set<String>,
        isNarrower: Bool
    ) {
        // Older versions may have had more of them at the end.
        #expect(own.prefix(schema.count).map(\.name) == schema.map(\.name), "\(kind)s")
        for (parameter, stated) in zip(own, schema) {
            let occurrence =
                switch parameter.occurrence {
                case .required: "required"
                case .optional: "optional"
                case .variadic: "variadic"
                }
            // What is an input now and was an attribute before may be missing.
            let wasAttribute = occurrence == "optional" && attributes.contains(parameter.name.lowercased())
            #expect(occurrence == stated.option || wasAttribute, "\(kind) \(parameter.name)")
            guard let types = parameter.types, !isNarrower else { continue }
            let missing = stated.tensors.compactMap(Self.elementType).filter { !types.contains($0) }
            #expect(missing.isEmpty, "\(kind) \(parameter.name) does not take \(missing)")
        }
    }

    /// The element type that the standard's text calls by this name.
    private static func elementType(_ name: String) -> ElementType? {
        switch name {
        case "float": .float32
        case "double": .float64
        case "float16": .float16
        case "bfloat16": .bfloat16
        case "int8": .int8
        case "int16": .int16
        case "int32": .int32
        case "int64": .int64
        case "uint8": .uint8
        case "uint16": .uint16
        case "uint32": .uint32
        case "uint64": .uint64
        case "bool": .bool
        case "string": .string
        default: nil
        }
    }
}
