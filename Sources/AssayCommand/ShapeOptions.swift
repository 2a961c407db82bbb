import ArgumentParser
import Specs

/// The shapes of inputs that a model leaves open.
struct ShapeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The shape of an input, as x=1x3x224x224; may be repeated.", valueName: "name=shape"))
    var shape: [String] = []

    var isGiven: Bool { !shape.isEmpty }

    /// The shapes by the names of inputs.
    func named() throws -> [SpecNamed<[Int]>] { try shape.map { try ShapeArgument($0).named } }
}
