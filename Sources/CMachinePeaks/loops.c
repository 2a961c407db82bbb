#include "loops.h"
#include "CMachinePeaks.h"

#include <stddef.h>

// The loops are written in assembly: what is measured must not depend on how well, or with which options, a compiler keeps
// twelve accumulators in registers. Twelve chains cover a latency of four cycles at two, and of six, instructions a cycle.

#if defined(__x86_64__)

#define TWELVE(OP) \
    OP(0) OP(1) OP(2) OP(3) OP(4) OP(5) OP(6) OP(7) OP(8) OP(9) OP(10) OP(11)

#define CLOBBERS \
    "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm14", "xmm15", \
        "cc", "memory"

#define LOOP(clear, body)                              \
    __asm__ volatile(clear                             \
                     ".p2align 5\n"                    \
                     "1:\n" body                       \
                     "decq %0\n"                       \
                     "jnz 1b\n"                        \
                     : "+r"(iterations)                \
                     :                                 \
                     : CLOBBERS)

#define CLEAR_SSE(n) "xorps %%xmm" #n ", %%xmm" #n "\n"
#define CLEAR_AVX(n) "vxorps %%xmm" #n ", %%xmm" #n ", %%xmm" #n "\n"

// Without a fused multiply-add: a product and a sum, two instructions.
#define STEP_SSE(n) "movaps %%xmm15, %%xmm14\n mulps %%xmm15, %%xmm14\n addps %%xmm14, %%xmm" #n "\n"
#define STEP_AVX2(n) "vfmadd231ps %%ymm14, %%ymm15, %%ymm" #n "\n"
#define STEP_AVX512(n) "vfmadd231ps %%zmm14, %%zmm15, %%zmm" #n "\n"
#define STEP_VNNI256(n) "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm" #n "\n"
#define STEP_VNNI512(n) "vpdpbusd %%zmm14, %%zmm15, %%zmm" #n "\n"

#define ACCUMULATE(name, features, clear, step, operations)            \
    __attribute__((target(features))) static double name(int64_t iterations) { \
        const double done = 12.0 * (operations) * (double)iterations;  \
        LOOP(clear, TWELVE(step));                                     \
        return done;                                                   \
    }

#define CLEAR_ALL_AVX TWELVE(CLEAR_AVX) CLEAR_AVX(14) CLEAR_AVX(15)

// The last number: a vector's elements, times the two operations of each.
ACCUMULATE(float_sse2, "sse2", TWELVE(CLEAR_SSE) CLEAR_SSE(15), STEP_SSE, 4 * 2)
ACCUMULATE(float_avx2, "avx2,fma", CLEAR_ALL_AVX, STEP_AVX2, 8 * 2)
ACCUMULATE(float_avx512, "avx512f", CLEAR_ALL_AVX, STEP_AVX512, 16 * 2)
ACCUMULATE(integer_avx, "avxvnni", CLEAR_ALL_AVX, STEP_VNNI256, 32 * 2)
ACCUMULATE(integer_avx512, "avx512f,avx512vnni", CLEAR_ALL_AVX, STEP_VNNI512, 64 * 2)

AssayLoop assay_float_loop(int32_t *instructions) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return *instructions = ASSAY_AVX512, float_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return *instructions = ASSAY_AVX2, float_avx2;
    }
    return *instructions = ASSAY_SSE2, float_sse2;
}

AssayLoop assay_integer_loop(int32_t *instructions) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512vnni")) return *instructions = ASSAY_AVX512_VNNI, integer_avx512;
    if (__builtin_cpu_supports("avxvnni")) return *instructions = ASSAY_AVX_VNNI, integer_avx;
    *instructions = ASSAY_NONE;
    return NULL;
}

#elif defined(__aarch64__)

#define SIXTEEN(OP) \
    OP(0) OP(1) OP(2) OP(3) OP(4) OP(5) OP(6) OP(7) OP(8) OP(9) OP(10) OP(11) OP(12) OP(13) OP(14) OP(15)

#define CLOBBERS \
    "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v30", "v31", \
        "cc", "memory"

#define LOOP(body)                                    \
    __asm__ volatile("movi v30.4s, #0\n"              \
                     "movi v31.4s, #0\n"              \
                     "1:\n" body                      \
                     "subs %0, %0, #1\n"              \
                     "b.ne 1b\n"                      \
                     : "+r"(iterations)               \
                     :                                \
                     : CLOBBERS)

#define STEP_FMLA(n) "fmla v" #n ".4s, v30.4s, v31.4s\n"
#define STEP_SDOT(n) "sdot v" #n ".4s, v30.16b, v31.16b\n"

static double float_neon(int64_t iterations) {
    const double operations = 16.0 * 4 * 2 * (double)iterations;
    LOOP(SIXTEEN(STEP_FMLA));
    return operations;
}

AssayLoop assay_float_loop(int32_t *instructions) { return *instructions = ASSAY_NEON, float_neon; }

#if defined(__ARM_FEATURE_DOTPROD)
static double integer_neon(int64_t iterations) {
    const double operations = 16.0 * 16 * 2 * (double)iterations;
    LOOP(SIXTEEN(STEP_SDOT));
    return operations;
}

AssayLoop assay_integer_loop(int32_t *instructions) { return *instructions = ASSAY_NEON_DOT, integer_neon; }
#else
AssayLoop assay_integer_loop(int32_t *instructions) { return *instructions = ASSAY_NONE, (AssayLoop)NULL; }
#endif

#else

AssayLoop assay_float_loop(int32_t *instructions) { return *instructions = ASSAY_NONE, (AssayLoop)NULL; }
AssayLoop assay_integer_loop(int32_t *instructions) { return *instructions = ASSAY_NONE, (AssayLoop)NULL; }

#endif

// Sixty-four dependent additions a turn; the loop's own instructions run beside them.

#define FOUR(step) step step step step
#define CHAIN(step) FOUR(FOUR(FOUR(step)))

int64_t assay_dependent_chain(int64_t steps) {
    const int64_t turns = steps > 0 ? (steps - 1) / ASSAY_CHAIN_STEPS + 1 : 0;
    int64_t left = turns;
    if (turns == 0) return 0;
#if defined(__x86_64__)
    int64_t sum = 1, one = 1;
    __asm__ volatile(".p2align 5\n"
                     "1:\n" CHAIN("addq %2, %0\n") "decq %1\n"
                     "jnz 1b\n"
                     : "+r"(sum), "+r"(left)
                     : "r"(one)
                     : "cc");
#elif defined(__aarch64__)
    int64_t sum = 1, one = 1;
    __asm__ volatile("1:\n" CHAIN("add %0, %0, %2\n") "subs %1, %1, #1\n"
                     "b.ne 1b\n"
                     : "+r"(sum), "+r"(left)
                     : "r"(one)
                     : "cc");
#else
    // A chain that a compiler cannot shorten: every step reads what the last one wrote.
    volatile int64_t sum = 1;
    for (; left > 0; left--) {
        for (int step = 0; step < ASSAY_CHAIN_STEPS; step++) sum = sum + 1;
    }
#endif
    return turns * ASSAY_CHAIN_STEPS;
}
