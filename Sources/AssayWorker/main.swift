import Engines
import ONNXRuntimeEngine
import OpenVINOEngine

// Standard output belongs to the protocol from the first line on: libraries print.
let channel = WorkerChannel.takeOverStandardStreams()
let jobs = JobRegistry()
WorkerHost(engines: [ONNXRuntimeFactory(), OpenVINOFactory()], jobs: jobs).serve(channel)
