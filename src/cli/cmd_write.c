/* SPDX-License-Identifier: MIT */
/* `shmtop write`: the loop of the demo server, with ticks, status line and
 * signals.  The mapping is written by writer/. */
#include "cli/cmd.h"

#include <stdio.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/report.h"
#include "cli/session.h"
#include "layout/label.h"
#include "layout/value_text.h"
#include "loader/loader.h"
#include "sampler/ticker.h"
#include "writer/writer.h"

#define STATUS_NS INT64_C(1000000000)
#define COLUMNS_DEFAULT 80
/* The two halves of a torn frame are a tick / TEAR_SHARE apart. */
#define TEAR_SHARE 4
/* The tick in which --tear=die ends the process without --count. */
#define TICKS_TO_DEATH 2
/* Fields named in the start message. */
#define NAMES_MAX 6

struct server {
    const struct options *options;
    struct located located;
    struct layout *layout;
    struct writer *writer;
    int64_t period_ns;
    bool has_status;     /* shows a status line */
    int64_t status_ns;   /* monotonic time of the next one */
    size_t status_width; /* columns of the last one */
};

/* "counter, level and 3 more" */
static size_t put_names(struct buf *out, const struct layout *layout)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->attr->write.kind == PATTERN_NONE)
            continue;
        if (count < NAMES_MAX)
            buf_printf(out, "%s%s", count > 0 ? ", " : "", field->path);
        count++;
    }
    if (count > NAMES_MAX)
        buf_printf(out, " and %zu more", count - NAMES_MAX);
    return count;
}

static void print_start(const struct server *server)
{
    const struct layout *layout = server->layout;
    struct buf names = {0};
    struct buf text = {0};
    for (size_t i = 0; i < layout->mapping_count; i++)
        buf_printf(&text, "%s%s: %llu bytes", i > 0 ? ", " : "",
                   writer_target(server->writer, i),
                   (unsigned long long)layout_mapping_need(layout, i));
    if (put_names(&names, layout) == 0)
        report_note("%s of zeros; no field has a write pattern, such as: "
                    "write = count 1",
                    text.data);
    else
        report_note("%s, every %g s writing %s", text.data,
                    (double)server->period_ns / 1e9, names.data);
    buf_free(&names);
    buf_free(&text);
}

static void put_status(struct buf *out, const struct server *server,
                       uint64_t tick)
{
    size_t index = writer_shown_field(server->writer);
    struct value value;
    buf_printf(out, "%s  tick %llu", server->layout->title,
               (unsigned long long)tick);
    if (index != SIZE_MAX) {
        const struct field *field = &server->layout->fields[index];
        writer_shown_value(server->writer, &value);
        buf_puts(out, "  ");
        field_put_label(out, server->layout, index, NULL);
        buf_putc(out, ' ');
        value_put_text(out, field, &value, SHOW_DEFAULT, false);
        if (field->attr->unit)
            buf_printf(out, " %s", field->attr->unit);
    }
    buf_puts(out, "  (Ctrl-C ends)");
}

/* Rewrites the status line and blanks the rest of the last one. */
static void show_status(struct server *server, uint64_t tick)
{
    struct buf text = {0};
    struct buf line = {0};
    int columns;
    int rows;
    os_terminal_size(&columns, &rows);
    if (columns <= 1)
        columns = COLUMNS_DEFAULT;
    put_status(&text, server, tick);
    buf_putc(&line, '\r');
    size_t start = line.len;
    text_clean(&line, text.data, text.len);
    /* Leave the last column free; some terminals wrap there. */
    buf_truncate(&line, start + text_fit(line.data + start, line.len - start,
                                         (size_t)columns - 1));
    size_t width = text_columns(line.data + start, line.len - start);
    if (width < server->status_width && server->status_width < (size_t)columns)
        buf_fill(&line, ' ', server->status_width - width);
    server->status_width = width;
    fwrite(line.data, 1, line.len, stdout);
    fflush(stdout);
    buf_free(&line);
    buf_free(&text);
}

/* Leaves half a frame in a mapping without a producer. */
static bool end_between(struct server *server, const struct instant *now,
                        struct err *err)
{
    bool ok = writer_begin(server->writer, now, err);
    report_note("%s: ended in the middle of tick %llu; what was written stays",
                writer_target(server->writer, 0),
                (unsigned long long)now->tick);
    writer_abandon(server->writer);
    server->writer = NULL;
    return ok;
}

/* Writes a frame, in two halves with --tear. */
static bool write_tick(struct server *server, const struct instant *now,
                       bool *stopped, struct err *err)
{
    if (!writer_begin(server->writer, now, err))
        return false;
    if (server->options->tear != TEAR_NONE)
        *stopped = session_pause(os_mono_ns() + server->period_ns / TEAR_SHARE,
                                 INT64_MAX) == WAITED_STOPPED;
    return writer_end(server->writer, now, err);
}

static bool serve(struct server *server, struct err *err)
{
    CHECK(server->writer && server->period_ns > 0);
    uint64_t wanted = server->options->count;
    uint64_t last = wanted > 0 ? wanted : TICKS_TO_DEATH;
    bool stopped = false;
    struct ticker ticker;
    int64_t start_ns = os_mono_ns();
    ticker_start(&ticker, start_ns, server->period_ns);
    for (uint64_t served = 0; wanted == 0 || served < wanted; served++) {
        if (session_pause(ticker.next_ns, INT64_MAX) == WAITED_STOPPED)
            return true;
        struct instant now = (struct instant){
            .tick = served + ticker.missed,
            .elapsed_ns = ticker.next_ns - start_ns,
            .wall_ns = os_wall_ns(),
        };
        if (server->options->tear == TEAR_DIE && served + 1 >= last)
            return end_between(server, &now, err);
        if (!write_tick(server, &now, &stopped, err))
            return false;
        if (stopped)
            return true;
        if (server->has_status && os_mono_ns() >= server->status_ns) {
            server->status_ns = os_mono_ns() + STATUS_NS;
            show_status(server, now.tick);
        }
        ticker_advance(&ticker, os_mono_ns());
    }
    /* Keep the last value for a whole tick, like every other. */
    session_pause(ticker.next_ns, INT64_MAX);
    return true;
}

static bool write_layout(struct server *server, struct err *err)
{
    const struct options *options = server->options;
    if (!locate_target(&server->located,
                       options->operands.count > 0 ? options->operands.items[0]
                                                   : NULL,
                       options->layout, options->target, err) ||
        !session_load_layout(&server->layout, server->located.layout,
                             (enum abi)options->abi, err))
        return false;
    if (!writer_open(&server->writer, server->layout, server->located.target,
                     options->replace, err))
        return err->status == STATUS_OK && os_stop_asked();
    writer_tear(server->writer, (enum tear)options->tear);
    server->period_ns = session_period(options, server->layout);
    server->has_status = !options->quiet && os_is_terminal(1);
    if (!options->quiet)
        print_start(server);
    bool ok = serve(server, err);
    if (server->status_width > 0)
        fputc('\n', stdout);
    return ok;
}

bool cmd_write(const struct options *options, struct err *err)
{
    struct server server = {.options = options};
    bool ok = write_layout(&server, err);
    writer_close(server.writer);
    layout_free(server.layout);
    located_free(&server.located);
    return ok;
}
