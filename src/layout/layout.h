/* SPDX-License-Identifier: MIT */
/*
 * A layout: an INI file turned into a flat array of leaf fields, each with a
 * place in a mapping.  Structs and arrays exist only while parsing, but for
 * what naming and labelling need; everything above loops over `fields`.
 * Immutable once loaded.
 */
#ifndef SHMTOP_LAYOUT_LAYOUT_H
#define SHMTOP_LAYOUT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/problem.h"

/* Stated limits; exceeding one is an error with its line. */
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
    KIND_COMPUTED, /* has no bytes: the value of an expression, a number or
                      a text of up to COMPUTED_TEXT_MAX bytes */
};
#define COMPUTED_TEXT_MAX 255u

enum byte_order { ORDER_LITTLE, ORDER_BIG };

/* For whom the producer was compiled; what shmtop itself is never matters. */
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

/* When a value is alarming; `low` and `high` are in shown units. */
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

/* A row of [enum NAME] (values low..high have the label) or of [flags NAME]
 * (bits low..high, 0 the least significant).  Values are 64-bit patterns,
 * compared as signed when one of the set is negative, else as unsigned. */
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

/* Writer patterns; see engine/animate.h for what they compute. */
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
    int64_t count_step; /* PATTERN_COUNT: exact 64-bit step and start */
    uint64_t count_from;
    int64_t period_ns;
    const char *text; /* PATTERN_TEXT and PATTERN_CONST: as written */
};

/* What a field's section or line says beside its place: shared by all elements
 * of an array, owned by the layout. */
struct attributes {
    const char *label; /* NULL: use the path */
    const char *doc;   /* NULL when not given, like unit and group */
    const char *unit;
    const char *group;
    bool scaled; /* value = stored * scale + bias */
    double scale;
    double bias;
    int precision; /* decimals, -1 when not given */
    enum show show;
    enum role role;
    enum text_encoding encoding;
    enum detail_level level;
    const struct label_set *labels; /* of enum= or flags=, or NULL */
    bool has_min, has_max;
    double min, max; /* display range for bars, in shown units */
    struct limit warn, crit;
    double hyst;      /* how far back over a limit ends the alarm */
    int64_t for_ns;   /* how long a limit must be broken; 0: at once */
    int64_t stale_ns; /* no change for so long marks the value; 0: never */
    enum hide hide;
    struct pattern write;
    enum writable writable;
    double write_low, write_high; /* in shown units */
    bool overlap;                 /* may share bytes with other fields */
    bool placed;      /* stands where it says (@OFFSET), not where it follows */
    const char *file; /* of the declaration */
    int line;
};

/* One leaf.  Its bytes are [offset, offset + size) of mapping `mapping`; a bit
 * field is `width` bits from bit `shift` (0 = least significant) of the integer
 * stored there, once its byte order is undone. */
struct field {
    const char *path; /* "pumps[3].state", unique in the layout */
    const struct attributes *attr;
    uint64_t offset;   /* bytes from `base` */
    uint32_t size;     /* bytes; 0: KIND_COMPUTED */
    uint32_t base;     /* index into layout.bases; FIELD_NO_BASE: the mapping's
                          start */
    uint32_t group;    /* index into layout.groups */
    uint32_t instance; /* index into layout.instances: the struct in which it
                          stands; FIELD_NO_INSTANCE: in none */
    uint16_t mapping;  /* index into layout.mappings */
    uint8_t kind;      /* enum kind */
    uint8_t order;     /* enum byte_order */
    uint8_t shift;
    uint8_t width; /* bits of a bit field, 0: the whole of `size` */
    uint8_t level; /* enum detail_level, with those of structs around it */
    bool overlap;  /* may share bytes with other fields */
};
#define FIELD_NO_BASE UINT32_MAX
#define FIELD_NO_INSTANCE UINT32_MAX
#define FIELD_NONE UINT32_MAX /* no index of a field */

/* A declaration by its leaves: they are consecutive, `leaves` for each of its
 * `count` elements.  Of a top-level declaration `first` is the index of its
 * first leaf, of a struct's member it counts from the struct's first leaf. */
struct group {
    const char *name;  /* of the declaration: "pumps" */
    const char *title; /* the `group` attribute, or NULL */
    uint32_t first;
    uint32_t count;  /* elements of the array; 1: no array */
    uint32_t leaves; /* of one element; 1: no struct */
    uint64_t offset; /* bytes, of element 0 (of a member: from the start of
                        its struct), unless a field says the place */
    uint64_t stride; /* bytes from element to element, like the offset */
    bool array;
    bool placed;         /* stands where it says, not where it follows */
    bool moving;         /* its offset or stride is in a field */
    uint8_t packed_size; /* of a bit field that the ABI packs: bytes of its
                            declared type; 0: none */
    const struct struct_shape *shape; /* of an element, NULL: no struct */
};

/* The members of a struct, in the order of their leaves, and where they stand
 * under the ABI of the mapping that has it (of the first such mapping). */
struct struct_shape {
    const char *name;
    struct group *members;
    const uint32_t *by_name; /* indices of members in strcmp order */
    size_t member_count;
    uint64_t size; /* bytes, those behind the last member included */
    uint64_t used; /* bytes up to the end of the last member */
    unsigned alignment;
    unsigned pack; /* bytes, 0: none */
    size_t index;  /* in layout.shapes */
};

/* One struct as an element of something: what labels of its leaves begin
 * with. */
struct instance {
    const char *label; /* of the declaration, may hold {member}; or NULL */
    const char *name;  /* of the declaration */
    uint32_t parent;   /* FIELD_NO_INSTANCE: top level */
    uint32_t first;    /* index of its first leaf */
    uint32_t element;  /* of the array */
    uint32_t elements; /* of it, 1: no array */
    bool array;
    enum hide hide; /* of the declaration */
    const struct struct_shape *shape;
};

/* A place that fields of the mapping say:
 *   (value of offset_field, or the place of `parent`, or 0)
 *       + value of plus_field + offset + element * (value of stride_field, or
 * stride) There is nothing when `element` is not below the value of
 * count_field.  All of them are checked against `most`, `extent` and the
 * mapping's size. */
struct base {
    uint32_t parent;       /* an earlier base, FIELD_NO_BASE: none */
    uint32_t offset_field; /* FIELD_NONE: none, like the next three */
    uint32_t plus_field;
    uint32_t stride_field;
    uint32_t count_field;
    uint32_t buffer_step; /* not 0: offset_field is that of buffer 0, and that
                             of the newest buffer n is n * buffer_step leaves
                             further */
    uint32_t element;
    uint32_t most; /* elements at most */
    uint16_t mapping;
    bool newest;     /* + n * stride_of_buffers for the newest buffer n */
    uint64_t offset; /* bytes */
    uint64_t stride; /* bytes */
    uint64_t buffer_stride; /* bytes from buffer to buffer, when `newest` */
    uint64_t extent;        /* bytes of one element */
    uint32_t group;         /* of the declaration */
};

/* How a producer publishes a whole frame. */
enum snapshot_method {
    SNAPSHOT_NONE,
    SNAPSHOT_STABLE,  /* read until two copies agree; proves nothing */
    SNAPSHOT_SEQLOCK, /* `seq` is odd while it writes */
    SNAPSHOT_PAIR,    /* `begin` goes up before, `end` after a write */
    SNAPSHOT_NEWEST,  /* a tick in each of N buffers */
};

struct snapshot {
    enum snapshot_method method;
    uint32_t seq; /* indices of fields */
    uint32_t begin, end;
    uint32_t tick; /* of buffer 0; of buffer n: tick + n * tick_step */
    uint32_t tick_step;
    uint32_t buffers; /* how many */
    int line;
};

struct mapping {
    const char *id;   /* "scoring" of [mapping scoring], NULL: the first */
    const char *name; /* target as written: "test_memory", "sysv:0x4e545030";
                         NULL when the layout names none */
    uint64_t size;    /* bytes; 0 when not given: up to the last field */
    enum byte_order order;
    enum abi abi;       /* the producer's */
    int64_t refresh_ns; /* 0 when not given */
    int64_t stale_ns;   /* LIVE becomes STALE after so long; 0: not given,
                           INT64_MAX: never */
    const char *label;  /* a title for people, or NULL */
    const char *doc;
    struct snapshot snapshot;
    uint32_t heartbeat;         /* a field that moves while the producer lives,
                                   or FIELD_NONE */
    int64_t heartbeat_stale_ns; /* how long it may rest; 0: not given */
    uint32_t pid;               /* a field with the producer's process id, or
                                   FIELD_NONE */
    bool moving;                /* some field of it has a base */
    uint64_t need; /* cache of layout_mapping_need; 0: not computed */
    int line;
};

/* What an expression is for. */
enum expression_use {
    EXPRESSION_COMPUTED, /* of field `target` */
    EXPRESSION_REQUIRE,  /* of mapping `target`: false: not (yet) this layout */
    EXPRESSION_GONE,     /* of mapping `target`: true: the producer has ended */
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
    const char *const *files; /* all that were read, the first is `file` */
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
    struct struct_shape **shapes; /* all structs, one behind those in it */
    size_t shape_count;
    struct expression *expressions; /* computed ones in the order of fields */
    size_t expression_count;
    struct expr_machine *machine; /* the expressions, compiled; NULL: none */
    struct label_set *label_sets;
    size_t label_set_count;
    uint32_t *index;     /* group index + 1 by hash of its name; 0: free */
    size_t index_size;   /* slots, a power of two; 0: no index */
    struct arena *arena; /* owns every string and array above */
};


/* What a mapping is called where there are several: its id, or "main". */
const char *layout_mapping_id(const struct layout *layout, size_t index);

/* Bytes that mapping `index` must have: its `size`, or up to its last field. */
uint64_t layout_mapping_need(const struct layout *layout, size_t index);

/* The field's label behind those of the structs around it, or its path, with
 * an array's index where that is shared ("Load [2]"); appended to `out`.
 * `values` (one a field, or NULL) fill in {member} of a struct's label. */
struct value;
void field_put_label(struct buf *out, const struct layout *layout, size_t index,
                     const struct value *values);

/* Which element the field is, of how many, counted through all arrays that it
 * stands in; 0 of 1 for a scalar. */
void field_element(const struct layout *layout, size_t index, uint64_t *element,
                   uint64_t *count);

/* Index of the field with that path, or SIZE_MAX. */
size_t layout_find(const struct layout *layout, const char *path);
/* The array that a path names with an index which it has not, or NULL. */
const struct group *layout_find_array(const struct layout *layout,
                                      const char *path);
/* The path nearest to a mistyped one, or NULL. */
const char *layout_nearest(const struct layout *layout, const char *path);

#endif
