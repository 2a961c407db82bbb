public import Assets
public import Engines
public import Records

/// What a study works with: everything that comes from outside, so that a test can give its own.
public struct StudyContext: Sendable {
    /// Finds a model by its zoo name or path.
    public var model: @Sendable (_ reference: String) throws -> ResolvedModel
    /// Finds a form of a model.
    public var form: @Sendable (_ form: ModelForm) throws -> ResolvedForm
    /// Makes a stack ready, fetching and installing what is missing.
    public var stack: @Sendable (_ request: StackRequest) throws -> PreparedStack
    /// The folder of a data set's files, fetched or drawn where missing.
    public var folder: @Sendable (_ origin: DataSpec.Origin) throws -> String
    /// A file that a step or task names: beside the spec, or of the zoo as `zoo:MODEL/ROLE`.
    public var resources: StepResources
    /// How workers are started.
    public var launcher: Launcher
    /// What is known of this machine.
    public var machine: Machine
    /// The program and its version: `assay 0.1.0`.
    public var tool: String
    /// Where progress goes.
    public var progress: StudyProgress

    /// Makes a context.
    public init(
        model: @escaping @Sendable (_ reference: String) throws -> ResolvedModel,
        form: @escaping @Sendable (_ form: ModelForm) throws -> ResolvedForm = { try ResolvedForm($0, folder: ".") },
        stack: @escaping @Sendable (_ request: StackRequest) throws -> PreparedStack,
        folder: @escaping @Sendable (_ origin: DataSpec.Origin) throws -> String, resources: StepResources,
        launcher: Launcher = .local, machine: Machine, tool: String, progress: StudyProgress = .silent
    ) {
        self.model = model
        self.form = form
        self.stack = stack
        self.folder = folder
        self.resources = resources
        self.launcher = launcher
        self.machine = machine
        self.tool = tool
        self.progress = progress
    }
}
