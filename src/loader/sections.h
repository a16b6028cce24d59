/* SPDX-License-Identifier: MIT */
/* The kinds of sections; sections.c reads them. */
#ifndef SHMTOP_LOADER_SECTIONS_H
#define SHMTOP_LOADER_SECTIONS_H

#include "layout/words.h"

extern const struct word_row section_words[];

#endif
