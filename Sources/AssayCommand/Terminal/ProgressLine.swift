import Foundation
import Studies
import Synchronization

/// Draws progress on standard error: one line that changes on a terminal, a line for each part elsewhere.
final class ProgressLine: Sendable {
    private struct State {
        var part = ""
        var lastDrawn = ContinuousClock.now
        var width = 0
        var lastShare = 0
    }

    private let state = Mutex(State())
    private let isTerminal: Bool
    private let isQuiet: Bool

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    /// The progress that studies report to.
    var progress: StudyProgress { StudyProgress { [self] in report($0) } }

    private func report(_ event: StudyProgress.Event) {
        state.withLock { state in
            switch event {
            case .began(let part):
                state.part = part
                state.lastShare = 0
                draw(part, &state, isLine: !isTerminal)
            case .advanced(let done, let total):
                let share = total > 0 ? done * 10 / total : 0
                guard isTerminal else { return }
                guard
                    done == total || share != state.lastShare || state.lastDrawn.duration(to: .now) > .milliseconds(100)
                else { return }
                state.lastShare = share
                draw("\(state.part)  \(Self.bar(done, total)) \(done) of \(total)", &state, isLine: false)
            case .noted(let text): draw(text + " …", &state, isLine: true)
            case .warned(let text): draw("warning: " + text, &state, isLine: true, always: true)
            }
        }
    }

    /// Ends the changing line.
    func finish() {
        state.withLock { state in
            guard isTerminal, !isQuiet, state.width > 0 else { return }
            write("\r" + String(repeating: " ", count: state.width) + "\r")
            state.width = 0
        }
    }

    private func draw(_ text: String, _ state: inout State, isLine: Bool, always: Bool = false) {
        guard always || !isQuiet else { return }
        let padding = String(repeating: " ", count: max(0, state.width - text.count))
        write((isTerminal ? "\r" : "") + text + padding + (isLine ? "\n" : ""))
        state.width = isLine ? 0 : text.count
        state.lastDrawn = .now
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    private static func bar(_ done: Int, _ total: Int) -> String {
        let filled = total > 0 ? done * 20 / total : 0
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    }
}
