import COneDNN
import Engines

/// How many threads compute for the calling thread, and how they treat denormal numbers.
struct ThreadSettings {
    let library: OneDNNLibrary?
    let options: EngineOptions

    /// How many threads OpenMP gives the calling thread when it asks for so many, read back.
    static func granted(_ threads: Int, _ library: OneDNNLibrary) -> Int {
        library.functions.setThreads(Int32(threads))
        return Int(library.functions.threads())
    }

    /// Runs `body` under the settings; the caller's own denormal mode is restored afterwards.
    ///
    /// - Throws: what `body` throws.
    func apply<Result>(_ body: () throws(EngineError) -> Result) throws(EngineError) -> Result {
        let mode = DenormalMode(flushed: options.flushDenormals)
        defer { mode.restore() }
        if let library {
            library.functions.setThreads(Int32(options.threads))
            // The caller is one of the team: its own mode is restored only because it was saved before.
            if options.threads > 1 { setDenormalModeOfTeam(library) }
        }
        return try body()
    }

    /// Sets the mode in every thread of the team that OpenMP keeps for the calling thread.
    ///
    /// Nothing is done where the team has it: to wake it costs more than a small model. Threads that join later start in the
    /// mode of the caller.
    private func setDenormalModeOfTeam(_ library: OneDNNLibrary) {
        let noted = openMPTeamMode()
        let mode = OpenMPTeamMode(threads: Int32(options.threads), flushesDenormals: options.flushDenormals ? 1 : 0)
        if noted.pointee.flushesDenormals == mode.flushesDenormals, noted.pointee.threads >= mode.threads { return }
        noted.pointee = mode
        let flag = options.flushDenormals ? UnsafeMutableRawPointer(bitPattern: 1) : nil
        library.functions.parallel({ _ = DenormalMode(flushed: $0 != nil) }, flag, UInt32(options.threads), 0)
    }
}
