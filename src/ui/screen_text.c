/* SPDX-License-Identifier: MIT */
/* The dashboard without a terminal, for --screen: the same samples, keys and
 * drawings as dashboard.c, and the last screen as text. */
#include "ui/screen_text.h"

#include "base/os.h"
#include "draw/key_code.h"
#include "ui/live_view.h"

static bool is_recorded(const struct live_view *live)
{
    for (size_t i = 0; i < live->view.target_count; i++)
        if (!sampler_is_recorded(live->targets[i].sampler))
            return false;
    return true;
}

static bool is_over(const struct live_view *live)
{
    for (size_t i = 0; i < live->view.target_count; i++)
        if (!sampler_is_over(live->targets[i].sampler))
            return false;
    return true;
}

/* Waits until the next sample is due, unless all are recorded, and takes one of
 * each target that is due; false if the program has to stop. */
static bool next_sample(struct live_view *live, struct grid *grid)
{
    if (is_recorded(live)) {
        for (size_t i = 0; i < live->view.target_count; i++)
            live_view_sample(live, i);
    } else {
        int64_t next_ns = live_view_next_ns(live);
        if (os_wait(next_ns, -1) & OS_EVENT_STOP)
            return false;
        live_view_step(live, os_mono_ns());
    }
    /* Widths and highlights depend on the drawings before. */
    live_view_draw(live, grid);
    return true;
}

static bool has_samples(const struct live_view *live, uint64_t count)
{
    for (size_t i = 0; i < live->view.target_count; i++)
        if (live->targets[i].taken < count)
            return false;
    return true;
}

static bool first_samples(struct live_view *live, struct grid *grid,
                          uint64_t count)
{
    bool whole = count == 0 && is_recorded(live);
    for (;;) {
        if (!next_sample(live, grid))
            return false;
        if (whole ? is_over(live) : has_samples(live, count ? count : 1))
            return true;
    }
}

static bool fail_unknown_key(const char *at, struct err *err)
{
    struct buf names = {0};
    for (size_t i = 0; keys_name(i); i++)
        buf_printf(&names, " <%s>", keys_name(i));
    err_set(err, STATUS_USAGE, "unknown key name at '%.12s'; names are%s", at,
            names.data);
    buf_free(&names);
    return false;
}

static bool press(struct live_view *live, struct grid *grid, const char *keys,
                  struct err *err)
{
    for (;;) {
        struct key_event event = {0};
        event.key = key_next(&keys, &event.mouse);
        if (event.key == KEY_CODE_NONE)
            return true;
        if (event.key < 0)
            return fail_unknown_key(keys, err);
        if (event.key == KEY_CODE_TICK) {
            if (!next_sample(live, grid))
                return true;
            continue;
        }
        enum view_effect effect = live_view_key(live, event, grid);
        if (effect == EFFECT_QUIT)
            return true;
        if (effect == EFFECT_COPY_VALUE || effect == EFFECT_COPY_PATH)
            view_set_message(&live->view, "there is no terminal to copy with");
        live_view_draw(live, grid);
    }
}

bool screen_text(const struct dashboard_options *options, int columns, int rows,
                 const char *keys, struct buf *out, struct err *err)
{
    struct live_view live;
    struct grid grid = {0};
    CHECK(columns > 0 && rows > 0);
    bool ok = true;
    live_view_open(&live, options);
    grid_reset(&grid, columns, rows);
    if (first_samples(&live, &grid, options->count))
        ok = press(&live, &grid, keys, err);
    if (ok)
        grid_put_text(out, &grid);
    live_view_close(&live);
    grid_free(&grid);
    return ok;
}
