/* SPDX-License-Identifier: MIT */
/*
 * The cost of one sample of a small mapping compared with a memcpy of its
 * bytes: a guarded, whole copy, and the check that the mapping is still the
 * same. Runs on every system; compare only numbers of one run.
 *
 * usage: bench_frame TARGET-PREFIX ("shm:" or "map:")
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "source/region.h"
#include "source/source.h"

#define ROUNDS 20001u
#define SAMPLES 1001u /* rounds of a sample, which takes much longer */
#define BATCH 64u     /* repetitions between two readings of the clock */

static int compare_ns(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *ns, size_t count)
{
    qsort(ns, count, sizeof *ns, compare_ns);
    return ns[count / 2];
}

static double sample_ns(struct source *source, double *ns)
{
    struct frame frame;
    for (size_t i = 0; i < SAMPLES; i++) {
        int64_t start_ns = os_mono_ns();
        for (unsigned j = 0; j < BATCH; j++) {
            source_sample(source, &frame);
            if (frame.state != STATE_LIVE)
                die(STATUS_IO, "the mapping is %s", state_name(frame.state));
        }
        ns[i] = (double)(os_mono_ns() - start_ns) / BATCH;
    }
    return median(ns, SAMPLES);
}

static double copy_ns(const uint8_t *from, uint8_t *to, size_t size, double *ns)
{
    for (size_t i = 0; i < ROUNDS; i++) {
        int64_t start_ns = os_mono_ns();
        for (unsigned j = 0; j < BATCH; j++) {
            memcpy(to, from, size);
            __asm__ volatile("" ::: "memory");
        }
        ns[i] = (double)(os_mono_ns() - start_ns) / BATCH;
    }
    return median(ns, ROUNDS);
}

static void bench(const char *prefix, size_t size)
{
    char text[80];
    struct target target;
    struct region *region = NULL;
    struct source *source = NULL;
    struct err err = {0};
    snprintf(text, sizeof text, "%sshmtop_bench_frame_%zu", prefix, size);
    struct range range = {0, size, 0};
    if (!target_parse(&target, text, &err) ||
        !region_create(&region, &target, size, true, &err) ||
        !source_open(&source, &target, &range, 1, size, &err))
        die(err.status, "%s", err.text);
    double *ns = mem_zalloc(ROUNDS, sizeof *ns);
    uint8_t *from = mem_zalloc(size, 1);
    uint8_t *to = mem_zalloc(size, 1);
    double ours = sample_ns(source, ns);
    double plain = copy_ns(from, to, size, ns);
    printf("%6zu %12.0f %12.1f %10.1fx\n", size, ours, plain, ours / plain);
    source_close(source);
    region_remove(region);
    region_close(region);
    free(from);
    free(to);
    free(ns);
}

int main(int argc, char **argv)
{
    const char *prefix = argc > 1 ? argv[1] : "shm:";
    printf("one sample, ns (%zu-bit program)\n%6s %12s %12s %11s\n",
           sizeof(void *) * 8, "bytes", "ours", "memcpy", "ratio");
    bench(prefix, 64);
    bench(prefix, 4096);
    return 0;
}
