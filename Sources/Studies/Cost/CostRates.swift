import Specs

/// What an hour costs, or the power drawn, by the number of threads.
struct CostRates: Sendable {
    private let bySize: [Int: Double]
    private let each: Double?

    /// Whether nothing is given.
    var isEmpty: Bool { bySize.isEmpty && each == nil }

    /// Reads what a spec gives.
    ///
    /// - Throws: `StudyError` of code `price` where a name is no number of threads.
    init(_ given: [SpecNamed<Double>], subject: String) throws(StudyError) {
        var bySize: [Int: Double] = [:]
        for entry in given where entry.name != CostSpec.each {
            guard let size = Int(entry.name), size > 0 else {
                throw StudyError(
                    .price, subject: "\(subject) '\(entry.name)'", reason: "it is no number of threads",
                    remedy: "write the number of all threads of a configuration, or '\(CostSpec.each)' for each thread")
            }
            bySize[size] = entry.value
        }
        self.bySize = bySize
        each = given.last { $0.name == CostSpec.each }?.value
    }

    /// The rate of a configuration; `nil` where nothing is said of it.
    func rate(_ size: Int) -> Double? { bySize[size] ?? each.map { $0 * Double(size) } }
}
