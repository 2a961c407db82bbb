#pragma once

// The processors that a thread may run on (sched_setaffinity, Linux 2.5.8 and newer), as a mask of 64-bit words: the C library
// declares its calls for GNU sources alone.

#if defined(__linux__)
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Reads the mask of a thread, 0 for the calling one; 0, or -1 where the mask is too short for the kernel.
static inline int assay_get_affinity(int thread, uint64_t *mask, unsigned long bytes) {
    return syscall(SYS_sched_getaffinity, thread, bytes, mask) < 0 ? -1 : 0;
}

/// Sets the mask of a thread, 0 for the calling one; 0, or -1 where there is no such thread or no processor is left.
static inline int assay_set_affinity(int thread, const uint64_t *mask, unsigned long bytes) {
    return syscall(SYS_sched_setaffinity, thread, bytes, mask) < 0 ? -1 : 0;
}
#endif
