import Engines

/// Which steps of an engine read what others write.
struct StepFlow {
    private var readers: [[Int]]
    private var writers: [[Int]]

    init(_ steps: [EngineProfile.Step]) {
        var writer: [String: [Int]] = [:]
        for (index, step) in steps.enumerated() {
            for output in step.outputs { writer[output, default: []].append(index) }
        }
        readers = Array(repeating: [], count: steps.count)
        writers = Array(repeating: [], count: steps.count)
        for (index, step) in steps.enumerated() {
            for input in step.inputs {
                for source in writer[input] ?? [] where source != index {
                    readers[source].append(index)
                    writers[index].append(source)
                }
            }
        }
    }

    /// The nearest step after one that is of a kind; where there is none, the nearest before it.
    func nearest(to step: Int, where isWanted: (Int) -> Bool) -> Int? {
        search(from: step, readers, isWanted) ?? search(from: step, writers, isWanted)
    }

    private func search(from step: Int, _ edges: [[Int]], _ isWanted: (Int) -> Bool) -> Int? {
        var seen: Set<Int> = [step]
        var open = edges[step]
        while !open.isEmpty {
            if let found = open.filter(isWanted).min() { return found }
            open = open.filter { seen.insert($0).inserted }.flatMap { edges[$0] }.filter { !seen.contains($0) }
        }
        return nil
    }
}
