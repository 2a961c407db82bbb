import Assets
import Engines
import Testing

@Suite struct StackCommandLineTests {
    @Test func settingsStandInBraces() throws {
        let stacks = try StackRequest.list(
            commandLine: "native, onnxruntime@1.20{threads=2,spinning=true} ,calibration{latency=1ms,jitter=5%}")
        #expect(stacks.map(\.engine) == ["native", "onnxruntime", "calibration"])
        #expect(stacks[1].options.threads == 2 && stacks[1].options.spinning && stacks[1].options.extra.isEmpty)
        #expect(stacks[1].version != .any)
        #expect(stacks[2].options.extra == ["latency": "1ms", "jitter": "5%"])
        #expect(stacks[2].isBuiltIn && !stacks[1].isBuiltIn)
        #expect(stacks[2].title(version: "1") == "calibration 1, jitter=5%, latency=1ms")
    }

    @Test func allOptionsCanBeSet() throws {
        let options = try StackRequest(
            commandLine: "native{precision=bf16,optimization=none,flushDenormals=false,a.b=c=d}"
        ).options
        #expect(options.precision == .bf16 && options.optimization == .none && !options.flushDenormals)
        #expect(options.extra == ["a.b": "c=d"])
    }

    @Test(arguments: [
        "calibration{latency=1ms", "calibration{latency}", "calibration{=1}", "native{threads=0}",
        "native{spinning=yes}",
        "native}", "native{precision=f8}", "native{optimization=some}",
    ])
    func whatCannotBeReadIsRefused(text: String) {
        #expect(throws: AssetError.self) { try StackRequest.list(commandLine: text) }
    }
}
