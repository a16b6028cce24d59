/* SPDX-License-Identifier: MIT */
/* What `S` saves: the time of the time bar and the fields. The file is written
 * by cli/save_history.c. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "base/text.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

#define NAME_COLUMNS 40 /* for the name that is typed */
#define ENDS " (.csv, .json, .jsonl)"

static int compare_fields(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The marked fields of a target, else all up to the level. The caller frees
 * `*out`. */
static size_t find_fields(const struct view *view, size_t target,
                          uint32_t **out, bool *marked)
{
    uint32_t *fields = mem_zalloc(view->tree.leaf_count, sizeof *fields);
    size_t count = 0;
    *marked = false;
    for (uint32_t i = 0; i < view->tree.leaf_count; i++) {
        const struct leaf *leaf = &view->tree.leaves[i];
        if (leaf->target != target)
            continue;
        if (leaf->marked && !*marked) {
            *marked = true;
            count = 0;
        }
        if (*marked ? leaf->marked : leaf_field(view, i)->level <= view->level)
            fields[count++] = leaf->field;
    }
    qsort(fields, count, sizeof *fields, compare_fields);
    *out = fields;
    return count;
}

void view_save_open(struct view *view)
{
    size_t index = view_target_at_cursor(view);
    const struct history *history = view->targets[index].history;
    struct time_bar bar = view_time_bar(view);
    const char *problem =
        history ? history_problem(history) : "no history is kept";
    if (!problem && history_span(history).count == 0)
        problem = "there is no sample yet";
    uint32_t *fields;
    struct view_saving saving = {
        .target = index, .from_ns = bar.from_ns, .to_ns = bar.end_ns};
    saving.field_count = find_fields(view, index, &fields, &saving.marked);
    free(fields);
    if (!problem && saving.field_count == 0)
        problem = "no field is shown";
    if (problem) {
        view_set_message(view, "nothing to save: %s", problem);
        return;
    }
    view->saving = saving;
    view_prompt_open(view, PROMPT_HISTORY);
}

uint32_t *view_save_request(const struct view *view, struct request *out)
{
    const struct view_saving *saving = &view->saving;
    CHECK(saving->target < view->target_count);
    const struct watched *target = &view->targets[saving->target];
    uint32_t *fields;
    bool marked;
    size_t count = find_fields(view, saving->target, &fields, &marked);
    *out = (struct request){
        .kind = REQUEST_HISTORY,
        .name = view->edit.text,
        .past = {.history = target->history,
                 .layout = target->layout,
                 .fields = fields,
                 .field_count = count,
                 .from_ns = saving->from_ns,
                 .to_ns = saving->to_ns,
                 .title = view->target_count > 1 ? target_title(target) : NULL},
    };
    return fields;
}

/* "12:02:00..12:04:31" of the samples that there are. */
static void put_times(struct buf *out, const struct history *history,
                      const struct view_saving *saving)
{
    struct history_span span = history_span(history);
    int64_t from_ns =
        saving->from_ns > span.first_ns ? saving->from_ns : span.first_ns;
    int64_t to_ns = saving->to_ns < span.last_ns ? saving->to_ns : span.last_ns;
    os_put_clock(out, history_wall_ns(history, from_ns));
    buf_puts(out, "..");
    os_put_clock(out, history_wall_ns(history, to_ns));
}

static void put_count(struct buf *out, uint64_t count, const char *noun)
{
    buf_printf(out, "%llu %s%s", (unsigned long long)count, noun,
               count == 1 ? "" : "s");
}

void view_save_put_prompt(struct buf *out, const struct view *view, int columns)
{
    enum { PARTS = 4 };
    const struct view_saving *saving = &view->saving;
    CHECK(saving->target < view->target_count);
    const struct watched *target = &view->targets[saving->target];
    struct buf parts[PARTS] = {{0}};
    if (view->target_count > 1)
        text_clean(&parts[0], target_title(target),
                   strlen(target_title(target)));
    put_times(&parts[1], target->history, saving);
    put_count(&parts[2],
              history_count(target->history, saving->from_ns, saving->to_ns),
              "sample");
    put_count(&parts[3], saving->field_count,
              saving->marked ? "marked field" : "field");
    /* Those that have room, the first ones first. */
    buf_puts(out, "save ");
    size_t begin = out->len;
    for (int i = 0; i < PARTS; i++) {
        const char *between = out->len > begin ? ", " : "";
        size_t width = text_columns(out->data, out->len) + strlen(between) +
                       text_columns(parts[i].data, parts[i].len) +
                       strlen(" to: ");
        if (parts[i].len && (int)width <= columns)
            buf_printf(out, "%s%s", between, parts[i].data);
        buf_free(&parts[i]);
    }
    int left = columns - (int)text_columns(out->data, out->len);
    buf_puts(out, out->len > begin ? " to" : "to");
    buf_puts(out, left >= NAME_COLUMNS + (int)strlen(ENDS) ? ENDS ": " : ": ");
}
