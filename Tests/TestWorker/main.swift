import Assets
import Engines
import Foundation
import Measurement
import TestKit

// A worker that hosts the fake engine, for tests of what happens when an engine misbehaves.
MachineProbe.tellIfAsked()
switch CommandLine.arguments.dropFirst().first {
case "--leak-check": try await LeakCheck.run()
case "--die-with-worker": try await LeakCheck.dieWithWorker()
case "--run-tool":
    // A program that starts another one; both write their numbers into a file.
    let script = "sleep 600 & echo $$ $! >\"$0\"; wait"
    _ = try ProcessRunner().run(Command("bash", ["-c", script, CommandLine.arguments[2]]))
default:
    let channel = WorkerChannel.takeOverStandardStreams()
    var jobs = JobRegistry.measurement
    jobs.register(CountingJob.self)
    jobs.register(ToldMeasureJob.self)
    jobs.register(ToldTraceJob.self)
    WorkerHost(engines: [FakeEngineFactory(protocolDescriptor: channel.output)], jobs: jobs).serve(channel)
}
