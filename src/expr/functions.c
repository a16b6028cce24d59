/* SPDX-License-Identifier: MIT */
/* The tables of everything that an expression can call; nothing else reaches
 * Lua.  Calls are parsed in translate.c. */
#include "expr/functions.h"

#include <string.h>

#include "base/text.h"

#define ARGUMENTS_MAX 20

static const struct expr_function functions[] = {
    {"math.abs", "x", 1, 1, EXPR_NUMBER},
    {"math.acos", "n", 1, 1, EXPR_NUMBER},
    {"math.asin", "n", 1, 1, EXPR_NUMBER},
    {"math.atan", "n", 1, 2, EXPR_NUMBER},
    {"math.ceil", "x", 1, 1, EXPR_NUMBER},
    {"math.cos", "n", 1, 1, EXPR_NUMBER},
    {"math.deg", "n", 1, 1, EXPR_NUMBER},
    {"math.exp", "n", 1, 1, EXPR_NUMBER},
    {"math.floor", "x", 1, 1, EXPR_NUMBER},
    {"math.fmod", "n", 2, 2, EXPR_NUMBER},
    {"math.log", "n", 1, 2, EXPR_NUMBER},
    {"math.max", "x", 1, ARGUMENTS_MAX, EXPR_NUMBER},
    {"math.min", "x", 1, ARGUMENTS_MAX, EXPR_NUMBER},
    {"math.rad", "n", 1, 1, EXPR_NUMBER},
    {"math.sin", "n", 1, 1, EXPR_NUMBER},
    {"math.sqrt", "n", 1, 1, EXPR_NUMBER},
    {"math.tan", "n", 1, 1, EXPR_NUMBER},
    {"math.tointeger", "x", 1, 1, EXPR_NUMBER},
    {"string.byte", "tn", 1, 2, EXPR_NUMBER},
    {"string.char", "n", 1, ARGUMENTS_MAX, EXPR_TEXT},
    {"string.find", "tt", 2, 2, EXPR_NUMBER | EXPR_NO},
    {"string.format", "ta", 1, ARGUMENTS_MAX, EXPR_TEXT},
    {"string.len", "t", 1, 1, EXPR_NUMBER},
    {"string.lower", "t", 1, 1, EXPR_TEXT},
    {"string.rep", "tn", 2, 2, EXPR_TEXT},
    {"string.reverse", "t", 1, 1, EXPR_TEXT},
    {"string.sub", "tn", 2, 3, EXPR_TEXT},
    {"string.upper", "t", 1, 1, EXPR_TEXT},
};
#define FUNCTION_COUNT (sizeof functions / sizeof functions[0])

static const struct expr_question questions[] = {
    {"age", EXPR_AGE, -1, NULL},
    {"avg", EXPR_AVG, EXPR_ALL_AVG, NULL},
    {"count", -1, EXPR_ALL_COUNT, NULL},
    {"delta", EXPR_DELTA, -1, NULL},
    {"label", EXPR_LABEL, -1, NULL},
    {"max", EXPR_MAX, EXPR_ALL_MAX, "math.max"},
    {"min", EXPR_MIN, EXPR_ALL_MIN, "math.min"},
    {"rate", EXPR_RATE, -1, NULL},
    {"sum", -1, EXPR_ALL_SUM, NULL},
};
#define QUESTION_COUNT (sizeof questions / sizeof questions[0])

const char *expr_function_name(size_t number)
{
    if (number < QUESTION_COUNT)
        return questions[number].name;
    number -= QUESTION_COUNT;
    return number < FUNCTION_COUNT ? functions[number].name : NULL;
}

const struct expr_function *expr_function_find(const char *name)
{
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return NULL;
}

const struct expr_question *expr_question_find(const char *name)
{
    for (size_t i = 0; i < QUESTION_COUNT; i++)
        if (strcmp(questions[i].name, name) == 0)
            return &questions[i];
    return NULL;
}

const char *expr_function_nearest(const char *name)
{
    const char *words[FUNCTION_COUNT + QUESTION_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
        words[count++] = functions[i].name;
    for (size_t i = 0; i < QUESTION_COUNT; i++)
        words[count++] = questions[i].name;
    for (size_t i = 0; i < 2; i++) {
        struct buf full = {0};
        buf_printf(&full, i == 0 ? "math.%s" : "string.%s", name);
        const struct expr_function *found = expr_function_find(full.data);
        buf_free(&full);
        if (found)
            return found->name;
    }
    return text_nearest(name, words, count);
}
