#pragma once

#include <stdint.h>

/// A loop on registers alone: runs `iterations` times and returns the operations that it did.
typedef double (*AssayLoop)(int64_t iterations);

/// The best loops of this processor; null where there is none.
AssayLoop assay_float_loop(int32_t *instructions);
AssayLoop assay_integer_loop(int32_t *instructions);
