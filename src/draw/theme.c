/* SPDX-License-Identifier: MIT */
/* The table of themes, and how own ones are read. RGB values of the colours are
 * color.c. */
#include "draw/theme.h"

#include <string.h>

#include "base/text.h"
#include "draw/color.h"

#define BLANKS " \t"
#define OWN LOOK_OWN

static const char *const role_names[THEME_ROLE_COUNT] = {
    [THEME_TEXT] = "text",       [THEME_DIM] = "dim",
    [THEME_HEADING] = "heading", [THEME_GOOD] = "good",
    [THEME_WARN] = "warn",       [THEME_CRIT] = "crit",
    [THEME_ACCENT] = "accent",   [THEME_CURSOR] = "cursor",
    [THEME_CHANGED] = "changed",
};

/* `dark` is for a black background, `light` for a white one; test_theme.c
 * computes their contrast. */
static const struct {
    const char *name;
    struct theme theme;
} themes[] = {
    {"terminal",
     {{[THEME_TEXT] = {OWN, OWN, 0},
       [THEME_DIM] = {OWN, OWN, STYLE_FAINT},
       [THEME_HEADING] = {COLOR_NAME_CYAN, OWN, 0},
       [THEME_GOOD] = {COLOR_NAME_GREEN, OWN, 0},
       [THEME_WARN] = {COLOR_NAME_YELLOW, OWN, 0},
       [THEME_CRIT] = {COLOR_NAME_RED, OWN, 0},
       [THEME_ACCENT] = {COLOR_NAME_BLUE, OWN, 0},
       [THEME_CURSOR] = {OWN, OWN, STYLE_REVERSE},
       [THEME_CHANGED] = {OWN, OWN, STYLE_BOLD}}}},
    {"dark",
     {{[THEME_TEXT] = {252, OWN, 0},
       [THEME_DIM] = {245, OWN, 0},
       [THEME_HEADING] = {80, OWN, 0},
       [THEME_GOOD] = {114, OWN, 0},
       [THEME_WARN] = {221, OWN, 0},
       [THEME_CRIT] = {203, OWN, 0},
       [THEME_ACCENT] = {75, OWN, 0},
       [THEME_CURSOR] = {OWN, 238, 0},
       [THEME_CHANGED] = {231, OWN, STYLE_BOLD}}}},
    {"light",
     {{[THEME_TEXT] = {235, OWN, 0},
       [THEME_DIM] = {243, OWN, 0},
       [THEME_HEADING] = {24, OWN, 0},
       [THEME_GOOD] = {28, OWN, 0},
       [THEME_WARN] = {130, OWN, 0},
       [THEME_CRIT] = {160, OWN, 0},
       [THEME_ACCENT] = {26, OWN, 0},
       [THEME_CURSOR] = {OWN, 253, 0},
       [THEME_CHANGED] = {16, OWN, STYLE_BOLD}}}},
    {"mono",
     {{[THEME_TEXT] = {OWN, OWN, 0},
       [THEME_DIM] = {OWN, OWN, STYLE_FAINT},
       [THEME_HEADING] = {OWN, OWN, STYLE_BOLD},
       [THEME_GOOD] = {OWN, OWN, 0},
       [THEME_WARN] = {OWN, OWN, STYLE_BOLD},
       [THEME_CRIT] = {OWN, OWN, STYLE_BOLD | STYLE_REVERSE},
       [THEME_ACCENT] = {OWN, OWN, STYLE_UNDERLINE},
       [THEME_CURSOR] = {OWN, OWN, STYLE_REVERSE},
       [THEME_CHANGED] = {OWN, OWN, STYLE_BOLD}}}},
};

#define THEME_COUNT (sizeof themes / sizeof themes[0])

static const struct {
    const char *name;
    uint32_t bit;
} attributes[] = {
    {"bold", STYLE_BOLD},
    {"dim", STYLE_FAINT},
    {"underline", STYLE_UNDERLINE},
    {"reverse", STYLE_REVERSE},
};

#define ATTRIBUTE_COUNT (sizeof attributes / sizeof attributes[0])

const char *theme_name(size_t index)
{
    return index < THEME_COUNT ? themes[index].name : NULL;
}

const struct theme *theme_find(const char *name)
{
    for (size_t i = 0; i < THEME_COUNT; i++)
        if (text_is_word(name, strlen(name), themes[i].name))
            return &themes[i].theme;
    return NULL;
}

const char *theme_role_name(size_t role)
{
    return role < THEME_ROLE_COUNT ? role_names[role] : NULL;
}

/* --- own themes ---------------------------------------------------------- */

/* The word for messages: at most 32 bytes of it. */
static int shown(size_t len)
{
    return len < 32 ? (int)len : 32;
}

static bool fail_word(const char *kind, const char *word, size_t len,
                      const char *const *words, size_t count, struct err *err)
{
    char copy[33] = "";
    memcpy(copy, word, (size_t)shown(len));
    const char *near = text_nearest(copy, words, count);
    return err_set(err, STATUS_USAGE, "unknown %s '%s'%s%s%s", kind, copy,
                   near ? "; did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
}

/* "default", a name or a number; of the background or else of the text. */
static bool parse_color(const char *word, size_t len, bool back, int *out,
                        struct err *err)
{
    const char *names[COLOR_NAME_COUNT + ATTRIBUTE_COUNT];
    size_t count = 0;
    int number = 0;
    for (size_t i = 0; i < len && word[i] >= '0' && word[i] <= '9'; i++) {
        number = number * 10 + (word[i] - '0');
        if (number >= COLOR_COUNT)
            break;
        if (i + 1 == len) {
            *out = number;
            return true;
        }
    }
    if (text_is_word(word, len, "default")) {
        *out = LOOK_OWN;
        return true;
    }
    for (; count < COLOR_NAME_COUNT; count++) {
        names[count] = color_name((int)count);
        if (text_is_word(word, len, names[count])) {
            *out = (int)count;
            return true;
        }
    }
    if (len && word[0] >= '0' && word[0] <= '9')
        return err_set(err, STATUS_USAGE, "'%.*s' is no colour: 0 to 255",
                       shown(len), word);
    for (size_t i = 0; !back && i < ATTRIBUTE_COUNT; i++)
        names[count++] = attributes[i].name;
    return fail_word("colour", word, len, names, count, err);
}

static uint32_t attribute_of(const char *word, size_t len)
{
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (text_is_word(word, len, attributes[i].name))
            return attributes[i].bit;
    return 0;
}

static bool parse_look(const char *text, struct look *out, struct err *err)
{
    bool back = false;
    *out = (struct look){LOOK_OWN, LOOK_OWN, 0};
    for (;;) {
        text += strspn(text, BLANKS);
        size_t len = strcspn(text, BLANKS);
        if (len == 0)
            break;
        uint32_t attribute = back ? 0 : attribute_of(text, len);
        if (attribute)
            out->attributes |= attribute;
        else if (!back && text_is_word(text, len, "on"))
            back = true;
        else if (!parse_color(text, len, back, back ? &out->back : &out->front,
                              err))
            return false;
        else
            back = false;
        text += len;
    }
    return !back || err_set(err, STATUS_USAGE, "no colour after 'on'");
}

bool theme_set(struct theme *theme, const char *role, const char *look,
               struct err *err)
{
    CHECK(theme && role && look);
    for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
        struct look parsed;
        if (!text_is_word(role, strlen(role), role_names[i]))
            continue;
        if (!parse_look(look, &parsed, err))
            return false;
        theme->looks[i] = parsed;
        return true;
    }
    return fail_word("role", role, strlen(role), role_names, THEME_ROLE_COUNT,
                     err);
}

/* --- looks --------------------------------------------------------------- */

static void add_look(struct look *look, const struct look *more, bool front)
{
    look->attributes |= more->attributes;
    if (front && more->front != LOOK_OWN)
        look->front = more->front;
    if (more->back != LOOK_OWN)
        look->back = more->back;
}

struct look theme_look(const struct theme *theme, uint32_t style)
{
    CHECK(theme && style < STYLE_COUNT);
    if (style & STYLE_GRAPH)
        style &= ~(uint32_t)STYLE_CURSOR;
    uint32_t role = style & STYLE_ROLE;
    if (role == STYLE_DIM && style & STYLE_CURSOR)
        role = STYLE_PLAIN;
    CHECK(role <= STYLE_ACCENT);
    struct look look = theme->looks[role];
    if (style & STYLE_CHANGED)
        add_look(&look, &theme->looks[THEME_CHANGED], role <= STYLE_DIM);
    if (style & STYLE_CURSOR)
        add_look(&look, &theme->looks[THEME_CURSOR], role <= STYLE_DIM);
    look.attributes |=
        style & (STYLE_BOLD | STYLE_UNDERLINE | STYLE_REVERSE | STYLE_FAINT);
    return look;
}
