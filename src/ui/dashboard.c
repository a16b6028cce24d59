/* SPDX-License-Identifier: MIT */
/* Runs the dashboard on a terminal: one thread waits for the next sample, the
 * next drawing, a key or a signal. Draws at most once in DRAW_NS, and only when
 * something may have changed. */
#include "ui/dashboard.h"

#include <string.h>

#include "base/os.h"
#include "draw/term.h"
#include "ui/draw.h"
#include "ui/live_view.h"

#define DRAW_NS (INT64_C(1000000000) / 30)
#define MESSAGE_NS INT64_C(4000000000)
#define LOOK_NS INT64_C(1000000000) /* between looks for a saved layout */
/* After this many wake-ups without a key the input is at its end. */
#define EMPTY_READS_MAX 16

struct run {
    struct live_view live;
    struct term *term;
    struct grid grid;
    int columns, rows;  /* of the terminal */
    int64_t draw_slot;  /* of the last drawing: its time / DRAW_NS */
    int64_t message_ns; /* when the message is cleared; INT64_MAX: never */
    int64_t end_ns;     /* --timeout */
    int64_t look_ns;    /* when to look for a saved layout */
    layout_look_fn *look;
    void *look_user;
    uint64_t count; /* --count */
    int empty_reads;
    bool dirty; /* something may have changed since the last drawing */
    bool over;
};

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void note_message(struct run *run, int64_t now_ns)
{
    run->message_ns = *run->live.view.message ? now_ns + MESSAGE_NS : INT64_MAX;
}

/* The last sample of a recording stays on the screen. */
static bool is_ticking(const struct run *run)
{
    return !run->live.view.paused && !sampler_is_over(run->live.sampler);
}

static void sample_now(struct run *run, int64_t now_ns)
{
    uint32_t generation = run->live.generation;
    live_view_step(&run->live);
    if (run->live.generation != generation)
        note_message(run, now_ns);
    run->dirty = true;
    if (run->count && run->live.taken >= run->count)
        run->over = true;
}

static void draw_now(struct run *run, int64_t now_ns)
{
    run->draw_slot = now_ns / DRAW_NS;
    /* Sampling goes on while the terminal accepts nothing. */
    if (!os_terminal_ready())
        return;
    if (run->grid.columns != run->columns || run->grid.rows != run->rows)
        grid_reset(&run->grid, run->columns, run->rows);
    live_view_draw(&run->live, &run->grid);
    if (!term_show(run->term, &run->grid))
        run->over = true;
    run->dirty = false;
}

static void look_now(struct run *run, int64_t now_ns)
{
    struct view *view = &run->live.view;
    struct dashboard_content shown;
    struct err err = {0};
    run->look_ns = now_ns + LOOK_NS;
    switch (run->look(run->look_user, &shown, &err)) {
    case LAYOUT_SAME:
        return;
    case LAYOUT_NEW:
        live_view_replace(&run->live, shown.layout, shown.sampler, shown.fields,
                          shown.field_count);
        if (shown.period_ns != 0)
            live_view_set_period(&run->live, shown.period_ns);
        view->problem_text[0] = '\0';
        view_set_message(view, "the layout was reloaded");
        note_message(run, now_ns);
        break;
    case LAYOUT_BROKEN:
        view_set_message(view, "%s", err.text);
        memcpy(view->problem_text, view->message, sizeof view->problem_text);
        view->message[0] = '\0';
        break;
    }
    run->dirty = true;
}

static void serve_clocks(struct run *run)
{
    struct live_view *live = &run->live;
    int64_t now_ns = os_mono_ns();
    if (now_ns >= run->end_ns) {
        run->over = true;
        return;
    }
    if (is_ticking(run) && now_ns >= live->ticker.next_ns)
        sample_now(run, now_ns);
    if (run->look && now_ns >= run->look_ns)
        look_now(run, now_ns);
    if (now_ns >= run->message_ns) {
        live->view.message[0] = '\0';
        run->message_ns = INT64_MAX;
        run->dirty = true;
    }
    if (run->dirty && now_ns / DRAW_NS != run->draw_slot)
        draw_now(run, now_ns);
}

static int64_t next_deadline(const struct run *run)
{
    const struct live_view *live = &run->live;
    int64_t deadline = earlier(run->message_ns, run->end_ns);
    int64_t tick = is_ticking(run) ? live->ticker.next_ns : INT64_MAX;
    int64_t draw = run->dirty ? (run->draw_slot + 1) * DRAW_NS : INT64_MAX;
    /* If a sample is due soon, look then, without a wake-up of its own. */
    if (run->look && (tick < run->look_ns || tick - run->look_ns >= LOOK_NS))
        deadline = earlier(deadline, run->look_ns);
    /* The same for drawing. */
    if (draw != INT64_MAX && tick < draw + DRAW_NS / 2)
        draw = INT64_MAX;
    return earlier(deadline, earlier(tick, draw));
}

static void handle_key(struct run *run, int key)
{
    struct live_view *live = &run->live;
    enum view_effect effect = live_view_key(live, key);
    int64_t now_ns = os_mono_ns();
    note_message(run, now_ns);
    run->dirty = true;
    switch (effect) {
    case EFFECT_QUIT:
        run->over = true;
        break;
    case EFFECT_REDRAW:
        term_redraw(run->term);
        break;
    case EFFECT_SUSPEND:
        term_suspend(run->term);
        term_size(run->term, &run->columns, &run->rows);
        live_view_restart(live);
        break;
    default:
        break;
    }
}

static void take_keys(struct run *run)
{
    struct mouse mouse;
    int key = term_key(run->term, &mouse);
    run->empty_reads = key == KEY_CODE_NONE ? run->empty_reads + 1 : 0;
    if (run->empty_reads > EMPTY_READS_MAX)
        run->over = true;
    for (; key != KEY_CODE_NONE && !run->over;
         key = term_key(run->term, &mouse))
        handle_key(run, key);
}

static void handle_events(struct run *run, unsigned events)
{
    if (events & (OS_EVENT_STOP | OS_EVENT_HANGUP)) {
        run->over = true;
        return;
    }
    if (events & OS_EVENT_RESUMED) {
        term_resume(run->term);
        live_view_restart(&run->live);
    }
    if (events & (OS_EVENT_RESIZE | OS_EVENT_RESUMED)) {
        term_size(run->term, &run->columns, &run->rows);
        run->dirty = true;
    }
    if (events & OS_EVENT_INPUT)
        take_keys(run);
}

bool dashboard_run(const struct layout *layout, struct sampler *sampler,
                   const struct dashboard_options *options, struct err *err)
{
    struct run run = {
        .message_ns = INT64_MAX,
        .end_ns = INT64_MAX,
        .count = options->count,
        .look = options->look,
        .look_user = options->look_user,
        .look_ns = os_mono_ns() + LOOK_NS,
        .draw_slot = -1,
        .dirty = true,
    };
    CHECK(options->timeout_ns >= 0);
    struct term_options terminal = {.color = options->color,
                                    .ascii = options->view.ascii};
    os_signals_install();
    if (!term_open(&run.term, &terminal, err))
        return false;
    term_size(run.term, &run.columns, &run.rows);
    live_view_open(&run.live, layout, sampler, &options->view);
    if (options->timeout_ns)
        run.end_ns = os_mono_ns() + options->timeout_ns;
    serve_clocks(&run);
    while (!run.over) {
        handle_events(&run, os_wait(next_deadline(&run), 0));
        if (!run.over)
            serve_clocks(&run);
    }
    if (options->taken)
        *options->taken = run.live.taken;
    term_close(run.term);
    live_view_close(&run.live);
    grid_free(&run.grid);
    return true;
}
