import Engines
import Testing

@Suite struct LauncherTests {
    @Test func commandsOfTheFleet() throws {
        #expect(
            try Launcher.ssh("node1", worker: "/opt/my worker").command() == [
                "ssh", "-T", "-o", "BatchMode=yes", "--", "node1", "'/opt/my worker'",
            ])
        #expect(
            try Launcher.slurm(["--exclusive", "--constraint=avx512"], worker: "/shared/assay-worker").command() == [
                "srun", "--ntasks=1", "--quiet", "--unbuffered", "--exclusive", "--constraint=avx512",
                "/shared/assay-worker",
            ])
        #expect(
            try Launcher.docker("assay:1", arguments: ["--cpus=2"]).command() == [
                "docker", "run", "--rm", "-i", "--cpus=2", "assay:1", "assay-worker",
            ])
        #expect(try Launcher(name: "x", prefix: [], worker: "it's").command() == ["it's"])
        #expect(
            try Launcher(name: "x", prefix: ["ssh", "h"], worker: "it's", passesThroughShell: true).command() == [
                "ssh", "h", "'it'\\''s'",
            ])
    }
}
