/* SPDX-License-Identifier: MIT */
/* Gives inih only lines that every build of it reads in the same way: stripped,
 * without comments, short enough, a header or a key.  Other lines become
 * problems.  What sections and keys mean is the caller's. */
#include "base/ini.h"

#include <ini.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/os_files.h"
#include "base/utf8.h"

/* Given to inih after each header: a key without a name, so that inih announces
 * empty sections, too.  A file cannot contain such a key. */
#define ANNOUNCE "=\n"

struct reading {
    const char *name;
    const char *at; /* the rest of the text */
    const char *end;
    int line;         /* the last one that was read */
    int section_line; /* 0 before the first header */
    bool announce;    /* a header was given: ANNOUNCE comes next */
    bool skip;        /* this section has a broken header */
    ini_handler_fn *handle;
    void *user;
    struct problems *problems;
};

/* A piece of the text. */
struct span {
    const char *at;
    size_t len;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/* Bytes to skip before the first word: a blank, or a byte order mark, which is
 * in the middle of a file that was made by joining files. */
static size_t skippable(struct span span)
{
    if (span.len > 0 && is_blank(span.at[0]))
        return 1;
    return span.len >= 3 && !memcmp(span.at, "\xEF\xBB\xBF", 3) ? 3 : 0;
}

static struct span strip(struct span span)
{
    for (size_t skip; (skip = skippable(span)) > 0; span.len -= skip)
        span.at += skip;
    while (span.len > 0 && is_blank(span.at[span.len - 1]))
        span.len--;
    return span;
}

static bool is_header(struct span line)
{
    line = strip(line);
    return line.len > 0 && line.at[0] == '[';
}

/* Without a comment: a `;` after a blank. */
static struct span without_comment(struct span span)
{
    for (size_t i = 1; i < span.len; i++) {
        if (span.at[i] == ';' && is_blank(span.at[i - 1])) {
            span.len = i;
            return strip(span);
        }
    }
    return span;
}

/* Adds a problem of the line that was read last and returns false. */
static bool complain(struct reading *reading, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
static bool complain(struct reading *reading, const char *fmt, ...)
{
    char text[200];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    problem_add(reading->problems, reading->name, reading->line, PROBLEM_ERROR,
                "%s", text);
    return false;
}

/* The next line without its end; false at the end of the text. */
static bool next_line(struct reading *reading, struct span *line)
{
    CHECK(reading->at <= reading->end);
    size_t left = (size_t)(reading->end - reading->at);
    if (left == 0)
        return false;
    const char *newline = memchr(reading->at, '\n', left);
    line->at = reading->at;
    line->len = newline ? (size_t)(newline - reading->at) : left;
    reading->at = newline ? newline + 1 : reading->end;
    reading->line++;
    if (line->len > 0 && line->at[line->len - 1] == '\r')
        line->len--;
    return true;
}

/* Refuses bytes that no line of text has.  A NUL ends the reading, because such
 * a file is not text. */
static bool check_bytes(struct reading *reading, struct span line)
{
    if (memchr(line.at, '\0', line.len)) {
        reading->at = reading->end;
        return complain(reading, "NUL byte: this is not a text file; save it "
                                 "as UTF-8");
    }
    if (memchr(line.at, '\r', line.len))
        return complain(reading, "carriage return inside a line; save the file "
                                 "with LF or CRLF line ends");
    return true;
}

static void warn_about_encoding(struct reading *reading, struct span line)
{
    for (size_t at = utf8_plain_run(line.at, line.len); at < line.len;) {
        uint32_t code;
        size_t took = utf8_next(line.at + at, line.len - at, &code);
        if (code == UTF8_REPLACEMENT && took == 1) {
            problem_add(reading->problems, reading->name, reading->line,
                        PROBLEM_WARNING,
                        "byte 0x%02x is not UTF-8; save the file as UTF-8",
                        (unsigned)(unsigned char)line.at[at]);
            return;
        }
        at += took;
    }
}

/* Reduces `line`, which starts with `[`, to the section's name. */
static bool check_header(struct reading *reading, struct span *line)
{
    const char *close = memchr(line->at, ']', line->len);
    if (!close)
        return complain(reading, "section header without ']'; write [name]");
    if (close != line->at + line->len - 1)
        return complain(reading, "text after the ']' of a section header; put "
                                 "it on a line of its own");
    struct span name = strip((struct span){line->at + 1, line->len - 2});
    if (name.len == 0)
        return complain(reading, "section without a name; write [name]");
    if (name.len > INI_SECTION_MAX)
        return complain(reading, "section name of %zu bytes; shorten it to %d",
                        name.len, INI_SECTION_MAX);
    *line = name;
    return true;
}

static bool check_key(struct reading *reading, struct span line)
{
    size_t name = 0;
    while (name < line.len && line.at[name] != '=' && line.at[name] != ':')
        name++;
    if (name == line.len)
        return complain(reading, "no '=' in this line; write key = value, or "
                                 "start a comment with ';'");
    if (name == 0)
        return complain(reading, "no key before the '%c'; write key = value",
                        line.at[0]);
    return true;
}

static bool check_length(struct reading *reading, struct span line, size_t max)
{
    return line.len <= max ||
           complain(reading, "line of %zu bytes; shorten it to %zu", line.len,
                    max);
}

/* Whether the line is for inih; if so, writes it to `out`, with its end at most
 * `max` + 2 bytes. */
static bool take_line(struct reading *reading, struct span line, char *out,
                      size_t max)
{
    line = strip(line);
    if (line.len == 0 || line.at[0] == ';' || line.at[0] == '#')
        return false;
    line = without_comment(line);
    warn_about_encoding(reading, line);
    bool header = line.at[0] == '[';
    bool sound =
        check_length(reading, line, max) &&
        (header ? check_header(reading, &line) : check_key(reading, line));
    if (header)
        reading->skip = !sound;
    if (!sound || reading->skip)
        return false;
    if (header) {
        reading->section_line = reading->line;
        reading->announce = true;
    }
    /* A layout may have a million lines, and sprintf takes longer than all
     * else. */
    size_t at = 0;
    if (header)
        out[at++] = '[';
    memcpy(out + at, line.at, line.len);
    strcpy(out + at + line.len, header ? "]\n" : "\n");
    return true;
}

/* The ini_reader: fgets for sound lines. */
static char *read_line(char *out, int size, void *stream)
{
    struct reading *reading = stream;
    CHECK(size >= (int)sizeof ANNOUNCE);
    if (reading->announce) {
        reading->announce = false;
        return strcpy(out, ANNOUNCE);
    }
    size_t room = (size_t)size - 2; /* for the line's end */
    size_t max = room < INI_LINE_MAX ? room : INI_LINE_MAX;
    struct span line;
    while (next_line(reading, &line))
        if (!check_bytes(reading, line))
            reading->skip = reading->skip || is_header(line);
        else if (take_line(reading, line, out, max))
            return out;
    return NULL;
}

/* The ini_handler.  inih calls it before it reads the next line, so
 * reading->line is that of this key. */
static int handle_key(void *user, const char *section, const char *key,
                      const char *value)
{
    struct reading *reading = user;
    struct ini_event event = {
        .line = reading->line,
        .section_line = reading->section_line,
        .section = section,
    };
    if (!key) /* some builds of inih announce sections */
        return 1;
    if (key[0] != '\0') {
        event.key = key;
        event.value = value;
    }
    reading->handle(reading->user, &event);
    return 1;
}

static bool is_utf16(const char *text, size_t len)
{
    return len >= 2 &&
           (!memcmp(text, "\xFF\xFE", 2) || !memcmp(text, "\xFE\xFF", 2));
}

void ini_read_text(const char *name, const char *text, size_t len,
                   ini_handler_fn *handle, void *user,
                   struct problems *problems)
{
    struct reading reading = {
        .name = name,
        .at = text,
        .end = text + len,
        .handle = handle,
        .user = user,
        .problems = problems,
    };
    if (len > INI_FILE_MAX) {
        problem_add(problems, name, 0, PROBLEM_ERROR,
                    "larger than %u MiB; split it", INI_FILE_MAX >> 20);
        return;
    }
    if (is_utf16(text, len)) {
        problem_add(problems, name, 1, PROBLEM_ERROR,
                    "this file is UTF-16; save it as UTF-8");
        return;
    }
    if (ini_parse_stream(read_line, &reading, handle_key, &reading) != 0)
        problem_add(problems, name, reading.line, PROBLEM_ERROR,
                    "the INI library refused a line; report this as a bug");
}

bool ini_read_file(const char *path, ini_handler_fn *handle, void *user,
                   struct problems *problems, struct err *err)
{
    struct buf text = {0};
    struct err reason = {0};
    bool read = os_read_file(path, INI_FILE_MAX, &text, &reason);
    if (read) {
        ini_read_text(path, text.data, text.len, handle, user, problems);
    } else if (reason.status == STATUS_DATA) {
        problem_add(problems, path, 0, PROBLEM_ERROR,
                    "larger than %u MiB; split it", INI_FILE_MAX >> 20);
        read = true;
    } else if (err) {
        *err = reason;
    }
    buf_free(&text);
    return read;
}
