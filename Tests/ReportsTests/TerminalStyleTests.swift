import Records
import Reports
import Testing

@Suite("Terminals")
struct TerminalStyleTests {
    @Test(
        "colours need a terminal that wants them, and the width comes from what is known",
        arguments: [
            ([:], true, 120, TerminalStyle(width: 120, usesColor: true)),
            ([:], false, 120, TerminalStyle(width: 100, usesColor: false)),
            (["NO_COLOR": "1"], true, 120, TerminalStyle(width: 120, usesColor: false)),
            (["NO_COLOR": ""], true, nil, TerminalStyle(width: 100, usesColor: true)),
            (["TERM": "dumb"], true, 80, TerminalStyle(width: 80, usesColor: false)),
            (["COLUMNS": "66"], false, 120, TerminalStyle(width: 66, usesColor: false)),
            (["COLUMNS": "0"], true, 5, TerminalStyle(width: 20, usesColor: true)),
        ] as [([String: String], Bool, Int?, TerminalStyle)])
    func detection(environment: [String: String], isTerminal: Bool, columns: Int?, expected: TerminalStyle) {
        #expect(TerminalStyle.detect(environment, isTerminal: isTerminal, columns: columns) == expected)
    }

    @Test("columns line up whatever letters stand in them")
    func wideLetters() {
        let table = Table(
            columns: [.init("Text"), .init("n", .right)],
            rows: [["日本語", "1"], ["e\u{301}t\u{e9}", "22"], ["🙂 ok", "333"], ["plain", "4"]])
        #expect(
            TerminalReport(style: TerminalStyle(width: 40)).render(table) == """
                Text      n
                ──────  ───
                日本語    1
                e\u{301}té      22
                🙂 ok   333
                plain     4

                """)
    }
}
