/* SPDX-License-Identifier: MIT */
/* JSON: a line with one object for each sample, every field of the plan in it.
 * Values are written by cell.c. */
#include "output/output_private.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "layout/words.h"
#include "output/cell.h"

static const struct cell_format json = {
    .missing = "null",
    .quote = json_quote,
    .flags_open = "[",
    .flags_close = "]",
    .flags_between = ',',
    .quote_each_flag = true,
    .begin_detail = json_put_key,
};

static void put_word(struct buf *out, const char *key, const char *word)
{
    json_put_key(out, key);
    json_put_string(out, word, strlen(word));
}

static void put_bool(struct buf *out, const char *key, bool is_true)
{
    json_put_key(out, key);
    buf_puts(out, is_true ? "true" : "false");
}

static void put_count(struct buf *out, const char *key, uint64_t count)
{
    json_put_key(out, key);
    buf_put_u64(out, count);
}

/* The snapshot method of the mapping and how it went; nothing where it has
 * none. */
static void put_snapshot(struct buf *out, const struct sample *sample,
                         size_t mapping)
{
    if (!sample->consistency ||
        sample->consistency[mapping].method == SNAPSHOT_NONE)
        return;
    const struct consistency_result *whole = &sample->consistency[mapping];
    json_put_key(out, "snapshot");
    buf_putc(out, '{');
    put_word(out, "method", word_of(snapshot_words, (int)whole->method));
    put_bool(out, "whole", whole->verdict == VERDICT_WHOLE);
    put_bool(out, "torn", whole->verdict == VERDICT_TORN);
    put_count(out, "frames", whole->frames);
    put_count(out, "retries", whole->retries);
    put_count(out, "torn_looks", whole->torn);
    put_count(out, "given_up", whole->given_up);
    buf_putc(out, '}');
}

/* Each mapping with its own state and generation. */
static void put_mappings(struct buf *out, const struct output_plan *plan,
                         const struct sample *sample)
{
    json_put_key(out, "mappings");
    buf_putc(out, '{');
    for (size_t i = 0; i < sample->frame_count; i++) {
        const struct frame *frame = &sample->frames[i];
        json_put_key(out, layout_mapping_id(plan->layout, i));
        buf_putc(out, '{');
        put_word(out, "state", state_name(frame->state));
        put_count(out, "generation", frame->generation);
        if (plan->detail)
            put_snapshot(out, sample, i);
        buf_putc(out, '}');
    }
    buf_putc(out, '}');
}

static void put_field(struct buf *out, const struct output_plan *plan,
                      const struct sample *sample, size_t index)
{
    json_put_key(out, plan->layout->fields[index].path);
    if (!plan->detail) {
        cell_put_value(out, &json, plan, sample, index);
        return;
    }
    buf_puts(out, "{\"value\":");
    cell_put_value(out, &json, plan, sample, index);
    cell_put_details(out, &json, plan, sample, index);
    buf_putc(out, '}');
}

void out_json_sample(struct buf *out, const struct output_plan *plan,
                     const struct sample *sample)
{
    CHECK(sample->frame_count == plan->layout->mapping_count);
    buf_puts(out, "{\"time\":\"");
    buf_put_time(out, sample->wall_ns);
    buf_putc(out, '"');
    put_count(out, "sample", sample->number);
    put_word(out, "state", state_name(sample->state));
    put_count(out, "generation", sample->generation);
    if (plan->layout->mapping_count > 1)
        put_mappings(out, plan, sample);
    else if (plan->detail)
        put_snapshot(out, sample, 0);
    if (sample->problem_text && sample->problem_text[0]) {
        json_put_key(out, "trouble");
        size_t start = out->len;
        text_clean(out, sample->problem_text, strlen(sample->problem_text));
        json_quote(out, start);
    }
    json_put_key(out, "fields");
    buf_putc(out, '{');
    for (size_t i = 0; i < plan->field_count; i++)
        put_field(out, plan, sample, plan->fields[i]);
    buf_puts(out, "}}\n");
}
