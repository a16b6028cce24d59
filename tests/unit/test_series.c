/* SPDX-License-Identifier: MIT */
/* Numbers over time, searches for changes, marks and baselines, each compared
 * with what a walk over all samples gives. */
#include <math.h>

#include "history_rig.h"

#include "history/series.h"
#include "sampler/alarm.h"

/* --- cells against a walk ------------------------------------------------- */

/* Samples before which sampling had paused. */
static bool paused[SAMPLES];

/* What one sample says of a field. */
struct fact {
    int64_t key;
    bool live, torn, changed, begins;
    int64_t clock_ns; /* wall time minus monotonic time */
    double number;
    uint64_t hash; /* 0: no value */
};

struct facts {
    const struct rig *rig;
    uint32_t field;
    struct fact items[SAMPLES];
    size_t count;
    uint32_t generation;
};

static uint64_t hash_of(const struct field *field, const struct value *value)
{
    uint64_t hash = 14695981039346656037u;
    if (value->type == VALUE_NONE)
        return 0;
    if (value->type != VALUE_BYTES)
        return value->u * 2654435761u + 1;
    size_t size = field->kind == KIND_COMPUTED
                      ? strlen((const char *)value->bytes)
                      : field->size;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ value->bytes[i]) * 1099511628211u;
    return hash | 1;
}

static bool note(void *user, const struct sample *sample)
{
    struct facts *facts = user;
    const struct field *field = &facts->rig->layout->fields[facts->field];
    const struct trend *trend = &sample->trends[facts->field];
    const struct value *value = &sample->values[facts->field];
    uint32_t generation = sample->frames[field->mapping].generation;
    if (strcmp(field->path, "both") == 0)
        generation += 1000 * sample->frames[1].generation;
    facts->items[facts->count++] = (struct fact){
        .key = sample->mono_ns,
        .live = trend->flags & TREND_FRESH,
        .torn = trend->flags & TREND_TORN,
        .changed = trend->flags & TREND_CHANGED,
        .begins = facts->count && generation != facts->generation,
        .clock_ns = sample->frames[field->mapping].wall_ns -
                    sample->frames[field->mapping].mono_ns,
        .number = value_number(field, value),
        .hash = hash_of(field, value),
    };
    facts->generation = generation;
    return true;
}

static void expect_cell(const struct facts *facts, int64_t from_ns,
                        int64_t cell_ns, const struct series_cell *cell)
{
    struct series_cell is = {.min = NAN, .max = NAN, .first = NAN, .last = NAN};
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->items[i];
        size_t number = facts->rig->count - facts->count + i;
        if (fact->key < from_ns || fact->key >= from_ns + cell_ns)
            continue;
        is.known = true;
        int64_t jump_ns = i ? fact->clock_ns - facts->items[i - 1].clock_ns : 0;
        is.gap |= fact->begins || paused[number] ||
                  llabs(jump_ns) >= 1000000000 || (!fact->live && !fact->torn);
        is.changes += fact->live && fact->changed;
        if (!fact->live || isnan(fact->number))
            continue;
        if (!is.samples++)
            is.first = fact->number;
        is.min = fmin(is.min, fact->number);
        is.max = fmax(is.max, fact->number);
        is.last = fact->number;
        is.sum += fact->number;
    }
    assert_int_equal(cell->known, is.known);
    assert_int_equal(cell->samples, is.samples);
    assert_int_equal(cell->gap, is.gap);
    if (cell->changes != is.changes)
        fail_msg("%s: %zu changes, not %zu",
                 facts->rig->layout->fields[facts->field].path,
                 (size_t)cell->changes, (size_t)is.changes);
    if (!is.samples) {
        assert_true(isnan(cell->min) && isnan(cell->max) &&
                    isnan(cell->first) && isnan(cell->last));
        return;
    }
    assert_true(cell->min == is.min && cell->max == is.max);
    assert_true(cell->first == is.first && cell->last == is.last);
    assert_true(fabs(cell->sum - is.sum) <= 1e-9 * fabs(is.sum) ||
                !isfinite(is.sum));
}

static void expect_cells(struct rig *rig, const struct facts *facts)
{
    struct series_cell cells[100];
    struct history_span span = history_span(rig->history);
    for (unsigned i = 0; i < 20; i++) {
        size_t from = below((unsigned)facts->count);
        int64_t cell_ns = INT64_C(30000000) * (1 + below(400));
        int64_t from_ns = facts->items[from].key - (int64_t)below(100000000);
        size_t count = 1 + below(100);
        history_series(rig->history, facts->field, from_ns, cell_ns, cells,
                       count);
        for (size_t k = 0; k < count; k++)
            expect_cell(facts, from_ns + cell_ns * (int64_t)k, cell_ns,
                        &cells[k]);
    }
    /* All in one. */
    history_series(rig->history, facts->field, span.first_ns,
                   span.last_ns - span.first_ns + 1, cells, 1);
    expect_cell(facts, span.first_ns, span.last_ns - span.first_ns + 1, cells);
}

/* --- changes -------------------------------------------------------------- */

static int64_t change_of(const struct facts *facts, size_t at, bool forward)
{
    uint64_t was = facts->items[at].hash;
    for (size_t i = at; forward ? ++i < facts->count : i-- > 0;) {
        const struct fact *fact = &facts->items[i];
        if (fact->hash && fact->hash != was)
            return fact->key;
    }
    return 0;
}

static void expect_changes(struct rig *rig, const struct facts *facts)
{
    for (unsigned i = 0; i < 30; i++) {
        size_t at = below((unsigned)facts->count);
        if (!facts->items[at].hash)
            continue;
        for (int forward = 0; forward < 2; forward++) {
            int64_t want = change_of(facts, at, forward);
            int64_t is = history_find_change(rig->history, &facts->field, 1,
                                             facts->items[at].key, forward);
            if (is != want)
                fail_msg("%s %s %lld: %lld, not %lld",
                         rig->layout->fields[facts->field].path,
                         forward ? "after" : "before",
                         (long long)facts->items[at].key, (long long)is,
                         (long long)want);
        }
    }
}

static void expect_fields(struct rig *rig)
{
    struct facts *facts = mem_zalloc(1, sizeof *facts);
    struct history_span span = history_span(rig->history);
    for (size_t i = 0; i < rig->layout->field_count; i++) {
        *facts = (struct facts){.rig = rig, .field = (uint32_t)i};
        assert_int_equal(history_walk(rig->history, span.first_ns, span.last_ns,
                                      note, facts),
                         span.count);
        assert_int_equal(facts->count, span.count);
        facts->items[0].begins = true;
        facts->items[0].changed = false;
        expect_cells(rig, facts);
        expect_changes(rig, facts);
    }
    free(facts);
}

static void follow_frames(const char *layout, const char *frames, size_t bytes)
{
    struct rig rig;
    rig_open(&rig, layout, frames, bytes);
    for (unsigned i = 0; i < SAMPLES; i++) {
        paused[i] = below(50) == 0;
        if (paused[i])
            sampler_break(rig.sampler);
        if (below(50) == 0)
            sampler_reset_baseline(rig.sampler);
        sampler_step(rig.sampler);
        history_take(rig.history);
        rig.count++;
        if (i % (SAMPLES / rounds(6)) == SAMPLES / rounds(6) - 1)
            expect_fields(&rig);
    }
    rig_close(&rig);
}

static void follow(const char *layout, unsigned size, size_t bytes)
{
    for (unsigned seed = 1; seed <= rounds(3); seed++) {
        struct buf frames = {0};
        rig_seed(seed);
        random_frames(&frames, size, SAMPLES);
        follow_frames(layout, frames.data, bytes);
        buf_free(&frames);
    }
}

static void adds_numbers(void **state)
{
    (void)state;
    follow(plain_layout, 128, MIB);
    follow(plain_layout, 128, FORGETS);
}

static void adds_torn_numbers(void **state)
{
    (void)state;
    follow(whole_layout, 64, MIB);
}

static void adds_moved_numbers(void **state)
{
    (void)state;
    follow(moving_layout, MOVING_SIZE, MIB);
    follow(moving_layout, MOVING_SIZE, 160 << 10);
}

/* Frames at the same times as those of `first`, with other bytes and states. */
static void put_beside(struct buf *out, const char *first, unsigned size)
{
    buf_printf(out, "start 2026-01-02T03:04:05Z\nsize %u\n", size);
    for (const char *at = first; (at = strstr(at, "frame")); at++) {
        size_t line = strcspn(at, "\n");
        const char *plus = memchr(at, '+', line);
        for (unsigned k = below(3); k > 0; k--)
            put_change(out, size);
        buf_puts(out, "frame ");
        if (plus)
            buf_add(out, plus, strcspn(plus, " \n"));
        buf_printf(out, "%s\n",
                   below(40)  ? ""
                   : below(2) ? " gone"
                              : " replaced");
    }
}

/* The second mapping has generations and gaps of its own. */
static void adds_numbers_of_two_mappings(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= rounds(2); seed++) {
        struct buf frames = {0}, second = {0}, layout = {0};
        char target[RIG_TARGET];
        rig_seed(seed);
        random_frames(&frames, 128, SAMPLES);
        put_beside(&second, frames.data, 64);
        rig_record(target, second.data);
        buf_printf(&layout,
                   "%s[mapping other]\nname = %s\nsize = 64\n"
                   "[fields other]\nx = i32 @4\ny = f32 @12\n"
                   "word = char[9] @33\n"
                   "[computed both]\nexpr = x + small\n",
                   plain_layout, target);
        follow_frames(layout.data, frames.data, MIB);
        rig_forget(target);
        buf_free(&frames);
        buf_free(&second);
        buf_free(&layout);
    }
}

/* --- more samples than blocks -------------------------------------------- */

#define MANY 8000
#define CELLS 50

struct cells {
    int64_t from_ns, cell_ns;
    struct series_cell items[CELLS];
    double before;
};

static bool add_number(void *user, const struct sample *sample)
{
    struct cells *cells = user;
    size_t at = (size_t)((sample->mono_ns - cells->from_ns) / cells->cell_ns);
    assert_true(at < CELLS);
    struct series_cell *cell = &cells->items[at];
    double number = (double)sample->values[0].u;
    cell->changes += !isnan(cells->before) && number != cells->before;
    cell->samples++;
    cell->sum += number;
    cell->last = cells->before = number;
    return true;
}

/* Blocks are merged where there is no memory for more of them. */
static void merges_blocks(void **state)
{
    (void)state;
    static struct cells cells;
    static struct series_cell got[CELLS];
    struct buf frames = {0};
    struct rig rig;
    buf_puts(&frames, "size 8\n");
    for (unsigned i = 0; i < MANY; i++)
        buf_printf(&frames, i % 7 ? "frame +10ms\n" : "set 0 %02x%02x\nframe\n",
                   i & 255, i >> 8);
    rig_open(&rig, "[mapping]\nname = x\nsize = 8\n[fields]\na = u16 @0\n",
             frames.data, 64 << 10);
    for (unsigned i = 0; i < MANY; i++) {
        sampler_step(rig.sampler);
        history_take(rig.history);
        if (i % 500 < 498)
            continue;
        struct history_span span = history_span(rig.history);
        int64_t cell_ns = (span.last_ns - span.first_ns) / CELLS + 1;
        cells = (struct cells){span.first_ns, cell_ns, .before = NAN};
        history_walk(rig.history, span.first_ns, span.last_ns, add_number,
                     &cells);
        history_series(rig.history, 0, span.first_ns, cell_ns, got, CELLS);
        for (size_t k = 0; k < CELLS; k++) {
            assert_int_equal(got[k].samples, cells.items[k].samples);
            assert_int_equal(got[k].changes, cells.items[k].changes);
            assert_true(got[k].sum == cells.items[k].sum);
            assert_true(!got[k].samples || got[k].last == cells.items[k].last);
        }
    }
    assert_true(history_span(rig.history).count > 3000);
    assert_true(history_span(rig.history).count < MANY);
    rig_close(&rig);
    buf_free(&frames);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_numbers),
        cmocka_unit_test(adds_torn_numbers),
        cmocka_unit_test(adds_moved_numbers),
        cmocka_unit_test(adds_numbers_of_two_mappings),
        cmocka_unit_test(merges_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
