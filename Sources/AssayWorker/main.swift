import CalibrationEngine
import Engines
import Measurement
import NativeEngine
import ONNXRuntimeEngine
import OpenVINOEngine

MachineProbe.tellIfAsked()

// Standard output belongs to the protocol from the first line on: libraries print.
let channel = WorkerChannel.takeOverStandardStreams()
let jobs = JobRegistry.measurement
let engines: [any EngineFactory] = [
    NativeEngineFactory(), ONNXRuntimeFactory(), OpenVINOFactory(), CalibrationFactory(),
]
WorkerHost(engines: engines, jobs: jobs).serve(channel)
