/* SPDX-License-Identifier: MIT */
/* Functions that Lua lacks: integers from 2^63 to 2^64 - 1, and bounded
 * versions of library functions.  Such an integer is a userdata of 8 bytes;
 * smaller ones are Lua's own, so equal integers have equal forms. */
#include "expr/lua_arithmetic.h"

#include <math.h>
#include <string.h>

#include "base/err.h"

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

/* Also accepts a real number that is whole and in range, for bit operators. */
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

/* The operator that this function was registered for. */
static int operator_of(lua_State *lua)
{
    return (int)lua_tointeger(lua, lua_upvalueindex(1));
}

static enum wide_op wide_op_of(int lua_op)
{
    switch (lua_op) {
    case LUA_OPADD:
        return WIDE_ADD;
    case LUA_OPSUB:
        return WIDE_SUB;
    case LUA_OPMUL:
        return WIDE_MUL;
    case LUA_OPIDIV:
        return WIDE_DIV;
    case LUA_OPMOD:
        return WIDE_MOD;
    case LUA_OPBAND:
        return WIDE_AND;
    case LUA_OPBOR:
        return WIDE_OR;
    case LUA_OPBXOR:
        return WIDE_XOR;
    case LUA_OPSHL:
        return WIDE_SHL;
    default:
        CHECK(lua_op == LUA_OPSHR);
        return WIDE_SHR;
    }
}

/* Computes integers exactly, everything else as real numbers. */
static int wide_operator(lua_State *lua)
{
    struct wide a;
    struct wide b;
    struct wide result;
    int lua_op = operator_of(lua);
    enum wide_op op = wide_op_of(lua_op);
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

/* Lua's own operators, for a Lua whose real numbers have more bits than a
 * double. */
static int plain_operator(lua_State *lua)
{
    int lua_op = operator_of(lua);
    bool whole = lua_isinteger(lua, 1) && lua_isinteger(lua, 2);
    if (!whole || lua_op == LUA_OPDIV || lua_op == LUA_OPPOW)
        return push_real(lua, lua_op);
    lua_arith(lua, lua_op);
    return 1;
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

/* Compares the two arguments; *known is false for NaN. */
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

/* operator_of() is LUA_OPLT or LUA_OPLE. */
static int wide_less(lua_State *lua)
{
    int lua_op = operator_of(lua);
    bool known = true;
    bool less;
    if (has_wide(lua)) {
        int order = order_of(lua, &known);
        less = known && (order < 0 || (lua_op == LUA_OPLE && order == 0));
    } else {
        less = lua_compare(lua, 1, 2, lua_op) != 0;
    }
    lua_pushboolean(lua, less);
    return 1;
}

static int wide_greater(lua_State *lua)
{
    lua_insert(lua, 1);
    return wide_less(lua);
}

/* Pushes a wide integer as text, other values unchanged. */
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

enum { ROUND_DOWN, ROUND_UP };

static int wide_round(lua_State *lua)
{
    struct wide a;
    if (lua_to_wide(lua, 1, &a)) {
        lua_push_wide(lua, a);
        return 1;
    }
    double real = need_real(lua, 1);
    real = operator_of(lua) == ROUND_DOWN ? floor(real) : ceil(real);
    if (real >= -0x1p63 && real < 0x1p63)
        lua_pushinteger(lua, (lua_Integer)real);
    else
        lua_pushnumber(lua, real);
    return 1;
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

enum { SMALLEST, LARGEST };

/* Returns the first of the largest or smallest arguments. */
static int wide_extreme(lua_State *lua)
{
    bool largest = operator_of(lua) == LARGEST;
    int count = lua_gettop(lua);
    lua_pushvalue(lua, 1);
    for (int i = 2; i <= count; i++) {
        lua_pushinteger(lua, LUA_OPLT);
        lua_pushcclosure(lua, wide_less, 1);
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

/* --- bounded versions of library functions ----------------------------- */

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

/* The place of a plain text in another, from 1, or false. */
static int text_find(lua_State *lua)
{
    size_t len;
    size_t part_len;
    const char *text = luaL_checklstring(lua, 1, &len);
    const char *part = luaL_checklstring(lua, 2, &part_len);
    size_t steps = len < part_len ? 0 : len - part_len + 1;
    /* Both may be long, so the number of compared bytes needs a bound. */
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

static const struct {
    const char *name;
    lua_CFunction function;
    int op; /* for operator_of() */
} own_functions[] = {
    {"+", wide_operator, LUA_OPADD},
    {"-", wide_operator, LUA_OPSUB},
    {"*", wide_operator, LUA_OPMUL},
    {"//", wide_operator, LUA_OPIDIV},
    {"%", wide_operator, LUA_OPMOD},
    {"&", wide_operator, LUA_OPBAND},
    {"|", wide_operator, LUA_OPBOR},
    {"~", wide_operator, LUA_OPBXOR},
    {"<<", wide_operator, LUA_OPSHL},
    {">>", wide_operator, LUA_OPSHR},
    {"n+", plain_operator, LUA_OPADD},
    {"n-", plain_operator, LUA_OPSUB},
    {"n*", plain_operator, LUA_OPMUL},
    {"n//", plain_operator, LUA_OPIDIV},
    {"n%", plain_operator, LUA_OPMOD},
    {"n/", plain_operator, LUA_OPDIV},
    {"n^", plain_operator, LUA_OPPOW},
    {"-x", wide_minus, 0},
    {"~x", wide_not, 0},
    {"==", wide_equal, 0},
    {"~=", wide_unequal, 0},
    {"<", wide_less, LUA_OPLT},
    {"<=", wide_less, LUA_OPLE},
    {">", wide_greater, LUA_OPLT},
    {">=", wide_greater, LUA_OPLE},
    {"..", wide_concat, 0},
    {"text", wide_text, 0},
    {"real", wide_to_real, 0},
    {"wide.floor", wide_round, ROUND_DOWN},
    {"wide.ceil", wide_round, ROUND_UP},
    {"wide.abs", wide_abs, 0},
    {"wide.tointeger", wide_tointeger, 0},
    {"wide.max", wide_extreme, LARGEST},
    {"wide.min", wide_extreme, SMALLEST},
    {"string.rep", text_rep, 0},
    {"string.find", text_find, 0},
};

void lua_set_own_functions(lua_State *lua)
{
    CHECK(lua_istable(lua, -1));
    for (size_t i = 0; i < sizeof own_functions / sizeof own_functions[0];
         i++) {
        lua_pushinteger(lua, own_functions[i].op);
        lua_pushcclosure(lua, own_functions[i].function, 1);
        lua_setfield(lua, -2, own_functions[i].name);
    }
}
