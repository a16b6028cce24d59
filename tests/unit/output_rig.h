/* SPDX-License-Identifier: MIT */
/* What the tests of the outputs share: a layout and a sample, made from stored
 * bytes without a source. */
#ifndef SHMTOP_TESTS_OUTPUT_RIG_H
#define SHMTOP_TESTS_OUTPUT_RIG_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loader/loader.h"
#include "output/output.h"

#define WALL_NS (INT64_C(1767323045) * 1000000000 + 123456789)
#define MONO_NS (INT64_C(500) * 1000000000)
#define TIME "2026-01-02T03:04:05.123456789Z"
#define STORED_MAX 4096

/* A layout, the bytes of its mapping, and the sample made of both. */
struct rig {
    struct layout *layout;
    uint8_t stored[STORED_MAX];
    struct value *values;
    struct trend *trends;
    uint32_t *fields;
    struct frame frame;
    struct sample sample;
    struct output_plan plan;
    struct buf out;
};

/* Opens a layout with the lines of [fields], on zeroed memory. */
static void rig_open(struct rig *rig, const char *lines)
{
    struct problems problems = {0};
    struct buf text = {0};
    *rig = (struct rig){0};
    buf_printf(&text, "[mapping]\nname = x\nsize = %d\n[fields]\n%s\n",
               STORED_MAX, lines);
    bool ok = layout_parse(&rig->layout, "test.ini", text.data, text.len,
                           ABI_UNKNOWN, &problems);
    for (size_t i = 0; !ok && i < problems.count; i++)
        print_message("test.ini:%d: %s\n", problems.items[i].line,
                      problems.items[i].text);
    assert_true(ok);
    problems_free(&problems);
    buf_free(&text);

    size_t count = rig->layout->field_count;
    rig->values = mem_zalloc(count, sizeof *rig->values);
    rig->trends = mem_zalloc(count, sizeof *rig->trends);
    rig->fields = mem_zalloc(count, sizeof *rig->fields);
    for (size_t i = 0; i < count; i++) {
        rig->fields[i] = (uint32_t)i;
        rig->trends[i] = (struct trend){.changed_ns = MONO_NS,
                                        .rate = NAN,
                                        .min = NAN,
                                        .max = NAN,
                                        .flags = TREND_FRESH};
    }
    rig->frame =
        (struct frame){.state = STATE_LIVE, .generation = 1, .note = ""};
    rig->sample = (struct sample){.number = 17,
                                  .wall_ns = WALL_NS,
                                  .mono_ns = MONO_NS,
                                  .good_ns = MONO_NS,
                                  .state = STATE_LIVE,
                                  .generation = 1,
                                  .frames = &rig->frame,
                                  .frame_count = 1,
                                  .values = rig->values,
                                  .trends = rig->trends,
                                  .field_count = count};
    rig->plan = (struct output_plan){.layout = rig->layout,
                                     .fields = rig->fields,
                                     .field_count = count,
                                     .first_only = true};
}

static void rig_close(struct rig *rig)
{
    layout_free(rig->layout);
    free(rig->values);
    free(rig->trends);
    free(rig->fields);
    buf_free(&rig->out);
}

static void rig_decode(struct rig *rig)
{
    for (size_t i = 0; i < rig->layout->field_count; i++) {
        const struct field *field = &rig->layout->fields[i];
        assert_true(field->offset + field->size <= STORED_MAX);
        value_decode(field, rig->stored + field->offset, &rig->values[i]);
    }
}

static void set_state(struct rig *rig, enum source_state state,
                      const char *note)
{
    rig->sample.state = state;
    rig->frame.state = state;
    rig->frame.note = note;
}

#endif
