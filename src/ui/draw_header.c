/* SPDX-License-Identifier: MIT */
/* The header line, and the screen of one line. Both are pieces of text that are
 * dropped one after the other when there is no room. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "layout/label.h"
#include "sampler/alarm.h"
#include "ui/draw_numbers.h"
#include "ui/draw_text.h"

/* A piece of a line. They are shown in the order of the array and dropped by
 * rank, the lowest first. */
struct piece {
    int gap; /* blanks before it */
    int rank;
    int least; /* columns down to which it is shortened; 0: not at all */
    uint32_t style;
    size_t at, len; /* in the text */
    int width;      /* columns; 0: it is not shown */
};

#define PIECES_MAX 14

struct pieces {
    struct buf *text;
    struct piece items[PIECES_MAX];
    int count;
};

/* Makes a piece of the text that was appended since the last one. */
static void piece_end(struct pieces *line, int gap, int rank, int least,
                      uint32_t style)
{
    CHECK(line->count < PIECES_MAX);
    struct piece *piece = &line->items[line->count];
    size_t at = line->count ? piece[-1].at + piece[-1].len : 0;
    size_t len = line->text->len - at;
    *piece = (struct piece){gap, rank, least, style, at, len, 0};
    if (len) {
        size_t width = text_columns(line->text->data + at, len);
        piece->width =
            width < GRID_COLUMNS_MAX * 2 ? (int)width : GRID_COLUMNS_MAX * 2;
    }
    line->count++;
}

static int pieces_width(const struct pieces *line)
{
    int width = 0;
    for (int i = 0; i < line->count; i++) {
        const struct piece *piece = &line->items[i];
        if (piece->width)
            width += piece->width + (width ? piece->gap : 0);
    }
    return width;
}

static struct piece *lowest(struct pieces *line)
{
    struct piece *found = NULL;
    for (int i = 0; i < line->count; i++) {
        struct piece *piece = &line->items[i];
        if (piece->width && (!found || piece->rank < found->rank))
            found = piece;
    }
    return found;
}

static void pieces_fit(struct pieces *line, int columns)
{
    for (;;) {
        int excess = pieces_width(line) - columns;
        struct piece *piece = excess > 0 ? lowest(line) : NULL;
        if (!piece)
            return;
        if (piece->least && piece->width - excess >= piece->least)
            piece->width -= excess;
        else if (pieces_width(line) == piece->width)
            piece->width = columns; /* the last piece is cut instead */
        else
            piece->width = 0;
    }
}

static void pieces_draw(const struct drawing *d, int row, struct pieces *line)
{
    int at = 0;
    pieces_fit(line, d->grid->columns);
    for (int i = 0; i < line->count; i++) {
        const struct piece *piece = &line->items[i];
        if (!piece->width)
            continue;
        at += at ? piece->gap : 0;
        draw_text(d, row, at, piece->width, ALIGN_LEFT,
                  line->text->data + piece->at, piece->len, piece->style);
        at += piece->width;
    }
}

static const char *title_of(const struct layout *layout)
{
    const char *label =
        layout->mapping_count ? layout->mappings[0].label : NULL;
    return label ? label : layout->title;
}

static void put_hz(struct buf *out, const struct view *view)
{
    double asked = 1e9 / (double)view->period_ns;
    buf_printf(out, asked < 100 ? "%.3g Hz" : "%.0f Hz", asked);
    double achieved = view->achieved_hz;
    if (isnan(achieved) || view->paused)
        return;
    /* Hides the usual jitter. */
    if (fabs(achieved - asked) < 0.02 * asked)
        achieved = asked;
    if (achieved < 0.95)
        buf_printf(out, " (%.2g)", achieved);
    else
        buf_printf(out, achieved < 100 ? " (%.1f)" : " (%.0f)", achieved);
}

const char *draw_worst_note(const struct sample *sample)
{
    const char *note =
        sample->frame_count ? sample->frames[sample_worst(sample)].note : NULL;
    return note ? note : "";
}

/* Two pieces: PAUSED, which is dropped last, and the state. While paused a
 * state that says "read now" would be wrong. */
static void end_state(struct pieces *line, const struct drawing *d, int gap,
                      int rank)
{
    enum source_state state = d->sample->state;
    bool paused = d->view->paused;
    if (paused)
        buf_puts(line->text, "PAUSED");
    piece_end(line, gap, 11, 0, STYLE_BOLD | STYLE_REVERSE);
    if (!paused || !state_is_read(state))
        buf_puts(line->text, state_name(state));
    piece_end(line, paused ? 1 : gap, rank, 0, draw_state_style(state));
}

/* How many values are on an alarm level. */
static void end_alarms(struct pieces *line, const struct sample *sample,
                       const char *word, int rank, enum alarm_level level)
{
    size_t count = sample_alarm_count(sample, level);
    if (count > 0)
        buf_printf(line->text, "%zu %s", count, word);
    piece_end(line, 2, rank, 0, STYLE_BOLD | draw_alarm_style(level));
}

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
        buf_puts(out, "torn");
        return;
    }
    const char *word = consistency_word(&sample->consistency[0]);
    for (size_t i = 1; i < sample->frame_count; i++)
        if (strcmp(word, consistency_word(&sample->consistency[i])) != 0)
            return;
    buf_puts(out, word);
}

void draw_header(const struct drawing *d, int row)
{
    const struct sample *sample = d->sample;
    const struct view *view = d->view;
    struct pieces line = {.text = &d->fit->text};
    struct buf *text = line.text;
    buf_clear(text);
    buf_puts(text, "shmtop");
    piece_end(&line, 0, 0, 0, STYLE_DIM);
    draw_put_clean(text, title_of(d->layout));
    piece_end(&line, 2, 8, 6, STYLE_BOLD);
    bool several = d->layout->mapping_count > 1;
    if (several)
        buf_printf(text, "%zu mappings", d->layout->mapping_count);
    else
        draw_put_clean(text, sampler_target(d->sampler, 0));
    piece_end(&line, 2, 4, 10, STYLE_PLAIN);
    if (!several && sample->frame_count && sample->frames[0].size)
        draw_put_size(text, sample->frames[0].size);
    piece_end(&line, 2, 3, 0, STYLE_PLAIN);
    end_state(&line, d, 3, 10);
    if (!several && sample->generation)
        buf_printf(text, "gen %u", sample->generation);
    piece_end(&line, 1, 6, 0, STYLE_PLAIN);
    put_whole(text, sample);
    piece_end(&line, 1, 7, 0, is_torn(sample) ? STYLE_WARN : STYLE_PLAIN);
    end_alarms(&line, sample, "crit", 9, ALARM_CRIT);
    end_alarms(&line, sample, "warn", 7, ALARM_WARN);
    put_hz(text, view);
    piece_end(&line, 2, 5, 0, STYLE_PLAIN);
    if (view->missed)
        buf_printf(text, "missed %llu", (unsigned long long)view->missed);
    piece_end(&line, 2, 2, 0, STYLE_WARN);
    /* The status line, if there is one, shows why nothing is read. */
    if (state_is_read(sample->state) || d->grid->rows < 3)
        draw_put_clean(text, draw_worst_note(sample));
    piece_end(&line, 2, 1, 8, STYLE_DIM);
    pieces_draw(d, row, &line);
}

static const char *const alarm_marks[] = {
    [ALARM_NONE] = "",
    [ALARM_WARN] = "!",
    [ALARM_CRIT] = "!!",
};

void draw_compact(const struct drawing *d)
{
    const struct view *view = d->view;
    struct pieces line = {.text = &d->fit->text};
    struct buf *text = line.text;
    buf_clear(text);
    /* A value that is not live must not be shown without its state. */
    end_state(&line, d, 0, state_is_read(d->sample->state) ? 3 : 6);
    if (view->row_count == 0) {
        pieces_draw(d, 0, &line);
        return;
    }
    uint32_t field = view->rows[view->cursor];
    if (d->sample->number) {
        enum alarm_level alarm = d->sample->trends[field].alarm;
        buf_puts(text, alarm_marks[alarm]);
        piece_end(&line, 1, 4, 0, STYLE_BOLD | draw_alarm_style(alarm));
    }
    draw_put_label(text, d, field);
    piece_end(&line, 1, 1, 4, STYLE_PLAIN);
    draw_put_value(text, d, field, false);
    piece_end(&line, 1, 5, 0, STYLE_PLAIN);
    draw_put_clean(text, d->layout->fields[field].attr->unit);
    piece_end(&line, 1, 2, 0, STYLE_PLAIN);
    pieces_draw(d, 0, &line);
}
