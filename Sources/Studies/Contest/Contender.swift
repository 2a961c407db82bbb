package import Assets
package import Engines

/// One side of a contest: a model on a stack, with what it is fed.
package struct Contender: Sendable {
    /// What tables call it; unique within a contest.
    package var title: String
    /// The stack.
    package var stack: PreparedStack
    /// The model.
    package var model: ResolvedModel
    /// A value for each input.
    package var inputs: [NamedTensor]
    /// Work added inside the timed region after each run, as a share of a run: 0.03 makes it 3 % slower.
    package var addedWork: Double

    /// Makes a contender.
    package init(
        title: String, stack: PreparedStack, model: ResolvedModel, inputs: [NamedTensor], addedWork: Double = 0
    ) {
        self.title = title
        self.stack = stack
        self.model = model
        self.inputs = inputs
        self.addedWork = addedWork
    }
}
