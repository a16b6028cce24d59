/* SPDX-License-Identifier: MIT */
/*
 * Whether the attributes of a declaration suit its type and each other.
 */
#ifndef SHMTOP_LOADER_FIELD_CHECK_H
#define SHMTOP_LOADER_FIELD_CHECK_H

#include "loader/field_keys.h"

/* Checks `decl`, whose type could be read, resolves its enum and flags in
 * `layout` and fills the defaults that follow from both (role, precision).
 * `field` is what each of its leaves will be, without path and place.  Errors
 * are added to `problems` with the line of the attribute. */
void suits_check(struct declaration *decl, struct field *field,
                 const struct layout *layout, struct problems *problems);
/* The same for a [computed] one, whose type is not known until it is
 * computed. */
void suits_check_computed(struct declaration *decl, const struct layout *layout,
                          struct problems *problems);
/* Gives the field the bits of `decl`, which are known to suit its type. */
void suits_set_bits(const struct declaration *decl, struct field *field);

/* The same for a declaration whose type is a struct: it has a name, a place and
 * a look, but is no value. */
void suits_check_struct(struct declaration *decl, struct problems *problems);

#endif
