/// Asks for a job by name.
struct JobRequest<Request: Codable>: Codable {
    var job: String
    var request: Request
}

/// The name alone, by which the worker finds out which request to decode.
struct JobName: Codable { var job: String }
