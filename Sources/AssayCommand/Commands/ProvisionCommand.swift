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
            Resolves versions to exact builds, writes assay.lock beside the spec, and installs each build side by side \
            under $ASSAY_HOME/stacks.

            Examples:
              assay provision
              assay provision Workloads/photos/demo.yaml
              assay provision --engine onnxruntime@1.20
              assay provision --conformance
            """)

    @Argument(help: ArgumentHelp("A spec.", valueName: "spec"))
    var spec: String?

    @Option(help: ArgumentHelp("Engines in place of a spec, as native,onnxruntime@1.20.", valueName: "engine,…"))
    var engine: String?

    @Flag(help: "Generate the node cases of the ONNX standard, and install nothing.")
    var conformance = false

    @Flag(help: "Download nothing.")
    var offline = false

    func validate() throws {
        if conformance, spec != nil || engine != nil {
            throw ValidationError("--conformance takes no stacks: provision them by themselves")
        }
    }

    func run() async throws {
        if conformance { return try provideCases() }
        var requests = StackRequest.defaults
        var folder = "."
        if let spec {
            requests = try EvaluateSpec.spec.decode(contentsOf: spec).value.stacks
            folder = URL(fileURLWithPath: spec).deletingLastPathComponent().path
        }
        if let engine { requests = try StackRequest.list(commandLine: engine) }
        let line = ProgressLine(isQuiet: false)
        let bench = try Workbench(isOffline: offline, progress: line.progress)
        for request in requests {
            let stack = try bench.stack(request, folder: folder)
            line.finish()
            print("\(stack.title): \(stack.libraries ?? "no libraries needed")")
        }
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
