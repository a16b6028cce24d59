/* SPDX-License-Identifier: MIT */
/* The header line, the line of tabs, and the screen of one line. The parts of
 * the header have places that depend on the screen and the layout alone, so
 * that nothing moves when a state or a number changes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "draw/numbers.h"
#include "draw/pieces.h"
#include "layout/words.h"
#include "panes/field_text.h"
#include "sampler/alarm.h"
#include "sampler/health.h"
#include "ui/ui_private.h"
#include "view/row_text.h"
#include "view/rows.h"

#define GAP 2
#define STATE_COLUMNS 11 /* of the longest state, with its sign */
#define PAUSED "PAUSED"
#define HELD_STATE 9     /* of "PAUSED", or of a state */
#define HELD_AGO_MORE 15 /* of "at" and of how long ago the moment is */
#define STATE_LEAST 3    /* columns of a state that tell it from others */
#define TARGET_LEAST 12  /* columns that a target is worth showing in */
#define TARGET_MOST 20   /* columns that parts of low rank are dropped for */
#define COUNTS_RANK 8    /* parts from this rank on are worth more than it */
#define TORN "torn"
#define RW "RW" /* values may be changed */
#define RW_STYLE (STYLE_BOLD | STYLE_CRIT | STYLE_REVERSE)

/* What the header is about: the target under the cursor. */
static const struct watched *header_target(const struct view *view)
{
    return &view->targets[view_target_at_cursor(view)];
}

/* Reasons, after what is in the buffer already. */
struct reasons {
    struct buf *out;
    const struct view *view;
    size_t from;
    size_t target; /* the one at hand */
};

/* Begins one, with the name of its mapping if there are several. */
static void begin_reason(struct reasons *r, size_t mapping, bool several)
{
    const struct layout *layout = r->view->targets[r->target].layout;
    buf_puts(r->out, r->out->len > r->from ? "; " : "");
    if (!several)
        return;
    if (layout->mapping_count > 1)
        draw_put_clean(r->out, layout_mapping_id(layout, mapping));
    else
        draw_put_target(r->out, r->view, r->target);
    buf_puts(r->out, ": ");
}

/* "GONE for 3s: no shared memory '/x'" */
static void put_frame_reason(struct reasons *r, size_t mapping, bool several)
{
    const struct sample *sample = r->view->targets[r->target].sample;
    struct buf *out = r->out;
    const struct frame *frame = &sample->frames[mapping];
    bool live = frame->state == STATE_LIVE || frame->state == STATE_REPLACED;
    bool note = frame->note && *frame->note;
    if (!sample->number || (live && !note))
        return;
    begin_reason(r, mapping, several);
    if (!live) {
        buf_printf(out, "%s for ", state_name(frame->state));
        draw_put_age(out, frame->mono_ns - sample->healths[mapping].since_ns);
        buf_puts(out, note ? ": " : "");
    }
    if (note)
        draw_put_clean(out, frame->note);
}

/* Why a target shows nothing of the moment, or no other one. */
static void put_past_reason(struct reasons *r)
{
    const struct history *history = r->view->targets[r->target].history;
    enum past past = view_past(r->view, r->target);
    int64_t from_ns, to_ns;
    bool hole = view_find_hole(r->view, r->target, &from_ns, &to_ns);
    if (past == PAST_KEPT && !hole)
        return;
    begin_reason(r, 0, r->view->target_count > 1);
    if (past == PAST_KEPT) {
        buf_puts(r->out, "no samples from ");
        view_put_clock(r->out, r->view, from_ns);
        buf_puts(r->out, " to ");
        view_put_clock(r->out, r->view, to_ns);
    } else if (past == PAST_LEFT) {
        buf_puts(r->out, "this moment has left the history");
    } else if (past == PAST_BEFORE) {
        buf_puts(r->out, "its history begins at ");
        view_put_clock(r->out, r->view, history_span(history).first_ns);
    } else {
        const char *problem = history ? history_problem(history) : NULL;
        draw_put_clean(r->out, problem ? problem : "no history is kept");
    }
}

void draw_put_reasons(struct buf *out, const struct view *view)
{
    struct reasons r = {.out = out, .view = view, .from = out->len};
    /* First what the user can mend: the fault of a layout. */
    if (*view->problem_text)
        draw_put_clean(out, view->problem_text);
    for (size_t i = 0; i < view->target_count; i++) {
        const struct watched *target = &view->targets[i];
        const struct sample *sample = target->sample;
        r.target = i;
        bool several =
            view->target_count > 1 || target->layout->mapping_count > 1;
        if (view->held)
            put_past_reason(&r);
        for (size_t k = 0; k < sample->frame_count; k++)
            put_frame_reason(&r, k, several);
        const char *problem = sample->problem_text;
        if (!state_is_read(sample->state) || !problem || !*problem)
            continue;
        begin_reason(&r, 0, view->target_count > 1);
        draw_put_clean(out, problem);
    }
}

/* --- parts --------------------------------------------------------------- */

/* The parts at the right end, in their order. */
enum part {
    PART_RW,
    PART_STATE,
    PART_GENERATION,
    PART_WHOLE,
    PART_CRIT,
    PART_WARN,
    PART_RESTING,
    PART_OTHERS,
    PART_RATE,
    PART_MISSED,
    PART_CLOCK,
    PART_COUNT,
};

/* The order in which they go when there is no room; the two highest stay. */
static const int ranks[PART_COUNT] = {
    [PART_RW] = 10,     [PART_STATE] = 11, [PART_GENERATION] = 4,
    [PART_WHOLE] = 5,   [PART_CRIT] = 9,   [PART_WARN] = 8,
    [PART_RESTING] = 3, [PART_OTHERS] = 7, [PART_RATE] = 6,
    [PART_MISSED] = 2,  [PART_CLOCK] = 1,
};

struct layout_facts {
    size_t warn, crit, stale; /* fields with them */
    int whole;                /* columns of the longest word for whole frames */
};

/* Which parts the layouts need; numbers may be 0. */
static struct layout_facts find_facts(const struct view *view)
{
    struct layout_facts facts = {0};
    for (size_t i = 0; i < view->target_count; i++) {
        const struct watched *target = &view->targets[i];
        const struct sample *sample = target->sample;
        for (size_t k = 0; k < sample->alarm_count; k++) {
            const struct attributes *attr =
                target->layout->fields[sample->alarms[k].field].attr;
            facts.warn += attr->warn.kind != LIMIT_NONE;
            facts.crit += attr->crit.kind != LIMIT_NONE;
            facts.stale += attr->stale_ns > 0;
        }
        for (size_t k = 0; k < target->layout->mapping_count; k++) {
            enum snapshot_method method =
                target->layout->mappings[k].snapshot.method;
            const char *word = word_of(snapshot_words, (int)method);
            int columns = word ? (int)strlen(word) : 0;
            if (method != SNAPSHOT_NONE && columns > facts.whole)
                facts.whole = columns;
        }
    }
    if (facts.whole > 0 && facts.whole < (int)strlen(TORN))
        facts.whole = (int)strlen(TORN);
    return facts;
}

/* Columns for a mark and a count up to `most`; none if that is 0. */
static int count_width(int mark, size_t most)
{
    int width = mark + 1;
    if (!most)
        return 0;
    for (; most; most /= 10)
        width++;
    return width;
}

static bool is_wide(const struct drawing *d)
{
    return d->canvas.grid->columns >= 100;
}

/* How the state of a held view is shown. */
enum held_form {
    HELD_WORD,  /* nothing but the word */
    HELD_SHORT, /* the state, or how long ago the moment is */
    HELD_CLOCK, /* with its time */
    HELD_AGO,   /* and how long ago that is */
};

struct held_room {
    enum held_form form;
    int columns;
};

static struct held_room held_room(const struct drawing *d)
{
    int columns = d->canvas.grid->columns;
    int clock = view_clock_columns(d->view, true);
    int sign = d->canvas.ascii ? 3 : 2;
    int least = sign + HELD_STATE + 1 + clock;
    return columns >= 100 ? (struct held_room){HELD_AGO, least + HELD_AGO_MORE}
           : columns >= 28 + clock ? (struct held_room){HELD_CLOCK, least}
           : columns >= STATE_COLUMNS
               ? (struct held_room){HELD_SHORT, STATE_COLUMNS}
               : (struct held_room){HELD_WORD, 0};
}

static void find_widths(const struct drawing *d, int *widths)
{
    struct layout_facts facts = find_facts(d->view);
    const struct watched *target = header_target(d->view);
    bool several = target->layout->mapping_count > 1;
    widths[PART_RW] = d->view->rw ? (int)strlen(RW) : 0;
    widths[PART_STATE] = STATE_COLUMNS;
    if (d->view->held && held_room(d).columns > STATE_COLUMNS)
        widths[PART_STATE] = held_room(d).columns;
    widths[PART_GENERATION] = several ? 0 : 6;
    widths[PART_WHOLE] = facts.whole;
    widths[PART_CRIT] = count_width(2, facts.crit);
    widths[PART_WARN] = count_width(1, facts.warn);
    widths[PART_RESTING] = count_width(1, facts.stale);
    widths[PART_OTHERS] =
        d->view->target_count > 1 ? count_width(8, d->view->target_count) : 0;
    widths[PART_RATE] = is_wide(d) ? 13 : 8;
    widths[PART_MISSED] = is_wide(d) ? 12 : 0;
    widths[PART_CLOCK] = d->view->clock ? 8 : 0;
}

static int total_width(const int *widths)
{
    int total = 0;
    for (int i = 0; i < PART_COUNT; i++)
        total += widths[i] ? widths[i] + GAP : 0;
    return total;
}

/* The part that goes first; PART_COUNT: none is left. */
static int lowest_part(const int *widths)
{
    int lowest = PART_COUNT;
    for (int i = 0; i < PART_COUNT; i++)
        if (widths[i] && (lowest == PART_COUNT || ranks[i] < ranks[lowest]))
            lowest = i;
    return lowest;
}

/* --- their texts --------------------------------------------------------- */

static bool is_torn(const struct sample *sample)
{
    for (size_t i = 0; i < sample->frame_count && sample->consistency; i++)
        if (sample->consistency[i].verdict == VERDICT_TORN)
            return true;
    return false;
}

/* "torn", or the word for consistent frames if it is the same for all
 * mappings. */
static void put_whole(struct buf *out, const struct sample *sample)
{
    if (!sample->number || !sample->consistency)
        return;
    if (is_torn(sample)) {
        buf_puts(out, TORN);
        return;
    }
    const char *word = consistency_word(&sample->consistency[0]);
    for (size_t i = 1; i < sample->frame_count; i++)
        if (strcmp(word, consistency_word(&sample->consistency[i])) != 0)
            return;
    buf_puts(out, word);
}

static size_t count_alarms(const struct view *view, enum alarm_level level)
{
    size_t count = 0;
    for (size_t i = 0; i < view->target_count; i++)
        count += sample_alarm_count(view->targets[i].sample, level);
    return count;
}

/* How many targets other than `own` are not live. */
static size_t count_not_live(const struct view *view)
{
    size_t count = 0;
    for (size_t i = 0; i < view->target_count; i++)
        count += view->targets[i].sample->state != STATE_LIVE;
    return count;
}

/* The rate that was asked for and the one that was reached; without room for
 * both, the latter if it differs. */
static uint32_t put_rate(struct buf *out, const struct drawing *d)
{
    const struct watched *target = header_target(d->view);
    double asked = 1e9 / (double)target->period_ns;
    double achieved = d->view->held ? NAN : target->achieved_hz;
    /* The usual jitter is no news. */
    bool differs = achieved > 0.001 && fabs(achieved - asked) > 0.05 * asked;
    if (is_wide(d) || !differs) {
        draw_put_hz(out, target->period_ns, is_wide(d) ? achieved : NAN);
        return STYLE_PLAIN;
    }
    draw_put_hz(out, (int64_t)(1e9 / achieved), NAN);
    return STYLE_WARN;
}

/* The state of the moment if it is not read. */
static const char *held_word(const struct sample *sample)
{
    return !sample->number || state_is_read(sample->state)
               ? PAUSED
               : state_name(sample->state);
}

/* "PAUSED at 12:03:27, 1m04s ago" or "PAUSED at 12:03:27  GONE", shorter where
 * there is less room. */
static uint32_t put_held(struct buf *out, const struct drawing *d)
{
    const struct view *view = d->view;
    const struct sample *sample = header_target(view)->sample;
    const char *word = held_word(sample);
    enum held_form form = held_room(d).form;
    CHECK(view->held);
    int64_t ago_ns = view_live_ns(view) - view->moment_ns;
    bool read = strcmp(word, PAUSED) == 0;
    if (form != HELD_WORD)
        buf_puts(out, d->canvas.ascii ? "|| " : "\xe2\x80\x96 ");
    if (form == HELD_AGO)
        buf_puts(out, PAUSED " at ");
    else if (form != HELD_SHORT || !read)
        buf_puts(out, word);
    if (form == HELD_CLOCK)
        buf_putc(out, ' ');
    if (form >= HELD_CLOCK) {
        view_put_clock(out, view, view->moment_ns);
    } else if (form == HELD_SHORT && read) {
        buf_putc(out, '-');
        draw_put_duration(out, ago_ns);
    }
    if (form == HELD_AGO && read) {
        buf_puts(out, ", ");
        draw_put_duration(out, ago_ns);
        buf_puts(out, " ago");
    } else if (form == HELD_AGO) {
        buf_printf(out, "  %s", word);
    }
    return STYLE_BOLD | STYLE_REVERSE |
           (read ? STYLE_PLAIN : draw_state_style(sample->state));
}

/* Appends the text of a part and returns its style. */
static uint32_t put_part(struct buf *out, const struct drawing *d,
                         enum part part)
{
    const struct view *view = d->view;
    const struct watched *target = header_target(view);
    const struct sample *sample = target->sample;
    size_t count;
    switch (part) {
    case PART_RW:
        buf_puts(out, RW);
        return RW_STYLE;
    case PART_STATE:
        if (view->held)
            return put_held(out, d);
        if (d->canvas.grid->columns >= STATE_COLUMNS)
            buf_puts(out, d->canvas.ascii ? "* " : "\xe2\x97\x8f ");
        buf_puts(out, state_name(sample->state));
        return draw_state_style(sample->state);
    case PART_GENERATION:
        if (sample->generation)
            buf_printf(out, "gen %u", sample->generation);
        return STYLE_DIM;
    case PART_WHOLE:
        put_whole(out, sample);
        return is_torn(sample) ? STYLE_WARN : STYLE_DIM;
    case PART_CRIT:
        count = count_alarms(view, ALARM_CRIT);
        if (count)
            buf_printf(out, "!! %zu", count);
        return STYLE_BOLD | STYLE_CRIT;
    case PART_WARN:
        count = count_alarms(view, ALARM_WARN);
        if (count)
            buf_printf(out, "! %zu", count);
        return STYLE_BOLD | STYLE_WARN;
    case PART_RESTING:
        if (sample->resting_count)
            buf_printf(out, "%s %zu", d->canvas.ascii ? "-" : "\xe2\x80\x93",
                       sample->resting_count);
        return STYLE_BOLD | STYLE_WARN;
    case PART_OTHERS:
        count = count_not_live(view);
        if (count)
            buf_printf(out, "%zu not live", count);
        return STYLE_BOLD | STYLE_WARN;
    case PART_RATE:
        return put_rate(out, d);
    case PART_MISSED:
        if (target->missed && !view->held)
            buf_printf(out, "missed %llu", (unsigned long long)target->missed);
        return STYLE_WARN;
    case PART_CLOCK:
        os_put_clock(out, view_wall_ns(view, view_live_ns(view)));
        return STYLE_PLAIN;
    case PART_COUNT:
        break;
    }
    return STYLE_PLAIN;
}

static void draw_parts(const struct drawing *d, int row, const int *widths)
{
    struct buf *text = &d->fit->text;
    int at = d->canvas.grid->columns - total_width(widths) + GAP;
    for (int i = 0; i < PART_COUNT; i++) {
        if (!widths[i])
            continue;
        buf_clear(text);
        uint32_t style = put_part(text, d, (enum part)i);
        if (i == PART_STATE && d->view->rw && !widths[PART_RW])
            style = RW_STYLE;
        if (text->len)
            draw_text(&d->canvas, row, at, widths[i], ALIGN_LEFT, text->data,
                      text->len, style);
        at += widths[i] + GAP;
    }
}

/* Title, target and size, in `columns`. */
static void draw_names(const struct drawing *d, int row, int columns)
{
    const struct watched *target = header_target(d->view);
    const struct sample *sample = target->sample;
    struct pieces line = {.text = &d->fit->text};
    struct buf *text = line.text;
    bool several = target->layout->mapping_count > 1;
    buf_clear(text);
    draw_put_plain(text, &d->canvas, target_title(target));
    piece_end(&line, 0, 3, 6, STYLE_BOLD);
    if (several)
        buf_printf(text, "%zu mappings", target->layout->mapping_count);
    else
        draw_put_clean(text, sampler_target(target->sampler, 0));
    piece_end(&line, GAP, 2, TARGET_LEAST, STYLE_PLAIN);
    if (!several && sample->frame_count && sample->frames[0].size)
        draw_put_size(text, sample->frames[0].size);
    piece_end(&line, GAP, 1, 0, STYLE_DIM);
    pieces_draw(&d->canvas, row, 1, columns - 1, &line);
}

static int title_columns(const struct drawing *d)
{
    const char *title = target_title(header_target(d->view));
    size_t columns = text_columns(title, strlen(title));
    return 1 + (columns < 20 ? (int)columns : 20) + GAP;
}

static int target_columns(const struct drawing *d)
{
    const struct watched *target = header_target(d->view);
    if (target->layout->mapping_count > 1)
        return TARGET_LEAST;
    const char *text = sampler_target(target->sampler, 0);
    size_t columns = text_columns(text, strlen(text));
    return columns < TARGET_MOST ? (int)columns : TARGET_MOST;
}

void draw_header(const struct drawing *d, int row)
{
    int widths[PART_COUNT];
    int columns = d->canvas.grid->columns;
    find_widths(d, widths);
    int title = title_columns(d);
    int wanted = title + target_columns(d) + GAP;
    int rw = widths[PART_RW] ? widths[PART_RW] + GAP : 0;
    while (total_width(widths) > rw + widths[PART_STATE] + GAP &&
           wanted + total_width(widths) > columns) {
        int part = lowest_part(widths);
        CHECK(part < PART_COUNT);
        /* How many values are alarmed is worth more than the target. */
        if (wanted > title && ranks[part] >= COUNTS_RANK)
            wanted = title;
        else
            widths[part] = 0;
    }
    int left = columns - total_width(widths);
    if (left > 6)
        draw_names(d, row, left);
    else
        widths[PART_STATE] =
            columns - rw < STATE_COLUMNS ? columns - rw : STATE_COLUMNS;
    /* So few that only the colour is left of RW. */
    if (rw && widths[PART_STATE] < STATE_LEAST) {
        widths[PART_RW] = 0;
        widths[PART_STATE] = columns;
    }
    draw_parts(d, row, widths);
}

void draw_tabs(const struct drawing *d, int row)
{
    uint32_t code = d->canvas.ascii ? '-' : 0x2500;
    int at = 1;
    if (row < 0)
        return;
    d->fit->tab_row = row;
    for (int i = 0; i < VIEW_COUNT; i++) {
        char text[32];
        int len =
            snprintf(text, sizeof text, " %d %s ", i + 1, view_ops[i].title);
        bool chosen = d->view->kind == (enum view_kind)i;
        d->fit->tab_at[i] = at;
        at += draw_word(&d->canvas, row, at, len, text,
                        chosen ? STYLE_BOLD | STYLE_REVERSE : STYLE_PLAIN);
        d->fit->tab_at[i + 1] = at;
    }
    for (at++; at < d->canvas.grid->columns; at++)
        grid_put_code(d->canvas.grid, row, at, code, STYLE_DIM);
}

/* --- one line ------------------------------------------------------------ */

static const char *const alarm_marks[] = {
    [ALARM_NONE] = "",
    [ALARM_WARN] = "!",
    [ALARM_CRIT] = "!!",
};

void draw_compact(const struct drawing *d)
{
    const struct view *view = d->view;
    const struct sample *sample = header_target(view)->sample;
    struct pieces line = {.text = &d->fit->text};
    struct buf *text = line.text;
    uint32_t leaf = view_cursor_leaf(view);
    bool read = state_is_read(sample->state);
    buf_clear(text);
    if (view->rw)
        buf_puts(text, RW);
    piece_end(&line, 0, 6, 0, RW_STYLE);
    /* A value that is not live must not be shown without its state. */
    buf_puts(text, view->held ? held_word(sample) : state_name(sample->state));
    piece_end(&line, 1, read && !view->held ? 3 : 7, 0,
              view->held ? STYLE_BOLD | STYLE_REVERSE
                         : draw_state_style(sample->state));
    if (view->held) {
        buf_putc(text, '-');
        draw_put_duration(text, view_live_ns(view) - view->moment_ns);
        piece_end(&line, 1, 2, 0, STYLE_PLAIN);
    }
    if (leaf == LEAF_NONE) {
        pieces_draw(&d->canvas, 0, 0, d->canvas.grid->columns, &line);
        return;
    }
    const struct trend *trend = leaf_trend(view, leaf);
    enum alarm_level alarm = trend ? trend->alarm : ALARM_NONE;
    buf_puts(text, alarm_marks[alarm]);
    piece_end(&line, 1, 4, 0, STYLE_BOLD | draw_alarm_style(alarm));
    draw_put_label(text, d, leaf);
    piece_end(&line, 1, 1, 4, STYLE_PLAIN);
    draw_put_value(text, d, leaf, false);
    piece_end(&line, 1, 5, 0, STYLE_PLAIN);
    draw_put_plain(text, &d->canvas, leaf_field(view, leaf)->attr->unit);
    piece_end(&line, 1, 2, 0, STYLE_PLAIN);
    pieces_draw(&d->canvas, 0, 0, d->canvas.grid->columns, &line);
}
