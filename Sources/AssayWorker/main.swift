import Engines
import Measurement
import NativeEngine
import ONNXRuntimeEngine
import OpenVINOEngine

// Standard output belongs to the protocol from the first line on: libraries print.
let channel = WorkerChannel.takeOverStandardStreams()
let jobs = JobRegistry.measurement
WorkerHost(engines: [NativeEngineFactory(), ONNXRuntimeFactory(), OpenVINOFactory()], jobs: jobs).serve(channel)
