#include "CAccelerators.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

// The part of NVML's interface that is called, by NVIDIA's reference of it: numbers and structures never change under one
// name, and a function that a driver lacks is left out.

typedef void *Device;
typedef int Status;

enum { SUCCESS = 0, CLOCK_SM = 1, CLOCK_MEMORY = 2, SENSOR_GPU = 0, TEXT_BYTES = 96, MOST_PROCESSES = 1024 };

typedef struct {
    unsigned long long total, available, used;
} Memory;

typedef struct {
    unsigned int process;
    unsigned long long used;
    unsigned int instance, computeInstance;
} Process;

_Static_assert(sizeof(Process) == 24, "nvmlProcessInfo_v2_t");

static struct {
    int isOpen;
    Status (*count)(unsigned int *);
    Status (*device)(unsigned int, Device *);
    Status (*name)(Device, char *, unsigned int);
    Status (*uuid)(Device, char *, unsigned int);
    Status (*driver)(char *, unsigned int);
    Status (*cuda)(int *);
    Status (*memory)(Device, Memory *);
    Status (*capability)(Device, int *, int *);
    Status (*clock)(Device, int, unsigned int *);
    Status (*mostClock)(Device, int, unsigned int *);
    Status (*temperature)(Device, int, unsigned int *);
    Status (*power)(Device, unsigned int *);
    Status (*powerLimit)(Device, unsigned int *);
    Status (*persistence)(Device, int *);
    Status (*computeMode)(Device, int *);
    Status (*errorCorrection)(Device, int *, int *);
    Status (*instances)(Device, unsigned int *, unsigned int *);
    Status (*linkGeneration)(Device, unsigned int *);
    Status (*linkWidth)(Device, unsigned int *);
    Status (*mostLinkGeneration)(Device, unsigned int *);
    Status (*mostLinkWidth)(Device, unsigned int *);
    Status (*reasons)(Device, unsigned long long *);
    Status (*processes)(Device, unsigned int *, Process *);
} nvml;

static pthread_once_t once = PTHREAD_ONCE_INIT;

/// The first of two names that a library exports.
static void *either(void *library, const char *name, const char *older) {
    void *function = dlsym(library, name);
    return function || !older ? function : dlsym(library, older);
}

static void open_library(void) {
    const char *asked = getenv("ASSAY_NVML_LIBRARY");
    void *library = dlopen(asked && *asked ? asked : "libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    Status (*initialize)(void) = either(library, "nvmlInit_v2", "nvmlInit");
    if (!initialize || initialize() != SUCCESS) return;
    nvml.count = either(library, "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount");
    nvml.device = either(library, "nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex");
    nvml.name = dlsym(library, "nvmlDeviceGetName");
    nvml.uuid = dlsym(library, "nvmlDeviceGetUUID");
    nvml.driver = dlsym(library, "nvmlSystemGetDriverVersion");
    nvml.cuda = either(library, "nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion");
    nvml.memory = dlsym(library, "nvmlDeviceGetMemoryInfo");
    nvml.capability = dlsym(library, "nvmlDeviceGetCudaComputeCapability");
    nvml.clock = dlsym(library, "nvmlDeviceGetClockInfo");
    nvml.mostClock = dlsym(library, "nvmlDeviceGetMaxClockInfo");
    nvml.temperature = dlsym(library, "nvmlDeviceGetTemperature");
    nvml.power = dlsym(library, "nvmlDeviceGetPowerUsage");
    nvml.powerLimit = dlsym(library, "nvmlDeviceGetEnforcedPowerLimit");
    nvml.persistence = dlsym(library, "nvmlDeviceGetPersistenceMode");
    nvml.computeMode = dlsym(library, "nvmlDeviceGetComputeMode");
    nvml.errorCorrection = dlsym(library, "nvmlDeviceGetEccMode");
    nvml.instances = dlsym(library, "nvmlDeviceGetMigMode");
    nvml.linkGeneration = dlsym(library, "nvmlDeviceGetCurrPcieLinkGeneration");
    nvml.linkWidth = dlsym(library, "nvmlDeviceGetCurrPcieLinkWidth");
    nvml.mostLinkGeneration = dlsym(library, "nvmlDeviceGetMaxPcieLinkGeneration");
    nvml.mostLinkWidth = dlsym(library, "nvmlDeviceGetMaxPcieLinkWidth");
    nvml.reasons = either(
        library, "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons");
    // Both take the structure above; the oldest name takes a shorter one.
    nvml.processes = either(
        library, "nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2");
    nvml.isOpen = nvml.count && nvml.device;
}

/// The handle of a device; null where there is none of that number.
static Device handle(int32_t index) {
    pthread_once(&once, open_library);
    Device device = NULL;
    if (!nvml.isOpen || index < 0 || nvml.device((unsigned int)index, &device) != SUCCESS) return NULL;
    return device;
}

int32_t assay_device_count(void) {
    pthread_once(&once, open_library);
    unsigned int count = 0;
    if (!nvml.isOpen || nvml.count(&count) != SUCCESS) return 0;
    return (int32_t)count;
}

static int32_t number(Status (*function)(Device, unsigned int *), Device device) {
    unsigned int value = 0;
    return function && function(device, &value) == SUCCESS ? (int32_t)value : -1;
}

static int32_t mode(Status (*function)(Device, int *), Device device) {
    int value = 0;
    return function && function(device, &value) == SUCCESS ? value : -1;
}

static int32_t clock_of(Status (*function)(Device, int, unsigned int *), Device device, int kind) {
    unsigned int value = 0;
    return function && function(device, kind, &value) == SUCCESS ? (int32_t)value : -1;
}

AssayDevice assay_device(int32_t index) {
    AssayDevice told = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    Device device = handle(index);
    if (!device) return told;
    Memory memory;
    if (nvml.memory && nvml.memory(device, &memory) == SUCCESS) told.memory = (int64_t)memory.total;
    int major = 0, minor = 0, pending = 0;
    if (nvml.capability && nvml.capability(device, &major, &minor) == SUCCESS) {
        told.capabilityMajor = major;
        told.capabilityMinor = minor;
    }
    told.mostSMClock = clock_of(nvml.mostClock, device, CLOCK_SM);
    told.mostMemoryClock = clock_of(nvml.mostClock, device, CLOCK_MEMORY);
    told.powerLimit = number(nvml.powerLimit, device);
    told.persistence = mode(nvml.persistence, device);
    told.computeMode = mode(nvml.computeMode, device);
    int corrects = 0;
    if (nvml.errorCorrection && nvml.errorCorrection(device, &corrects, &pending) == SUCCESS) {
        told.errorCorrection = corrects;
    }
    unsigned int cut = 0, later = 0;
    if (nvml.instances && nvml.instances(device, &cut, &later) == SUCCESS) told.instances = (int32_t)cut;
    told.linkGeneration = number(nvml.linkGeneration, device);
    told.linkWidth = number(nvml.linkWidth, device);
    told.mostLinkGeneration = number(nvml.mostLinkGeneration, device);
    told.mostLinkWidth = number(nvml.mostLinkWidth, device);
    return told;
}

AssayDeviceReading assay_device_reading(int32_t index) {
    AssayDeviceReading reading = {-1, -1, -1, -1, -1, -1};
    Device device = handle(index);
    if (!device) return reading;
    reading.smClock = clock_of(nvml.clock, device, CLOCK_SM);
    reading.memoryClock = clock_of(nvml.clock, device, CLOCK_MEMORY);
    reading.temperature = clock_of(nvml.temperature, device, SENSOR_GPU);
    reading.power = number(nvml.power, device);
    Memory memory;
    if (nvml.memory && nvml.memory(device, &memory) == SUCCESS) reading.used = (int64_t)memory.used;
    unsigned long long reasons = 0;
    if (nvml.reasons && nvml.reasons(device, &reasons) == SUCCESS) reading.reasons = (int64_t)reasons;
    return reading;
}

int64_t assay_device_process_memory(int32_t index, int32_t process) {
    Device device = handle(index);
    if (!device || !nvml.processes) return -1;
    Process *list = calloc(MOST_PROCESSES, sizeof(Process));
    if (!list) return -1;
    unsigned int count = MOST_PROCESSES;
    int64_t used = -1;
    if (nvml.processes(device, &count, list) == SUCCESS) {
        for (unsigned int each = 0; each < count && each < MOST_PROCESSES; each++) {
            // All bits are set where the driver does not know how much it is.
            if (list[each].process != (unsigned int)process || list[each].used == ~0ULL) continue;
            used = (used < 0 ? 0 : used) + (int64_t)list[each].used;
        }
    }
    free(list);
    return used;
}

int32_t assay_device_character(int32_t index, int32_t text, int32_t position) {
    char buffer[TEXT_BYTES] = {0};
    if (position < 0 || position >= TEXT_BYTES - 1) return 0;
    Device device = handle(index);
    if (!device) return 0;
    Status status = -1;
    if (text == ASSAY_DEVICE_NAME && nvml.name) status = nvml.name(device, buffer, TEXT_BYTES);
    if (text == ASSAY_DEVICE_UUID && nvml.uuid) status = nvml.uuid(device, buffer, TEXT_BYTES);
    if (text == ASSAY_DEVICE_DRIVER && nvml.driver) status = nvml.driver(buffer, TEXT_BYTES);
    return status == SUCCESS ? (unsigned char)buffer[position] : 0;
}

int32_t assay_device_cuda(void) {
    pthread_once(&once, open_library);
    int version = 0;
    return nvml.isOpen && nvml.cuda && nvml.cuda(&version) == SUCCESS ? version : 0;
}
