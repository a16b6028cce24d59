/* SPDX-License-Identifier: MIT */
/*
 * Types that the producers' headers take from their systems. Each other file
 * in this folder has the structs of a producer, as it publishes them, and one
 * object with a value in every member; see judge_published.py.
 */
typedef __INT8_TYPE__ i8;
typedef __UINT8_TYPE__ u8;
typedef __INT16_TYPE__ i16;
typedef __UINT16_TYPE__ u16;
typedef __INT32_TYPE__ i32;
typedef __UINT32_TYPE__ u32;
typedef __INT64_TYPE__ i64;
typedef __UINT64_TYPE__ u64;
typedef _Bool bool;

#if defined(_WIN32) || defined(TIME64)
typedef i64 time_t;
#else
typedef long time_t;
#endif

/* The object that is the mapping. */
#define MAPPING __attribute__((section(".judge")))
#define OFFSET(type, member) __builtin_offsetof(type, member)
/* A size that the producer publishes. */
#define PUBLISHED(type, bytes)                                                 \
    _Static_assert(sizeof(type) == (bytes), #type " has " #bytes " bytes")
