/* SPDX-License-Identifier: MIT */
/*
 * glibc rounds correctly.  The locale does not matter, because no category but
 * LC_CTYPE is ever set.
 */
#include "base/number.h"

#include <stdlib.h>

double number_read_double(const char *decimal)
{
    return strtod(decimal, NULL);
}

float number_read_float(const char *decimal)
{
    return strtof(decimal, NULL);
}
