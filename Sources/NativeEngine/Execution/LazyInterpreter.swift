import Engines
import Graphs
import Operators
import Synchronization

/// The interpreter of a model, made when a run first needs it: a model that is compiled for all that it can be fed keeps
/// no second copy of itself.
final class LazyInterpreter: Sendable {
    private let name: String
    private let make: @Sendable () throws(EngineError) -> PreparedInterpreter
    private let made: Mutex<PreparedInterpreter?>

    init(_ name: String, _ make: @escaping @Sendable () throws(EngineError) -> PreparedInterpreter) {
        self.name = name
        self.make = make
        made = Mutex(nil)
    }

    /// Takes one that is made already: what is wrong with its model was said when it was prepared.
    init(_ name: String, _ interpreter: PreparedInterpreter) {
        self.name = name
        make = { () throws(EngineError) in interpreter }
        made = Mutex(interpreter)
    }

    /// Runs the model on values by input name.
    ///
    /// - Parameter observer: is told of every call.
    /// - Throws: `EngineError`.
    func run(
        _ inputs: [String: Value], observer: (any CallObserver)? = nil
    ) throws(EngineError) -> [String: Value] {
        let interpreter = try interpreter()
        do throws(OperatorError) {
            return try interpreter.run(values: inputs, observer: observer)
        } catch {
            throw EngineError(running: error, model: name)
        }
    }

    private func interpreter() throws(EngineError) -> PreparedInterpreter {
        try made.withLock { (made) throws(EngineError) in
            if let made { return made }
            let interpreter = try make()
            made = interpreter
            return interpreter
        }
    }
}
