#include "CCounters.h"

#include <errno.h>
#include <unistd.h>

#if defined(__linux__)

#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>

int32_t assay_counter_open(
    uint32_t type, uint64_t config, int32_t task, int32_t core, int32_t userOnly, int32_t inherits) {
    struct perf_event_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.size = sizeof attributes;
    attributes.type = type;
    attributes.config = config;
    attributes.inherit = inherits != 0;
    attributes.exclude_kernel = userOnly != 0;
    attributes.exclude_hv = userOnly != 0;
    attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
    long descriptor = syscall(SYS_perf_event_open, &attributes, task, core, -1, PERF_FLAG_FD_CLOEXEC);
    return descriptor < 0 ? -errno : (int32_t)descriptor;
}

AssayCount assay_counter_read(int32_t descriptor) {
    uint64_t values[3] = {0, 0, 0};
    ssize_t count = read(descriptor, values, sizeof values);
    AssayCount reading = {values[0], values[1], values[2], 0};
    if (count < 0) {
        reading.status = -errno;
    } else if (count != (ssize_t)sizeof values) {
        // A counter that cannot be scheduled reads as the end of a file.
        reading.status = -EIO;
    }
    return reading;
}

void assay_counter_close(int32_t descriptor) { close(descriptor); }

#else

int32_t assay_counter_open(
    uint32_t type, uint64_t config, int32_t task, int32_t core, int32_t userOnly, int32_t inherits) {
    (void)type, (void)config, (void)task, (void)core, (void)userOnly, (void)inherits;
    return -ENOSYS;
}

AssayCount assay_counter_read(int32_t descriptor) {
    (void)descriptor;
    AssayCount reading = {0, 0, 0, -ENOSYS};
    return reading;
}

void assay_counter_close(int32_t descriptor) { (void)descriptor; }

#endif
