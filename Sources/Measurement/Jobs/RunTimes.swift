/// The times of samples, in nanoseconds.
struct RunTimes {
    /// From inputs in main memory to outputs there.
    var whole: [Int64] = []
    /// The part of each that inputs took to the engine's device and outputs back from it; empty where the engine computes in
    /// main memory.
    var transfers: [Int64] = []

    mutating func reserve(_ count: Int) { whole.reserveCapacity(count) }

    mutating func append(_ time: Int64, transfer: Int64?) {
        whole.append(time)
        if let transfer { transfers.append(transfer) }
    }

    mutating func removeAll() {
        whole.removeAll(keepingCapacity: true)
        transfers.removeAll(keepingCapacity: true)
    }
}
