/* SPDX-License-Identifier: MIT */
/*
 * Which of the keys `linux` and `windows` names the mapping here.
 */
#include "loader/mapping_keys.h"

const char *const mapping_native_key = "windows";
