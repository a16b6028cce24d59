/* SPDX-License-Identifier: MIT */
/*
 * The attributes of a field: one table, read by `[field NAME]` sections, by
 * the lines of `[fields]`.
 */
#ifndef SHMTOP_LOADER_FIELD_KEYS_H
#define SHMTOP_LOADER_FIELD_KEYS_H

#include "layout/syntax.h"
#include "layout/type.h"

struct struct_def;

/* In the order of attribute_table. */
enum attribute {
    ATTR_OFFSET,
    ATTR_TYPE,
    ATTR_BITS,
    ATTR_LABEL,
    ATTR_DOC,
    ATTR_UNIT,
    ATTR_GROUP,
    ATTR_SCALE,
    ATTR_BIAS,
    ATTR_PRECISION,
    ATTR_SHOW,
    ATTR_ROLE,
    ATTR_ENUM,
    ATTR_FLAGS,
    ATTR_ENCODING,
    ATTR_MIN,
    ATTR_MAX,
    ATTR_LEVEL,
    ATTR_WRITE,
    ATTR_WRITABLE,
    ATTR_OVERLAP,
    ATTR_WARN,
    ATTR_CRIT,
    ATTR_HYST,
    ATTR_FOR,
    ATTR_STALE,
    ATTR_HIDE,
    ATTR_STRIDE,
    ATTR_ELEMENTS,
    ATTR_MAPPING,
    ATTR_EXPR,
    ATTR_COUNT,
};

/* A field, or an array of them, as the file declares it. */
struct declaration {
    const char *name;
    const char *file;
    int line;
    int *lines;    /* of each attribute; NULL: all on `line` */
    uint32_t seen; /* bit of each enum attribute that was given */
    uint32_t good; /* and of each that could be read */
    struct type_spec type;
    uint64_t offset;
    const char *offset_name;  /* a field that has the offset, or NULL; then
                                 `offset` is added to it */
    const char *plus_name;    /* and what this field has, or NULL */
    uint64_t stride;          /* 0: not given, or in stride_name */
    const char *stride_name;  /* NULL: not a field's */
    const char *count_name;   /* NULL: as many as the type says */
    const char *mapping_name; /* of mapping=, NULL: as the section says */
    const char *expr;         /* of [computed], else NULL */
    uint16_t mapping;         /* index */
    bool computed;
    bool checked;           /* its attributes were checked already */
    uint32_t checked_size;  /* and are sound for so many bytes; 0: for none */
    bool refused;           /* its type was found wrong and said to be */
    bool lost;              /* so was a field that says its place */
    struct struct_def *def; /* of its type, once bound; NULL: no struct */
    uint8_t bit_low, bit_high;
    uint8_t decimals; /* written behind the point of scale and bias */
    bool exact;       /* those decimals are all there is (no exponent) */
    const char *enum_name, *flags_name;
    const char *warn_label, *crit_label; /* `crit = ==Fault`; or NULL */
    struct attributes *attr;
};

struct attribute_row {
    const char *key;
    /* Stores `value` (not empty) into `decl`; strings go to `arena`.  False
     * with the reason in `err`. */
    bool (*parse)(struct declaration *decl, const struct attribute_row *row,
                  const char *value, struct arena *arena, struct err *err);
    size_t where;                 /* offset in struct attributes, if used */
    const struct word_row *words; /* valid values, if they are words */
};

/* ATTR_COUNT rows and one whose key is NULL. */
extern const struct attribute_row attribute_table[];

/* Prepares `decl` for attributes: defaults, no line of its own yet; `file`
 * lives as long as `arena`. */
void declaration_begin(struct declaration *decl, const char *name,
                       const char *file, int line, struct arena *arena);

/* One `key = value` on `line`; what is wrong is added to `problems`. */
void attribute_set(struct declaration *decl, const char *key, const char *value,
                   int line, struct arena *arena, struct problems *problems);

/* The line of an attribute that was given. */
int attribute_line(const struct declaration *decl, enum attribute which);
/* Whether the attribute was given and could be read. */
bool attribute_good(const struct declaration *decl, enum attribute which);

#endif
