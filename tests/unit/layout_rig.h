/* SPDX-License-Identifier: MIT */
/*
 * Layouts made of text, for the tests of the layout floor.
 */
#ifndef SHMTOP_TESTS_LAYOUT_RIG_H
#define SHMTOP_TESTS_LAYOUT_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "layout/layout.h"
#include "loader/loader.h"

/* A layout that must be sound; layout_free it. */
static inline struct layout *rig_layout(const char *text)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    bool ok = layout_parse(&layout, "rig.ini", text, strlen(text), ABI_UNKNOWN,
                           &problems);
    for (size_t i = 0; i < problems.count && !ok; i++) {
        print_error("rig.ini:%d: %s\n", problems.items[i].line,
                    problems.items[i].text);
    }
    problems_free(&problems);
    assert_true(ok);
    return layout;
}

/* The same for one line of [fields], with some labels to refer to. */
static inline struct layout *rig_field(const char *line)
{
    struct buf text = {0};
    buf_printf(&text,
               "[enum mode]\n0 = Off\n1 = Auto\n2..7 = Service\n"
               "* = Unknown\n"
               "[enum bare]\n0 = Off\n10 = On\n"
               "[enum sign]\n-5..-1 = Minus\n0 = Zero\n"
               "[flags bits]\n0 = low_oil\n1 = overheat\n4..6 = zone\n"
               "7 = test_mode\n"
               "[fields]\nx = %s\n",
               line);
    struct layout *layout = rig_layout(text.data);
    buf_free(&text);
    return layout;
}

#endif
