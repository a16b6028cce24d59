/* SPDX-License-Identifier: MIT */
/* What lua_box.c registers in Lua; only lua_*.c include this. */
#ifndef SHMTOP_EXPR_LUA_ARITHMETIC_H
#define SHMTOP_EXPR_LUA_ARITHMETIC_H

#include <lauxlib.h>
#include <lua.h>

#include "expr/wide_int.h"

/* Adds our functions to the table on top of the stack, by the names that
 * expressions use. */
void lua_set_own_functions(lua_State *lua);

void lua_push_wide(lua_State *lua, struct wide a);
/* False for what is not an integer. */
bool lua_to_wide(lua_State *lua, int at, struct wide *out);

#endif
