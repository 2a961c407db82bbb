import Engines
import Graphs

extension LoadedModel {
    /// The values in the order in which this engine lists the inputs; those it does not list are left out.
    func ordered<Value>(_ values: [String: Value]) -> [Value] { inputs.compactMap { values[$0.name] } }

    /// The outputs of a run by their names.
    func named<Value>(_ values: [Value]) -> [String: Value] {
        Dictionary(zip(outputs.map(\.name), values), uniquingKeysWith: { $1 })
    }
}
