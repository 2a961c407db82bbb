import Foundation
import Records

/// What a terminal can show.
public struct TerminalStyle: Sendable, Hashable {
    /// The number of columns.
    public var width: Int
    /// Whether colours and bold type are used.
    public var usesColor: Bool

    /// Makes a style.
    public init(width: Int = 80, usesColor: Bool = false) {
        self.width = max(20, width)
        self.usesColor = usesColor
    }

    /// The style of standard output: colours only on a terminal that knows them and without `NO_COLOR`; the width of
    /// `COLUMNS` or the terminal, 100 for a file or pipe.
    public static var standardOutput: TerminalStyle {
        detect(ProcessInfo.processInfo.environment, isTerminal: isatty(1) == 1, columns: columns)
    }

    /// The style for an environment and an output.
    package static func detect(
        _ environment: [String: String], isTerminal: Bool, columns: Int?
    ) -> TerminalStyle {
        let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
        let asked = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        return TerminalStyle(width: asked ?? (isTerminal ? columns : nil) ?? 100, usesColor: isTerminal && !isPlain)
    }

    private static var columns: Int? {
        var size = winsize()
        let status = unsafe ioctl(1, UInt(TIOCGWINSZ), &size)
        return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }
}

extension TerminalStyle {
    /// The ways in which text stands out.
    enum Ink: String {
        case bold = "1"
        case faint = "2"
        case green = "32"
        case red = "31"
        case yellow = "33"
        case blue = "34"
    }

    /// The text in an ink, where the terminal knows it.
    func ink(_ text: String, _ ink: Ink) -> String {
        usesColor && !text.isEmpty ? "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m" : text
    }

    /// A line of pieces, each in its ink, cut to the terminal's width.
    func line(_ pieces: [(text: String, ink: Ink?)]) -> String {
        var room = width
        var out = ""
        for piece in pieces where room > 0 {
            let text = DisplayWidth.cut(piece.text, to: room)
            room -= DisplayWidth.of(text)
            out += piece.ink.map { self.ink(text, $0) } ?? text
        }
        return out
    }
}

extension Quantity {
    /// The number with everything taken out that would steer a terminal; a unit may be any text.
    var shown: String { DisplayWidth.safe(description) }
}

extension MetricUnit {
    /// A number of this unit with everything taken out that would steer a terminal.
    func shown(_ value: Double) -> String { DisplayWidth.safe(format(value)) }
}
