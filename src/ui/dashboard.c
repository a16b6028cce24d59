/* SPDX-License-Identifier: MIT */
/* Runs the dashboard on a terminal: one thread waits for the next sample, the
 * next drawing, a key or a signal. Draws at most once in DRAW_NS, and only when
 * something may have changed. */
#include "ui/dashboard.h"

#include <string.h>

#include "base/os.h"
#include "draw/term.h"
#include "ui/live_view.h"
#include "view/row_text.h"

#define DRAW_NS (INT64_C(1000000000) / 30)
#define MESSAGE_NS INT64_C(4000000000)
#define LOOK_NS INT64_C(1000000000) /* between looks for a saved layout */
/* After this many wake-ups without a key the input is at its end. */
#define EMPTY_READS_MAX 16

struct run {
    struct live_view live;
    const struct dashboard_options *options;
    struct term *term;
    struct grid grid;
    int columns, rows;  /* of the terminal */
    int64_t draw_slot;  /* of the last drawing: its time / DRAW_NS */
    int64_t message_ns; /* when the message is cleared; INT64_MAX: never */
    int64_t end_ns;     /* --timeout */
    int64_t look_ns;    /* when to look for a saved layout */
    struct buf title;   /* of the window */
    int empty_reads;
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

static void take_samples(struct run *run, int64_t now_ns)
{
    struct live_view *live = &run->live;
    live_view_step(live, now_ns);
    if (*live->view.message && run->message_ns == INT64_MAX)
        note_message(run, now_ns);
    if (run->options->bell && live->new_crit > 0)
        term_bell(run->term);
    live->new_crit = 0;
    if (run->options->count && live->targets[0].taken >= run->options->count)
        run->over = true;
}

/* "Pump station LIVE" */
static void show_title(struct run *run)
{
    const struct watched *target =
        &run->live.view.targets[view_target_at_cursor(&run->live.view)];
    struct buf title = {0};
    buf_printf(&title, "%s %s", target_title(target),
               run->live.view.held ? "PAUSED"
                                   : state_name(target->sample->state));
    if (!run->title.data || strcmp(run->title.data, title.data) != 0)
        term_set_title(run->term, title.data);
    buf_free(&run->title);
    run->title = title;
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
    if (run->options->title)
        show_title(run);
    if (!term_show(run->term, &run->grid))
        run->over = true;
}

static void look_at(struct run *run, size_t target, int64_t now_ns)
{
    struct view *view = &run->live.view;
    struct view_target shown = {0};
    struct err err = {0};
    switch (run->options->look(run->options->look_user, target, &shown, &err)) {
    case LAYOUT_SAME:
        return;
    case LAYOUT_NEW:
        live_view_replace(&run->live, target, &shown);
        view->problem_text[0] = '\0';
        note_message(run, now_ns);
        break;
    case LAYOUT_BROKEN:
        view_set_message(view, "%s", err.text);
        memcpy(view->problem_text, view->message, sizeof view->problem_text);
        view->message[0] = '\0';
        break;
    }
    run->live.dirty = true;
}

static void look_now(struct run *run, int64_t now_ns)
{
    run->look_ns = now_ns + LOOK_NS;
    /* A new layout begins a new history: not while the old one is looked at. */
    if (run->live.view.held)
        return;
    for (size_t i = 0; i < run->live.view.target_count; i++)
        look_at(run, i, now_ns);
}

static void serve_clocks(struct run *run)
{
    struct live_view *live = &run->live;
    int64_t now_ns = os_mono_ns();
    if (now_ns >= run->end_ns) {
        run->over = true;
        return;
    }
    if (now_ns >= live_view_next_ns(live))
        take_samples(run, now_ns);
    if (run->options->look && now_ns >= run->look_ns)
        look_now(run, now_ns);
    if (now_ns >= run->message_ns) {
        live->view.message[0] = '\0';
        run->message_ns = INT64_MAX;
        live->dirty = true;
    }
    if (live->dirty && now_ns / DRAW_NS != run->draw_slot)
        draw_now(run, now_ns);
}

static int64_t next_deadline(const struct run *run)
{
    const struct live_view *live = &run->live;
    int64_t deadline = earlier(run->message_ns, run->end_ns);
    int64_t tick = live_view_next_ns(live);
    int64_t draw = live->dirty ? (run->draw_slot + 1) * DRAW_NS : INT64_MAX;
    /* If a sample is due soon, look then, without a wake-up of its own. */
    if (run->options->look &&
        (tick < run->look_ns || tick - run->look_ns >= LOOK_NS))
        deadline = earlier(deadline, run->look_ns);
    /* The same for drawing. */
    if (draw != INT64_MAX && tick < draw + DRAW_NS / 2)
        draw = INT64_MAX;
    return earlier(deadline, earlier(tick, draw));
}

static void copy(struct run *run, bool path)
{
    struct buf text = {0};
    size_t marked = view_put_copy(&text, &run->live.view, path);
    if (!text.len)
        view_set_message(&run->live.view, "nothing to copy here");
    else if (!term_copy(run->term, text.data, text.len))
        view_set_message(&run->live.view, "this terminal cannot copy");
    else if (marked)
        view_set_message(&run->live.view, "copied %zu %s%s", marked,
                         path ? "path" : "value", marked == 1 ? "" : "s");
    else
        view_set_message(&run->live.view, "copied: %s", text.data);
    buf_free(&text);
}

static void handle_key(struct run *run, struct key_event event)
{
    struct live_view *live = &run->live;
    enum view_effect effect = live_view_key(live, event, &run->grid);
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
    case EFFECT_COPY_VALUE:
    case EFFECT_COPY_PATH:
        copy(run, effect == EFFECT_COPY_PATH);
        break;
    default:
        break;
    }
    note_message(run, os_mono_ns());
}

static void take_keys(struct run *run)
{
    struct key_event event = {0};
    event.key = term_key(run->term, &event.mouse);
    run->empty_reads = event.key == KEY_CODE_NONE ? run->empty_reads + 1 : 0;
    if (run->empty_reads > EMPTY_READS_MAX)
        run->over = true;
    while (event.key != KEY_CODE_NONE && !run->over) {
        if (event.key != KEY_CODE_NOTHING)
            handle_key(run, event);
        event.key = term_key(run->term, &event.mouse);
    }
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
        run->live.dirty = true;
    }
    if (events & OS_EVENT_INPUT)
        take_keys(run);
}

static bool open_terminal(struct run *run, struct err *err)
{
    const struct dashboard_options *options = run->options;
    struct term_options terminal = {
        .color = options->color,
        .ascii = options->view.ascii,
        .mouse = options->mouse,
        .sync = options->sync,
    };
    os_signals_install();
    if (!term_open(&run->term, &terminal, err))
        return false;
    if (options->theme)
        term_set_theme(run->term, options->theme);
    term_size(run->term, &run->columns, &run->rows);
    return true;
}

bool dashboard_run(const struct dashboard_options *options, struct err *err)
{
    struct run run = {
        .options = options,
        .message_ns = INT64_MAX,
        .end_ns = INT64_MAX,
        .look_ns = os_mono_ns() + LOOK_NS,
        .draw_slot = -1,
    };
    CHECK(options->timeout_ns >= 0 && options->target_count > 0);
    if (!open_terminal(&run, err))
        return false;
    live_view_open(&run.live, options);
    run.live.dirty = true;
    note_message(&run, os_mono_ns());
    if (options->timeout_ns)
        run.end_ns = os_mono_ns() + options->timeout_ns;
    serve_clocks(&run);
    while (!run.over) {
        handle_events(&run, os_wait(next_deadline(&run), 0));
        if (!run.over)
            serve_clocks(&run);
    }
    if (options->autosave)
        live_view_keep(&run.live);
    if (options->taken)
        *options->taken = run.live.targets[0].taken;
    term_close(run.term);
    live_view_close(&run.live);
    grid_free(&run.grid);
    buf_free(&run.title);
    return true;
}
