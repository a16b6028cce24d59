/* SPDX-License-Identifier: MIT */
/*
 * The cost of loading a layout per line, compared with inih alone on the same
 * file: fields in the long and in the short form, and one array of structs.
 * usage: bench_load DIRECTORY (for the files)
 */
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "layout/layout.h"
#include "loader/loader.h"

#define ROUNDS_NS INT64_C(300000000) /* duration of a measurement */

static int bare(void *user, const char *section, const char *name,
                const char *value)
{
    size_t *bytes = user;
    *bytes += strlen(section) + strlen(name) + strlen(value);
    return 1;
}

/* The fastest of all runs: other programs can only make a run slower. */
static double load_ns(const char *path, size_t *fields)
{
    int64_t best_ns = INT64_MAX;
    for (int64_t end_ns = os_mono_ns() + ROUNDS_NS; os_mono_ns() < end_ns;) {
        struct layout *layout = NULL;
        struct problems problems = {0};
        struct err err = {0};
        int64_t start_ns = os_mono_ns();
        if (!layout_load(&layout, path, ABI_UNKNOWN, &problems, &err))
            die(STATUS_DATA, "%s: %s", path,
                problems.count ? problems.items[0].text : err.text);
        *fields = layout->field_count;
        layout_free(layout);
        problems_free(&problems);
        int64_t ns = os_mono_ns() - start_ns;
        best_ns = ns < best_ns ? ns : best_ns;
    }
    return (double)best_ns;
}

static double bare_ns(const char *path)
{
    int64_t best_ns = INT64_MAX;
    for (int64_t end_ns = os_mono_ns() + ROUNDS_NS; os_mono_ns() < end_ns;) {
        size_t bytes = 0;
        int64_t start_ns = os_mono_ns();
        if (ini_parse(path, bare, &bytes) != 0)
            die(STATUS_DATA, "%s: inih cannot read it", path);
        int64_t ns = os_mono_ns() - start_ns;
        best_ns = ns < best_ns ? ns : best_ns;
    }
    return (double)best_ns;
}

enum form { LONG, SHORT, STRUCTS };

static size_t put_layout(FILE *file, enum form form, size_t fields)
{
    size_t lines = 1;
    fprintf(file, "[mapping]\n");
    if (form == STRUCTS) {
        fprintf(file,
                "[struct s]\na = u32\nb = f32 unit=bar\nc = u64\n"
                "d = char[16]\n[fields]\nx = s[%zu]\n",
                (fields + 3) / 4);
        return 8;
    }
    if (form == SHORT)
        fprintf(file, "[fields]\n");
    for (size_t i = 0; i < fields; i++)
        if (form == LONG)
            fprintf(file,
                    "[field f%zu]\noffset = %zu\ntype = i64\nlabel = F%zu\n", i,
                    i * 8, i);
        else
            fprintf(file, "f%zu = i64 @%zu label=F%zu\n", i, i * 8, i);
    return lines + (form == LONG ? fields * 4 : fields + 1);
}

static void bench(const char *folder, enum form form, size_t fields)
{
    static const char *const names[] = {"long", "short", "structs"};
    char path[512];
    snprintf(path, sizeof path, "%s/%s%zu.ini", folder, names[form], fields);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        die(STATUS_IO, "cannot create %s", path);
    size_t lines = put_layout(file, form, fields);
    fclose(file);
    size_t leaves = 0;
    double ours = load_ns(path, &leaves);
    double inih = bare_ns(path);
    printf("%-8s %9zu %9zu %12.1f %12.1f %8.1fx %12.1f\n", names[form], leaves,
           lines, ours / (double)lines, inih / (double)lines, ours / inih,
           ours / (double)leaves);
    remove(path);
}

int main(int argc, char **argv)
{
    static const size_t counts[] = {10, 1000, 100000};
    const char *folder = argc > 1 ? argv[1] : ".";
    printf("loading a layout, ns\n%-8s %9s %9s %12s %12s %9s %12s\n", "form",
           "fields", "lines", "ours/line", "inih/line", "ratio", "ours/field");
    for (int form = LONG; form <= STRUCTS; form++)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            bench(folder, (enum form)form, counts[i]);
    return 0;
}
