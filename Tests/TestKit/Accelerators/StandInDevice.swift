/// A run-time library of CUDA's whose device is main memory, and whose every copy takes a known time longer.
public enum StandInDevice {
    /// In C; one device.
    ///
    /// - Parameters:
    ///   - microseconds: what each copy sleeps.
    ///   - devices: how many devices it tells of; 0 makes the count an error.
    public static func source(microseconds: Int, devices: Int = 1) -> String {
        """
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        int cudaGetDeviceCount(int *count) { *count = \(devices); return \(devices == 0 ? 100 : 0); }
        int cudaSetDevice(int device) { return device < \(devices) ? 0 : 101; }
        int cudaMalloc(void **memory, size_t bytes) { *memory = aligned_alloc(256, (bytes + 255) / 256 * 256); return 0; }
        int cudaFree(void *memory) { free(memory); return 0; }
        int cudaDeviceSynchronize(void) { return 0; }
        int cudaMemcpy(void *target, const void *source, size_t bytes, int way) {
            if (way != 1 && way != 2) return 21;
            usleep(\(microseconds));
            memcpy(target, source, bytes);
            return 0;
        }
        const char *cudaGetErrorString(int status) {
            return status == 100 ? "no CUDA-capable device is detected" : "some error";
        }
        """
    }
}
