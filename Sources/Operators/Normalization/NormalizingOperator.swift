import Graphs
import Tensors

/// An operator whose first output has the type and shape of its first input.
protocol NormalizingOperator: Operator {
    /// Operations an element costs.
    static var operationsPerElement: Double { get }
}

extension NormalizingOperator {
    static var operationsPerElement: Double { 5 }

    var family: OperatorFamily { .normalization }
    var agreement: Agreement { .approximation }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(
            site, outputs: outputs, operations: Self.operationsPerElement * Work.elementCount(outputs.first ?? nil))
    }

    /// The elements of a vector with one element a channel.
    func channelVector<T: Real>(
        _ call: Call, _ index: Int, channels: Int
    ) throws(OperatorError) -> [T] {
        let values: [T] = try call.values(index)
        guard values.count == channels else {
            throw OperatorError(
                .shape, subject: call.path,
                reason: "input \(index) has \(values.count) elements where there are \(channels) channels")
        }
        return values
    }

    /// The data, which has images and channels.
    func channelData(_ call: Call) throws(OperatorError) -> Tensor {
        let data = try call.tensor(0)
        guard data.shape.rank >= 2 else {
            throw OperatorError(.shape, subject: call.path, reason: "data of shape \(data.shape) has no channels")
        }
        return data
    }
}
