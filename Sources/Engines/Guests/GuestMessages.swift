/// What a guest says of its engine when it is opened; all but the name and the version may be left out.
struct GuestOpened: Decodable {
    struct Identity: Decodable {
        var name: String
        var version: String
        var build: String?
        var instructionSet: String?
    }

    var identity: Identity
    var capabilities: EngineCapabilities?
}

/// What loading gave; what a guest leaves out is read from the model, or taken as it was asked for.
struct GuestLoaded: Decodable {
    var model: Int
    var inputs: [ValueDescription]?
    var outputs: [ValueDescription]?
    var options: EngineOptions?
    /// How long the model was brought into the engine's own form, which is no part of loading it.
    var conversionNanoseconds: Int64?
}

/// One run of a guest.
struct GuestRun: Decodable {
    var outputs: [AttachedTensor]
    /// Time inside the engine, by the guest's own clock; its way here is not in it.
    var nanoseconds: Int64
    /// How much of that inputs and outputs took to the engine's device and back.
    var transferNanoseconds: Int64?
    /// How the engine carried the run out, where it has more than one way.
    var route: String?
}

extension EngineCapabilities {
    /// What a guest is taken to be capable of that does not say: it is given models as they are, and says itself what it
    /// cannot do.
    static let unstated = EngineCapabilities(
        localFunctions: .none, residentTensors: false, newestOpset: 99, newestIRVersion: 99, precisions: [.f32])
}
