import ArgumentParser
import Assay

/// `assay`: the whole command line, grouped by the questions it answers.
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay", abstract: "Put a deep-learning model to the test, with evidence that anyone can re-run.",
        discussion: """
            Give it a model (ONNX) and it answers seven questions. `assay MODEL.onnx` writes the hallmark: one page, one \
            line a question.

            Examples:
              assay model.onnx
              assay evaluate Workloads/photos/demo.yaml --html report.html
              assay inspect model.onnx
            """,
        version: "assay \(Version.current)",
        groupedSubcommands: [
            CommandGroup(name: "All questions:", subcommands: [HallmarkCommand.self, GateCommand.self]),
            CommandGroup(
                name: "How fast is it, and is it right?",
                subcommands: [
                    EvaluateCommand.self, CompareCommand.self, BenchCommand.self, CostCommand.self, LoadCommand.self,
                    RunCommand.self,
                ]),
            CommandGroup(
                name: "Why is it not faster, and what would help?",
                subcommands: [TraceCommand.self, OptimizeCommand.self]),
            CommandGroup(
                name: "What is it, and is it itself?", subcommands: [InspectCommand.self, StabilityCommand.self]),
            CommandGroup(
                name: "What there is to work with:",
                subcommands: [
                    EnginesCommand.self, OperatorsCommand.self, ProvisionCommand.self, ZooCommand.self,
                    CacheCommand.self,
                ]),
            CommandGroup(
                name: "Evidence:",
                subcommands: [
                    RecordsCommand.self, SelfTestCommand.self, SchemaCommand.self, ClaimsCommand.self,
                ]),
        ],
        defaultSubcommand: HallmarkCommand.self)
}
