import COneDNN

/// The threads that compute one kernel together: those of the library's own run time, so that no two pools meet.
struct Team: Sendable {
    let library: OneDNNLibrary
    let count: Int

    /// Calls `body` once for each part, with the number of the part and the number of parts; parts run at the same time.
    ///
    /// - Parameter limit: at most so many parts, where the work is too small for more.
    func run(limit: Int = .max, _ body: (_ part: Int, _ parts: Int) -> Void) {
        let parts = max(1, min(count, limit))
        guard parts > 1 else { return body(0, 1) }
        withoutActuallyEscaping(body) { body in
            var work = Work(body: body, parts: parts, number: library.functions.threadNumber)
            withUnsafeMutablePointer(to: &work) { work in
                library.functions.parallel(
                    { context in
                        guard let work = context?.assumingMemoryBound(to: Work.self).pointee else { return }
                        work.body(Int(work.number()), work.parts)
                    }, work, UInt32(parts), 0)
            }
        }
    }

    /// The half-open range of `count` items that a part computes.
    static func share(_ count: Int, part: Int, of parts: Int) -> Range<Int> {
        (count * part / parts)..<(count * (part + 1) / parts)
    }
}

private struct Work {
    let body: (Int, Int) -> Void
    let parts: Int
    let number: OpenMPGetThreadNumber
}
