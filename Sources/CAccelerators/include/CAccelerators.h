#pragma once

// What NVIDIA's management library (NVML, libnvidia-ml.so.1, part of the driver) tells of the devices of a machine, by number
// and without pointers. The library is opened at the first call; `ASSAY_NVML_LIBRARY` names it where it lies elsewhere.

#include <stdint.h>

/// What a device is; -1 where the driver does not tell.
typedef struct {
    /// Bytes of device memory.
    int64_t memory;
    /// The compute capability.
    int32_t capabilityMajor;
    int32_t capabilityMinor;
    /// The highest clocks, in MHz.
    int32_t mostSMClock;
    int32_t mostMemoryClock;
    /// The power that it is held to, in mW.
    int32_t powerLimit;
    /// Whether the driver stays loaded while nobody uses the device: 0 or 1.
    int32_t persistence;
    /// Who may use it: 0 everybody, 1 one thread, 2 nobody, 3 one process.
    int32_t computeMode;
    /// Whether errors of its memory are corrected: 0 or 1.
    int32_t errorCorrection;
    /// Whether it is cut into several (multi-instance GPU): 0 or 1.
    int32_t instances;
    /// The generation and the lanes of its link to the machine, as they are now and at most.
    int32_t linkGeneration;
    int32_t linkWidth;
    int32_t mostLinkGeneration;
    int32_t mostLinkWidth;
} AssayDevice;

/// How a device is at one moment; -1 where the driver does not tell.
typedef struct {
    /// Clocks in MHz.
    int32_t smClock;
    int32_t memoryClock;
    /// Degrees Celsius.
    int32_t temperature;
    /// Power in mW.
    int32_t power;
    /// Bytes of device memory that all its users have.
    int64_t used;
    /// The reasons for which its clocks are not at their highest, as bits (`nvmlClocksEventReasons`).
    int64_t reasons;
} AssayDeviceReading;

/// Texts that the driver tells.
enum AssayDeviceText {
    ASSAY_DEVICE_NAME = 0,
    ASSAY_DEVICE_UUID = 1,
    /// The driver's version, the same for all devices.
    ASSAY_DEVICE_DRIVER = 2,
};

/// How many devices there are; 0 without a driver.
int32_t assay_device_count(void);

/// What device number `index` is, in the order of the places on the bus.
AssayDevice assay_device(int32_t index);

/// How it is now.
AssayDeviceReading assay_device_reading(int32_t index);

/// Bytes of its memory that a process has; -1 where the driver does not list the process.
int64_t assay_device_process_memory(int32_t index, int32_t process);

/// The byte at a position of one of its texts; 0 from the end on.
int32_t assay_device_character(int32_t index, int32_t text, int32_t position);

/// The newest CUDA that the driver runs, as 1000 times the major and 10 times the minor number; 0 without a driver.
int32_t assay_device_cuda(void);
