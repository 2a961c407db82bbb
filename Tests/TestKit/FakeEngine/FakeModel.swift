import Foundation
public import Engines
import Graphs
import Tensors

/// A model of the fake engine: its bytes are this value as JSON, and it says how the engine is to behave.
public struct FakeModel: Codable, Sendable, Hashable {
    /// Something that goes wrong.
    public enum Mishap: Codable, Sendable, Hashable {
        /// The process sends itself a signal: 9 kills, 11 is a segmentation fault.
        case signal(Int32)
        /// Reads through a null pointer.
        case nullPointer
        /// The process ends without a word.
        case exit(Int32)
        /// The call never returns.
        case hang
        /// Bytes that are no message go to the protocol's stream.
        case rubbish
        /// A library prints on standard output: harmless.
        case chatter
        /// The engine reports an error.
        case error
        /// The protocol's stream is closed and the process lives on.
        case closeOutput
        /// A child process that keeps the streams open is started, then the process is killed.
        case orphan
    }

    /// One step of a run.
    public struct Layer: Codable, Sendable, Hashable {
        /// The name of the model's node that it stands for; empty where the profiler names none.
        public var node: String
        /// Time that it takes, in microseconds, spent asleep.
        public var microseconds: Int
        /// The values that the profiler says it reads.
        public var reads: [String] = []
        /// The values that the profiler says it writes.
        public var writes: [String] = []

        /// Makes a step.
        public init(_ node: String, microseconds: Int) {
            self.node = node
            self.microseconds = microseconds
        }

        /// Makes a step that stands for several nodes, of which the profiler tells what goes in and what comes out alone.
        public init(fusing reads: [String], into writes: [String], microseconds: Int) {
            self.init("", microseconds: microseconds)
            self.reads = reads
            self.writes = writes
        }
    }

    /// What the outputs are.
    public enum Arithmetic: String, Codable, Sendable {
        /// Output `i` is input `i`.
        case copy
        /// Output `i` is input `i`, doubled; `f32` only.
        case double
        /// Every element is not a number; `f32` only.
        case notANumber
    }

    /// What is wrong with the outputs; `f32` only.
    public enum Perturbation: Codable, Sendable, Hashable {
        /// The first element is so many units in the last place larger.
        case ulps(Int)
        /// A share of the largest magnitude is added to the first element.
        case share(Double)
        /// In each row of the last axis the largest element trades places with the one after it.
        case flip
        /// In some runs, chosen by their number, the first element is one unit in the last place larger.
        case unsteady
    }

    /// The names of the inputs.
    public var inputs = ["x"]
    /// The extents of every input; a negative one is not known.
    public var shape = [4]
    /// The element type of every input, by name.
    public var elementType = "f32"
    /// What the outputs are.
    public var arithmetic = Arithmetic.copy
    /// What is wrong with the outputs.
    public var perturbation: Perturbation?
    /// With how many threads it is wrong at least.
    public var perturbedFromThreads = 1
    /// The threads that are in force whatever was asked for; `nil` for those.
    public var threadsInForce: Int?
    /// Where it computes whatever was asked for, as `cpu`; `nil` for there.
    public var deviceInForce: String?
    /// What of a run moving inputs and outputs takes, in microseconds, spent asleep before `runMicroseconds`; `nil` for an
    /// engine that computes in main memory.
    public var transferMicroseconds: Int?
    /// The precisions that it refuses, by name.
    public var refusedPrecisions: [String] = []
    /// Time that one run takes, in microseconds, spent asleep.
    public var runMicroseconds = 0
    /// How much of that time the engine says was no time of its own, in microseconds, as one does whose graph is executed only
    /// when its outputs are fetched.
    public var deferredMicroseconds = 0
    /// Whether a session keeps the outputs of inputs that it was given, and sleeps no more when it is given them again.
    public var keepsResults = false
    /// Whether the job `measure` on told times warms up as it is asked; it begins at once otherwise.
    public var isWarmedUp = false
    /// Runs at the start of a session that take four times as long, asleep or told.
    public var slowRuns = 0
    /// By what share of the first run's time each run takes longer than the one before, asleep or told: such a session never
    /// settles.
    public var growth = 0.0
    /// Time that the jobs `measure` and `trace` say one run took, in microseconds, whatever it took; `nil` has them
    /// look at the clock.
    public var toldMicroseconds: Int?
    /// The share of the time that readings of the machine say others had the processor; `nil` for none.
    public var toldWaiting: Double?
    /// Steps that one run takes one after the other, which a session with a profiler tells of.
    public var layers: [Layer] = []
    /// Whether the profiler tells when a step began, or only how long it took.
    public var tellsStarts = true
    /// How much of a run the profiler says lay outside of its steps, which then took as long as they were told, in
    /// microseconds; `nil` has it look at the clock.
    public var toldOutside: Int?
    /// Whether the engine has a profiler.
    public var hasProfiler = true
    /// What one run prints on standard output.
    public var prints = ""
    /// Bytes that loading allocates and touches.
    public var allocation = 0
    /// What goes wrong while loading.
    public var onLoad: Mishap?
    /// What goes wrong in a run.
    public var onRun: Mishap?
    /// The run, counted from 0, in which it does.
    public var atRun = 0

    /// Makes a model that copies its one input.
    public init() {}

    /// The model behind what the fake engine prepared; `nil` for that of another engine.
    public init?(of prepared: any PreparedModel) {
        guard let prepared = prepared as? FakePreparedModel else { return nil }
        self = prepared.model
    }

    /// How many runs a session of the fake engine has made; 0 for one of another engine.
    public static func runs(of session: any Session) -> Int { (session as? FakeSession)?.runs ?? 0 }

    /// How many times as long a run takes, by its number from 0.
    public func slowness(ofRun run: Int) -> Double { (run < slowRuns ? 4 : 1) * (1 + growth * Double(run)) }

    /// The model as an engine gets it.
    public func source(name: String = "fake") -> ModelSource {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = (try? encoder.encode(self)) ?? Data()
        return ModelSource(name: name, bytes: Bytes(copying: bytes), directory: nil, isOriginal: true)
    }

    var values: [ValueInfo] {
        inputs.map { name in
            ValueInfo(
                name,
                .tensor(
                    ElementType(name: elementType) ?? .float32,
                    SymbolicShape(shape.map { $0 < 0 ? .symbol("N") : .fixed($0) })))
        }
    }
}
