/* SPDX-License-Identifier: MIT */
/*
 * INI files through inih.
 *
 * How inih behaves is fixed when it is compiled, so the line reader here
 * hands it only lines that every build of it reads in the same way: stripped,
 * without comments, short enough, with a `=` or a sound section header.  What
 * is not sound becomes a problem instead.
 * Invariant: behind every header the reader puts the line "=", a key without
 * a name, which makes inih announce the section even when it is empty; the
 * file itself cannot contain such a key.
 * What sections, keys and quotes mean is left to the caller.
 */
#include "base/ini.h"

#include <ini.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/os.h"
#include "base/utf8.h"

#define ANNOUNCE "=\n"

struct reading {
    const char *name;
    const char *at; /* the rest of the text */
    const char *end;
    int line;         /* of what inih was given last */
    int section_line; /* 0 before the first header */
    bool announce;    /* a header was given: ANNOUNCE comes next */
    bool skip;        /* in a section whose header is broken */
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

/* Bytes of what may stand before the first word: a blank, or a byte order
 * mark, which files that were put together have in their middle. */
static size_t skippable(struct span span)
{
    if (span.len > 0 && is_blank(span.at[0]))
        return 1;
    if (span.len >= 3 && memcmp(span.at, "\xEF\xBB\xBF", 3) == 0)
        return 3;
    return 0;
}

static struct span strip(struct span span)
{
    size_t skip;

    while ((skip = skippable(span)) > 0) {
        span.at += skip;
        span.len -= skip;
    }
    while (span.len > 0 && is_blank(span.at[span.len - 1]))
        span.len--;
    return span;
}

static bool is_header(struct span line)
{
    line = strip(line);
    return line.len > 0 && line.at[0] == '[';
}

/* Without a `;` behind a blank and what follows it. */
static struct span without_comment(struct span span)
{
    const char *end = span.at + span.len;
    const char *mark = span.at;

    while ((mark = memchr(mark, ';', (size_t)(end - mark)))) {
        if (mark > span.at && is_blank(mark[-1])) {
            span.len = (size_t)(mark - span.at);
            return strip(span);
        }
        mark++;
    }
    return span;
}

static void complain(struct reading *reading, const char *text)
{
    problem_add(reading->problems, reading->name, reading->line, PROBLEM_ERROR,
                "%s", text);
}

/* The next line without its end; false at the end of the text. */
static bool next_line(struct reading *reading, struct span *line)
{
    size_t left = (size_t)(reading->end - reading->at);
    const char *newline;

    if (left == 0)
        return false;
    newline = memchr(reading->at, '\n', left);
    line->at = reading->at;
    line->len = newline ? (size_t)(newline - reading->at) : left;
    reading->at = newline ? newline + 1 : reading->end;
    reading->line++;
    if (line->len > 0 && line->at[line->len - 1] == '\r')
        line->len--;
    return true;
}

/* Complains about bytes that no line of text has; a NUL ends the reading,
 * since what follows is not text. */
static bool has_sound_bytes(struct reading *reading, struct span line)
{
    if (memchr(line.at, '\0', line.len)) {
        complain(reading, "NUL byte: this is not a text file; save it as "
                          "UTF-8");
        reading->at = reading->end;
        return false;
    }
    if (memchr(line.at, '\r', line.len)) {
        complain(reading, "carriage return inside a line; save the file "
                          "with LF or CRLF line ends");
        return false;
    }
    return true;
}

static bool is_ascii(struct span line)
{
    unsigned char all = 0;
    size_t i;

    for (i = 0; i < line.len; i++)
        all |= (unsigned char)line.at[i];
    return all < 0x80;
}

static void warn_about_encoding(struct reading *reading, struct span line)
{
    size_t at = 0;

    if (is_ascii(line))
        return;
    while (at < line.len) {
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

/* Narrows `line`, which starts with `[`, to the section's name. */
static bool check_header(struct reading *reading, struct span *line)
{
    const char *close = memchr(line->at, ']', line->len);
    struct span name;

    if (!close) {
        complain(reading, "section header without ']'; write [name]");
        return false;
    }
    if (close != line->at + line->len - 1) {
        complain(reading, "text behind the ']' of a section header; put it "
                          "on a line of its own");
        return false;
    }
    name = strip((struct span){line->at + 1, line->len - 2});
    if (name.len == 0) {
        complain(reading, "section without a name; write [name]");
        return false;
    }
    if (name.len > INI_SECTION_MAX) {
        problem_add(reading->problems, reading->name, reading->line,
                    PROBLEM_ERROR,
                    "section name of %zu bytes; shorten it to %d", name.len,
                    INI_SECTION_MAX);
        return false;
    }
    *line = name;
    return true;
}

static bool check_key(struct reading *reading, struct span line)
{
    size_t name = 0;

    while (name < line.len && line.at[name] != '=' && line.at[name] != ':')
        name++;
    if (name == line.len) {
        complain(reading, "no '=' in this line; write key = value, or start "
                          "a comment with ';'");
        return false;
    }
    if (name == 0) {
        problem_add(reading->problems, reading->name, reading->line,
                    PROBLEM_ERROR, "no key before the '%c'; write key = value",
                    line.at[0]);
        return false;
    }
    return true;
}

static bool check_length(struct reading *reading, struct span line, size_t max)
{
    if (line.len <= max)
        return true;
    problem_add(reading->problems, reading->name, reading->line, PROBLEM_ERROR,
                "line of %zu bytes; shorten it to %zu", line.len, max);
    return false;
}

/* Copies pieces into inih's line buffer. */
static void put_line(char *out, const char *before, struct span middle,
                     const char *after)
{
    size_t len = strlen(before);

    memcpy(out, before, len);
    memcpy(out + len, middle.at, middle.len);
    strcpy(out + len + middle.len, after);
}

/* Whether the line is for inih; writes it to `out` then. */
static bool take_line(struct reading *reading, struct span line, char *out,
                      size_t max)
{
    bool header;
    bool sound;

    line = strip(line);
    if (line.len == 0 || line.at[0] == ';' || line.at[0] == '#')
        return false;
    line = without_comment(line);
    warn_about_encoding(reading, line);
    header = line.at[0] == '[';
    sound = check_length(reading, line, max) &&
            (header ? check_header(reading, &line) : check_key(reading, line));
    if (header)
        reading->skip = !sound;
    if (!sound || reading->skip)
        return false;
    if (header) {
        reading->section_line = reading->line;
        reading->announce = true;
    }
    put_line(out, header ? "[" : "", line, header ? "]\n" : "\n");
    return true;
}

/* The ini_reader: fgets for sound lines. */
static char *read_line(char *out, int size, void *stream)
{
    struct reading *reading = stream;
    size_t max = INI_LINE_MAX;
    struct span line;

    if (size < (int)sizeof(ANNOUNCE))
        return NULL;
    if (reading->announce) {
        reading->announce = false;
        memcpy(out, ANNOUNCE, sizeof(ANNOUNCE));
        return out;
    }
    if ((size_t)size - 2 < max)
        max = (size_t)size - 2;
    while (next_line(reading, &line))
        if (!has_sound_bytes(reading, line))
            reading->skip = reading->skip || is_header(line);
        else if (take_line(reading, line, out, max))
            return out;
    return NULL;
}

/* The ini_handler.  inih calls it during the read of the line that follows
 * none: reading->line is still the line of this key. */
static int handle_key(void *user, const char *section, const char *key,
                      const char *value)
{
    struct reading *reading = user;
    struct ini_event event = {
        .line = reading->line,
        .section_line = reading->section_line,
        .section = section,
    };

    if (!key) /* some builds announce sections by themselves */
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
    return len >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 ||
                        memcmp(text, "\xFE\xFF", 2) == 0);
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
