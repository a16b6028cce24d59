/* SPDX-License-Identifier: MIT */
/*
 * A layout: an INI file turned into a flat array of leaf fields, each with a
 * place in a mapping.  Arrays (and, later, structs) exist only while parsing;
 * everything above loops over `fields`.  Immutable once loaded.
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
    KIND_GUID, /* 16 bytes, first three parts in the field's byte order */
};

enum byte_order { ORDER_LITTLE, ORDER_BIG };

/* For whom the producer was compiled; what shmtop itself is never matters. */
enum abi {
    ABI_UNKNOWN, /* not given */
    ABI_X86_LINUX,
    ABI_X64_LINUX,
    ABI_X86_WINDOWS,
    ABI_X64_WINDOWS,
    ABI_ARM64_LINUX,
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
    struct pattern write;
    enum writable writable;
    double write_low, write_high; /* in shown units */
    bool overlap;                 /* may share bytes with other fields */
    int line;
};

/* One leaf.  Its bytes are [offset, offset + size) of mapping `mapping`; a bit
 * field is `width` bits from bit `shift` (0 = least significant) of the integer
 * stored there, once its byte order is undone. */
struct field {
    const char *path; /* "pumps[3].state", unique in the layout */
    const struct attributes *attr;
    uint64_t offset;  /* bytes from `base` */
    uint32_t size;    /* bytes */
    uint32_t base;    /* FIELD_NO_BASE: the mapping's start */
    uint32_t group;   /* index into layout.groups */
    uint16_t mapping; /* index into layout.mappings */
    uint8_t kind;     /* enum kind */
    uint8_t order;    /* enum byte_order */
    uint8_t shift;
    uint8_t width; /* bits of a bit field, 0: the whole of `size` */
};
#define FIELD_NO_BASE UINT32_MAX

/* A run of consecutive fields that came from one declaration (a scalar or an
 * array), or that share `group =`: enough to label and fold rows. */
struct group {
    const char *name;  /* of the declaration: "pumps" */
    const char *title; /* the `group` attribute, or NULL */
    uint32_t first;    /* index of its first field */
    uint32_t count;    /* how many fields; elements of the array, 1: scalar */
    bool array;
};

struct mapping {
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
    uint64_t need; /* cache of layout_mapping_need; 0: not computed */
    int line;
};

struct layout {
    const char *file;
    const char *title; /* the file's name without directories and .ini */
    struct mapping *mappings;
    size_t mapping_count; /* 1 or more */
    struct field *fields;
    size_t field_count;
    struct group *groups;
    size_t group_count;
    struct label_set *label_sets;
    size_t label_set_count;
    uint32_t *index;     /* group index + 1 by hash of its name; 0: free */
    size_t index_size;   /* slots, a power of two; 0: no index */
    struct arena *arena; /* owns every string and array above */
};

/* Reads and checks a layout file, check_placement included.  On success `*out`
 * is a layout to layout_free; `problems` may hold warnings (overlaps are
 * errors).  When the file is unsound returns false with every error in
 * `problems` and `err` left empty (err->text[0] == 0); when it cannot be read,
 * false with `err`. */
bool layout_load(struct layout **out, const char *path,
                 struct problems *problems, struct err *err);
/* The same for text in memory. */
bool layout_parse(struct layout **out, const char *name, const char *text,
                  size_t len, struct problems *problems);
void layout_free(struct layout *layout); /* accepts NULL */

/* The user knows better than the layout for whom the producer was compiled:
 * `abi` counts for all mappings, ABI_UNKNOWN changes nothing.  Call it before
 * anybody else sees the layout. */
void layout_override_abi(struct layout *layout, enum abi abi);

/* Bytes that mapping `index` must have: its `size`, or up to its last field. */
uint64_t layout_mapping_need(const struct layout *layout, size_t index);

/* The field's label, or its path (with an array's index when the label is
 * shared: "Load [2]") appended to `out`. */
void field_put_label(struct buf *out, const struct layout *layout,
                     size_t index);

/* Index of the field with that path, or SIZE_MAX. */
size_t layout_find(const struct layout *layout, const char *path);
/* The array that a path names with an index which it has not, or NULL. */
const struct group *layout_find_array(const struct layout *layout,
                                      const char *path);
/* The path nearest to a mistyped one, or NULL. */
const char *layout_nearest(const struct layout *layout, const char *path);

#endif
