/* SPDX-License-Identifier: MIT */
/* Reads and writes dashboard.ini.  Its lines may be longer than those of a
 * layout (base/ini.h), and bytes in them that are no text are escaped. */
#include "cli/kept_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "base/os_files.h"
#include "base/utf8.h"

#define FILE_NAME "dashboard.ini"
#define FILE_MAX ((size_t)16 << 20)
#define SECTION_WORD "layout "

static const char introduction[] =
    "; What was set on the dashboard, by layout.  shmtop writes this file (key "
    "w,\n; or autosave); your own settings belong in shmtop.ini.\n";

/* A piece of the text. */
struct span {
    const char *at;
    size_t len;
};

/* The lines of a file. */
struct reading {
    struct span rest;
    const char *section; /* of the wanted layout, escaped */
    int line;            /* number of the last line */
    bool ours;           /* the line is in the section, or its header */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct span strip(struct span span)
{
    while (span.len > 0 && is_blank(span.at[0])) {
        span.at++;
        span.len--;
    }
    while (span.len > 0 &&
           (is_blank(span.at[span.len - 1]) || span.at[span.len - 1] == '\r'))
        span.len--;
    return span;
}

/* Without a comment: a `;` after a blank. */
static struct span without_comment(struct span span)
{
    for (size_t i = 1; i < span.len; i++)
        if (span.at[i] == ';' && is_blank(span.at[i - 1]))
            return strip((struct span){span.at, i});
    return span;
}

static bool is_span(struct span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.at, text, span.len) == 0;
}

/* --- escapes -------------------------------------------------------------- */

static void put_escape(struct buf *out, unsigned char byte)
{
    buf_puts(out, "\\x");
    buf_put_hex(out, byte, 2);
}

/* Text in one line that no reader of INI files cuts or changes: blanks at the
 * ends, `;`, and what is not safe to print become \xHH. */
static void put_escaped(struct buf *out, const char *text)
{
    size_t len = strlen(text);
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t took = utf8_next(text + at, len - at, &code);
        bool end = at == 0 || at + took == len;
        bool is_bad = code == UTF8_REPLACEMENT && took == 1;
        if (code == '\\')
            buf_puts(out, "\\\\");
        else if (code == ';' || (code == ' ' && end) || is_bad ||
                 !utf8_is_safe(code))
            for (size_t i = 0; i < took; i++)
                put_escape(out, (unsigned char)text[at + i]);
        else
            buf_add(out, text + at, took);
        at += took;
    }
}

/* The text that is escaped as `span`, or NULL; the caller frees. */
static char *unescape(struct span span)
{
    struct buf text = {0};
    buf_puts(&text, "");
    for (size_t i = 0; i < span.len; i++) {
        uint8_t byte = (uint8_t)span.at[i];
        if (byte == '\\' && i + 1 < span.len && span.at[i + 1] == '\\') {
            i++;
        } else if (byte == '\\') {
            bool is_hex = i + 3 < span.len && span.at[i + 1] == 'x' &&
                          hex_read_pair(span.at + i + 2, &byte);
            if (!is_hex || byte == 0) {
                buf_free(&text);
                return NULL;
            }
            i += 3;
        }
        buf_putc(&text, (char)byte);
    }
    return text.data;
}

/* --- reading -------------------------------------------------------------- */

/* "[layout X]" */
static bool is_our_header(struct span line, const char *section)
{
    size_t word = strlen(SECTION_WORD);
    if (line.len < word + 2 || line.at[line.len - 1] != ']' ||
        memcmp(line.at + 1, SECTION_WORD, word) != 0)
        return false;
    return is_span(
        strip((struct span){line.at + 1 + word, line.len - word - 2}), section);
}

/* The next line with its end, as `*whole`, and stripped; false after the last.
 */
static bool next_line(struct reading *reading, struct span *whole,
                      struct span *line)
{
    struct span *rest = &reading->rest;
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->at, '\n', rest->len);
    whole->at = rest->at;
    whole->len = end ? (size_t)(end - rest->at) + 1 : rest->len;
    rest->at += whole->len;
    rest->len -= whole->len;
    reading->line++;
    *line = strip((struct span){whole->at, whole->len - (end ? 1 : 0)});
    if (line->len > 0 && line->at[0] == '[')
        reading->ours = is_our_header(without_comment(*line), reading->section);
    return true;
}

/* Why a line cannot be used; NULL if it was added. */
static const char *add_line(struct kept *out, struct span line, int number)
{
    const char *equals = memchr(line.at, '=', line.len);
    if (!equals || equals == line.at)
        return "no 'key = value'";
    size_t len = (size_t)(equals - line.at);
    char *key = unescape(strip((struct span){line.at, len}));
    char *value =
        unescape(strip((struct span){equals + 1, line.len - len - 1}));
    if (key && value && key[0] != '\0') {
        kept_add(out, key, "%s", value);
        out->lines[out->count - 1].line = number;
    }
    bool is_added = key && value && key[0] != '\0';
    free(key);
    free(value);
    return is_added ? NULL : "a \\ without xHH (two hex digits) or another \\";
}

static void read_lines(struct kept *out, struct reading *reading,
                       const char *path, struct problems *problems)
{
    struct span whole, line;
    while (next_line(reading, &whole, &line)) {
        if (!reading->ours || line.len == 0 || line.at[0] == '[' ||
            line.at[0] == ';' || line.at[0] == '#')
            continue;
        const char *reason =
            add_line(out, without_comment(line), reading->line);
        if (reason)
            problem_add(problems, path, reading->line, PROBLEM_WARNING,
                        "%s; the line is not used", reason);
    }
}

/* The whole file; empty if it is not there. */
static bool read_file(struct buf *text, const char *path, struct err *err)
{
    struct err reason = {0};
    buf_puts(text, "");
    if (!os_read_file(path, FILE_MAX, text, &reason) &&
        reason.status != STATUS_NO_MAPPING)
        return err_set(err, reason.status, "%s", reason.text);
    if (memchr(text->data, '\0', text->len))
        return err_set(err, STATUS_DATA, "%s: NUL byte: not a text file", path);
    return true;
}

void kept_file_read(struct kept *out, const char *path, const char *layout,
                    struct problems *problems)
{
    struct buf text = {0}, section = {0};
    struct err err = {0};
    put_escaped(&section, layout);
    if (read_file(&text, path, &err)) {
        struct reading reading = {.rest = {text.data, text.len},
                                  .section = section.data};
        read_lines(out, &reading, path, problems);
    } else {
        problem_add(problems, path, 0, PROBLEM_WARNING,
                    "the dashboard begins with its defaults: %s",
                    err.text + strlen(path) + 2);
    }
    buf_free(&section);
    buf_free(&text);
}

/* --- writing -------------------------------------------------------------- */

static void end_paragraph(struct buf *out)
{
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        buf_putc(out, '\n');
    if (out->len > 1 && out->data[out->len - 2] != '\n')
        buf_putc(out, '\n');
}

static void put_section(struct buf *out, const char *section,
                        const struct kept *kept)
{
    if (kept->count == 0)
        return;
    if (out->len == 0)
        buf_puts(out, introduction);
    end_paragraph(out);
    buf_printf(out, "[" SECTION_WORD "%s]\n", section);
    for (size_t i = 0; i < kept->count; i++) {
        const struct kept_line *line = &kept->lines[i];
        CHECK(line->key[strcspn(line->key, " \t\n=;#[\\")] == '\0');
        buf_printf(out, "%s = ", line->key);
        put_escaped(out, line->value);
        buf_putc(out, '\n');
    }
}

/* The text with the section replaced at its place, or added at the end. */
static void merge(struct buf *out, struct span text, const char *section,
                  const struct kept *kept)
{
    struct reading reading = {.rest = text, .section = section};
    struct span whole, line;
    bool is_placed = false, was_ours = false;
    while (next_line(&reading, &whole, &line)) {
        if (reading.ours && !is_placed) {
            put_section(out, section, kept);
            is_placed = true;
        }
        if (!reading.ours) {
            if (was_ours)
                end_paragraph(out);
            buf_add(out, whole.at, whole.len);
        }
        was_ours = reading.ours;
    }
    if (!is_placed)
        put_section(out, section, kept);
}

static bool replace_file(const char *path, const struct buf *text,
                         struct err *err)
{
    struct os_replace *replace = os_replace_begin_private(path, err);
    if (!replace)
        return false;
    /* A failure is noticed by the commit. */
    fwrite(text->data, 1, text->len, os_replace_stream(replace));
    return os_replace_commit(replace, err);
}

bool kept_file_write(const char *path, const char *layout,
                     const struct kept *kept, struct err *err)
{
    struct buf text = {0}, merged = {0}, section = {0};
    CHECK(layout[0] != '\0');
    if (!os_make_folders(path, err))
        return false;
    struct os_lock *lock = os_lock_file(path, err);
    put_escaped(&section, layout);
    bool ok = lock && read_file(&text, path, err);
    if (ok) {
        merge(&merged, (struct span){text.data, text.len}, section.data, kept);
        bool is_same =
            merged.len == text.len &&
            (text.len == 0 || memcmp(merged.data, text.data, text.len) == 0);
        ok = is_same || replace_file(path, &merged, err);
    }
    os_unlock_file(lock);
    buf_free(&section);
    buf_free(&merged);
    buf_free(&text);
    return ok;
}

static bool keep_first(void *user, const char *path)
{
    *(char **)user = mem_strdup(path);
    return true;
}

char *kept_file_path(void)
{
    char *path = NULL;
    os_visit_places(OS_PLACE_STATE, FILE_NAME, keep_first, &path);
    return path;
}
