/* SPDX-License-Identifier: MIT */
/*
 * The dashboard without a terminal, for --screen: the same samples, keys and
 * drawings, and the last screen as text.
 */
#include "base/os.h"
#include "ui/dashboard.h"
#include "ui/live_view.h"

/* Takes the sample that is due, having waited for it where time is real;
 * false when the program is to stop. */
static bool next_sample(struct watch *watch, struct grid *grid)
{
    if (!sampler_is_recorded(watch->sampler) &&
        (os_wait(watch->ticker.next_ns, -1) & OS_EVENT_STOP))
        return false;
    watch_step(watch);
    /* The screen remembers widths and what was lit, so each one counts. */
    watch_draw(watch, grid);
    return true;
}

static bool first_samples(struct watch *watch, struct grid *grid,
                          uint64_t count)
{
    bool whole = count == 0 && sampler_is_recorded(watch->sampler);
    for (;;) {
        if (!next_sample(watch, grid))
            return false;
        if (whole ? sampler_is_over(watch->sampler) : watch->taken >= count)
            return true;
    }
}

static bool press(struct watch *watch, struct grid *grid, const char *keys,
                  struct err *err)
{
    for (int key; (key = key_next(&keys)) != KEY_NONE_;) {
        if (key < 0)
            return err_set(err, STATUS_USAGE,
                           "unknown key name at '%.12s'; names are <Enter> "
                           "<Esc> <Tab> <Space> <BS> <Up> <Down> <Left> "
                           "<Right> <PgUp> <PgDn> <Home> <End> <F1> <C-l> "
                           "<C-z> <lt> <tick>",
                           keys);
        if (key == KEY_CODE_TICK) {
            if (!watch->view.paused && !next_sample(watch, grid))
                return true;
            continue;
        }
        if (watch_key(watch, key) == EFFECT_QUIT)
            return true;
        watch_draw(watch, grid);
    }
    return true;
}

bool ui_screen(const struct layout *layout, struct sampler *sampler,
               const struct ui_options *options, int columns, int rows,
               const char *keys, struct buf *out, struct err *err)
{
    struct watch watch;
    struct grid grid = {0};
    bool ok = true;
    watch_open(&watch, layout, sampler, &options->view);
    grid_reset(&grid, columns, rows);
    if (first_samples(&watch, &grid, options->count))
        ok = press(&watch, &grid, keys, err);
    if (ok)
        grid_put_text(out, &grid);
    watch_close(&watch);
    grid_free(&grid);
    return ok;
}
