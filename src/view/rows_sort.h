/* SPDX-License-Identifier: MIT */
/* The order of rows: by a column, or a table by one of its members. */
#ifndef SHMTOP_VIEW_ROWS_SORT_H
#define SHMTOP_VIEW_ROWS_SORT_H

#include "view/view.h"

/* Sorts rows of fields by view->order, a column. */
void rows_sort_flat(struct view *view, struct row *rows, size_t count);
/* Sorts the elements of a table by array->sort_member. */
void rows_sort_table(struct view *view, const struct heading *array,
                     struct row *rows, size_t count);
/* Whether samples change the order. */
bool rows_sort_is_moving(const struct view *view);
void rows_sort_close(struct view *view);

#endif
