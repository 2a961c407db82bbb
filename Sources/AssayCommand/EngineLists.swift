/// Writes the files of `--write-lists`: one an engine, which two versions of it cannot share.
struct EngineLists {
    let folder: String
    private var written: Set<String> = []

    init(folder: String) { self.folder = folder }

    /// Writes the list of an engine.
    ///
    /// - Throws: `Failure` where the engine has a list already, or the file cannot be written.
    mutating func write(_ text: String, of engine: String, to file: String) throws {
        guard written.insert(engine).inserted else {
            throw Failure(
                .wrongInput, code: "command.lists", subject: "--write-lists",
                reason: "two stacks of \(engine) would write the same list", remedy: "name each engine once")
        }
        try StudyOptions.write(text, to: "\(folder)/\(file)")
    }
}
