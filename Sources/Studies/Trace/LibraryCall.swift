import Foundation

/// One call of a library of kernels, as the library tells it.
package struct LibraryCall: Sendable, Hashable {
    /// What is computed: `convolution`.
    package var kind: String
    /// What carries it out: `jit:avx512_core`.
    package var implementation: String
    /// Shapes, as the library writes them.
    package var problem: String
    /// When it began, in nanoseconds of the Unix epoch; `nil` where the library does not tell.
    package var start: Int64?
    /// How long it took, in nanoseconds.
    package var duration: Int64
}

extension LibraryCall {
    /// Reads what oneDNN prints in its verbose mode (oneDNN Developer Guide, "Verbose Mode"), version 2 and 3, with or
    /// without time stamps; lines of anything else are left out.
    ///
    /// A line is `onednn_verbose[,v1][,TIMESTAMP],[primitive,]exec,ENGINE,KIND,IMPLEMENTATION,PROPAGATION,…,PROBLEM,TIME`,
    /// with both times in milliseconds.
    package static func all(inVerboseOutput text: String) -> [LibraryCall] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard let mark = line.range(of: "onednn_verbose,") ?? line.range(of: "dnnl_verbose,") else { return nil }
            return LibraryCall(
                verboseFields: line[mark.upperBound...].split(separator: ",", omittingEmptySubsequences: false))
        }
    }

    private init?(verboseFields: [Substring]) {
        var fields = verboseFields[...]
        if fields.first == "v1" { fields = fields.dropFirst() }
        var stamp: Double?
        if let first = fields.first, let number = Double(first) {
            stamp = number
            fields = fields.dropFirst()
        }
        if fields.first == "primitive" || fields.first == "profile" { fields = fields.dropFirst() }
        guard fields.first == "exec", fields.count >= 6, let last = fields.last, let time = Double(last),
            time >= 0, time < 1e9
        else { return nil }
        let rest = Array(fields.dropFirst())
        kind = String(rest[1])
        implementation = String(rest[2])
        problem = rest.count >= 6 ? String(rest[rest.count - 2]) : ""
        // A time stamp is microseconds of the epoch behind the comma: as milliseconds it fits a double to a quarter of one.
        start = stamp.flatMap { $0 > 0 && $0 < 9e12 ? Int64(($0 * 1000).rounded()) * 1000 : nil }
        duration = Int64((time * 1e6).rounded())
    }
}
