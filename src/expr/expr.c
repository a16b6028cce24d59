/* SPDX-License-Identifier: MIT */
/* Compiles and evaluates all expressions of a layout in their order.  An
 * expression is evaluated only if all its operands are present, so Lua never
 * sees a missing value. */
#include "expr/expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "expr/expr_private.h"
#include "expr/operand.h"

/* One expression. */
struct unit {
    int handle; /* of its compiled Lua; -1: it has an error */
    struct expr_operand *operands;
    size_t operand_count;
    char **names; /* of its functions, by the index of their constant */
    size_t name_count;
    uint8_t *text; /* of the last result, or NULL */
    char *message;
    bool fresh; /* the message is not that of the evaluation before */
    bool is_truth;
    bool is_condition; /* each result is one */
    enum expr_truth truth;
};

struct expr_machine {
    const struct layout *layout;
    struct lua_box *box;
    struct unit *units; /* one an expression */
    uint32_t *order;
    size_t *computed; /* the expression of each computed field */
    uint32_t first_computed;
    struct buf texts[EXPR_OPERANDS_MAX]; /* text operands */
};

/* --- compiling ---------------------------------------------------------- */

static const char *use_word(const struct expression *one)
{
    return one->use == EXPRESSION_REQUIRE ? "require"
           : one->use == EXPRESSION_GONE  ? "gone"
                                          : "expr";
}

static void keep(struct unit *unit, struct expr_code *code)
{
    size_t size = code->operand_count * sizeof *unit->operands;
    unit->operands = mem_zalloc(code->operand_count, sizeof *unit->operands);
    if (size > 0)
        memcpy(unit->operands, code->operands, size);
    unit->operand_count = code->operand_count;
    unit->names = mem_zalloc(code->constant_count, sizeof *unit->names);
    unit->name_count = code->constant_count;
    for (size_t i = 0; i < code->constant_count; i++) {
        if (code->constants[i].kind == CONSTANT_FUNCTION) {
            unit->names[i] = code->constants[i].text;
            code->constants[i].text = NULL;
        }
    }
}

/* require and gone are evaluated before offsets stored in the mapping are
 * trusted, so they may only use fields with a fixed offset. */
static void check_places(const struct layout *layout,
                         const struct expression *one, const struct unit *unit,
                         struct problems *problems)
{
    for (size_t i = 0; i < unit->operand_count; i++) {
        const struct field *field = &layout->fields[unit->operands[i].first];
        if (field->base != FIELD_NO_BASE) {
            problem_add(problems, one->file, one->line, PROBLEM_ERROR,
                        "%s, '%s' has no fixed offset; use fields whose "
                        "offset is a number",
                        use_word(one), field->path);
            return;
        }
    }
}

/* Parses and compiles one; returns the types that its result can have. */
static unsigned compile(struct expr_machine *machine,
                        const struct expr_scope *scope, size_t index,
                        struct problems *problems)
{
    const struct expression *one = &machine->layout->expressions[index];
    struct unit *unit = &machine->units[index];
    struct expr_code code;
    struct err err = {0};
    unsigned types = EXPR_ANY;
    if (expr_parse(&code, scope, one->text, &err)) {
        types = code.types;
        unit->handle = lua_box_compile(machine->box, &code, &err);
        if (unit->handle < 0)
            err_prefix(&err, "too complex");
    }
    if (unit->handle < 0)
        problem_add(problems, one->file, one->line, PROBLEM_ERROR, "%s, %s",
                    use_word(one), err.text);
    keep(unit, &code);
    expr_code_free(&code);
    unit->is_condition = (types & ~(unsigned)EXPR_BOOL) == 0;
    if (unit->handle >= 0 && one->use != EXPRESSION_COMPUTED)
        check_places(machine->layout, one, unit, problems);
    return types;
}

/* Computed fields are the last of the layout. */
static void map_computed(struct expr_machine *machine)
{
    const struct layout *layout = machine->layout;
    size_t first = layout->field_count;
    while (first > 0 && layout->fields[first - 1].kind == KIND_COMPUTED)
        first--;
    size_t count = layout->field_count - first;
    machine->first_computed = (uint32_t)first;
    machine->computed = mem_zalloc(count, sizeof *machine->computed);
    for (size_t i = 0; i < count; i++)
        machine->computed[i] = SIZE_MAX;
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *one = &layout->expressions[i];
        if (one->use == EXPRESSION_COMPUTED)
            machine->computed[one->target - first] = i;
    }
}

struct expr_machine *expr_compile(const struct layout *layout,
                                  struct problems *problems)
{
    size_t count = layout->expression_count;
    if (count == 0)
        return NULL;
    struct expr_machine *machine = mem_zalloc(1, sizeof *machine);
    machine->layout = layout;
    machine->units = mem_zalloc(count, sizeof *machine->units);
    machine->order = mem_zalloc(count, sizeof *machine->order);
    machine->box = lua_box_open();
    map_computed(machine);
    struct expr_scope scope = {
        .layout = layout,
        .first_computed = machine->first_computed,
        .computed = machine->computed,
        .own_reals = !lua_box_rounds(machine->box),
    };
    bool *circular = mem_zalloc(count, sizeof *circular);
    expr_find_order(&scope, machine->order, circular, problems);
    unsigned *types = mem_zalloc(count, sizeof *types);
    scope.types = types;
    for (size_t i = 0; i < count; i++) {
        size_t index = machine->order[i];
        machine->units[index].handle = -1;
        machine->units[index].truth = EXPR_MISSING;
        types[index] = circular[index]
                           ? EXPR_ANY
                           : compile(machine, &scope, index, problems);
    }
    free(types);
    free(circular);
    return machine;
}

void expr_free(struct expr_machine *machine)
{
    if (!machine)
        return;
    for (size_t i = 0; i < machine->layout->expression_count; i++) {
        struct unit *unit = &machine->units[i];
        for (size_t j = 0; j < unit->name_count; j++)
            free(unit->names[j]);
        free(unit->names);
        free(unit->operands);
        free(unit->text);
        free(unit->message);
    }
    for (size_t i = 0; i < EXPR_OPERANDS_MAX; i++)
        buf_free(&machine->texts[i]);
    lua_box_close(machine->box);
    free(machine->units);
    free(machine->order);
    free(machine->computed);
    free(machine);
}

/* --- messages ----------------------------------------------------------- */

/* Copies Lua's message with the layout's names: 'k3' is our third constant, and
 * notes such as (local 'o1') are left out. */
static void put_message(struct buf *out, const struct unit *unit,
                        const char *text)
{
    const char *place = strstr(text, ": ");
    if (text[0] == ':' && place)
        text = place + 2;
    while (*text) {
        const char *name = strstr(text, " '");
        bool ours = name && (name[2] == 'k' || name[2] == 'o') &&
                    name[3] >= '0' && name[3] <= '9';
        const char *local = strstr(text, " (local '");
        const char *upvalue = strstr(text, " (upvalue '");
        const char *cut = local ? local : upvalue;
        if (cut) {
            buf_add(out, text, (size_t)(cut - text));
            const char *end = strchr(cut, ')');
            text = end ? end + 1 : cut + strlen(cut);
            continue;
        }
        if (!ours) {
            buf_puts(out, text);
            return;
        }
        size_t number = strtoul(name + 3, NULL, 10);
        bool known =
            name[2] == 'k' && number < unit->name_count && unit->names[number];
        buf_add(out, text, (size_t)(name + 2 - text));
        buf_puts(out, known ? unit->names[number] : "?");
        text = strchr(name + 2, '\'');
        if (!text)
            return;
    }
}

static void set_message(struct expr_machine *machine, size_t index,
                        const char *text)
{
    const struct layout *layout = machine->layout;
    const struct expression *one = &layout->expressions[index];
    struct unit *unit = &machine->units[index];
    struct buf message = {0};
    buf_printf(&message, "%s: ",
               one->use == EXPRESSION_COMPUTED
                   ? layout->fields[one->target].path
                   : use_word(one));
    put_message(&message, unit, text);
    unit->fresh = !unit->message || strcmp(unit->message, message.data) != 0;
    if (unit->fresh) {
        free(unit->message);
        unit->message = mem_strdup(message.data);
    }
    buf_free(&message);
}

static void clear_message(struct unit *unit)
{
    free(unit->message);
    unit->message = NULL;
    unit->fresh = false;
}

void expr_reset(struct expr_machine *machine)
{
    for (size_t i = 0; i < machine->layout->expression_count; i++) {
        clear_message(&machine->units[i]);
        machine->units[i].is_truth = false;
        machine->units[i].truth = EXPR_MISSING;
    }
}

const char *expr_message(const struct expr_machine *machine, size_t index,
                         bool *fresh)
{
    CHECK(index < machine->layout->expression_count);
    const struct unit *unit = &machine->units[index];
    if (fresh)
        *fresh = unit->fresh;
    return unit->message;
}

/* --- evaluating --------------------------------------------------------- */

const uint32_t *expr_order(const struct expr_machine *machine)
{
    return machine->order;
}

bool expr_is_condition(const struct expr_machine *machine, size_t index)
{
    CHECK(index < machine->layout->expression_count);
    return machine->units[index].is_condition;
}

size_t expr_of_computed(const struct expr_machine *machine, uint32_t field)
{
    CHECK(field >= machine->first_computed &&
          field < machine->layout->field_count);
    return machine->computed[field - machine->first_computed];
}

const struct expr_operand *expr_operands(const struct expr_machine *machine,
                                         size_t index, size_t *count)
{
    CHECK(index < machine->layout->expression_count);
    *count = machine->units[index].operand_count;
    return machine->units[index].operands;
}

enum expr_truth expr_truth(const struct expr_machine *machine, size_t index)
{
    CHECK(index < machine->layout->expression_count);
    return machine->units[index].truth;
}

/* Whether the operand is a computed field that is true or false. */
static bool is_truth(const struct expr_machine *machine,
                     const struct expr_operand *operand)
{
    if (operand->ask != EXPR_VALUE ||
        machine->layout->fields[operand->first].kind != KIND_COMPUTED)
        return false;
    size_t other = expr_of_computed(machine, operand->first);
    return other != SIZE_MAX && machine->units[other].is_truth;
}

/* Reads all operands; false if one is missing. */
static bool read_operands(struct expr_machine *machine, const struct unit *unit,
                          const struct expr_inputs *inputs,
                          struct lua_datum *data)
{
    for (size_t i = 0; i < unit->operand_count; i++) {
        const struct expr_operand *operand = &unit->operands[i];
        operand_read(machine->layout, operand, inputs, &machine->texts[i],
                     &data[i]);
        if (data[i].kind == DATUM_NONE)
            return false;
        if (data[i].kind == DATUM_INT && is_truth(machine, operand))
            data[i].kind = DATUM_TRUTH;
    }
    return true;
}

static void store_text(struct unit *unit, const struct lua_datum *datum,
                       struct value *out)
{
    if (!unit->text)
        unit->text = mem_zalloc(COMPUTED_TEXT_MAX + 1, 1);
    size_t len =
        datum->len < COMPUTED_TEXT_MAX ? datum->len : COMPUTED_TEXT_MAX;
    /* Do not cut a UTF-8 character. */
    while (len > 0 && len < datum->len &&
           ((uint8_t)datum->text[len] & 0xc0) == 0x80)
        len--;
    memset(unit->text, 0, COMPUTED_TEXT_MAX);
    if (len > 0)
        memcpy(unit->text, datum->text, len);
    out->type = VALUE_BYTES;
    out->bytes = unit->text;
}

static void store_result(struct unit *unit, const struct lua_datum *datum,
                         struct value *out)
{
    bool is_true = true;
    unit->is_truth = datum->kind == DATUM_TRUTH;
    switch (datum->kind) {
    case DATUM_NONE:
        unit->truth = EXPR_MISSING;
        return;
    case DATUM_INT:
        out->type = VALUE_INT;
        out->i = datum->i;
        is_true = datum->i != 0;
        break;
    case DATUM_TRUTH:
        out->type = VALUE_UINT;
        out->u = (uint64_t)datum->i;
        is_true = datum->i != 0;
        break;
    case DATUM_WIDE:
        out->type = VALUE_UINT;
        out->u = datum->wide;
        break;
    case DATUM_REAL:
        out->type = VALUE_REAL;
        out->real = datum->real;
        is_true = !isnan(datum->real) && (datum->real < 0 || datum->real > 0);
        break;
    case DATUM_TEXT:
        store_text(unit, datum, out);
        is_true = datum->len > 0;
        break;
    }
    unit->truth = is_true ? EXPR_TRUE : EXPR_FALSE;
}

void expr_eval(struct expr_machine *machine, size_t index,
               const struct expr_inputs *inputs, struct value *out)
{
    CHECK(index < machine->layout->expression_count);
    struct unit *unit = &machine->units[index];
    struct lua_datum data[EXPR_OPERANDS_MAX];
    struct lua_datum result;
    struct err err = {0};
    *out = (struct value){.type = VALUE_NONE};
    unit->truth = EXPR_MISSING;
    unit->fresh = false;
    if (unit->handle < 0 || !read_operands(machine, unit, inputs, data)) {
        clear_message(unit);
        return;
    }
    if (!lua_box_call(machine->box, unit->handle, data, unit->operand_count,
                      &result, &err)) {
        set_message(machine, index, err.text);
        return;
    }
    clear_message(unit);
    store_result(unit, &result, out);
}
