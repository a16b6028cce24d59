/* SPDX-License-Identifier: MIT */
/* The model of a layout: a flat array of leaf fields, each with a place in a
 * mapping, and as much of the structs and arrays as paths and labels need.
 * Nothing changes it after it was loaded. */
#ifndef SHMTOP_LAYOUT_LAYOUT_H
#define SHMTOP_LAYOUT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/name_table.h"
#include "base/problem.h"

/* Limits; exceeding one is an error with its line. */
#define LAYOUT_FIELDS_MAX 4000000u /* leaves after arrays are unrolled */
#define LAYOUT_NAME_MAX 40         /* bytes of a field, enum or flags name */
#define LAYOUT_SIZE_MAX (UINT64_C(1) << 46) /* bytes of a mapping */
#define LAYOUT_VALUE_MAX 65536u /* bytes of one text or bytes field */
#define LAYOUT_DEPTH_MAX 16u    /* structs within structs, files in files */
#define LAYOUT_MAPPINGS_MAX 64u
#define LAYOUT_FILES_MAX 64u /* with all that are included */
#define LAYOUT_EXPR_MAX 500u /* bytes of an expression */

/* How the stored bytes decode. */
enum kind {
    KIND_INT, /* two's complement, 8 to 64 bits */
    KIND_UINT,
    KIND_FLOAT, /* IEEE 754, 32 or 64 bits */
    KIND_BOOL,  /* 8 bits; anything but 0 is true */
    KIND_CHAR,  /* text, one byte a unit, up to the first NUL */
    KIND_UTF16,
    KIND_UTF32,
    KIND_BYTES,
    KIND_GUID,     /* 16 bytes, first three parts in the field's byte order */
    KIND_COMPUTED, /* no bytes: an expression's number or text of up to
                      COMPUTED_TEXT_MAX bytes */
};
#define COMPUTED_TEXT_MAX 255u

/* What is known of all values of a computed field. */
enum computed_form {
    COMPUTED_ANY,
    COMPUTED_CONDITION, /* true or false */
    COMPUTED_F32,       /* no more exact than f32 */
};

enum byte_order { ORDER_LITTLE, ORDER_BIG };

/* The system that the producer was compiled for. */
enum abi {
    ABI_UNKNOWN, /* not given */
    ABI_X86_LINUX,
    ABI_X64_LINUX,
    ABI_X86_WINDOWS,
    ABI_X64_WINDOWS,
    ABI_ARM64_LINUX,
    ABI_COUNT,
};

/* What a field means, apart from how it is printed. */
enum role { ROLE_COUNTER, ROLE_GAUGE, ROLE_STATE, ROLE_TEXT };

/* How people see it. */
enum show {
    SHOW_DEFAULT,
    SHOW_DEC,
    SHOW_HEX,
    SHOW_BIN,
    SHOW_OCT,
    SHOW_CHAR,
    SHOW_BYTES,
    SHOW_SI,
    SHOW_IEC,
    SHOW_DURATION,
    SHOW_UNIX,
    SHOW_UNIX_MS,
    SHOW_UNIX_US,
    SHOW_UNIX_NS,
    SHOW_FILETIME,
    SHOW_DOTNET,
    SHOW_IPV4,
};

enum text_encoding { ENCODING_UTF8, ENCODING_LATIN1 };
enum detail_level { LEVEL_INFO, LEVEL_DIAG, LEVEL_DEBUG };
enum writable { WRITABLE_NO, WRITABLE_YES, WRITABLE_RANGE };
enum hide { HIDE_NO, HIDE_UNUSED };

/* Which values are alarming; `low` and `high` are in shown units. */
enum limit_kind {
    LIMIT_NONE,
    LIMIT_ABOVE,    /* > high */
    LIMIT_AT_LEAST, /* >= high */
    LIMIT_BELOW,    /* < low */
    LIMIT_AT_MOST,  /* <= low */
    LIMIT_INSIDE,   /* low..high, both included */
    LIMIT_EQUAL,    /* == low */
    LIMIT_OTHER,    /* != low */
};

struct limit {
    enum limit_kind kind;
    double low, high;
};

/* A row of [enum NAME] (the values low..high) or of [flags NAME] (the bits
 * low..high, 0 is the least significant).  Values are 64-bit patterns, compared
 * as signed if one of the set is negative, else as unsigned. */
struct label_row {
    uint64_t low; /* low <= high in the set's order */
    uint64_t high;
    const char *label;
};

struct label_set {
    const char *name;
    bool flags;                   /* [flags], not [enum] */
    bool is_signed;               /* rows are in signed order */
    const struct label_row *rows; /* by rising value, no two overlap */
    size_t count;
    const char *otherwise; /* the enum's `*` row, or NULL */
    const char *file;      /* of its section, like the line */
    int line;
};

/* Writer patterns; writer/pattern_value.h computes them. */
enum pattern_kind {
    PATTERN_NONE,
    PATTERN_COUNT,  /* a = step, b = start */
    PATTERN_RAMP,   /* a..b in period_ns */
    PATTERN_SINE,   /* a..b in period_ns */
    PATTERN_SQUARE, /* a..b in period_ns */
    PATTERN_RANDOM, /* a..b */
    PATTERN_WALK,   /* a..b by at most c */
    PATTERN_TOGGLE, /* period_ns, or every tick when 0 */
    PATTERN_CYCLE,  /* through the enum; period_ns, or every tick when 0 */
    PATTERN_NOW,
    PATTERN_TEXT,
    PATTERN_CONST,
};

struct pattern {
    enum pattern_kind kind;
    double a, b, c;
    int64_t count_step; /* PATTERN_COUNT: a and b as exact integers */
    uint64_t count_from;
    int64_t period_ns;
    const char *text; /* PATTERN_TEXT and PATTERN_CONST: as written */
};

/* A field's attributes other than its place; all elements of an array share
 * them. */
struct attributes {
    const char *label; /* NULL: use the path */
    const char *doc;   /* NULL if not given, like unit and group */
    const char *unit;
    const char *group;
    bool scaled; /* value = stored * scale + bias */
    double scale;
    double bias;
    int precision; /* decimals, -1 if not given */
    enum show show;
    enum role role;
    enum text_encoding encoding;
    enum detail_level level;
    const struct label_set *labels; /* of enum= or flags=, or NULL */
    bool has_min, has_max;
    double min, max; /* display range for bars, in shown units */
    struct limit warn, crit;
    double hyst;      /* distance from a limit at which the alarm ends */
    int64_t for_ns;   /* time over a limit before the alarm; 0: none */
    int64_t stale_ns; /* time without a change that marks it; 0: never */
    enum hide hide;
    struct pattern write;
    enum writable writable;
    double write_low, write_high; /* in shown units */
    bool overlap;                 /* may share bytes with other fields */
    bool placed;      /* has an offset, does not follow the field before */
    const char *file; /* of the declaration */
    int line;
};

/* One leaf.  Its bytes are [offset, offset + size) of mapping `mapping`; a bit
 * field is `width` bits from bit `shift` (0 = least significant) of the integer
 * there, after its byte order is undone. */
struct field {
    const char *path; /* "pumps[3].state", unique in the layout */
    const struct attributes *attr;
    uint64_t offset;   /* bytes from `base` */
    uint32_t size;     /* bytes; 0: KIND_COMPUTED */
    uint32_t base;     /* index into layout.bases; FIELD_NO_BASE: the mapping's
                          start */
    uint32_t group;    /* index into layout.groups */
    uint32_t instance; /* index into layout.instances: the struct that it is
                          in, or FIELD_NO_INSTANCE */
    uint16_t mapping;  /* index into layout.mappings */
    uint8_t kind;      /* enum kind */
    uint8_t order;     /* enum byte_order */
    uint8_t shift;     /* of KIND_COMPUTED: enum computed_form */
    uint8_t width;     /* bits of a bit field, 0: the whole of `size` */
    uint8_t level;     /* enum detail_level, with those of structs around it */
    bool overlap;      /* may share bytes with other fields */
};
#define FIELD_NO_BASE UINT32_MAX
#define FIELD_NO_INSTANCE UINT32_MAX
#define FIELD_NONE UINT32_MAX /* no index of a field */

/* The leaves of one declaration: they are consecutive, `leaves` for each of its
 * `count` elements. */
struct group {
    const char *name;  /* of the declaration: "pumps" */
    const char *title; /* the `group` attribute, or NULL */
    uint32_t first;    /* index of the first leaf; of a struct's member: counted
                          from the struct's first leaf */
    uint32_t count;    /* elements of the array, 1 if it is none */
    uint32_t leaves;   /* of one element, 1 if it is not a struct */
    uint64_t offset; /* bytes, of element 0; of a member: from the start of its
                        struct; unless it is stored in a field */
    uint64_t stride; /* bytes from element to element; unless it is stored
                        in a field */
    bool array;
    bool placed;         /* has an offset, does not follow the field before */
    bool moving;         /* its offset or stride is stored in a field */
    uint8_t packed_size; /* bytes of the type of a bit field that the ABI
                            packs, else 0 */
    const struct struct_shape *shape; /* of an element; NULL: not a struct */
};

/* The members of a struct in the order of their leaves, placed under the ABI of
 * the first mapping that has the struct. */
struct struct_shape {
    const char *name;
    struct group *members;
    const uint32_t *by_name; /* indices of members in strcmp order */
    size_t member_count;
    uint64_t size; /* bytes, with the padding after the last member */
    uint64_t used; /* bytes up to the end of the last member */
    unsigned alignment;
    unsigned pack; /* bytes, 0: none */
    size_t index;  /* in layout.shapes */
};

/* One struct in the list of fields, an element of its declaration: its leaves'
 * labels begin with its label. */
struct instance {
    const char *label; /* of the declaration, may contain {member}; or NULL */
    const char *name;  /* of the declaration */
    uint32_t parent;   /* FIELD_NO_INSTANCE: top level */
    uint32_t first;    /* index of its first leaf */
    uint32_t element;  /* of the array */
    uint32_t elements; /* of the array, 1 if it is none */
    bool array;
    enum hide hide; /* of the declaration */
    const struct struct_shape *shape;
};

/* A place that is stored in fields of the mapping:
 *   (value of offset_field, or the location of `parent`, or 0)
 *   + value of plus_field + offset
 *   + element * (value of stride_field, or stride)
 * It is absent if `element` is not below the value of count_field.  The values
 * are checked against `most`, `extent` and the mapping's size. */
struct base {
    uint32_t parent;       /* an earlier base, FIELD_NO_BASE: none */
    uint32_t offset_field; /* index, or FIELD_NONE, like the next three */
    uint32_t plus_field;
    uint32_t stride_field;
    uint32_t count_field;
    uint32_t buffer_step; /* leaves from offset_field of one buffer to that of
                             the next; the newest buffer's field is used; 0: no
                             buffers */
    uint32_t element;
    uint32_t most; /* elements that the layout has */
    uint16_t mapping;
    bool newest;            /* + n * buffer_stride for the newest buffer n */
    uint64_t offset;        /* bytes */
    uint64_t stride;        /* bytes */
    uint64_t buffer_stride; /* bytes from buffer to buffer, if `newest` */
    uint64_t extent;        /* bytes of one element */
    uint32_t group;         /* of the declaration: index into groups */
};

/* How a producer publishes a whole frame. */
enum snapshot_method {
    SNAPSHOT_NONE,
    SNAPSHOT_STABLE,  /* not at all: read until two copies agree */
    SNAPSHOT_SEQLOCK, /* `seq` is odd while it writes */
    SNAPSHOT_PAIR,    /* `begin` is incremented before a write, `end` after */
    SNAPSHOT_NEWEST,  /* N buffers; the one with the highest tick is newest */
};

struct snapshot {
    enum snapshot_method method;
    uint32_t seq; /* indices of fields, or FIELD_NONE */
    uint32_t begin, end;
    uint32_t tick; /* of buffer 0; of buffer n: tick + n * tick_step */
    uint32_t tick_step;
    uint32_t buffers; /* how many buffers */
    int line;
};

struct mapping {
    const char *id;   /* "scoring" of [mapping scoring], NULL: the first */
    const char *name; /* target as written: "test_memory", "sysv:0x4e545030";
                         NULL if the layout names none */
    uint64_t size;    /* bytes; 0: not given */
    enum byte_order order;
    enum abi abi;       /* the producer's */
    int64_t refresh_ns; /* 0: not given */
    int64_t stale_ns;   /* from LIVE to STALE; 0: not given, INT64_MAX: never */
    const char *label;  /* a title for people, or NULL */
    const char *doc;
    struct snapshot snapshot;
    uint32_t heartbeat;         /* a field that changes while the producer runs,
                                   or FIELD_NONE */
    int64_t heartbeat_stale_ns; /* time without a change; 0: not given */
    uint32_t pid;               /* a field with the producer's process id, or
                                   FIELD_NONE */
    bool moving;                /* one of its fields has a base */
    uint64_t need;              /* bytes up to the last field without a base */
    int line;
};

/* What an expression is for. */
enum expression_use {
    EXPRESSION_COMPUTED, /* computes field `target` */
    EXPRESSION_REQUIRE,  /* of mapping `target`; false: not (yet) this layout */
    EXPRESSION_GONE,     /* of mapping `target`; true: the producer has ended */
};

struct expression {
    enum expression_use use;
    uint32_t target;
    const char *text;
    const char *file;
    int line;
};

struct layout {
    const char *file;
    const char *const
        *files; /* all files that were read; the first is `file` */
    size_t file_count;
    const char *title; /* the file's name without directories and .ini */
    struct mapping *mappings;
    size_t mapping_count; /* 1 or more */
    struct field *fields;
    size_t field_count;
    struct group *groups;
    size_t group_count;
    struct instance *instances;
    size_t instance_count;
    struct base *bases;
    size_t base_count;
    struct struct_shape **shapes; /* all structs, each after those in it */
    size_t shape_count;
    struct expression *expressions; /* computed ones in the order of fields */
    size_t expression_count;
    struct expr_machine *machine; /* the expressions, compiled; NULL: none */
    struct label_set *label_sets;
    size_t label_set_count;
    struct arena *arena;     /* owns every string and array above */
    struct name_table names; /* of groups: their indices */
};

/* The mapping's name among several: its id, or "main". */
const char *layout_mapping_id(const struct layout *layout, size_t index);

/* Bytes that mapping `index` must have: its `size`, or up to its last field
 * without a base. */
uint64_t layout_mapping_need(const struct layout *layout, size_t index);

#endif
