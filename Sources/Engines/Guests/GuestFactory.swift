import Graphs

/// Makes an engine of a guest: a program of anyone's that speaks the worker protocol.
struct GuestFactory: EngineFactory {
    let name: String
    let command: GuestCommand
    let options: EngineOptions
    let token: String?

    func load(libraries: String?) throws(EngineError) -> any Engine {
        let start = { @Sendable () throws(EngineError) -> GuestSeat in
            try GuestSeat(command, engine: name, libraries: libraries, options: options, token: token)
        }
        return GuestEngine(first: try start(), another: start)
    }
}

/// A guest whose engine is open.
final class GuestSeat: Sendable {
    let process: GuestProcess
    let opened: GuestOpened

    init(
        _ command: GuestCommand, engine: String, libraries: String?, options: EngineOptions, token: String?
    ) throws(EngineError) {
        process = try GuestProcess(command, name: engine, options: options, token: token)
        opened = try process.call(.open, OpenRequest(engine: engine, libraries: libraries))
    }

    /// Loads a model from its file.
    func load(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> GuestLoaded {
        let file = try GuestModelFile(source)
        return try process.call(
            .load,
            LoadRequest(
                name: source.name, path: file.path, directory: source.directory, isOriginal: source.isOriginal,
                options: options, form: source.form))
    }
}
