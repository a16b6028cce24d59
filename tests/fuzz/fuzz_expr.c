/* SPDX-License-Identifier: MIT */
/* Fuzzes expressions with bytes or with a row of words: each is refused with a
 * column, or compiled and evaluated several times within its limits. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "expr/expr.h"
#include "loader/loader.h"

static const char layout_text[] =
    "[enum mode]\n0 = Off\n1 = Auto\n"
    "[struct pump]\nflow = f32\nstate = u8 enum=mode\n"
    "[fields]\ni = i64 @0\nu = u64 @8\nf = f64 @16\nb = bool @24\n"
    "mode = u8 @25 enum=mode\nname = char[8] @32\nload = u16[4] @40\n"
    "scaled = u8 @48 scale=0.1\npumps = pump[3] @56\n"
    "[computed x]\nexpr = 1\n[computed y]\nexpr = i + 1\n";

static const char *const words[] = {
    "i",
    "u",
    "f",
    "b",
    "mode",
    "name",
    "load",
    "scaled",
    "y",
    "x",
    "load[1]",
    "pumps[2].flow",
    "pumps",
    "'flow'",
    "'state'",
    "'Auto'",
    "1",
    "0",
    "2.5",
    "63",
    "(",
    ")",
    ",",
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "^",
    "&",
    "|",
    "~",
    "<<",
    ">>",
    "..",
    "==",
    "~=",
    "<",
    "<=",
    ">",
    "and",
    "or",
    "not",
    "#",
    "rate(",
    "delta(",
    "avg(",
    "min(",
    "max(",
    "sum(",
    "count(",
    "age(",
    "label(",
    "true",
    "false",
    "math.floor(",
    "math.max(",
    "string.rep(",
    "string.format(",
    "'%d %s'",
    "string.sub(",
    "string.find(",
    "math.tointeger(",
    "string.byte(",
    "18446744073709551615",
    "9223372036854775808",
    "0x7fffffffffffffff",
    "'\\x00\\xff'",
    "1e308",
};
#define WORD_COUNT (sizeof words / sizeof words[0])

static void put_text(struct buf *text, const uint8_t *data, size_t size)
{
    buf_puts(text, "");
    if (size == 0)
        return;
    if (data[0] % 4 == 0) {
        buf_add(text, data + 1, size - 1);
        return;
    }
    for (size_t i = 1; i < size && text->len < LAYOUT_EXPR_MAX - 20; i++) {
        buf_puts(text, words[data[i] % WORD_COUNT]);
        buf_putc(text, ' ');
    }
}

static void answer(void *user, const struct expr_operand *operand,
                   struct value *out)
{
    const struct layout *layout = user;
    CHECK(operand->ask >= EXPR_RATE && operand->ask <= EXPR_AGE);
    CHECK(operand->first < layout->field_count);
    out->type = operand->first % 3 ? VALUE_REAL : VALUE_NONE;
    out->real = 0.5;
}

/* Gives every field a value; three of the four patterns are ends of ranges. */
static void decode_all(const struct layout *layout, uint8_t byte,
                       struct value *values)
{
    static const uint8_t ends[] = {0x00, 0xff, 0x7f, 0x41};
    static uint8_t bytes[4][256];
    uint8_t *all = bytes[byte % 4];
    memset(all, ends[byte % 4], sizeof bytes[0]);
    for (size_t i = 0; i < layout->field_count; i++) {
        values[i] = (struct value){.type = VALUE_NONE};
        if (layout->fields[i].kind != KIND_COMPUTED) {
            value_decode(&layout->fields[i], all + layout->fields[i].offset,
                         &values[i]);
        }
    }
}

static void check_value(const struct value *value, const char *message)
{
    switch (value->type) {
    case VALUE_NONE:
    case VALUE_INT:
    case VALUE_UINT:
    case VALUE_REAL:
        break;
    case VALUE_BYTES:
        CHECK(memchr(value->bytes, 0, COMPUTED_TEXT_MAX + 1) != NULL);
        break;
    }
    CHECK(value->type == VALUE_NONE || message == NULL);
}

static void evaluate(const struct layout *layout, uint8_t byte)
{
    struct value *values = mem_zalloc(layout->field_count, sizeof *values);
    const struct expr_inputs inputs = {values, NULL, answer,
                                       (void *)(uintptr_t)layout};
    struct expr_machine *machine = layout->machine;
    for (uint8_t round = 0; round < 3; round++) {
        decode_all(layout, (uint8_t)(byte + round), values);
        for (size_t i = 0; i < layout->expression_count; i++) {
            uint32_t index = expr_order(machine)[i];
            struct value *value = &values[layout->expressions[index].target];
            expr_eval(machine, index, &inputs, value);
            check_value(value, expr_message(machine, index, NULL));
        }
    }
    free(values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    struct buf text = {0};
    CHECK(layout_parse(&layout, "fuzz.ini", layout_text, strlen(layout_text),
                       ABI_UNKNOWN, &problems));
    put_text(&text, data, size);
    layout->expressions[0].text = text.data;
    expr_free(layout->machine);
    layout->machine = expr_compile(layout, &problems);
    CHECK(problems.errors <= 1);
    for (size_t i = 0; i < problems.count; i++) {
        const char *what = problems.items[i].text;
        CHECK(strncmp(what, "expr, c", 7) == 0 ||
              strncmp(what, "expr, too complex", 17) == 0);
    }
    evaluate(layout, size > 0 ? data[size - 1] : 0);
    problems_free(&problems);
    buf_free(&text);
    layout_free(layout);
    return 0;
}
