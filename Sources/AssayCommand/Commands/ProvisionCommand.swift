import ArgumentParser
import Assay
import Assets
import Engines
import Foundation
import Specs
import Studies

/// `assay provision`: installs the stacks that a spec names.
struct ProvisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision", abstract: "Install the stacks of a spec, or the defaults, and lock their builds.",
        discussion: """
            Resolves versions to exact builds, writes assay.lock beside the spec, installs each build side by side under \
            $ASSAY_HOME/stacks, and starts it once: a stack whose library reports another version than was asked for is \
            refused. What cannot be had is said before anything is downloaded, with the nearest builds that can; what was \
            ended in between goes on where it stopped.

            A spec is a list of stacks, or that of any study that names some:

              stacks:
                - {engine: onnxruntime, version: "~=1.20.0"}
                - {engine: pytorch, version: ">=2.4", extra: {mode: compile}}

            Examples:
              assay provision
              assay provision Workloads/photos/demo.yaml
              assay provision stacks.yaml --dry-run
              assay provision stacks.yaml --locked
              assay provision --engine onnxruntime@1.20,pytorch
              assay provision --conformance

            Exit codes: 0 done, 2 a stack cannot be had or the input is wrong, 3 an engine failed or is not what was \
            asked for.
            """)

    @Argument(help: ArgumentHelp("A spec.", valueName: "spec"))
    var spec: String?

    @Option(help: ArgumentHelp("Engines in place of a spec, as native,onnxruntime@1.20.", valueName: "engine,…"))
    var engine: String?

    @Flag(help: "Generate the node cases of the ONNX standard, and install nothing.")
    var conformance = false

    @Flag(help: "Take builds from assay.lock alone.")
    var locked = false

    @Flag(help: "Show what would be installed and how much would be downloaded, and do nothing.")
    var dryRun = false

    @Flag(help: "Download nothing.")
    var offline = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if conformance, spec != nil || engine != nil || locked || dryRun || json {
            throw ValidationError("--conformance takes no stacks: provision them by themselves")
        }
    }

    func run() async throws {
        if conformance { return try provideCases() }
        var requests = StackRequest.defaults
        var folder = "."
        if let spec {
            requests = try ProvisionSpec.stacks(contentsOf: spec)
            folder = URL(fileURLWithPath: spec).deletingLastPathComponent().path
        }
        if let engine { requests = try StackRequest.list(commandLine: engine) }
        let line = ProgressLine(isQuiet: json)
        let bench = try Workbench(isOffline: offline, progress: line.progress)
        let plan = try bench.plan(requests, folder: folder, isLocked: locked)
        var table = ProvisionTable(plan)
        if dryRun || !plan.obstacles.isEmpty {
            try table.show(asJSON: json)
            if let obstacle = plan.obstacles.first { throw obstacle }
            return
        }
        try await bench.provision(plan, folder: folder) { stack, identity in
            line.finish()
            table.note(stack, identity)
            if !json { print("\(stack.title): \(identity.version), \(stack.libraries ?? "")") }
        }
        if json { try table.show(asJSON: true) }
    }

    private func provideCases() throws {
        let line = ProgressLine(isQuiet: false)
        let cases = try Workbench(isOffline: offline, progress: line.progress).nodeCases(lists: "Conformance")
        line.finish()
        print("\(cases.names.count) node cases: \(cases.path)")
        if !cases.roundedOtherwise.isEmpty {
            print("of which this machine rounds the expected outputs otherwise: \(cases.roundedOtherwise.count)")
        }
    }
}
