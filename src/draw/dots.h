/* SPDX-License-Identifier: MIT */
/* A picture of dots, several to a character, in one of three alphabets. What is
 * drawn with them is plot.h. */
#ifndef SHMTOP_DRAW_DOTS_H
#define SHMTOP_DRAW_DOTS_H

#include "draw/canvas.h"

enum graph {
    GRAPH_BLOCKS,  /* 2 x 2 dots: quadrants */
    GRAPH_BRAILLE, /* 2 x 4 */
    GRAPH_ASCII    /* 1 x 3: `.` `-` `'`, and `|` from one end to the other */
};

/* Dots a character has in each direction. */
int graph_across(enum graph graph);
int graph_down(enum graph graph);

/* The dot (0, 0) is at the bottom left. */
struct dots {
    enum graph graph;
    int columns, rows; /* characters */
    int wide, high;    /* dots */
    uint8_t *masks;    /* by character, the top left one first; owned */
    uint8_t *owners;   /* of characters with dots: who set the first one */
    bool under;        /* dots are set only in characters of no other owner */
};

void dots_open(struct dots *dots, enum graph graph, int columns, int rows);
void dots_free(struct dots *dots);

/* Sets one dot; nothing outside the picture. */
void dots_set(struct dots *dots, int x, int y, uint8_t owner);
/* Sets the dots from (x, low) to (x, high). */
void dots_rise(struct dots *dots, int x, int low, int high, uint8_t owner);
/* Sets a line of dots, both ends included. */
void dots_line(struct dots *dots, int x, int y, int to_x, int to_y,
               uint8_t owner);

/* The character at (row, column) from the top left; 0 if it has no dots. */
uint32_t dots_code(const struct dots *dots, int row, int column);
/* Who set its first dot. */
uint8_t dots_owner(const struct dots *dots, int row, int column);

#endif
