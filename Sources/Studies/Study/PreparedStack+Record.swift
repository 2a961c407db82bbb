import Assets
import Engines
import Records

extension PreparedStack {
    /// The engine's build as a record lists it; `nil` for an engine that needs none.
    var ingredient: Ingredient? {
        build.map { build in
            Ingredient(
                .engine, name: build.artifact.filename, version: build.version, digest: build.artifact.sha256,
                origin: build.artifact.title)
        }
    }
}

extension [PreparedStack] {
    /// What the requests became, as a record keeps it.
    ///
    /// - Throws: `RecordError`.
    func lock() throws -> JSONValue {
        var lock = StackLock()
        for stack in self { if let build = stack.build { lock.record(stack.request, build) } }
        return try JSONCoding.value(of: lock)
    }

    /// The same stacks with titles that tell them apart: two of one title get a number.
    var withDistinctTitles: [PreparedStack] {
        var counts: [String: Int] = [:]
        return map { stack in
            var stack = stack
            counts[stack.title, default: 0] += 1
            if let count = counts[stack.title], count > 1 { stack.title += " #\(count)" }
            return stack
        }
    }
}
