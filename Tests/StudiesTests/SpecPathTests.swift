import Studies
import Testing

/// Places in a spec as users write them.
@Suite struct SpecPathTests {
    @Test(arguments: [
        "title", "stacks[0].threads", "models[0].preprocess[1].resize.filter", "stacks[*].extra[\"session.x\"]",
        "data.source.table.path",
    ]) func readsBackAsWritten(text: String) throws {
        #expect(try #require(SpecPath(text)).description == text)
    }

    @Test(arguments: ["", ".", "a.", "a..b", "[0]", "a[", "a[x]", "a[-1]", "a[0]b", "a[\"\"]", "a[\"b]", "a[0"])
    func whatIsNoPlaceIsRefused(text: String) { #expect(SpecPath(text) == nil) }
}
