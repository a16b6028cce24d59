/* SPDX-License-Identifier: MIT */
/* The functions of output_table, each defined in the file of its format. */
#ifndef SHMTOP_OUTPUT_OUTPUT_PRIVATE_H
#define SHMTOP_OUTPUT_OUTPUT_PRIVATE_H

#include "output/output.h"

void out_text_begin(struct buf *out, struct output_plan *plan);
void out_text_sample(struct buf *out, const struct output_plan *plan,
                     const struct sample *sample);
void out_json_sample(struct buf *out, const struct output_plan *plan,
                     const struct sample *sample);
void out_csv_begin(struct buf *out, struct output_plan *plan);
void out_csv_sample(struct buf *out, const struct output_plan *plan,
                    const struct sample *sample);

#endif
