/* SPDX-License-Identifier: MIT */
/*
 * What expr_lua.c hands to Lua; nobody else includes this.
 */
#ifndef SHMTOP_EXPR_LUA_ARITHMETIC_H
#define SHMTOP_EXPR_LUA_ARITHMETIC_H

#include <lauxlib.h>
#include <lua.h>

#include "expr/wide_int.h"

/* By the names under which an expression asks for them. */
extern const luaL_Reg lua_own[];

void lua_push_wide(lua_State *lua, struct wide a);
/* False for what is no integer. */
bool lua_to_wide(lua_State *lua, int at, struct wide *out);

#endif
