/* SPDX-License-Identifier: MIT */
/* Layout files that include others: whose path is what, and which were read
 * already.  What stands in a file is read by sections.c. */
#include <string.h>

#include "base/os.h"
#include "layout/syntax.h"
#include "loader/draft.h"

/* `value` as seen from the file that includes it. */
static char *sibling(const struct parser *parser, const char *value)
{
    size_t len = os_is_absolute(value) ? 0 : os_folder_len(parser->file);
    return arena_printf(parser->layout->arena, "%.*s%s", (int)len, parser->file,
                        value);
}

/* The path without `.` and `x/..`, so that one file has one. */
static void put_plain_path(struct buf *out, const char *path)
{
    buf_puts(out, path[0] == '/' ? "/" : "");
    size_t root = out->len;
    size_t fixed = root; /* `..` that nothing undoes */
    while (*path) {
        size_t len = strcspn(path, "/");
        if (len == 2 && path[0] == '.' && path[1] == '.' && out->len > fixed) {
            do {
                buf_truncate(out, out->len - 1);
            } while (out->len > fixed && out->data[out->len - 1] != '/');
        } else if (len > 1 || (len == 1 && path[0] != '.')) {
            bool up = len == 2 && path[0] == '.' && path[1] == '.';
            buf_add(out, path, len);
            buf_putc(out, '/');
            fixed = up ? out->len : fixed;
        }
        path += len + (path[len] == '/');
    }
}

static bool was_read(const struct parser *parser, const char *path)
{
    struct buf plain = {0};
    struct buf other = {0};
    bool found = false;
    put_plain_path(&plain, path);
    for (size_t i = 0; i < parser->file_count && !found; i++) {
        buf_clear(&other);
        put_plain_path(&other, parser->files[i]);
        found = strcmp(other.data, plain.data) == 0;
    }
    buf_free(&plain);
    buf_free(&other);
    return found;
}

void parser_include(struct parser *parser, const char *value, int line)
{
    struct err err;
    const char *file = parser->file;
    int section = parser->section;
    size_t mapping = parser->mapping;
    int section_line = parser->mappings[mapping].section_line;
    char *path = sibling(parser, plain_copy(parser->layout->arena, value));
    if (value[0] == '\0') {
        problem_add(parser->problems, file, line, PROBLEM_ERROR,
                    "include has no value");
    } else if (was_read(parser, path)) {
        problem_add(parser->problems, file, line, PROBLEM_ERROR,
                    "'%s' is included twice, or includes itself", value);
    } else if (parser->depth >= (int)LAYOUT_DEPTH_MAX) {
        problem_add(parser->problems, file, line, PROBLEM_ERROR,
                    "files include each other more than %u deep",
                    LAYOUT_DEPTH_MAX);
    } else if (parser->file_count >= LAYOUT_FILES_MAX) {
        problem_add(parser->problems, file, line, PROBLEM_ERROR,
                    "more than %u files", LAYOUT_FILES_MAX);
    } else if (!parser_read(parser, path, &err)) {
        problem_add(parser->problems, file, line, PROBLEM_ERROR, "%s",
                    err.text);
    }
    parser->file = file;
    parser->section = section;
    parser->mapping = mapping;
    /* The other file may have a section of the same mapping. */
    parser->mappings[mapping].file = file;
    parser->mappings[mapping].section_line = section_line;
}

bool parser_read(struct parser *parser, const char *path, struct err *err)
{
    if (parser->file_count == parser->file_cap) {
        parser->file_cap = parser->file_cap ? parser->file_cap * 2 : 4;
        parser->files =
            mem_resize(parser->files, parser->file_cap, sizeof *parser->files);
    }
    parser->files[parser->file_count++] = path;
    parser->file = path;
    parser->section = 0; /* before the first */
    parser->depth++;
    bool ok = ini_read_file(path, parser_event, parser, parser->problems, err);
    parser->depth--;
    return ok;
}
