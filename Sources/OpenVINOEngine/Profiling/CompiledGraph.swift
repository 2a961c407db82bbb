/// The graph that a model was compiled from, as the library exports it: after its own rewriting, before its plug-in fuses
/// layers into kernels.
struct CompiledGraph {
    /// One layer.
    struct Layer {
        let name: String
        let kind: String
        /// The layers of the model as it was read that were rewritten into this one.
        var origins: [String] = []
        /// The names of the values that it writes.
        var values: [String] = []
        /// The layers whose results it reads, in order.
        var sources: [Int] = []
        /// The layers that read its results.
        var readers: [Int] = []

        /// Weights, and what was folded.
        var isConstant: Bool { kind == "Const" || kind == "Constant" }
    }

    private(set) var layers: [Layer] = []
    private(set) var numbers: [String: Int] = [:]

    /// Reads the text of an exported model; bodies of loops and branches are left out.
    init(_ text: some Collection<UInt8>) {
        var scanner = MarkupScanner(Array(text))
        var depth = 0
        var byID: [String: Int] = [:]
        var edges: [(from: Int, to: Int)] = []
        var isOutput = false
        while let tag = scanner.next() {
            switch (tag.name, tag.isEnd) {
            case ("layers", false): depth += 1
            case ("layers", true): depth -= 1
            case ("layer", false) where depth == 1:
                byID[tag["id"] ?? ""] = layers.count
                layers.append(Layer(name: tag["name"] ?? "", kind: tag["type"] ?? ""))
                if tag.isEmpty { isOutput = false }
            case ("output", _) where depth == 1: isOutput = !tag.isEnd && !tag.isEmpty
            case ("port", false) where depth == 1 && isOutput:
                if let names = tag["names"], !layers.isEmpty { layers[layers.count - 1].values += Self.list(names) }
            case ("attribute", false) where depth == 1 && tag["name"] == "fused_names":
                if let names = tag["value"], !layers.isEmpty { layers[layers.count - 1].origins += Self.list(names) }
            case ("edge", false) where depth == 0:
                if let from = byID[tag["from-layer"] ?? ""], let to = byID[tag["to-layer"] ?? ""] {
                    edges.append((from, to))
                }
            // The edges of a body come before the main graph's layers have ended.
            default: break
            }
        }
        for edge in edges {
            layers[edge.to].sources.append(edge.from)
            layers[edge.from].readers.append(edge.to)
        }
        for (index, layer) in layers.enumerated() where numbers[layer.name] == nil { numbers[layer.name] = index }
    }

    /// What edges call the result of a layer: the model's name where it has one.
    func value(of layer: Int) -> String { layers[layer].values.first ?? "layer \(layers[layer].name)" }

    /// A list of names with commas between them, where a comma within a name has a backslash before it.
    private static func list(_ text: String) -> [String] {
        var names: [String] = []
        var name = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                name.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "," {
                names.append(name)
                name = ""
            } else {
                name.append(character)
            }
        }
        return (names + [name]).map { $0.drop { $0 == " " }.description }.filter { !$0.isEmpty }
    }
}
