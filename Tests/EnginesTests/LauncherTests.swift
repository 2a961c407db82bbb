import Engines
import Testing

@Suite struct LauncherTests {
    @Test func theWorkersCommandComesLast() throws {
        let launcher = Launcher(name: "srun", prefix: ["srun", "-n1"], worker: "/shared/assay-worker")
        #expect(try launcher.command() == ["srun", "-n1", "/shared/assay-worker"])
        #expect(try Launcher(name: "x", prefix: [], worker: "it's").command() == ["it's"])
    }
}
