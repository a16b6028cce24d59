/* SPDX-License-Identifier: MIT */
/* Layouts and recordings written in the test itself. */
#ifndef SHMTOP_TESTS_ENGINE_RIG_H
#define SHMTOP_TESTS_ENGINE_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "layout/layout.h"
#include "loader/loader.h"
#include "os_rig.h"

/* Parses a layout without errors. */
static inline struct layout *rig_layout(const char *text)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    if (!layout_parse(&layout, "rig.ini", text, strlen(text), ABI_UNKNOWN,
                      &problems)) {
        for (size_t i = 0; i < problems.count; i++)
            print_error("rig.ini:%d: %s\n", problems.items[i].line,
                        problems.items[i].text);
        fail();
    }
    problems_free(&problems);
    return layout;
}

#define RIG_TARGET (OS_RIG_PATH + 4)

/* Writes a recording and puts its target ("mem:PATH") into `target`, of
 * RIG_TARGET bytes; the file is to be removed with rig_forget. */
static inline void rig_record(char *target, const char *frames)
{
    static unsigned number;
    char name[32];
    snprintf(name, sizeof name, "rig%u", number++);
    memcpy(target, "mem:", 4);
    os_rig_path(target + 4, name);
    FILE *file = fopen(target + 4, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(frames, 1, strlen(frames), file), strlen(frames));
    assert_int_equal(fclose(file), 0);
}

static inline void rig_forget(const char *target)
{
    remove(target + 4);
}

#endif
