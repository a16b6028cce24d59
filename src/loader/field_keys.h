/* SPDX-License-Identifier: MIT */
/* The attributes of a field: the keys of [field NAME] and [computed NAME], and
 * the words of a line in [fields] and [struct NAME]. */
#ifndef SHMTOP_LOADER_FIELD_KEYS_H
#define SHMTOP_LOADER_FIELD_KEYS_H

#include "loader/declaration.h"

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

/* ATTR_COUNT rows and one whose key is NULL. */
extern const struct section_key attribute_table[];

/* Reads one `key = value` in line `line` into `decl`. */
void attribute_set(struct declaration *decl, const char *key, const char *value,
                   int line, struct arena *arena, struct problems *problems);

#endif
