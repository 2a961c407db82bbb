/// A body with nothing in it.
struct EmptyBody: Codable {}

/// Names a loaded model.
struct ModelNumber: Codable { var model: Int }

/// Names a request that is to end early.
struct CancelRequest: Codable { var request: Int }
