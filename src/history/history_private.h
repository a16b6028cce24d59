/* SPDX-License-Identifier: MIT */
/* How steps lie on the tape, and what reads them. */
#ifndef SHMTOP_HISTORY_HISTORY_PRIVATE_H
#define SHMTOP_HISTORY_HISTORY_PRIVATE_H

#include "base/buf.h"
#include "history/series.h"
#include "history/tape.h"
#include "sampler/replay.h"

/*
 * The image of a step is an array of words: META_WORDS for each mapping, then
 * OUTCOME_WORDS for each expression of the layout, then the bytes of each
 * mapping's frame.  A record on the tape is
 *
 *     flags    a byte, enum record_flag
 *     length   bytes that follow (numbers as in delta.h)
 *     key      minus the key of the record before
 *     stale    RECORD_STALE: 8 bytes
 *     texts    RECORD_TEXTS: length, and texts that each end with a 0: for each
 *              mapping its note and its health's message, then the sample's
 *              problem, then COMPUTED_TEXT_MAX + 1 bytes for each expression
 *              whose value is text
 *     places   RECORD_MOVED: see image_put_places
 *     delta    of the image, see delta.h
 *
 * The key of a step is its monotonic time; later than the key before even if
 * the time is not.
 */
enum record_flag {
    RECORD_RESUMED = 1,
    RECORD_REBASED = 2,
    RECORD_STALE = 4,
    RECORD_TEXTS = 8,
    RECORD_MOVED = 16,
};

/* The words of a mapping. */
enum meta_word {
    META_TIME,   /* monotonic time minus the key */
    META_WALL,   /* wall time minus monotonic time */
    META_SIZE,   /* bytes of the mapping */
    META_JUDGED, /* what became of the frame; bits 0: state, JUDGED_LIVE,
                    JUDGED_TORN, 32: generation */
    META_STATE, /* bits 0: state, 8: status, 16: it has bytes, 32: generation */
    META_VERDICT, /* bits 0: method, 8: verdict, 32: buffer */
    META_FRAMES,  /* the counts of struct consistency_result */
    META_TORN,
    META_RETRIES,
    META_GIVEN_UP,
    META_WHOLE, /* the key minus whole_ns; or META_NEVER */
    META_FACTS, /* bits 0: require, 8: gone, 16: process, 24: beat_seen, 32:
                   type of pid */
    META_PID,
    META_BEAT,
    META_WORDS,
};
#define META_NEVER INT64_MIN
/* Bits of META_JUDGED: its fields have live values; they are held as the frame
 * is torn. */
#define JUDGED_LIVE (UINT64_C(1) << 8)
#define JUDGED_TORN (UINT64_C(1) << 9)

/* A sync on the tape is the number of its words and their delta to zeros, or,
 * if it is not full, to the words of the last full one: these, then the bytes
 * of replay_save, texts and places as in a record, and the words of the image.
 */
enum sync_word {
    SYNC_STATE, /* bytes of the state; a multiple of 8, as: */
    SYNC_TEXTS,
    SYNC_PLACES,
    SYNC_IMAGE, /* words */
    SYNC_KEY,   /* of the record before */
    SYNC_STALE, /* its stale_ns */
    SYNC_WORDS,
};

/* The words of an expression: the bits of its value, or a hash of its text; its
 * type and, from bit 8 on, its flags. */
#define OUTCOME_WORDS 2

/* Where the frame of a mapping is in the image. */
struct image_frame {
    size_t at; /* word */
    size_t words;
    struct location *places; /* of all bases; owned; NULL: nothing moves */
    struct range *ranges;    /* of the frame; owned */
    size_t range_count;
};

struct image {
    uint64_t *words; /* owned */
    size_t count;
    size_t outcomes;            /* the first word of expressions */
    struct image_frame *frames; /* one for each mapping; owned */
    size_t mappings;
    struct buf texts; /* as in a record */
};

/* A sampler that repeats records, and the image of the last one. */
struct player {
    const struct history *history;
    struct sampler *sampler; /* NULL: not made yet */
    struct image image;
    struct step_input *inputs;         /* as many as mappings; owned */
    struct computed_outcome *outcomes; /* as many as expressions; owned */
    uint64_t sync; /* number of the one that it reads after; UINT64_MAX: none */
    uint64_t place; /* of the next record */
    int64_t key;    /* of the last record */
    int64_t stale_ns;
    bool stepped; /* the last record was repeated */
    bool rebased; /* baselines that were set later do not count */
};

/* When the wall clock was how much ahead of the monotonic one. */
struct clock_piece {
    int64_t from_key;
    int64_t offset_ns;
};

#define CLOCKS_MOST 4096
/* The wall clock has jumped, or the computer slept. */
#define CLOCK_JUMP_NS INT64_C(1000000000)

struct series;

struct history {
    struct sampler *sampler; /* borrowed */
    const struct layout *layout;
    size_t granted;      /* bytes */
    const char *problem; /* or NULL */
    char problem_text[160];
    struct tape tape;
    struct image image; /* of the last step */
    struct buf texts;   /* scratch */
    struct buf parts;   /* scratch: texts, places and state */
    struct buf full;    /* the words of the last full sync, and */
    struct buf words;   /* scratch of the same size */
    uint64_t moving;    /* mappings with places, a bit for each */
    uint64_t group_at;  /* place of the last full sync */
    double cost_ns;     /* to repeat the records after the last sync */
    int64_t last_key;
    int64_t stale_ns;     /* of the last record */
    uint64_t records;     /* ever */
    struct player player; /* of history_seek */
    struct player walker; /* of history_walk and history_rebase */
    /* What is shown on the time bar: */
    struct history_mark *marks; /* owned */
    size_t mark_count, mark_most;
    struct clock_piece *clocks; /* owned */
    size_t clock_count, clock_most;
    uint8_t *levels;         /* of alarms in the last step; owned */
    bool *read;              /* by mapping: it was read in the last step */
    uint32_t *generations;   /* by mapping */
    struct series *series;   /* a list; owned by series.c */
    uint64_t series_used;    /* counts calls of history_series */
    struct image scan_image; /* if fields move: of series_scan, and */
    uint64_t scan_place;     /* the place of the record after it */
    bool has_scan;
};

/* --- image.c -------------------------------------------------------------- */

void image_make(struct image *image, const struct sampler *sampler,
                const struct layout *layout);
void image_free(struct image *image);
/* Takes over the plans and places of the mappings with a bit in `moved`; all
 * frames begin with zeros then. */
void image_replan(struct image *image, const struct sampler *sampler,
                  const struct layout *layout, uint64_t moved);
/* Appends the places and ranges of the mappings with a bit in `moved`; and sets
 * them, in the same way.  Returns the end of what was read. */
void image_put_places(struct buf *out, const struct image *image,
                      const struct layout *layout, uint64_t moved);
const uint8_t *image_take_places(struct image *image,
                                 const struct layout *layout, const uint8_t *at,
                                 uint64_t *moved);

/* Fills the META_WORDS of a mapping's input, which became `judged`; and the
 * input of them, with the bytes in the image. */
void image_put_meta(uint64_t *words, const struct step_input *input,
                    const struct frame *judged, int64_t key);
void image_take_input(const struct image *image, size_t mapping, int64_t key,
                      struct step_input *input);

/* --- history.c ------------------------------------------------------------ */

/* Writes a sync; `jump` as in struct tape_sync. */
void history_sync(struct history *history, bool jump);

/* The head of a record. */
struct record_head {
    unsigned flags;
    int64_t key; /* if `key` was that of the record before */
    const uint8_t *body;
    uint64_t end; /* place after the record */
};
struct record_head history_head(const struct history *history, uint64_t place,
                                int64_t key);

/* The words of a sync, `*count` of them; the caller frees them. */
uint64_t *history_sync_words(const struct history *history, uint64_t number,
                             size_t *count);
/* The delta of a record; of RECORD_MOVED, the places before it: then `*places`
 * is not NULL. */
const uint8_t *history_delta(const struct record_head *head,
                             const uint8_t **places);

/* --- history_marks.c ------------------------------------------------------ */

/* Notes what the last step is the first one of. */
void history_mark_step(struct history *history, int64_t key);

/* --- player.c ------------------------------------------------------------- */

void player_free(struct player *player);
/* Repeats the step of the record that is the last one not after `key`.  False
 * if there is none. */
bool player_seek(struct player *player, const struct history *history,
                 int64_t key);
/* Becomes what the sampler is now. */
void player_copy(struct player *player, const struct history *history);
/* Repeats the next step; false at the end. */
bool player_next(struct player *player);

/* --- series_read.c, series.c ---------------------------------------------- */

/* What a record says of a field. */
enum seen { SEEN_NOTHING, SEEN_LIVE, SEEN_TORN };

/* A place on the tape, and what is known of a field after the record before
 * it. */
struct series_reader {
    uint64_t sync;  /* number */
    uint64_t place; /* of the next record */
    int64_t key;    /* of the last record; as: */
    uint64_t wall;  /* META_WALL */
    uint64_t last_wall;
    uint64_t size;   /* META_SIZE */
    uint64_t judged; /* META_JUDGED */
    enum seen seen;
    bool resumed;  /* sampling had paused before it */
    uint64_t *now; /* the field's words; owned */
    bool has_last;
    uint32_t generation;
    uint32_t last_generation; /* of: */
    uint64_t *last;           /* the words of the last live value; owned */
    size_t last_byte; /* of its first byte in them: a field may have moved */
};

/* Consecutive records. */
struct series_block {
    struct series_reader begin; /* before the first of them */
    int64_t first_key, last_key;
    uint32_t records;
    bool changed; /* some value is another one than the live one before */
    struct series_cell sum;
};

struct series {
    struct series *next;
    struct history *history;
    uint32_t field;
    const struct field *of;
    size_t mapping;
    uint64_t others;    /* mappings that a computed field depends on, too */
    size_t at;          /* its first word in the image; SIZE_MAX: no place */
    size_t words;       /* of the field; as many are in readers */
    size_t byte;        /* of its first word */
    uint64_t end;       /* in the mapping */
    uint64_t used;      /* history->series_used of the last call */
    struct image image; /* if fields move: the image of the last record read;
                           else without words */
    struct series_reader head;   /* after the last record read */
    struct series_reader scan;   /* of series_scan */
    uint64_t *change;            /* scratch of `words` words; owned */
    struct series_block *blocks; /* owned; the last one may grow */
    size_t block_count, block_room;
    unsigned doublings; /* of the length of a block, to save memory */
};

/* Finds the field in the image; it is nowhere while it has no place. */
void series_find_words(struct series *series);
/* A reader with room for `words` words. */
void series_reader_make(struct series_reader *reader, size_t words);
void series_reader_free(struct series_reader *reader);
void series_reader_copy(struct series_reader *to,
                        const struct series_reader *from, size_t words);
/* Begins before the first record after a sync. */
void series_rewind(struct series *series, struct series_reader *reader,
                   uint64_t number);
/* Reads the next record; false at the end. */
bool series_read(struct series *series, struct series_reader *reader);

/* The series of a field up to the last record; NULL: no history is kept. */
struct series *series_find(struct history *history, uint32_t field);
/* Adds the record that the reader has read to `cell`.  Whether the value is
 * another one than the last live value before, if there was one. */
bool series_take(struct series *series, struct series_reader *reader,
                 struct series_cell *cell);
/* Calls `fn` after each record of a block was read; it has to call series_take.
 * False if `fn` returned that. */
typedef bool series_fn(void *user, struct series *series,
                       struct series_reader *reader);
bool series_scan(struct series *series, const struct series_block *block,
                 series_fn *fn, void *user);
void series_free(struct history *history);
/* The instant of the first record after `at_ns` in which the field has another
 * value than the live one before; 0: there is none. */
int64_t series_next_change(struct history *history, uint32_t field,
                           int64_t at_ns);

#endif
