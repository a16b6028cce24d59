/* SPDX-License-Identifier: MIT */
/*
 * Expressions: what they compute, exactly; what they refuse, and where; what
 * they cannot do whatever they say.
 */
#include "layout_rig.h"

#include <math.h>
#include <stdlib.h>

#include "base/double_text.h"
#include "expr/expr.h"
#include "layout/path.h"
#include "layout/value_text.h"

#define COMPUTED_MAX 8

/* A layout with computed fields behind its own. */
struct rig {
    struct layout *layout;
    struct layout whole; /* of it, with `fields` and `expressions` */
    struct attributes attr;
    struct field *fields;
    struct group groups[COMPUTED_MAX + 32];
    struct expression expressions[COMPUTED_MAX];
    struct value *values;
    struct expr_machine *machine;
};

static const char fields[] = "[enum mode]\n0 = Off\n1 = Auto\n2..7 = Service\n"
                             "* = Unknown\n"
                             "[fields]\n"
                             "i = i64 @0\n"
                             "u = u64 @8\n"
                             "v = u64 @16\n"
                             "f = f64 @24\n"
                             "b = bool @32\n"
                             "mode = u8 @33 enum=mode\n"
                             "scaled = u16 @34 scale=0.1 bias=-5\n"
                             "name = char[8] @40\n"
                             "load = u16[4] @48\n"
                             "busy = u32 @56\n"
                             "total = u32 @60\n"
                             "gone = u32 @64\n"
                             "modes = u8[4] @68 enum=mode\n"
                             "pumps = pump[3] @72\n"
                             "[struct pump]\n"
                             "flow = f32\nstate = u8 enum=mode\n"
                             "load = u8[2]\n"
                             "[struct plant]\npumps = pump[2]\n"
                             "[fields]\nplants = plant[3] @100\n";

/* Expressions come as "name = text" lines of computed fields. */
static void rig_make(struct rig *rig, const char *const *lines)
{
    *rig = (struct rig){.layout = rig_layout(fields)};
    rig->whole = *rig->layout;
    rig->attr = *rig->layout->fields[0].attr;
    rig->attr.labels = NULL;
    size_t count = rig->layout->field_count;
    rig->fields = mem_zalloc(count + COMPUTED_MAX, sizeof *rig->fields);
    memcpy(rig->fields, rig->layout->fields, count * sizeof *rig->fields);
    rig->whole.fields = rig->fields;
    rig->whole.expressions = rig->expressions;
    rig->whole.groups = rig->groups;
    memcpy(rig->groups, rig->layout->groups,
           rig->layout->group_count * sizeof *rig->groups);
    for (size_t i = 0; lines[i]; i++) {
        const char *text = strstr(lines[i], " = ");
        char *name = mem_strdup(lines[i]);
        name[text - lines[i]] = '\0';
        rig->fields[count + i] = (struct field){
            .path = name,
            .attr = &rig->attr,
            .base = FIELD_NO_BASE,
            .kind = KIND_COMPUTED,
            .instance = FIELD_NO_INSTANCE,
        };
        rig->expressions[i] = (struct expression){
            .target = (uint32_t)(count + i),
            .text = text + 3,
            .file = "rig.ini",
            .line = (int)i + 1,
        };
        rig->groups[rig->whole.group_count++] = (struct group){
            .name = name,
            .first = (uint32_t)(count + i),
            .count = 1,
            .leaves = 1,
        };
        rig->whole.field_count++;
        rig->whole.expression_count++;
    }
    rig->whole.names = (struct name_table){0};
    for (size_t i = 0; i < rig->whole.group_count; i++)
        name_table_add(&rig->whole.names, rig->whole.groups[i].name, i);
    rig->values = mem_zalloc(rig->whole.field_count, sizeof *rig->values);
}

static void rig_free(struct rig *rig)
{
    expr_free(rig->machine);
    name_table_free(&rig->whole.names);
    for (size_t i = rig->layout->field_count; i < rig->whole.field_count; i++)
        free((char *)(uintptr_t)rig->fields[i].path);
    free(rig->fields);
    free(rig->values);
    layout_free(rig->layout);
}

static struct value *rig_value(struct rig *rig, const char *path)
{
    size_t index = path_find(rig->layout, path);
    assert_true(index != SIZE_MAX);
    return &rig->values[index];
}

static void set_int(struct rig *rig, const char *path, int64_t i)
{
    *rig_value(rig, path) = (struct value){.type = VALUE_INT, .i = i};
}

static void set_uint(struct rig *rig, const char *path, uint64_t u)
{
    *rig_value(rig, path) = (struct value){.type = VALUE_UINT, .u = u};
}

static void set_all(struct rig *rig)
{
    set_int(rig, "i", -7);
    set_uint(rig, "u", UINT64_MAX);
    set_uint(rig, "v", (uint64_t)INT64_MAX);
    *rig_value(rig, "f") = (struct value){.type = VALUE_REAL, .real = 2.5};
    set_uint(rig, "b", 1);
    set_uint(rig, "mode", 1);
    set_uint(rig, "scaled", 100);
    *rig_value(rig, "name") = (struct value){
        .type = VALUE_BYTES, .bytes = (const uint8_t *)"pump\0\0\0\0"};
    set_uint(rig, "load[0]", 10);
    set_uint(rig, "load[1]", 20);
    set_uint(rig, "load[2]", 60);
    set_uint(rig, "busy", 30);
    set_uint(rig, "total", 40);
    set_uint(rig, "modes[0]", 1);
    set_uint(rig, "modes[1]", 3);
    set_uint(rig, "modes[2]", 5);
    set_uint(rig, "modes[3]", 99);
    set_uint(rig, "pumps[0].state", 1);
    set_uint(rig, "pumps[1].state", 2);
    set_uint(rig, "pumps[0].load[1]", 5);
    set_uint(rig, "pumps[2].load[1]", 7);
    *rig_value(rig, "pumps[1].flow") =
        (struct value){.type = VALUE_REAL, .real = 1.5};
    set_uint(rig, "plants[1].pumps[0].load[0]", 3);
    set_uint(rig, "plants[1].pumps[1].load[0]", 4);
}

/* Whatever is asked: 1000 * what + seconds. */
static void answer(void *user, const struct expr_operand *operand,
                   struct value *out)
{
    (void)user;
    out->type = VALUE_REAL;
    out->real = 1000.0 * (int)operand->ask + (double)operand->window_ns / 1e9;
}

static void evaluate(struct rig *rig)
{
    const struct expr_inputs inputs = {rig->values, NULL, answer, NULL};
    struct problems problems = {0};
    if (!rig->machine)
        rig->machine = expr_compile(&rig->whole, &problems);
    problems_free(&problems);
    const uint32_t *order = expr_order(rig->machine);
    for (size_t i = 0; i < rig->whole.expression_count; i++) {
        expr_eval(rig->machine, order[i], &inputs,
                  &rig->values[rig->expressions[order[i]].target]);
    }
}

static void put_value(struct buf *out, const struct rig *rig, size_t index)
{
    const struct value *value = &rig->values[index];
    buf_puts(out, value->type == VALUE_NONE ? "none" : "");
    if (value->type == VALUE_REAL)
        double_put_shortest(out, value->real);
    else
        value_put_text(out, &rig->fields[index], value, SHOW_DEFAULT, false);
}

/* --- values ------------------------------------------------------------- */

static const struct {
    const char *text;
    const char *want; /* as value_put_text shows it; "none" */
} results[] = {
    {"1 + 2 * 3", "7"},
    {"(1 + 2) * 3", "9"},
    {"2 ^ 3 ^ 2", "512"},
    {"-2 ^ 2", "-4"},
    {"7 // 2", "3"},
    {"-7 // 2", "-4"},
    {"-7 % 3", "2"},
    {"7 / 2", "3.5"},
    {"1 / 0", "inf"},
    {"5--3", "8"},
    {"- - 5", "5"},
    {"10 - 3 - 2", "5"},
    {"1 << 4 | 3", "19"},
    {"6 & 3 ~ 1", "3"},
    {"~0", "-1"},
    {"0x10 + 0b11 + 0o7 + 1_000", "1026"},
    {".5 + 1e2", "100.5"},
    {"1 < 2", "1"},
    {"1 >= 2", "0"},
    {"1 ~= 2 and 1 != 2", "1"},
    {"not (1 == 2)", "1"},
    {"b and 10 or 20", "10"},
    {"not b and 10 or 20", "20"},
    {"1 == 1.0", "1"},
    {"\"a\" .. 1 .. 'b'", "a1b"},
    {"#name", "4"},
    {"name .. '!'", "pump!"},
    {"name == \"pump\"", "1"},
    {"\"\\x41\\n\" == 'A\\n'", "1"},
    /* fields */
    {"100 * busy / total", "75"},
    {"i", "-7"},
    {"i // 2", "-4"},
    {"scaled", "5"},
    {"scaled * 2", "10"},
    {"load[1] + load[2]", "80"},
    {"sum(load)", "90"},
    {"count(load)", "3"},
    {"avg(load)", "30"},
    {"min(load)", "10"},
    {"max(load)", "60"},
    {"count(load, 20)", "1"},
    {"count(modes, \"Service\")", "2"},
    {"count(modes, 'Unknown')", "1"},
    {"count(b)", "1"},
    {"count(gone)", "0"},
    {"load[3]", "none"},
    {"pumps[1].flow * 2", "3"},
    {"sum(pumps, 'flow')", "1.5"},
    {"sum(pumps, 'load[1]')", "12"},
    {"max(pumps, \"load[1]\")", "7"},
    {"count(pumps, 'state')", "2"},
    {"count(pumps, 'state', 'Service')", "1"},
    {"count(pumps, 'state', 1)", "1"},
    {"sum(plants[1].pumps, 'load[0]')", "7"},
    {"sum(plants, 'pumps[1].load[0]')", "4"},
    {"sum(pumps[2].load)", "7"},
    {"pumps[0].state == 'Auto'", "1"},
    {"gone + 1", "none"},
    {"true or gone == 1", "none"},
    {"mode", "1"},
    {"mode == \"Auto\"", "1"},
    {"\"Service\" ~= mode", "1"},
    {"label(mode)", "Auto"},
    {"label(modes[3])", "Unknown"},
    {"label(i)", "-7"},
    /* the past */
    {"rate(i)", "2000"},
    {"delta(u)", "3000"},
    {"avg(i, 10)", "4010"},
    {"avg(i, 0.5)", "4000.5"},
    {"min(i)", "5000"},
    {"max(i)", "6000"},
    {"age(name)", "7000"},
    {"min(i, 3)", "-7"},
    {"max(busy, total, 35)", "40"},
    {"max(busy + 20, total)", "50"},
    /* functions */
    {"math.floor(f)", "2"},
    {"math.ceil(f)", "3"},
    {"math.abs(i)", "7"},
    {"math.sqrt(16)", "4"},
    {"math.tointeger(3.0)", "3"},
    {"math.tointeger(f)", "none"},
    {"math.max(1, f)", "2.5"},
    {"math.maxinteger", "9223372036854775807"},
    {"math.mininteger", "-9223372036854775808"},
    {"math.huge", "inf"},
    {"math.pi > 3.14", "1"},
    {"string.upper(name)", "PUMP"},
    {"string.sub(name, 2, 3)", "um"},
    {"string.byte(name)", "112"},
    {"string.find(name, 'mp')", "3"},
    {"string.find(name, 'x') == false", "1"},
    {"string.format('%05.1f %d', f, i)", "002.5 -7"},
    {"string.rep('ab', 3)", "ababab"},
    {"string.rep('', 9000000000000000000) .. '.'", "."},
    {"string.len('\xc3\xa4')", "2"},
    /* 64 bits */
    {"u", "18446744073709551615"},
    {"v", "9223372036854775807"},
    {"v + 1", "9223372036854775808"},
    {"v - u", "-9223372036854775808"},
    {"u - 1", "18446744073709551614"},
    {"u - u", "0"},
    {"u + 1", "0"},
    {"u // 2", "9223372036854775807"},
    {"u % 10", "5"},
    {"u // -1", "1"},
    {"-v", "-9223372036854775807"},
    {"0 - u", "1"},
    {"u * 0.5", "9.223372036854776e18"},
    {"u / 1", "1.8446744073709552e19"},
    {"u & 255", "255"},
    {"u >> 60", "15"},
    {"u << 63", "9223372036854775808"},
    {"u >> -4", "18446744073709551600"},
    {"~u", "0"},
    {"~v", "9223372036854775808"},
    {"u ~ 1", "18446744073709551614"},
    {"v | 9223372036854775808", "18446744073709551615"},
    {"0xFFFFFFFFFFFFFFFF", "18446744073709551615"},
    {"18446744073709551615", "18446744073709551615"},
    {"18446744073709551616", "1.8446744073709552e19"},
    {"u == 0xFFFFFFFFFFFFFFFF", "1"},
    {"u == 0xFFFFFFFFFFFFFFFE", "0"},
    {"u == -1", "0"},
    {"u ~= -1", "1"},
    {"u > v", "1"},
    {"i < u", "1"},
    {"u <= i", "0"},
    {"u >= u and u <= u", "1"},
    {"9223372036854775808 == 2^63", "1"},
    {"u == 2^64", "0"},
    {"u < 2^64", "1"},
    {"u > 0/0", "0"},
    {"u == 0/0", "0"},
    {"u == u .. '' and 1 or 2", NULL},
    {"-9223372036854775808", "-9223372036854775808"},
    {"i + 9223372036854775807", "9223372036854775800"},
    {"math.maxinteger + 1 == math.mininteger", "1"},
    {"max(u, v)", "18446744073709551615"},
    {"min(u, v, i)", "-7"},
    {"math.floor(u)", "18446744073709551615"},
    {"math.abs(u)", "18446744073709551615"},
    {"math.tointeger(u)", "18446744073709551615"},
    {"math.sqrt(u)", "4294967296"},
    {"u .. ''", "18446744073709551615"},
    {"'x' .. v .. u", "x922337203685477580718446744073709551615"},
    {"string.format('%s', u)", "18446744073709551615"},
    {"b and u or v", "18446744073709551615"},
    {"(b and u or 1) + 0", "18446744073709551615"},
};

static void test_results(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        struct rig rig;
        struct buf line = {0};
        struct buf got = {0};
        struct problems problems = {0};
        buf_printf(&line, "x = %s", results[i].text);
        const char *lines[] = {line.data, NULL};
        rig_make(&rig, lines);
        set_all(&rig);
        rig.machine = expr_compile(&rig.whole, &problems);
        if (!results[i].want)
            assert_int_equal(problems.errors, 1);
        else if (problems.errors > 0)
            fail_msg("%s: %s", results[i].text, problems.items[0].text);
        evaluate(&rig);
        put_value(&got, &rig, rig.layout->field_count);
        const char *message = expr_message(rig.machine, 0, NULL);
        if (results[i].want && (message || strcmp(got.data, results[i].want))) {
            fail_msg("%s: %s, not %s; %s", results[i].text, got.data,
                     results[i].want, message ? message : "");
        }
        problems_free(&problems);
        buf_free(&line);
        buf_free(&got);
        rig_free(&rig);
    }
}

/* --- what is refused ---------------------------------------------------- */

static const struct {
    const char *text;
    const char *want;
} refusals[] = {
    {"100 * bsy / total", "expr, column 7: no field 'bsy'; did you mean "
                          "'busy'?"},
    {"load", "expr, column 1: 'load' is an array: write load[0], or sum(load), "
             "count(load)"},
    {"load[9]", "expr, column 1: 'load' has 4 elements, the first is load[0]"},
    {"1 + load[-1]", "expr, column 9: brackets hold the number of an element"},
    {"", "expr, column 1: a value is expected"},
    {"1 +", "expr, column 4: a value is expected"},
    {"(1", "expr, column 3: ')' is missing"},
    {"1)", "expr, column 2: ')' is not expected here"},
    {"1 2", "expr, column 3: '2' is not expected here"},
    {"i = 2", "expr, column 3: '=' is not expected here: '==' compares"},
    {"b && b", "expr, column 3: '&&' is not expected here: write 'and'"},
    {"function() end", "expr, column 1: no function 'function'"},
    {"nil", "expr, column 1: 'nil' where a value is expected"},
    {"for", "expr, column 1: 'for' where a value is expected"},
    {"{1}", "expr, column 1: this has no meaning here"},
    {"i; i", "expr, column 2: this has no meaning here"},
    {"os.exit()", "expr, column 1: no function 'os.exit'"},
    {"load('x')", "expr, column 1: no function 'load'"},
    {"print(1)", "expr, column 1: no function 'print'"},
    {"_G", "expr, column 1: no field '_G'"},
    {"_ENV.os", "expr, column 1: no field '_ENV.os'"},
    {"('x'):rep(9)", "expr, column 6: ':' is not expected here"},
    {"string.dump(i)",
     "expr, column 1: no function 'string.dump'; did you mean 'string.rep'?"},
    {"math.randomseed(1)", "expr, column 1: no function 'math.randomseed'"},
    {"string.match(name, '.')",
     "expr, column 1: string.match() is not offered, patterns have no bound on "
     "their time: string.find(text, part) looks for plain text"},
    {"floor(f)", "expr, column 1: no function 'floor'; did you mean "
                 "'math.floor'?"},
    {"rat(i)", "expr, column 1: no function 'rat'; did you mean 'rate'?"},
    {"rate", "expr, column 1: 'rate' is a function: write rate(...)"},
    {"rate(name)", "expr, column 6: rate() needs numbers, 'name' is text"},
    {"rate(mode)", "expr, column 6: 'mode' has no rate: its role is state, not "
                   "counter or gauge"},
    {"rate(i + 1)", "expr, column 8: ')' is expected before '+'"},
    {"rate(1)", "expr, column 6: the name of a field is expected"},
    {"avg(i)", "expr, column 6: avg() needs its seconds, as in avg(x, 10)"},
    {"avg(i, 0)", "expr, column 8: avg() needs a number of seconds, at most "
                  "86400"},
    {"sum(i)", "expr, column 5: 'i' is not an array"},
    {"sum(lod)", "expr, column 5: no field 'lod[0]'; did you mean 'load[0]'?"},
    {"sum(pumps, 'flov')", "expr, column 5: no field 'pumps[0].flov'; did you "
                           "mean 'pumps[0].flow'?"},
    {"sum(pumps, 'load')",
     "expr, column 5: 'pumps[0].load' is an array: name an element, as in \"load[0]\""},
    {"sum(pumps)",
     "expr, column 5: 'pumps[0]' has members: name one, as in sum(pumps, \"flow\")"},
    {"pumps[3].flow", "expr, column 1: 'pumps' has 3 elements, the first is "
                      "pumps[0]"},
    {"pumps[0].flov", "expr, column 1: no field 'pumps[0].flov'; did you mean "
                      "'pumps[0].flow'?"},
    {"count(modes, 'Servise')", "expr, column 14: 'Servise' is not a label of "
                                "modes[0]; did you mean 'Service'?"},
    {"mode == 'Auot'", "expr, column 9: 'Auot' is not a label of mode; did you "
                       "mean 'Auto'?"},
    {"i == 'x'", "expr, column 6: a number and text cannot be compared by "
                 "'=='"},
    {"name < 3", "expr, column 8: text and a number cannot be compared by "
                 "'<'"},
    {"name + 1", "expr, column 1: '+' needs numbers, this is text"},
    {"1 + b", "expr, column 5: '+' needs numbers, this is true or false"},
    {"not i", "expr, column 5: 'not' needs true or false, this is a number: "
              "compare it, as in x ~= 0"},
    {"i and 1 or 2", "expr, column 1: 'and' needs true or false, this is a "
                     "number: compare it, as in x ~= 0"},
    {"math.floor()", "expr, column 1: math.floor() takes 1 argument, not 0"},
    {"string.sub(i, 1)", "expr, column 12: string.sub() needs text here"},
    {"'open", "expr, column 1: the text has no closing quote"},
    {"'\\q'", "expr, column 1: \\ is followed by one of \\ \" ' n t xHH"},
    {"12abc", "expr, column 1: this is not a number, or too large"},
    {"0x10000000000000000",
     "expr, column 1: this is not a number, or too large"},
    {"1e999", "expr, column 1: this is not a number, or too large"},
    {"\x01", "expr, column 1: this has no meaning here"},
    {"x + 1", "expr, computed fields use each other in a circle: x -> x"},
    {"x + max(x)", "expr, computed fields use each other in a circle: x -> x"},
};

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct rig rig;
        struct buf line = {0};
        struct problems problems = {0};
        buf_printf(&line, "x = %s", refusals[i].text);
        const char *lines[] = {line.data, NULL};
        rig_make(&rig, lines);
        set_all(&rig);
        rig.machine = expr_compile(&rig.whole, &problems);
        if (problems.errors != 1 || problems.items[0].line != 1 ||
            strcmp(problems.items[0].text, refusals[i].want) != 0) {
            fail_msg("%s: %s", refusals[i].text,
                     problems.count ? problems.items[0].text : "accepted");
        }
        evaluate(&rig);
        assert_int_equal(rig.values[rig.layout->field_count].type, VALUE_NONE);
        problems_free(&problems);
        buf_free(&line);
        rig_free(&rig);
    }
}

/* `count` times `text` between `before` and `after`. */
static void put_repeated(struct buf *out, const char *before, const char *text,
                         size_t count, const char *after)
{
    buf_puts(out, before);
    for (size_t i = 0; i < count; i++)
        buf_puts(out, text);
    buf_puts(out, after);
}

/* What is accepted has a value; what is not has a problem; neither takes the
 * program's stack or Lua's. */
static void test_limits(void **state)
{
    (void)state;
    static const struct {
        const char *before, *text, *after;
        size_t count;
        bool sound;
    } cases[] = {
        {"x = 1", "+1", "", 95, true},         {"x = u", "+u", "", 90, true},
        {"x = u", "+u", "", 247, false},       {"x = ", "(", "1", 60, false},
        {"x = ", "(", "1", 400, false},        {"x = ", "-", "1", 90, true},
        {"x = ", "-", "1", 490, false},        {"x = ", "not ", "b", 90, true},
        {"x = 2", "^2", "", 90, true},         {"x = 2", "^2", "", 240, false},
        {"x = ''", "..1", "", 90, true},       {"x = u", "^u", "", 60, true},
        {"x = ", "math.abs(", "1", 50, false}, {"x = 0", "+.1", "", 100, true},
        {"x = 0", "+.1", "", 101, false},      {"x = 1", " ", "", 499, true},
        {"x = 1", " ", "", 500, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rig rig;
        struct buf line = {0};
        struct problems problems = {0};
        put_repeated(&line, cases[i].before, cases[i].text, cases[i].count,
                     cases[i].after);
        const char *lines[] = {line.data, NULL};
        rig_make(&rig, lines);
        set_all(&rig);
        rig.machine = expr_compile(&rig.whole, &problems);
        if ((problems.errors == 0) != cases[i].sound) {
            fail_msg("%s (%zu): %s", line.data, cases[i].count,
                     problems.count ? problems.items[0].text : "accepted");
        }
        evaluate(&rig);
        assert_int_equal(rig.values[rig.layout->field_count].type == VALUE_NONE,
                         !cases[i].sound);
        problems_free(&problems);
        buf_free(&line);
        rig_free(&rig);
    }
}

/* --- failures at run time ----------------------------------------------- */

static void test_failures(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } cases[] = {
        {"x = i // (busy - 30)", "x: attempt to divide by zero"},
        {"x = i % (busy - 30)", "x: attempt to perform 'n%0'"},
        {"x = u // (busy - 30)", "x: attempt to divide an integer by 0"},
        {"x = string.rep(name, 65537)",
         "x: string.rep() makes more than 65536 bytes"},
        {"x = string.format('%d', f)",
         "x: bad argument #2 to 'string.format' (number has no integer "
         "representation)"},
        {"x = string.format('%y', 1)",
         "x: invalid conversion '%y' to 'format'"},
        {"x = f & 1", "x: number has no integer representation"},
        {"x = u & f", "x: number has no integer representation"},
        {"x = (b and name or 1) + 1",
         "x: attempt to perform arithmetic on a string value"},
        {"x = string.byte(name, 9) + 1",
         "x: attempt to perform arithmetic on a nil value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rig rig;
        const char *lines[] = {cases[i].text, NULL};
        rig_make(&rig, lines);
        set_all(&rig);
        evaluate(&rig);
        bool fresh = false;
        const char *message = expr_message(rig.machine, 0, &fresh);
        if (!message || strcmp(message, cases[i].want) != 0)
            fail_msg("%s: %s", cases[i].text, message ? message : "none");
        assert_true(fresh);
        assert_int_equal(rig.values[rig.layout->field_count].type, VALUE_NONE);
        assert_int_equal(expr_truth(rig.machine, 0), EXPR_MISSING);
        /* Once is enough. */
        struct value value;
        const struct expr_inputs inputs = {rig.values, NULL, answer, NULL};
        expr_eval(rig.machine, 0, &inputs, &value);
        assert_non_null(expr_message(rig.machine, 0, &fresh));
        assert_false(fresh);
        rig_free(&rig);
    }
}

/* Memory that an evaluation may take is bounded, and given back. */
static void test_memory(void **state)
{
    (void)state;
    struct rig rig;
    struct buf line = {0};
    put_repeated(&line, "x = #('' ", ".. string.rep(name, 16000)", 15, ")");
    const char *lines[] = {line.data, "y = #(name .. name)", NULL};
    rig_make(&rig, lines);
    set_all(&rig);
    evaluate(&rig);
    const struct expr_inputs inputs = {rig.values, NULL, answer, NULL};
    size_t failures = 0;
    for (int i = 0; i < 300; i++) {
        struct value value;
        expr_eval(rig.machine, 0, &inputs, &value);
        if (value.type == VALUE_NONE) {
            assert_string_equal(expr_message(rig.machine, 0, NULL),
                                "x: not enough memory");
            failures++;
        } else {
            assert_int_equal(value.i, 64000 * 15);
        }
        expr_eval(rig.machine, 1, &inputs, &value);
        assert_int_equal(value.i, 8);
    }
    assert_int_equal(failures, 300);
    buf_free(&line);
    rig_free(&rig);
}

/* --- several ------------------------------------------------------------ */

static void test_order(void **state)
{
    (void)state;
    static const char *const lines[] = {"c = a + b2",   "b2 = hot and 10 or 20",
                                        "hot = a > 3",  "a = busy / 10",
                                        "t = 'n' .. c", "w = u",
                                        "w1 = w - 1",   NULL};
    static const char *const want[] = {"13",
                                       "20",
                                       "0",
                                       "3",
                                       "n23.0",
                                       "18446744073709551615",
                                       "18446744073709551614"};
    struct rig rig;
    struct problems problems = {0};
    rig_make(&rig, lines);
    set_all(&rig);
    rig.machine = expr_compile(&rig.whole, &problems);
    assert_int_equal(problems.errors, 0);
    evaluate(&rig);
    for (size_t i = 0; lines[i]; i++) {
        struct buf got = {0};
        put_value(&got, &rig, rig.layout->field_count + i);
        assert_string_equal(got.data, i == 0 ? "23" : want[i]);
        buf_free(&got);
    }
    assert_int_equal(expr_truth(rig.machine, 2), EXPR_FALSE);
    assert_int_equal(expr_truth(rig.machine, 3), EXPR_TRUE);
    rig_free(&rig);
}

static void test_circles(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "a = b2 + 1",   "b2 = c * rate(a)", "c = a - 1", "d = a",
        "e = delta(e)", "f2 = 1",           NULL};
    struct rig rig;
    struct problems problems = {0};
    rig_make(&rig, lines);
    set_all(&rig);
    rig.machine = expr_compile(&rig.whole, &problems);
    assert_int_equal(problems.errors, 3);
    assert_string_equal(problems.items[0].text,
                        "expr, computed fields use each other in a circle: "
                        "a -> b2 -> c -> a");
    assert_string_equal(problems.items[1].text,
                        "expr, computed fields use each other in a circle: "
                        "a -> b2 -> a");
    assert_string_equal(problems.items[2].text,
                        "expr, computed fields use each other in a circle: "
                        "e -> e");
    evaluate(&rig);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(rig.values[rig.layout->field_count + i].type,
                         VALUE_NONE);
    }
    assert_int_equal(rig.values[rig.layout->field_count + 5].i, 1);
    problems_free(&problems);
    rig_free(&rig);
}

/* The text of a result is cut where it is too long, at a character. */
static void test_long_text(void **state)
{
    (void)state;
    static const char *const lines[] = {"x = 'a' .. string.rep('\xc3\xa4', "
                                        "400)",
                                        NULL};
    struct rig rig;
    struct buf got = {0};
    rig_make(&rig, lines);
    set_all(&rig);
    evaluate(&rig);
    put_value(&got, &rig, rig.layout->field_count);
    assert_int_equal(got.len, COMPUTED_TEXT_MAX);
    buf_free(&got);
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_limits),  cmocka_unit_test(test_failures),
        cmocka_unit_test(test_memory),  cmocka_unit_test(test_order),
        cmocka_unit_test(test_circles), cmocka_unit_test(test_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
