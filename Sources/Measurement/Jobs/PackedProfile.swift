import Engines
import Tensors

/// A profile on its way out of a worker: its spans as one tensor, since a long profile has a million.
struct PackedProfile: Codable, Sendable {
    /// The profile without spans.
    private var outline: EngineProfile
    /// `[spans, 5]`: run, step, start (−1 where it is not told), duration, thread.
    private var spans: AttachedTensor

    private static let width = 5

    init(_ profile: EngineProfile) {
        var outline = profile
        var numbers: [Int64] = []
        numbers.reserveCapacity(profile.runs.reduce(0) { $0 + $1.spans.count } * Self.width)
        for (index, run) in profile.runs.enumerated() {
            outline.runs[index].spans = []
            for span in run.spans {
                numbers += [Int64(index), Int64(span.step), span.start ?? -1, span.duration, Int64(span.thread)]
            }
        }
        self.outline = outline
        spans = AttachedTensor(Tensor(numbers))
    }

    /// The profile; spans of runs or steps that it has not are left out.
    var profile: EngineProfile {
        var profile = outline
        let numbers: [Int64] = (try? spans.tensor.values()) ?? []
        for first in stride(from: 0, through: numbers.count - Self.width, by: Self.width) {
            guard let run = Int(exactly: numbers[first]), let step = Int(exactly: numbers[first + 1]),
                profile.runs.indices.contains(run), profile.steps.indices.contains(step)
            else { continue }
            profile.runs[run].spans.append(
                EngineProfile.Span(
                    step: step, start: numbers[first + 2] < 0 ? nil : numbers[first + 2],
                    duration: numbers[first + 3], thread: Int(numbers[first + 4])))
        }
        return profile
    }
}
