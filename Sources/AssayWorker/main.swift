import Engines

// Standard output belongs to the protocol from the first line on: libraries print.
let channel = WorkerChannel.takeOverStandardStreams()
let jobs = JobRegistry()
WorkerHost(engines: [], jobs: jobs).serve(channel)
