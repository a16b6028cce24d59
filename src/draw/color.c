/* SPDX-License-Identifier: MIT */
/* The palette of xterm: 16 colours, a cube of 6x6x6, and 24 greys. */
#include "draw/color.h"

#include "base/err.h"

const char *color_name(int color)
{
    static const char *const names[COLOR_NAME_COUNT] = {
        "black",        "red",
        "green",        "yellow",
        "blue",         "magenta",
        "cyan",         "white",
        "bright-black", "bright-red",
        "bright-green", "bright-yellow",
        "bright-blue",  "bright-magenta",
        "bright-cyan",  "bright-white",
    };
    CHECK(color >= 0 && color < COLOR_NAME_COUNT);
    return names[color];
}

static uint8_t cube_level(int step)
{
    return (uint8_t)(step == 0 ? 0 : 55 + step * 40);
}

struct rgb color_rgb(int color)
{
    static const struct rgb first[COLOR_NAME_COUNT] = {
        {0, 0, 0},       {205, 0, 0},   {0, 205, 0},   {205, 205, 0},
        {0, 0, 238},     {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
        {127, 127, 127}, {255, 0, 0},   {0, 255, 0},   {255, 255, 0},
        {92, 92, 255},   {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
    };
    CHECK(color >= 0 && color < COLOR_COUNT);
    if (color < COLOR_NAME_COUNT)
        return first[color];
    if (color >= 232) {
        uint8_t grey = (uint8_t)(8 + (color - 232) * 10);
        return (struct rgb){grey, grey, grey};
    }
    int cube = color - 16;
    return (struct rgb){cube_level(cube / 36), cube_level(cube / 6 % 6),
                        cube_level(cube % 6)};
}

static int grey_nearest(int level, int count)
{
    if (count == COLOR_NAME_COUNT)
        return level < 64    ? COLOR_NAME_BLACK
               : level < 160 ? COLOR_NAME_BRIGHT_BLACK
               : level < 240 ? COLOR_NAME_WHITE
                             : COLOR_NAME_COUNT - 1;
    return level < 128 ? COLOR_NAME_BLACK : COLOR_NAME_WHITE;
}

int color_nearest(int color, int count)
{
    CHECK(count == 8 || count == COLOR_NAME_COUNT);
    if (color < count)
        return color;
    if (color < COLOR_NAME_COUNT)
        return color - count;
    struct rgb want = color_rgb(color);
    int high = want.red > want.green ? want.red : want.green;
    int low = want.red < want.green ? want.red : want.green;
    high = want.blue > high ? want.blue : high;
    low = want.blue < low ? want.blue : low;
    if (high - low < 40)
        return grey_nearest((high + low) / 2, count);
    /* The hue: a pale green is green, although white is closer. */
    int middle = (high + low) / 2;
    int nearest = (want.red > middle ? COLOR_NAME_RED : 0) |
                  (want.green > middle ? COLOR_NAME_GREEN : 0) |
                  (want.blue > middle ? COLOR_NAME_BLUE : 0);
    bool bright = count == COLOR_NAME_COUNT && high > 240;
    return bright ? nearest + COLOR_NAME_BRIGHT_BLACK : nearest;
}
