/* SPDX-License-Identifier: MIT */
/*
 * The manual's part on computed fields.  A function of expressions that has no
 * explanation here ends the generation, and with it the build.
 */
#include <string.h>

#include "cli/manual.h"
#include "cli/roff.h"
#include "expr/expr.h"

struct function_help {
    const char *name;
    const char *usage; /* NULL: named with others of its kind */
    const char *help;
};

static const struct function_help functions[] = {
    {"rate", "rate(x)",
     "How fast x changes, a second, as the dashboard shows "
     "it. x is a counter or a gauge."},
    {"delta", "delta(x)",
     "How far x went since the last sample. A counter that has wrapped goes "
     "on; one that has restarted has none."},
    {"avg", "avg(x, SECONDS), avg(array), avg(array, \"member\")",
     "The mean of the samples of the last SECONDS (a number, at most 86400); "
     "with an array, that of its elements."},
    {"min", "min(x), min(a, b, ...), min(array), min(array, \"member\")",
     "The least value of x since the start, or since r was pressed in the "
     "dashboard; or the least of several values, or of an array's elements."},
    {"max", "max(...)", "The greatest, likewise."},
    {"sum", "sum(array), sum(array, \"member\")",
     "The sum of the elements, or of a member of them: `sum(pumps, "
     "\"flow\")`, `sum(pumps, \"load[0]\")`."},
    {"count",
     "count(array), count(array, \"member\"), count(..., VALUE), count(x)",
     "How many elements have a value; with VALUE, a number or a label in "
     "quotes, how many have that one: `count(pumps, \"state\", \"Auto\")`. Of a "
     "single field: 1, or 0 when it has no value now."},
    {"age", "age(x)", "Seconds since x changed. It goes on while x is held."},
    {"label", "label(x)",
     "What people see of x, as text: the label of an enum."},
    {"math.abs", NULL, NULL},
    {"math.acos", NULL, NULL},
    {"math.asin", NULL, NULL},
    {"math.atan", NULL, NULL},
    {"math.ceil", NULL, NULL},
    {"math.cos", NULL, NULL},
    {"math.deg", NULL, NULL},
    {"math.exp", NULL, NULL},
    {"math.floor", NULL, NULL},
    {"math.fmod", NULL, NULL},
    {"math.log", NULL, NULL},
    {"math.max", NULL, NULL},
    {"math.min", NULL, NULL},
    {"math.rad", NULL, NULL},
    {"math.sin", NULL, NULL},
    {"math.sqrt", NULL, NULL},
    {"math.tan", NULL, NULL},
    {"math.tointeger", NULL, NULL},
    {"string.byte", NULL, NULL},
    {"string.char", NULL, NULL},
    {"string.find", NULL, NULL},
    {"string.format", NULL, NULL},
    {"string.len", NULL, NULL},
    {"string.lower", NULL, NULL},
    {"string.rep", NULL, NULL},
    {"string.reverse", NULL, NULL},
    {"string.sub", NULL, NULL},
    {"string.upper", NULL, NULL},
};
#define FUNCTION_COUNT (sizeof functions / sizeof functions[0])

static void check_names(void)
{
    for (size_t i = 0; expr_function_name(i); i++) {
        size_t row = 0;

        while (row < FUNCTION_COUNT &&
               strcmp(functions[row].name, expr_function_name(i)) != 0)
            row++;
        CHECK(row < FUNCTION_COUNT);
    }
}

static void put_functions(struct buf *out)
{
    struct buf text = {0};

    check_names();
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
        if (functions[i].usage)
            roff_item(out, functions[i].usage, functions[i].help);
    buf_puts(&text, "Of Lua there are");
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
        if (!functions[i].usage)
            buf_printf(&text, " `%s`,", functions[i].name);
    buf_puts(&text,
             " and `math.pi`, `math.huge`, `math.maxinteger` and "
             "`math.mininteger`. `string.find(text, part)` looks for plain "
             "text and gives its place, from 1, or false; there are no "
             "patterns, whose time has no bound, and nothing random, for a "
             "value can be repeated.");
    roff_paragraph(out, text.data);
    buf_free(&text);
}

static void put_language(struct buf *out)
{
    roff_paragraph(
        out, "An expression is one of Lua 5.4 over the fields of the layout, "
             "of all its mappings, by their paths: `busy`, `header.magic`, "
             "`pumps[3].flow` (elements count from 0). Operators, the "
             "closest first: `^`, then `not # - ~` before a value, then `* / "
             "// %`, `+ -`, `..` (joins texts), `<< >>`, `&`, `~`, `|`, `< > "
             "<= >= ~= ==` (also `!=`), `and`, `or`. `a and b or c` is b "
             "where a is true, else c. Numbers are 12, 1.5, 0x1f, 0b101, "
             "0o17; texts stand in double or single quotes. The order in "
             "which computed fields stand does not matter; those that use "
             "each other in a circle are an error, which names the circle.");
    roff_paragraph(
        out, "Fields are seen as they are shown: scaled, and with `bias`; a "
             "bool is true or false, a field with an enum its number, which "
             "may be compared with a label (`mode == \"Auto\"`), text is "
             "text. `not`, and what stands left of `and` and `or`, must be "
             "true or false: write `flags & 4 ~= 0`. A result that is true "
             "or false is shown as 1 or 0, unless the field has an enum.");
    roff_paragraph(
        out, "Integers are exact. They have 64 bits with a sign and wrap "
             "around as in Lua and C. Where an u64 field, or a number from "
             "2^63 up, takes part, results from -2^63 to 2^64 - 1 are exact, "
             "and others wrap around without a sign. `/` and `^` give real "
             "numbers, `//` rounds down.");
    roff_paragraph(
        out,
        "Where anything that an expression uses is missing, so is the "
        "result; where it is held, the result is held. What cannot be "
        "computed (an integer divided by 0) is missing, too, marked "
        "`?`, and one line says why. An expression from a stranger is data: it "
        "reaches nothing but these fields and functions, has at most "
        "500 bytes, 100 fields and constants each, and is stopped at "
        "1 MiB or 100,000 instructions of Lua.");
}

void manual_put_computed(struct buf *out)
{
    roff_subsection(out, "Computed fields");
    roff_paragraph(out,
                   "`[computed NAME]` is a field whose value is computed from "
                   "others in each sample. It has the keys of other fields, "
                   "but for those about bytes, and is shown, put out, "
                   "recorded in histories and alarming as they are:");
    roff_example(out, "[computed duty]\n"
                      "expr  = 100 * busy / total\n"
                      "unit  = %\n"
                      "precision = 1\n"
                      "warn  = >90\n"
                      "\n"
                      "[computed stuck]\n"
                      "expr  = mode == \"Auto\" and rate(cycles) == 0");
    put_language(out);
    put_functions(out);
}
