import CAccelerators
package import Engines
import Foundation
package import Records

/// Asks NVIDIA's driver for the accelerators of this machine; without a driver there are none.
package enum AcceleratorProbe {
    /// All devices, in the order of their places on the bus.
    package static func all() -> [Accelerator] {
        (0..<assay_device_count()).map { index in
            let told = assay_device(index)
            let now = assay_device_reading(index)
            let capability = known(told.capabilityMajor).flatMap { major in
                known(told.capabilityMinor).map { "\(major).\($0)" }
            }
            return Accelerator(
                name: text(ASSAY_DEVICE_NAME, of: index), memoryBytes: told.memory < 0 ? nil : told.memory,
                driver: text(ASSAY_DEVICE_DRIVER, of: index), cuda: cuda, capability: capability,
                clocks: Accelerator.Clocks(
                    processor: known(now.smClock), memory: known(now.memoryClock),
                    mostProcessor: known(told.mostSMClock), mostMemory: known(told.mostMemoryClock)),
                powerLimitWatts: known(told.powerLimit).map { Double($0) / 1000 },
                temperature: known(now.temperature), persistence: flag(told.persistence),
                computeMode: computeMode(told.computeMode), errorCorrection: flag(told.errorCorrection),
                isCut: flag(told.instances),
                link: Accelerator.Link(
                    generation: known(told.linkGeneration), width: known(told.linkWidth),
                    mostGeneration: known(told.mostLinkGeneration), mostWidth: known(told.mostLinkWidth)))
        }
    }

    /// How the device is now on which the engine computes; `nil` where that is the processor, or the driver tells nothing.
    package static func reading() -> DeviceReading? {
        guard EngineProcesses.device.kind == .cuda else { return nil }
        let visible = ProcessInfo.processInfo.environment["CUDA_VISIBLE_DEVICES"]
        guard let index = number(of: EngineProcesses.device, visible: visible), index < assay_device_count() else {
            return nil
        }
        let now = assay_device_reading(index)
        let own = EngineProcesses.numbers.map { assay_device_process_memory(index, $0) }.filter { $0 >= 0 }
        return DeviceReading(
            processorClock: known(now.smClock), memoryClock: known(now.memoryClock),
            temperature: known(now.temperature), watts: known(now.power).map { Double($0) / 1000 },
            limits: DeviceReading.limits(of: now.reasons), usedMemory: now.used < 0 ? nil : now.used,
            ownMemory: own.isEmpty ? nil : own.reduce(0, +))
    }

    /// The driver's number of a device, which `CUDA_VISIBLE_DEVICES` may have renumbered for programs.
    package static func number(of device: ComputeDevice, visible: String?) -> Int32? {
        guard device.kind == .cuda else { return nil }
        guard let visible, !visible.isEmpty else { return Int32(device.index) }
        let shown = visible.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard device.index < shown.count else { return nil }
        if let number = Int32(shown[device.index]) { return number }
        return (0..<assay_device_count()).first { text(ASSAY_DEVICE_UUID, of: $0).hasPrefix(shown[device.index]) }
    }

    // MARK: - Values

    private static var cuda: String? {
        let version = assay_device_cuda()
        return version > 0 ? "\(version / 1000).\(version % 1000 / 10)" : nil
    }

    private static func text(_ text: AssayDeviceText, of index: Int32) -> String {
        var bytes: [UInt8] = []
        while let byte = UInt8(exactly: assay_device_character(index, Int32(text.rawValue), Int32(bytes.count))),
            byte > 0
        {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func known(_ value: Int32) -> Int? { value < 0 ? nil : Int(value) }

    private static func flag(_ value: Int32) -> Bool? { value < 0 ? nil : value != 0 }

    private static func computeMode(_ mode: Int32) -> String? {
        let words = ["default", "exclusive-thread", "prohibited", "exclusive-process"]
        return words.indices.contains(Int(mode)) ? words[Int(mode)] : nil
    }
}
