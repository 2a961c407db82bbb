#pragma once

// Counters of the kernel and the processor (perf_event_open, Linux 2.6.31 and newer), by descriptor and without pointers.

#include <stdint.h>

/// One reading of a counter.
typedef struct {
    /// What was counted since the counter was opened.
    uint64_t value;
    /// Nanoseconds for which it was wanted.
    uint64_t enabled;
    /// Nanoseconds for which it really counted: less where counters had to share the processor's registers.
    uint64_t running;
    /// 0, or the negative error number.
    int32_t status;
} AssayCount;

/// Opens a counter, which counts at once; gives its descriptor, or the negative error number.
///
/// - `task`: the thread that is counted, 0 for the calling one, -1 for every thread on `core`.
/// - `core`: the processor on which is counted, -1 for any.
/// - `userOnly`: not 0 leaves out what the kernel does for the thread.
/// - `inherits`: not 0 counts the threads that the thread starts from now on, too.
int32_t assay_counter_open(
    uint32_t type, uint64_t config, int32_t task, int32_t core, int32_t userOnly, int32_t inherits);

/// Reads a counter; with the threads that were started since.
AssayCount assay_counter_read(int32_t descriptor);

/// Closes a counter.
void assay_counter_close(int32_t descriptor);
