/* SPDX-License-Identifier: MIT */
/* The header line, and the screen of one line. */
#include <math.h>
#include <string.h>

#include "draw/numbers.h"
#include "draw/pieces.h"
#include "layout/label.h"
#include "sampler/alarm.h"
#include "ui/field_text.h"

static const char *title_of(const struct layout *layout)
{
    const char *label =
        layout->mapping_count ? layout->mappings[0].label : NULL;
    return label ? label : layout->title;
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
    struct pieces line = {.text = d->canvas.text};
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
    draw_put_hz(text, view->period_ns, view->paused ? NAN : view->achieved_hz);
    piece_end(&line, 2, 5, 0, STYLE_PLAIN);
    if (view->missed)
        buf_printf(text, "missed %llu", (unsigned long long)view->missed);
    piece_end(&line, 2, 2, 0, STYLE_WARN);
    /* The status line, if there is one, shows why nothing is read. */
    if (state_is_read(sample->state) || d->canvas.grid->rows < 3)
        draw_put_clean(text, draw_worst_note(sample));
    piece_end(&line, 2, 1, 8, STYLE_DIM);
    pieces_draw(&d->canvas, row, &line);
}

static const char *const alarm_marks[] = {
    [ALARM_NONE] = "",
    [ALARM_WARN] = "!",
    [ALARM_CRIT] = "!!",
};

void draw_compact(const struct drawing *d)
{
    const struct view *view = d->view;
    struct pieces line = {.text = d->canvas.text};
    struct buf *text = line.text;
    buf_clear(text);
    /* A value that is not live must not be shown without its state. */
    end_state(&line, d, 0, state_is_read(d->sample->state) ? 3 : 6);
    if (view->row_count == 0) {
        pieces_draw(&d->canvas, 0, &line);
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
    pieces_draw(&d->canvas, 0, &line);
}
