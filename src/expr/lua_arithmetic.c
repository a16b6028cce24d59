/* SPDX-License-Identifier: MIT */
/*
 * Functions of our own for Lua: integers from 2^63 to 2^64 - 1, which Lua does
 * not have, and what is bounded where Lua's own is not.
 * Invariant: such an integer is always a userdata of 8 bytes, a smaller one
 * always Lua's own, so that equal integers look equal.
 */
#include "expr/lua_arithmetic.h"

#include <math.h>
#include <string.h>

#define REP_BYTES_MAX 65536u

/* --- wide integers ------------------------------------------------------ */

void lua_push_wide(lua_State *lua, struct wide a)
{
    if (a.negative || a.bits <= (uint64_t)INT64_MAX) {
        lua_pushinteger(lua, (lua_Integer)a.bits);
    } else {
        uint64_t *bits = lua_newuserdatauv(lua, sizeof *bits, 0);
        *bits = a.bits;
    }
}

bool lua_to_wide(lua_State *lua, int at, struct wide *out)
{
    if (lua_type(lua, at) == LUA_TUSERDATA) {
        *out = wide_of_uint(*(const uint64_t *)lua_touserdata(lua, at));
        return true;
    }
    if (lua_isinteger(lua, at)) {
        *out = wide_of_int(lua_tointeger(lua, at));
        return true;
    }
    return false;
}

/* The same for a real number that is a whole one in range, as bits need. */
static struct wide need_wide(lua_State *lua, int at)
{
    struct wide a;
    if (lua_to_wide(lua, at, &a))
        return a;
    double real = lua_tonumber(lua, at);
    if (lua_type(lua, at) != LUA_TNUMBER) {
        luaL_error(lua, "attempt to perform arithmetic on a %s value",
                   luaL_typename(lua, at));
    }
    if (!(real >= -0x1p63 && real < 0x1p64) || floor(real) != real)
        luaL_error(lua, "number has no integer representation");
    return real < 0 ? wide_of_int((int64_t)real) : wide_of_uint((uint64_t)real);
}

static double need_real(lua_State *lua, int at)
{
    struct wide a;
    if (lua_type(lua, at) == LUA_TUSERDATA && lua_to_wide(lua, at, &a))
        return wide_real(a);
    if (lua_type(lua, at) != LUA_TNUMBER) {
        luaL_error(lua, "attempt to perform arithmetic on a %s value",
                   luaL_typename(lua, at));
    }
    return lua_tonumber(lua, at);
}

static double compute_real(int lua_op, double x, double y)
{
    double rest;
    switch (lua_op) {
    case LUA_OPADD:
        return x + y;
    case LUA_OPSUB:
        return x - y;
    case LUA_OPMUL:
        return x * y;
    case LUA_OPDIV:
        return x / y;
    case LUA_OPIDIV:
        return floor(x / y);
    case LUA_OPPOW:
        return pow(x, y);
    default: /* LUA_OPMOD: with the sign of y */
        rest = fmod(x, y);
        return rest * y < 0 ? rest + y : rest;
    }
}

static int push_real(lua_State *lua, int lua_op)
{
    double x = need_real(lua, 1);
    double y = need_real(lua, 2);
    lua_pushnumber(lua, compute_real(lua_op, x, y));
    return 1;
}

/* Integers are computed exactly, all else as real numbers. */
static int compute(lua_State *lua, enum wide_op op, int lua_op)
{
    struct wide a;
    struct wide b;
    struct wide result;
    bool bits = op >= WIDE_AND;
    if (bits) {
        a = need_wide(lua, 1);
        b = need_wide(lua, 2);
    }
    if (!bits && !(lua_to_wide(lua, 1, &a) && lua_to_wide(lua, 2, &b)))
        return push_real(lua, lua_op);
    if (!wide_compute(op, a, b, &result))
        return luaL_error(lua, "attempt to divide an integer by 0");
    lua_push_wide(lua, result);
    return 1;
}

/* What Lua does itself, but for a Lua that computes with more bits than a
 * double has. */
static int plain(lua_State *lua, int lua_op)
{
    bool whole = lua_isinteger(lua, 1) && lua_isinteger(lua, 2);
    if (!whole || lua_op == LUA_OPDIV || lua_op == LUA_OPPOW)
        return push_real(lua, lua_op);
    lua_arith(lua, lua_op);
    return 1;
}

static int plain_add(lua_State *lua)
{
    return plain(lua, LUA_OPADD);
}

static int plain_sub(lua_State *lua)
{
    return plain(lua, LUA_OPSUB);
}

static int plain_mul(lua_State *lua)
{
    return plain(lua, LUA_OPMUL);
}

static int plain_idiv(lua_State *lua)
{
    return plain(lua, LUA_OPIDIV);
}

static int plain_mod(lua_State *lua)
{
    return plain(lua, LUA_OPMOD);
}

static int plain_div(lua_State *lua)
{
    return plain(lua, LUA_OPDIV);
}

static int plain_pow(lua_State *lua)
{
    return plain(lua, LUA_OPPOW);
}

static int wide_add(lua_State *lua)
{
    return compute(lua, WIDE_ADD, LUA_OPADD);
}

static int wide_sub(lua_State *lua)
{
    return compute(lua, WIDE_SUB, LUA_OPSUB);
}

static int wide_mul(lua_State *lua)
{
    return compute(lua, WIDE_MUL, LUA_OPMUL);
}

static int wide_idiv(lua_State *lua)
{
    return compute(lua, WIDE_DIV, LUA_OPIDIV);
}

static int wide_mod(lua_State *lua)
{
    return compute(lua, WIDE_MOD, LUA_OPMOD);
}

static int wide_and(lua_State *lua)
{
    return compute(lua, WIDE_AND, LUA_OPBAND);
}

static int wide_or(lua_State *lua)
{
    return compute(lua, WIDE_OR, LUA_OPBOR);
}

static int wide_xor(lua_State *lua)
{
    return compute(lua, WIDE_XOR, LUA_OPBXOR);
}

static int wide_shl(lua_State *lua)
{
    return compute(lua, WIDE_SHL, LUA_OPSHL);
}

static int wide_shr(lua_State *lua)
{
    return compute(lua, WIDE_SHR, LUA_OPSHR);
}

static int wide_minus(lua_State *lua)
{
    struct wide a;
    if (lua_to_wide(lua, 1, &a))
        lua_push_wide(lua, wide_negate(a));
    else
        lua_pushnumber(lua, -need_real(lua, 1));
    return 1;
}

static int wide_not(lua_State *lua)
{
    lua_push_wide(lua, wide_complement(need_wide(lua, 1)));
    return 1;
}

/* Order of what Lua cannot compare; *known is false for NaN. */
static int order_of(lua_State *lua, bool *known)
{
    struct wide a;
    struct wide b;
    bool whole_a = lua_to_wide(lua, 1, &a);
    bool whole_b = lua_to_wide(lua, 2, &b);
    *known = true;
    if (whole_a && whole_b)
        return wide_compare(a, b);
    double real = need_real(lua, whole_a ? 2 : 1);
    *known = !isnan(real);
    if (!*known)
        return 0;
    return whole_a ? wide_compare_real(a, real) : -wide_compare_real(b, real);
}

static bool has_wide(lua_State *lua)
{
    return lua_type(lua, 1) == LUA_TUSERDATA ||
           lua_type(lua, 2) == LUA_TUSERDATA;
}

static int wide_equal(lua_State *lua)
{
    bool known;
    bool equal = has_wide(lua) ? false : lua_compare(lua, 1, 2, LUA_OPEQ) != 0;
    bool numbers =
        (lua_type(lua, 1) == LUA_TUSERDATA ||
         lua_type(lua, 1) == LUA_TNUMBER) &&
        (lua_type(lua, 2) == LUA_TUSERDATA || lua_type(lua, 2) == LUA_TNUMBER);
    if (has_wide(lua) && numbers)
        equal = order_of(lua, &known) == 0 && known;
    lua_pushboolean(lua, equal);
    return 1;
}

static int wide_unequal(lua_State *lua)
{
    wide_equal(lua);
    lua_pushboolean(lua, !lua_toboolean(lua, -1));
    return 1;
}

static bool is_less(lua_State *lua, bool or_equal)
{
    if (!has_wide(lua))
        return lua_compare(lua, 1, 2, or_equal ? LUA_OPLE : LUA_OPLT) != 0;
    bool known;
    int order = order_of(lua, &known);
    return known && (order < 0 || (or_equal && order == 0));
}

static int wide_less(lua_State *lua)
{
    lua_pushboolean(lua, is_less(lua, false));
    return 1;
}

static int wide_at_most(lua_State *lua)
{
    lua_pushboolean(lua, is_less(lua, true));
    return 1;
}

static int wide_greater(lua_State *lua)
{
    lua_insert(lua, 1);
    return wide_less(lua);
}

static int wide_at_least(lua_State *lua)
{
    lua_insert(lua, 1);
    return wide_at_most(lua);
}

/* Pushes a wide integer as text, all else as it is. */
static void push_text(lua_State *lua, int at)
{
    struct wide a;
    if (lua_type(lua, at) != LUA_TUSERDATA || !lua_to_wide(lua, at, &a)) {
        lua_pushvalue(lua, at);
        return;
    }
    char digits[24];
    char *first = digits + sizeof digits;
    do {
        *--first = (char)('0' + a.bits % 10);
        a.bits /= 10;
    } while (a.bits != 0);
    lua_pushlstring(lua, first, (size_t)(digits + sizeof digits - first));
}

static int wide_text(lua_State *lua)
{
    push_text(lua, 1);
    return 1;
}

static int wide_concat(lua_State *lua)
{
    push_text(lua, 1);
    push_text(lua, 2);
    lua_concat(lua, 2);
    return 1;
}

static int wide_to_real(lua_State *lua)
{
    lua_pushnumber(lua, need_real(lua, 1));
    return 1;
}

/* --- functions with arguments that may be wide -------------------------- */

static int round_to(lua_State *lua, double (*rounding)(double))
{
    struct wide a;
    if (lua_to_wide(lua, 1, &a)) {
        lua_push_wide(lua, a);
        return 1;
    }
    double real = rounding(need_real(lua, 1));
    if (real >= -0x1p63 && real < 0x1p63)
        lua_pushinteger(lua, (lua_Integer)real);
    else
        lua_pushnumber(lua, real);
    return 1;
}

static int wide_floor(lua_State *lua)
{
    return round_to(lua, floor);
}

static int wide_ceil(lua_State *lua)
{
    return round_to(lua, ceil);
}

static int wide_abs(lua_State *lua)
{
    struct wide a;
    if (!lua_to_wide(lua, 1, &a))
        lua_pushnumber(lua, fabs(need_real(lua, 1)));
    else
        lua_push_wide(lua, a.negative ? wide_negate(a) : a);
    return 1;
}

static int wide_tointeger(lua_State *lua)
{
    double real;
    if (lua_type(lua, 1) == LUA_TNUMBER) {
        real = lua_tonumber(lua, 1);
        if (!lua_isinteger(lua, 1) &&
            (floor(real) != real || real < -0x1p63 || real >= 0x1p64)) {
            lua_pushnil(lua);
            return 1;
        }
    }
    lua_push_wide(lua, need_wide(lua, 1));
    return 1;
}

/* The first of the largest, or of the smallest. */
static int extreme(lua_State *lua, bool largest)
{
    int count = lua_gettop(lua);
    lua_pushvalue(lua, 1);
    for (int i = 2; i <= count; i++) {
        lua_pushcfunction(lua, wide_less);
        lua_pushvalue(lua, largest ? -2 : i);
        lua_pushvalue(lua, largest ? i : -3);
        lua_call(lua, 2, 1);
        bool better = lua_toboolean(lua, -1) != 0;
        lua_pop(lua, 1);
        if (better) {
            lua_pushvalue(lua, i);
            lua_replace(lua, -2);
        }
    }
    return 1;
}

static int wide_max(lua_State *lua)
{
    return extreme(lua, true);
}

static int wide_min(lua_State *lua)
{
    return extreme(lua, false);
}

/* --- in place of functions without a bound ------------------------------ */

static int text_rep(lua_State *lua)
{
    size_t len;
    const char *text = luaL_checklstring(lua, 1, &len);
    lua_Integer times = luaL_checkinteger(lua, 2);
    luaL_Buffer out;
    if (times <= 0 || len == 0) {
        lua_pushliteral(lua, "");
        return 1;
    }
    if (len > REP_BYTES_MAX || times > (lua_Integer)(REP_BYTES_MAX / len)) {
        return luaL_error(lua, "string.rep() makes more than %d bytes",
                          (int)REP_BYTES_MAX);
    }
    luaL_buffinit(lua, &out);
    for (lua_Integer i = 0; i < times; i++)
        luaL_addlstring(&out, text, len);
    luaL_pushresult(&out);
    return 1;
}

/* Where a plain text stands in another, from 1, or false. */
static int text_find(lua_State *lua)
{
    size_t len;
    size_t part_len;
    const char *text = luaL_checklstring(lua, 1, &len);
    const char *part = luaL_checklstring(lua, 2, &part_len);
    size_t steps = len < part_len ? 0 : len - part_len + 1;
    /* Both may be long: a bound on the bytes that are looked at. */
    if (part_len > 1024)
        return luaL_error(lua, "string.find() looks for 1024 bytes at most");
    for (size_t i = 0; i < steps; i++) {
        if (memcmp(text + i, part, part_len) == 0) {
            lua_pushinteger(lua, (lua_Integer)i + 1);
            return 1;
        }
    }
    lua_pushboolean(lua, false);
    return 1;
}

const luaL_Reg lua_own[] = {
    {"+", wide_add},
    {"-", wide_sub},
    {"*", wide_mul},
    {"//", wide_idiv},
    {"%", wide_mod},
    {"&", wide_and},
    {"|", wide_or},
    {"~", wide_xor},
    {"<<", wide_shl},
    {">>", wide_shr},
    {"n+", plain_add},
    {"n-", plain_sub},
    {"n*", plain_mul},
    {"n//", plain_idiv},
    {"n%", plain_mod},
    {"n/", plain_div},
    {"n^", plain_pow},
    {"-x", wide_minus},
    {"~x", wide_not},
    {"==", wide_equal},
    {"~=", wide_unequal},
    {"<", wide_less},
    {"<=", wide_at_most},
    {">", wide_greater},
    {">=", wide_at_least},
    {"..", wide_concat},
    {"text", wide_text},
    {"real", wide_to_real},
    {"wide.floor", wide_floor},
    {"wide.ceil", wide_ceil},
    {"wide.abs", wide_abs},
    {"wide.tointeger", wide_tointeger},
    {"wide.max", wide_max},
    {"wide.min", wide_min},
    {"string.rep", text_rep},
    {"string.find", text_find},
    {NULL, NULL},
};
