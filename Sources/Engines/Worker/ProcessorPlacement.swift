/// On how many of a machine's processors a worker runs, and on which of them: workers of one placement share them.
///
/// Processors of one machine may differ in speed by more than what is compared on them, above all where a hypervisor deals them
/// out, and the kernel is free to keep one process on the fast one. Processes that take turns on the same processors differ in
/// nothing of the kind.
public struct ProcessorPlacement: Sendable, Hashable, Codable {
    /// How many processors; one a thread of the engine.
    public var count: Int
    /// Which group of so many, counted from any number: the worker takes it modulo the groups of its own machine.
    public var group: Int

    /// Makes a placement.
    public init(count: Int, group: Int) {
        self.count = count
        self.group = group
    }

    /// The processors to run on; `nil` where all are needed.
    ///
    /// - Parameter cores: one processor of each core, in order. Two threads of one core share its units, so that they are
    ///   never two of the processors; groups do not overlap, since neighbours share a cache and memory.
    package func processors(of cores: [Int]) -> [Int]? {
        guard count > 0, count < cores.count else { return nil }
        let groups = cores.count / count
        let place = ((group % groups) + groups) % groups
        return Array(cores[place * count..<(place + 1) * count])
    }
}
