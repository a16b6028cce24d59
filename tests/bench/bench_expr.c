/* SPDX-License-Identifier: MIT */
/*
 * The cost of computed fields: 100 expressions of two fields that change in
 * every frame, evaluated alone and as part of a sample, compared with the same
 * computation in C; and the cost of compiling an expression. Compare only
 * numbers of one run. Prints tables, checks nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "loader/loader.h"
#include "sampler/computed.h"

#define FIELDS 100
#define ROUNDS 2001
#define COMPILED 2000

struct sort {
    const char *name;
    const char *types; /* of a and b */
    const char *text;  /* %d is the field's number */
    void (*plain)(const struct value *values, struct value *out);
};

/* --- the same in C ------------------------------------------------------ */

static void share(const struct value *values, struct value *out)
{
    out->type = VALUE_REAL;
    out->real = (double)(100 * (int64_t)values[0].u) / (double)values[1].u;
}

static void mask(const struct value *values, struct value *out)
{
    out->type = VALUE_INT;
    out->i = (int64_t)(values[0].u >> 4 & 0xff) + (int64_t)values[1].u;
}

static void decide(const struct value *values, struct value *out)
{
    out->type = VALUE_UINT;
    out->u = values[0].u > 1000 && values[1].u < 500000;
}

static void wide(const struct value *values, struct value *out)
{
    out->type = VALUE_UINT;
    out->u = values[0].u - values[1].u;
}

static void name(const struct value *values, struct value *out)
{
    static char text[COMPUTED_TEXT_MAX + 1];
    snprintf(text, sizeof text, "%llu/%llu", (unsigned long long)values[0].u,
             (unsigned long long)values[1].u);
    out->type = VALUE_BYTES;
    out->bytes = (const uint8_t *)text;
}

static const struct sort kinds[] = {
    {"100 * a / b", "u32", "100 * a[%d] / b[%d]", share},
    {"(a >> 4 & 255) + b", "u32", "(a[%d] >> 4 & 255) + b[%d]", mask},
    {"a > 1000 and b < 500000", "u32", "a[%d] > 1000 and b[%d] < 500000",
     decide},
    {"a - b, 64 bits unsigned", "u64", "a[%d] - b[%d]", wide},
    {"a .. '/' .. b", "u32", "a[%d] .. '/' .. b[%d]", name},
};

/* --- figures ------------------------------------------------------------ */

struct bench {
    struct layout *layout;
    struct value *values;
    struct trend *trends;
    struct rate *rates;
    struct computed compute;
};

static int compare_ns(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double median(int64_t *ns)
{
    qsort(ns, ROUNDS, sizeof *ns, compare_ns);
    return (double)ns[ROUNDS / 2] / FIELDS;
}

static void put_expressions(struct buf *text, const struct sort *kind,
                            int count)
{
    buf_printf(text, "[fields]\na = %s[%d] @0\nb = %s[%d] @%d\n", kind->types,
               FIELDS, kind->types, FIELDS, FIELDS * 8);
    for (int i = 0; i < count; i++) {
        buf_printf(text, "[computed c%d]\nexpr = ", i);
        /* The format is not a constant, so %d is replaced by hand. */
        for (const char *at = kind->text; *at; at++) {
            if (*at == '%' && at[1] == 'd') {
                buf_printf(text, "%d", i % FIELDS);
                at++;
            } else {
                buf_putc(text, *at);
            }
        }
        buf_putc(text, '\n');
    }
}

static struct layout *parse(const struct sort *kind, int count)
{
    struct buf text = {0};
    struct layout *layout = NULL;
    struct problems problems = {0};
    put_expressions(&text, kind, count);
    if (!layout_parse(&layout, "bench.ini", text.data, text.len, ABI_UNKNOWN,
                      &problems))
        die(STATUS_INTERNAL, "%s", problems.items[0].text);
    problems_free(&problems);
    buf_free(&text);
    return layout;
}

static void open_bench(struct bench *bench, const struct sort *kind)
{
    bench->layout = parse(kind, FIELDS);
    size_t count = bench->layout->field_count;
    bench->values = mem_zalloc(count, sizeof(struct value));
    bench->trends = mem_zalloc(count, sizeof(struct trend));
    bench->rates = mem_zalloc(count, sizeof(struct rate));
    computed_make(&bench->compute, bench->layout, bench->values, bench->trends,
                  bench->rates, NULL, false);
}

static void close_bench(struct bench *bench)
{
    computed_free(&bench->compute);
    free(bench->values);
    free(bench->trends);
    free(bench->rates);
    layout_free(bench->layout);
}

static void change(struct bench *bench, int round)
{
    for (size_t i = 0; i < 2 * FIELDS; i++) {
        bench->values[i].type = VALUE_UINT;
        bench->values[i].u = (uint64_t)round * 7919 + i + 1;
        bench->trends[i].flags = TREND_FRESH | TREND_CHANGED;
    }
}

static double time_plain(struct bench *bench, const struct sort *kind)
{
    static int64_t ns[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        change(bench, round);
        int64_t start_ns = os_mono_ns();
        for (int i = 0; i < FIELDS; i++) {
            struct value pair[] = {bench->values[i], bench->values[FIELDS + i]};
            kind->plain(pair, &bench->values[2 * FIELDS + i]);
        }
        ns[round] = os_mono_ns() - start_ns;
    }
    return median(ns);
}

static double time_alone(struct bench *bench)
{
    static int64_t ns[ROUNDS];
    const struct expr_inputs inputs = {bench->values, NULL, NULL, NULL};
    for (int round = 0; round < ROUNDS; round++) {
        change(bench, round);
        int64_t start_ns = os_mono_ns();
        for (size_t i = 0; i < FIELDS; i++)
            expr_eval(bench->compute.machine, i, &inputs,
                      &bench->values[2 * FIELDS + i]);
        ns[round] = os_mono_ns() - start_ns;
    }
    return median(ns);
}

static double time_step(struct bench *bench)
{
    static int64_t ns[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        change(bench, round);
        int64_t start_ns = os_mono_ns();
        computed_step(&bench->compute, (int64_t)round * 100000000, NULL);
        ns[round] = os_mono_ns() - start_ns;
    }
    return median(ns);
}

static void print_values(void)
{
    printf("%d computed fields a frame, ns a field (median of %d frames)\n\n"
           "%-26s %8s %8s %8s %8s\n",
           FIELDS, ROUNDS, "expression", "C", "Lua", "ratio", "sample");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct bench bench;
        open_bench(&bench, &kinds[i]);
        double plain = time_plain(&bench, &kinds[i]);
        double alone = time_alone(&bench);
        double step = time_step(&bench);
        printf("%-26s %8.1f %8.1f %8.1f %8.1f\n", kinds[i].name, plain, alone,
               alone / plain, step);
        close_bench(&bench);
    }
}

static void print_compiling(void)
{
    printf("\ncompiling, us an expression (of %d)\n\n", COMPILED);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct layout *layout = parse(&kinds[i], COMPILED);
        struct problems problems = {0};
        int64_t start_ns = os_mono_ns();
        struct expr_machine *machine = expr_compile(layout, &problems);
        int64_t took_ns = os_mono_ns() - start_ns;
        printf("%-26s %8.2f\n", kinds[i].name,
               (double)took_ns / 1e3 / COMPILED);
        expr_free(machine);
        layout_free(layout);
    }
}

int main(void)
{
    print_values();
    print_compiling();
    return 0;
}
