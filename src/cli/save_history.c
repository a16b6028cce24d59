/* SPDX-License-Identifier: MIT */
/* Writes samples of the history to a new file.  The text of a sample is that of
 * output/, which `print` writes, too. */
#include "cli/save_history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/os_files.h"
#include "base/text.h"
#include "cli/session.h"
#include "draw/numbers.h"

#define BATCH_BYTES ((size_t)64 << 10) /* of one write */

/* `array`: a JSON document, of the lines that `print` writes. */
static const struct file_end {
    const char *end, *format;
    bool array;
} file_ends[] = {
    {".csv", "csv", false},
    {".json", "json", true},
    {".jsonl", "json", false},
    {".ndjson", "json", false},
};
#define FILE_ENDS (sizeof file_ends / sizeof file_ends[0])

/* The form by the end of the name; NULL with a message. */
static const struct file_end *find_form(const char *path, struct err *err)
{
    size_t len = strlen(path);
    struct buf list = {0};
    for (size_t i = 0; i < FILE_ENDS; i++) {
        const char *end = file_ends[i].end;
        size_t part = strlen(end);
        if (len > part && text_is_word(path + len - part, part, end)) {
            buf_free(&list);
            return &file_ends[i];
        }
        buf_printf(&list, "%s%s",
                   i == 0               ? ""
                   : i + 1 == FILE_ENDS ? " or "
                                        : ", ",
                   end);
    }
    err_set(err, STATUS_USAGE, "%s: end it with %s", path, list.data);
    buf_free(&list);
    return NULL;
}

/* A file that is being written. */
struct saving {
    const char *path;
    const struct output_ops *ops;
    bool array; /* of JSON */
    struct output_plan plan;
    struct os_replace *file;
    struct buf text;  /* not written yet */
    uint64_t written; /* bytes */
    uint64_t samples;
    struct err *err;
    bool failed;
};

static bool put_text(struct saving *saving)
{
    FILE *stream = os_replace_stream(saving->file);
    size_t len = saving->text.len;
    errno = 0;
    if (fwrite(saving->text.data, 1, len, stream) != len)
        return err_set(saving->err, STATUS_IO, "cannot write to %s: %s",
                       saving->path, strerror(errno));
    saving->written += len;
    buf_clear(&saving->text);
    return true;
}

/* A history_fn. */
static bool put_sample(void *user, const struct sample *sample)
{
    struct saving *saving = user;
    if (saving->array)
        buf_puts(&saving->text, saving->samples ? "," : "[\n");
    saving->ops->sample(&saving->text, &saving->plan, sample);
    saving->samples++;
    if (os_stop_asked())
        saving->failed = !err_set(saving->err, STATUS_IO, "interrupted");
    else if (saving->text.len >= BATCH_BYTES)
        saving->failed = !put_text(saving);
    return !saving->failed;
}

/* No sample is in the span: says where there are some. */
static bool fail_empty(const struct history *history, struct err *err)
{
    struct history_span span = history_span(history);
    const char *problem = history_problem(history);
    struct buf clock = {0};
    if (span.count == 0)
        return err_set(err, STATUS_DATA, "%s",
                       problem ? problem : "there is no sample yet");
    os_put_clock(&clock, history_wall_ns(history, span.first_ns));
    err_set(err, STATUS_DATA,
            "no sample in this time; the history begins at %s", clock.data);
    buf_free(&clock);
    return false;
}

static bool write_samples(struct saving *saving,
                          const struct request_history *past)
{
    setvbuf(os_replace_stream(saving->file), NULL, _IONBF, 0);
    if (saving->ops->begin)
        saving->ops->begin(&saving->text, &saving->plan);
    history_walk(past->history, past->from_ns, past->to_ns, put_sample, saving);
    if (saving->failed)
        return false;
    if (saving->samples == 0)
        return fail_empty(past->history, saving->err);
    buf_puts(&saving->text, saving->array ? "]\n" : "");
    return put_text(saving);
}

static bool save(struct saving *saving, const struct options *options,
                 const struct request_history *past)
{
    CHECK(past->layout && past->field_count > 0);
    const struct file_end *form = find_form(saving->path, saving->err);
    if (!form)
        return false;
    saving->ops = output_find(form->format);
    saving->array = form->array;
    saving->plan = session_plan(options, saving->ops, past->layout,
                                past->fields, past->field_count);
    saving->file = os_replace_begin_new(saving->path, saving->err);
    if (!saving->file)
        return false;
    if (write_samples(saving, past))
        return os_replace_commit(saving->file, saving->err);
    os_replace_abandon(saving->file);
    return false;
}

bool save_history(const struct options *options, const struct request *request,
                  struct buf *answer)
{
    struct err err = {0};
    char *path = os_expand_home(request->name);
    struct saving saving = {.path = path, .err = &err};
    bool ok = save(&saving, options, &request->past);
    if (ok) {
        buf_printf(answer, "saved %s (%s%s%llu sample%s, ", path,
                   request->past.title ? request->past.title : "",
                   request->past.title ? ", " : "",
                   (unsigned long long)saving.samples,
                   saving.samples == 1 ? "" : "s");
        draw_put_size(answer, saving.written);
        buf_putc(answer, ')');
    } else {
        buf_printf(answer, "not saved: %s", err.text);
    }
    buf_free(&saving.text);
    free(path);
    return ok;
}
