import Engines
import Measurement

// Standard output belongs to the protocol from the first line on: libraries print.
let channel = WorkerChannel.takeOverStandardStreams()
var jobs = JobRegistry()
WorkerHost(engines: [], jobs: jobs).serve(channel)
