/* SPDX-License-Identifier: MIT */
/* The dashboard without a terminal, for --screen: the same samples, keys and
 * drawings as dashboard.c, and the last screen as text. */
#include "ui/screen_text.h"

#include "base/os.h"
#include "ui/live_view.h"

/* Waits until the next sample is due, unless it is recorded, and takes it;
 * false if the program has to stop. */
static bool next_sample(struct live_view *live, struct grid *grid)
{
    if (!sampler_is_recorded(live->sampler) &&
        (os_wait(live->ticker.next_ns, -1) & OS_EVENT_STOP))
        return false;
    live_view_step(live);
    /* Widths and highlights depend on the drawings before. */
    live_view_draw(live, grid);
    return true;
}

static bool first_samples(struct live_view *live, struct grid *grid,
                          uint64_t count)
{
    bool whole = count == 0 && sampler_is_recorded(live->sampler);
    for (;;) {
        if (!next_sample(live, grid))
            return false;
        if (whole ? sampler_is_over(live->sampler) : live->taken >= count)
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
    struct mouse mouse;
    for (int key; (key = key_next(&keys, &mouse)) != KEY_CODE_NONE;) {
        if (key < 0)
            return fail_unknown_key(keys, err);
        if (key == KEY_CODE_TICK) {
            if (!live->view.paused && !next_sample(live, grid))
                return true;
            continue;
        }
        if (live_view_key(live, key) == EFFECT_QUIT)
            return true;
        live_view_draw(live, grid);
    }
    return true;
}

bool screen_text(const struct layout *layout, struct sampler *sampler,
                 const struct dashboard_options *options, int columns, int rows,
                 const char *keys, struct buf *out, struct err *err)
{
    struct live_view live;
    struct grid grid = {0};
    CHECK(columns > 0 && rows > 0);
    bool ok = true;
    live_view_open(&live, layout, sampler, &options->view);
    grid_reset(&grid, columns, rows);
    if (first_samples(&live, &grid, options->count))
        ok = press(&live, &grid, keys, err);
    if (ok)
        grid_put_text(out, &grid);
    live_view_close(&live);
    grid_free(&grid);
    return ok;
}
