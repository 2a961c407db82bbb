#include "CMachinePeaks.h"
#include "loops.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { MAXIMUM_THREADS = 1024 };

static double now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/// One thread's share: a function of it and what it returns.
typedef struct Share {
    double (*work)(struct Share *);
    AssayLoop loop;
    int64_t iterations;
    float *a;
    const float *b, *c;
    int64_t count;
    double done;
} Share;

static void *run(void *argument) {
    Share *share = argument;
    share->done = share->work(share);
    return NULL;
}

/// Runs all shares at once, the first one on this thread; the work is 0 where a thread cannot be had.
static AssayRate run_all(Share *shares, int32_t threads) {
    pthread_t others[MAXIMUM_THREADS];
    const clockid_t clock = threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
    const double start = now(clock);
    int32_t started = 1;
    while (started < threads && pthread_create(&others[started], NULL, run, &shares[started]) == 0) started++;
    run(&shares[0]);
    for (int32_t index = 1; index < started; index++) pthread_join(others[index], NULL);
    AssayRate rate = {0, now(clock) - start};
    if (started == threads) {
        for (int32_t index = 0; index < threads; index++) rate.work += shares[index].done;
    }
    return rate;
}

static double loop_work(Share *share) { return share->loop(share->iterations); }

static AssayRate peak(AssayLoop loop, int32_t threads, int64_t iterations) {
    const AssayRate none = {0, 0};
    if (!loop || threads < 1 || threads > MAXIMUM_THREADS || iterations < 1) return none;
    Share shares[MAXIMUM_THREADS];
    for (int32_t index = 0; index < threads; index++) {
        shares[index] = (Share){.work = loop_work, .loop = loop, .iterations = iterations};
    }
    return run_all(shares, threads);
}

int32_t assay_float_instructions(void) {
    int32_t instructions;
    assay_float_loop(&instructions);
    return instructions;
}

int32_t assay_integer_instructions(void) {
    int32_t instructions;
    assay_integer_loop(&instructions);
    return instructions;
}

AssayRate assay_float_peak(int32_t threads, int64_t iterations) {
    int32_t instructions;
    return peak(assay_float_loop(&instructions), threads, iterations);
}

AssayRate assay_integer_peak(int32_t threads, int64_t iterations) {
    int32_t instructions;
    return peak(assay_integer_loop(&instructions), threads, iterations);
}

static double triad_work(Share *share) {
    float *restrict a = share->a;
    const float *restrict b = share->b, *restrict c = share->c;
    const int64_t count = share->count;
    for (int64_t index = 0; index < count; index++) a[index] = b[index] + 3.0f * c[index];
    return 3.0 * sizeof(float) * (double)count;
}

AssayRate assay_triad(int32_t threads, int64_t bytes) {
    const AssayRate none = {0, 0};
    if (threads < 1 || threads > MAXIMUM_THREADS || bytes < 4096 || bytes > (INT64_C(1) << 36)) return none;
    const int64_t count = bytes / (int64_t)sizeof(float) / threads * threads;
    float *a = malloc((size_t)bytes), *b = malloc((size_t)bytes), *c = malloc((size_t)bytes);
    AssayRate best = none;
    if (a && b && c) {
        Share shares[MAXIMUM_THREADS];
        const int64_t part = count / threads;
        for (int64_t index = 0; index < count; index++) a[index] = 0, b[index] = 1, c[index] = 2;
        for (int32_t index = 0; index < threads; index++) {
            const int64_t start = part * index;
            shares[index] =
                (Share){.work = triad_work, .a = a + start, .b = b + start, .c = c + start, .count = part};
        }
        // The first pass is in none of the figures: pages and clocks settle.
        for (int repetition = 0; repetition < 6; repetition++) {
            const AssayRate rate = run_all(shares, threads);
            const int better = best.work == 0 || rate.work / rate.seconds > best.work / best.seconds;
            if (repetition > 0 && better) best = rate;
        }
    }
    free(a), free(b), free(c);
    return best;
}
