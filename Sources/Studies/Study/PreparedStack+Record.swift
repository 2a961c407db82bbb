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
    /// What the requests became, as a record keeps it: the builds, and the machines of stacks that run elsewhere.
    ///
    /// - Throws: `RecordError`.
    func lock() throws -> JSONValue {
        var lock = StackLock()
        for stack in self { if let build = stack.build { lock.record(stack.request, build) } }
        let machines = Dictionary(
            compactMap { stack in stack.machine.map { (stack.title, $0) } }, uniquingKeysWith: { first, _ in first })
        guard case .object(var fields) = try JSONCoding.value(of: lock), !machines.isEmpty else {
            return try JSONCoding.value(of: lock)
        }
        fields["machines"] = try JSONCoding.value(of: machines)
        return .object(fields)
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
