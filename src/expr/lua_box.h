/* SPDX-License-Identifier: MIT */
/* A Lua that can only compute.  Lua's headers are included by lua_*.c alone. */
#ifndef SHMTOP_EXPR_LUA_BOX_H
#define SHMTOP_EXPR_LUA_BOX_H

#include "expr/expr_private.h"

enum lua_datum_kind {
    DATUM_NONE,
    DATUM_INT,
    DATUM_WIDE,
    DATUM_REAL,
    DATUM_TRUTH,
    DATUM_TEXT
};

/* A value on its way into or out of Lua. */
struct lua_datum {
    enum lua_datum_kind kind;
    int64_t i;     /* DATUM_INT, and DATUM_TRUTH as 0 or 1 */
    uint64_t wide; /* DATUM_WIDE: 2^63 or more */
    double real;
    const char *text; /* DATUM_TEXT; out of Lua: until the next call */
    size_t len;
};

struct lua_box;

struct lua_box *lua_box_open(void);
void lua_box_close(struct lua_box *box); /* accepts NULL */

/* Whether its real numbers are doubles.  A Lua compiled for the x87 computes
 * with more bits, and does not round integers that become real. */
bool lua_box_rounds(struct lua_box *box);

/* Compiles the result of expr_parse.  Returns a handle, or -1 with the reason
 * in `err`. */
int lua_box_compile(struct lua_box *box, const struct expr_code *code,
                    struct err *err);
/* Calls a compiled expression with one datum for each operand.  False with
 * Lua's message in `err`. */
bool lua_box_call(struct lua_box *box, int handle,
                  const struct lua_datum *operands, size_t count,
                  struct lua_datum *out, struct err *err);

#endif
