import Specs
import Testing

@Suite("What specs are told")
struct DiagnosisTests {
    @Test(
        "each kind of mistake gets its place, its reason and its remedy",
        arguments: [
            (
                "modle: m\nstack: n\nmodel: m",
                "s.yaml:1:1: unknown key 'modle'; did you mean 'model'? known keys are "
                    + "model, stack, warmup, limit, rate, quick, share, tags, steps"
            ),
            (
                "stack: n",
                "s.yaml:1:1: the key 'model' is missing; add 'model': a text"
            ),
            (
                "model: [a]\nstack: n",
                "s.yaml:1:8: model: expected a text, found a list of 1"
            ),
            (
                "model: 12\nstack: n",
                "s.yaml:1:8: model: expected a text, found the number 12; put it in quotes if it is meant as a text"
            ),
            (
                "model: m\nstack: {engine: e, precision: fp32}",
                "s.yaml:2:31: stack.precision: expected one of f32, bf16, int8, found the text 'fp32'; did you mean 'f32'?"
            ),
            (
                "model: m\nstack: [{engine: e}, {engine: e, threads: 0}]",
                "s.yaml:2:43: stack[1].threads: expected a whole number from 1 to 1024, found 0"
            ),
            (
                "model: m\nstack: n\nwarmup: 50",
                "s.yaml:3:9: warmup: expected a duration such as 50 ms, found the number 50; "
                    + "write a number and one of ns, us, µs, ms, s, min, h"
            ),
            (
                "model: m\nstack: n\nlimit: 1.5 B",
                "s.yaml:3:8: limit: expected a size such as 64 KiB, found the text '1.5 B'; "
                    + "write a number and one of B, kB, MB, GB, TB, KiB, MiB, GiB, TiB"
            ),
            (
                "model: m\nstack: n\nquick: yes",
                "s.yaml:3:8: quick: expected true or false, found the text 'yes'"
            ),
            (
                "model: m\nstack: n\nshare: 1.5",
                "s.yaml:3:8: share: expected a number from 0.0 to 1.0, found 1.5"
            ),
            (
                "model: m\nstack: n\nsteps: [flipp]",
                "s.yaml:3:9: steps[0]: unknown step 'flipp'; did you mean 'flip'? known are flip, resize, scale"
            ),
            (
                "model: m\nstack: n\nsteps: [resize]",
                "s.yaml:3:9: steps[0]: 'resize' needs a value; write 'resize: …'"
            ),
            (
                "model: m\nstack: n\nquick: true\nwarmup: 2 s",
                "s.yaml:4:1: warmup: a quick run warms up for a second at most; shorten it"
            ),
            (
                "model: m\nmodel: n\nstack: n",
                "s.yaml:1:1: the key 'model' is given twice; keep one of them"
            ),
            ("", "s.yaml: it is empty; write at least the required keys"),
            (
                "a: b: c",
                "s.yaml:1:5: it is not YAML: mapping values are not allowed in this context; "
                    + "put a text that contains ': ' in quotes"
            ),
            (
                "\tmodel: m",
                "s.yaml:1:1: it is not YAML: while scanning for the next token, found character that cannot start any "
                    + "token; indent with spaces, and put texts with special characters in quotes"
            ),
            (
                "just a text",
                "s.yaml:1:1: expected a map (sample), found the text 'just a text'; known keys are "
                    + "model, stack, warmup, limit, rate, quick, share, tags, steps"
            ),
            (
                "model: m\n---\nmodel: n",
                "s.yaml:2:1: it is not YAML: expected a single document in the stream, but found another document; "
                    + "keep one document a file"
            ),
            ("PK\u{3}\u{4}", "s.yaml: it contains the control character 3, so it is not a text; give a YAML file"),
        ])
    func messages(text: String, expected: String) {
        #expect(SampleSpec.errors(text).map(\.description) == [expected])
    }

    @Test("all mistakes of a document are told at once, in the order of its text")
    func collects() {
        let errors = SampleSpec.errors("share: x\nstack: {engin: e, threads: many}\nquick: 1\nwarm: 1 s")
        #expect(
            errors.map(\.code) == [
                .missingKey, .wrongType, .missingKey, .unknownKey, .wrongType, .wrongType, .unknownKey,
            ])
        #expect(errors.compactMap(\.mark?.line) == [1, 1, 2, 2, 2, 3, 4])
    }

    @Test("a file that is not there is told by its name")
    func absent() {
        #expect {
            try SampleSpec.spec.decode(contentsOf: "/nowhere/at-all.yaml")
        } throws: { error in
            (error as? SpecErrors)?.all.map(\.code) == [.unreadableFile]
        }
    }

    @Test(
        "the nearest word is found, and a far one is not",
        arguments: [
            ("thread", "threads" as String?), ("Threads", "threads"), ("warm_up", "warmup"), ("wramup", "warmup"),
            ("prec", "precision"), ("zzz", nil), ("", nil), ("th", nil),
        ])
    func spelling(word: String, expected: String?) {
        #expect(Spelling.nearest(to: word, among: ["threads", "warmup", "precision"]) == expected)
    }
}
