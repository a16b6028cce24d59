/* SPDX-License-Identifier: MIT */
/* Runs Lua without globals, metatables and libraries, in protected mode, with a
 * limit on memory and instructions.  An expression reaches only the functions
 * that it was compiled with. */
#include "expr/lua_box.h"

#include <lualib.h>
#include <stdlib.h>

#include "expr/lua_arithmetic.h"

#if LUA_VERSION_NUM != 504
#error "Lua 5.4 is needed"
#endif

struct lua_box {
    lua_State *lua;
    size_t used;   /* bytes */
    size_t limit;  /* of `used`, for the current call */
    size_t kept;   /* bytes of compiled expressions; 0: not known */
    int functions; /* reference of the table of functions by name */
};

/* --- memory and time ---------------------------------------------------- */

static void *allocate(void *user, void *old, size_t old_size, size_t size)
{
    struct lua_box *box = user;
    size_t had = old ? old_size : 0;
    if (size == 0) {
        free(old);
        box->used -= had;
        return NULL;
    }
    if (size > had && size - had + box->used > box->limit)
        return NULL; /* Lua then collects garbage and retries */
    void *now = realloc(old, size);
    if (now)
        box->used += size - had;
    return now;
}

/* Compiling may add EXPR_MEMORY_MAX to what is used. */
static void allow_compile(struct lua_box *box)
{
    box->limit = box->used + EXPR_MEMORY_MAX;
    box->kept = 0;
}

/* An evaluation may add EXPR_MEMORY_MAX to the compiled expressions.  Garbage
 * of earlier evaluations does not count, because Lua can collect it. */
static void allow_call(struct lua_box *box)
{
    if (box->kept == 0) {
        lua_gc(box->lua, LUA_GCCOLLECT);
        box->kept = box->used;
    }
    box->limit = box->kept + EXPR_MEMORY_MAX;
}

static void on_limit(lua_State *lua, lua_Debug *debug)
{
    (void)debug;
    luaL_error(lua, "more than %d instructions", EXPR_INSTRUCTIONS_MAX);
}

/* --- opening ------------------------------------------------------------ */

/* Copies the functions of the library on top of the stack into the table
 * below it, as "library.name". */
static void add_library(lua_State *lua, const char *library)
{
    lua_pushnil(lua);
    while (lua_next(lua, -2) != 0) {
        const char *name = lua_tostring(lua, -2);
        lua_pushfstring(lua, "%s.%s", library, name);
        lua_insert(lua, -2);
        lua_rawset(lua, -5);
    }
    lua_pop(lua, 1);
}

static int set_up(lua_State *lua)
{
    struct lua_box *box = lua_touserdata(lua, 1);
    lua_newtable(lua);
    luaL_requiref(lua, "math", luaopen_math, 0);
    add_library(lua, "math");
    luaL_requiref(lua, "string", luaopen_string, 0);
    add_library(lua, "string");
    lua_set_own_functions(lua);
    box->functions = luaL_ref(lua, LUA_REGISTRYINDEX);
    /* Strings lose their methods and arithmetic. */
    lua_pushliteral(lua, "");
    lua_pushnil(lua);
    lua_setmetatable(lua, -2);
    lua_pushnil(lua);
    lua_setfield(lua, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    return 0;
}

struct lua_box *lua_box_open(void)
{
    struct lua_box *box = mem_zalloc(1, sizeof *box);
    allow_compile(box);
    box->lua = lua_newstate(allocate, box);
    if (!box->lua)
        die(STATUS_INTERNAL, "out of memory");
    lua_pushcfunction(box->lua, set_up);
    lua_pushlightuserdata(box->lua, box);
    CHECK(lua_pcall(box->lua, 1, 0, 0) == LUA_OK);
    return box;
}

void lua_box_close(struct lua_box *box)
{
    if (!box)
        return;
    lua_close(box->lua);
    free(box);
}

/* Runs Lua's own addition, as expressions do. */
static int add_ends(lua_State *lua)
{
    if (luaL_loadstring(lua, "local a, b = ... return a + b") != LUA_OK)
        return lua_error(lua);
    lua_pushinteger(lua, INT64_MAX);
    lua_pushnumber(lua, -0x1p63);
    lua_call(lua, 2, 1);
    return 1;
}

bool lua_box_rounds(struct lua_box *box)
{
    allow_compile(box);
    lua_pushcfunction(box->lua, add_ends);
    CHECK(lua_pcall(box->lua, 0, 1, 0) == LUA_OK);
    double sum = lua_tonumber(box->lua, -1);
    lua_settop(box->lua, 0);
    return sum >= 0; /* INT64_MAX is 2^63 as a double */
}

/* --- compiling ---------------------------------------------------------- */

static void push_constant(lua_State *lua, const struct lua_box *box,
                          const struct expr_constant *constant)
{
    switch (constant->kind) {
    case CONSTANT_WIDE:
        lua_push_wide(lua, wide_of_uint(constant->wide));
        break;
    case CONSTANT_REAL:
        lua_pushnumber(lua, constant->real);
        break;
    case CONSTANT_TEXT:
        lua_pushlstring(lua, constant->text, constant->len);
        break;
    case CONSTANT_FUNCTION:
        lua_rawgeti(lua, LUA_REGISTRYINDEX, box->functions);
        lua_pushstring(lua, constant->text);
        lua_rawget(lua, -2);
        lua_remove(lua, -2);
        if (lua_isnil(lua, -1))
            luaL_error(lua, "no function %s", constant->text);
        break;
    }
}

static void put_names(struct buf *out, char letter, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%s%c%zu", i ? "," : "", letter, i);
}

struct job {
    struct lua_box *box;
    const struct expr_code *code;
    const struct buf *chunk;
    int handle;
};

static int compile(lua_State *lua)
{
    struct job *job = lua_touserdata(lua, 1);
    const struct expr_code *code = job->code;
    if (luaL_loadbufferx(lua, job->chunk->data, job->chunk->len, "=", "t") !=
        LUA_OK)
        return lua_error(lua);
    luaL_checkstack(lua, (int)code->constant_count + 4, NULL);
    for (size_t i = 0; i < code->constant_count; i++)
        push_constant(lua, job->box, &code->constants[i]);
    lua_call(lua, (int)code->constant_count, 1);
    job->handle = luaL_ref(lua, LUA_REGISTRYINDEX);
    return 0;
}

static void set_message(lua_State *lua, struct err *err)
{
    const char *text = lua_tostring(lua, -1);
    err_set(err, STATUS_DATA, "%s", text ? text : "unknown error");
    lua_settop(lua, 0);
}

int lua_box_compile(struct lua_box *box, const struct expr_code *code,
                    struct err *err)
{
    struct buf chunk = {0};
    if (code->constant_count > 0) {
        buf_puts(&chunk, "local ");
        put_names(&chunk, 'k', code->constant_count);
        buf_puts(&chunk, "=...\n");
    }
    buf_puts(&chunk, "return function(");
    put_names(&chunk, 'o', code->operand_count);
    buf_puts(&chunk, ") return ");
    buf_add(&chunk, code->lua.data, code->lua.len);
    buf_puts(&chunk, " end");
    struct job job = {box, code, &chunk, -1};
    CHECK(code->lua.len > 0);
    allow_compile(box);
    lua_pushcfunction(box->lua, compile);
    lua_pushlightuserdata(box->lua, &job);
    if (lua_pcall(box->lua, 1, 0, 0) != LUA_OK) {
        set_message(box->lua, err);
        job.handle = -1;
    }
    buf_free(&chunk);
    return job.handle;
}

/* --- calling ------------------------------------------------------------ */

struct call {
    int handle;
    const struct lua_datum *operands;
    size_t count;
};

static void push_datum(lua_State *lua, const struct lua_datum *datum)
{
    switch (datum->kind) {
    case DATUM_NONE:
        lua_pushnil(lua);
        break;
    case DATUM_INT:
        lua_pushinteger(lua, (lua_Integer)datum->i);
        break;
    case DATUM_WIDE:
        lua_push_wide(lua, wide_of_uint(datum->wide));
        break;
    case DATUM_REAL:
        lua_pushnumber(lua, datum->real);
        break;
    case DATUM_TRUTH:
        lua_pushboolean(lua, datum->i != 0);
        break;
    case DATUM_TEXT:
        lua_pushlstring(lua, datum->text, datum->len);
        break;
    }
}

/* Called in protected mode, because pushing may need memory. */
static int run(lua_State *lua)
{
    const struct call *call = lua_touserdata(lua, 1);
    lua_settop(lua, 0);
    luaL_checkstack(lua, (int)call->count + 2, NULL);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, call->handle);
    for (size_t i = 0; i < call->count; i++)
        push_datum(lua, &call->operands[i]);
    lua_call(lua, (int)call->count, 1);
    return 1;
}

static void read_result(lua_State *lua, struct lua_datum *out)
{
    struct wide a;
    *out = (struct lua_datum){0};
    switch (lua_type(lua, -1)) {
    case LUA_TBOOLEAN:
        out->kind = DATUM_TRUTH;
        out->i = lua_toboolean(lua, -1);
        break;
    case LUA_TSTRING:
        out->kind = DATUM_TEXT;
        out->text = lua_tolstring(lua, -1, &out->len);
        break;
    case LUA_TNUMBER:
        out->kind = lua_isinteger(lua, -1) ? DATUM_INT : DATUM_REAL;
        out->i = out->kind == DATUM_INT ? lua_tointeger(lua, -1) : 0;
        out->real = lua_tonumber(lua, -1);
        break;
    case LUA_TUSERDATA:
        lua_to_wide(lua, -1, &a);
        out->kind = DATUM_WIDE;
        out->wide = a.bits;
        break;
    default:
        break;
    }
}

bool lua_box_call(struct lua_box *box, int handle,
                  const struct lua_datum *operands, size_t count,
                  struct lua_datum *out, struct err *err)
{
    lua_State *lua = box->lua;
    struct call call = {handle, operands, count};
    CHECK(handle >= 0);
    lua_settop(lua, 0);
    allow_call(box);
    lua_sethook(lua, on_limit, LUA_MASKCOUNT, EXPR_INSTRUCTIONS_MAX);
    lua_pushcfunction(lua, run);
    lua_pushlightuserdata(lua, &call);
    bool ok = lua_pcall(lua, 1, 1, 0) == LUA_OK;
    lua_sethook(lua, NULL, 0, 0);
    if (ok)
        read_result(lua, out);
    else
        set_message(lua, err);
    return ok;
}
