/// A management library of NVIDIA's that tells of two devices, the second of which tells little, and lists the process that
/// asks.
public enum FakeDriver {
    /// In C.
    public static let source = #"""
        #include <string.h>
        #include <unistd.h>
        typedef struct { unsigned long long total, available, used; } Memory;
        typedef struct { unsigned int process; unsigned long long used; unsigned int a, b; } Process;
        static char first, second;
        static int is_first(void *device) { return device == (void *)&first; }
        int nvmlInit_v2(void) { return 0; }
        int nvmlDeviceGetCount_v2(unsigned int *count) { *count = 2; return 0; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
            if (index > 1) return 2;
            *device = index == 0 ? (void *)&first : (void *)&second;
            return 0;
        }
        int nvmlDeviceGetName(void *device, char *name, unsigned int bytes) {
            strncpy(name, is_first(device) ? "Fast Device 80GB" : "Plain Device", bytes);
            return 0;
        }
        int nvmlDeviceGetUUID(void *device, char *uuid, unsigned int bytes) {
            strncpy(uuid, is_first(device) ? "GPU-11112222-0000" : "GPU-33334444-0000", bytes);
            return 0;
        }
        int nvmlSystemGetDriverVersion(char *version, unsigned int bytes) { strncpy(version, "580.1.2", bytes); return 0; }
        int nvmlSystemGetCudaDriverVersion_v2(int *version) { *version = 13020; return 0; }
        int nvmlDeviceGetMemoryInfo(void *device, Memory *memory) {
            if (!is_first(device)) return 3;
            memory->total = 80ULL << 30; memory->available = 78ULL << 30; memory->used = 2ULL << 30;
            return 0;
        }
        int nvmlDeviceGetCudaComputeCapability(void *device, int *major, int *minor) {
            *major = 9; *minor = 0;
            return is_first(device) ? 0 : 3;
        }
        int nvmlDeviceGetClockInfo(void *device, int kind, unsigned int *clock) {
            *clock = kind == 1 ? 1410 : 2619;
            return is_first(device) ? 0 : 3;
        }
        int nvmlDeviceGetMaxClockInfo(void *device, int kind, unsigned int *clock) {
            *clock = kind == 1 ? 1980 : 3201;
            return is_first(device) ? 0 : 3;
        }
        int nvmlDeviceGetTemperature(void *device, int sensor, unsigned int *degrees) {
            *degrees = 61;
            return is_first(device) && sensor == 0 ? 0 : 3;
        }
        int nvmlDeviceGetPowerUsage(void *device, unsigned int *power) { *power = 412500; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetEnforcedPowerLimit(void *device, unsigned int *power) {
            *power = 700000;
            return is_first(device) ? 0 : 3;
        }
        int nvmlDeviceGetPersistenceMode(void *device, int *mode) { *mode = 1; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetComputeMode(void *device, int *mode) { *mode = 3; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetEccMode(void *device, int *now, int *later) { *now = 1; *later = 0; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetMigMode(void *device, unsigned int *now, unsigned int *later) {
            *now = 0; *later = 1;
            return is_first(device) ? 0 : 3;
        }
        int nvmlDeviceGetCurrPcieLinkGeneration(void *device, unsigned int *value) { *value = 1; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetMaxPcieLinkGeneration(void *device, unsigned int *value) { *value = 5; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetCurrPcieLinkWidth(void *device, unsigned int *value) { *value = 8; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetMaxPcieLinkWidth(void *device, unsigned int *value) { *value = 16; return is_first(device) ? 0 : 3; }
        int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *reasons) {
            *reasons = 0x4 | 0x20 | 0x40 | 0x1;
            return is_first(device) ? 0 : 3;
        }
        int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned int *count, Process *processes) {
            if (!is_first(device) || *count < 3) return 7;
            processes[0] = (Process){1, 500ULL << 20, 0, 0};
            processes[1] = (Process){(unsigned int)getpid(), 123ULL << 20, 0, 0};
            processes[2] = (Process){(unsigned int)getpid(), ~0ULL, 0, 0};
            *count = 3;
            return 0;
        }
        """#
}
