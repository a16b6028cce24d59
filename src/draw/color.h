/* SPDX-License-Identifier: MIT */
/* The 256 colours of terminals: names of the first 16, and RGB values. Roles
 * and their colours are theme.h. */
#ifndef SHMTOP_DRAW_COLOR_H
#define SHMTOP_DRAW_COLOR_H

#include <stdint.h>

#define COLOR_COUNT 256

enum color_name {
    COLOR_NAME_BLACK,
    COLOR_NAME_RED,
    COLOR_NAME_GREEN,
    COLOR_NAME_YELLOW,
    COLOR_NAME_BLUE,
    COLOR_NAME_MAGENTA,
    COLOR_NAME_CYAN,
    COLOR_NAME_WHITE,
    COLOR_NAME_BRIGHT_BLACK,
    COLOR_NAME_COUNT = 16, /* the others: those above, bright */
};

struct rgb {
    uint8_t red, green, blue;
};

/* "black".."white", "bright-black".."bright-white"; `color` < 16. */
const char *color_name(int color);
/* The RGB value of a colour, 0..255. Those from 16 on are the same in every
 * terminal; the first 16 belong to the user, and xterm's are given. */
struct rgb color_rgb(int color);
/* The colour below `count` (8 or 16) that has the hue of `color`, 0..255, or
 * the grey that is most like it. */
int color_nearest(int color, int count);

#endif
