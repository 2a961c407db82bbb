import Graphs
import Synchronization
import Tensors

/// The bodies of one composite node made ready to run, so that a node that runs again finds its own.
final class CompositePrograms: Sendable {
    /// A body is written from the node, which is one, and from what is known of its inputs.
    private struct Entry: Sendable {
        let types: [ValueType?]
        let parameters: [Tensor?]
        let program: Program
    }

    /// How many bodies are kept, the latest first.
    private static let capacity = 8

    private let entries = Mutex<[Entry]>([])

    /// The program of a call site; made where it is not there yet.
    func program(
        for site: CallSite, _ make: () throws(OperatorError) -> Program
    ) throws(OperatorError) -> Program {
        let types = site.operands.map { $0?.type }
        let parameters = site.operands.map { $0?.constant }
        let known = entries.withLock { entries in
            entries.first { $0.types == types && $0.parameters == parameters }?.program
        }
        if let known { return known }
        let program = try make()
        entries.withLock { entries in
            if entries.count == Self.capacity { entries.removeLast() }
            entries.insert(Entry(types: types, parameters: parameters, program: program), at: 0)
        }
        return program
    }
}
