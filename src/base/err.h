/* SPDX-License-Identifier: MIT */
/* Errors: of the world as a filled `struct err` and a false return value, which
 * only main prints; of the programmer by CHECK, which ends the program in every
 * build. */
#ifndef SHMTOP_BASE_ERR_H
#define SHMTOP_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

/* Argument checking where the compiler has it.  gcc's plain `printf` is that of
 * the system, which may not know %zu. */
#if defined(__GNUC__) && !defined(__clang__)
#define PRINTF_LIKE(fmt, first) __attribute__((format(gnu_printf, fmt, first)))
#elif defined(__GNUC__)
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#else
#define PRINTF_LIKE(fmt, first)
#endif

/* The documented exit codes of the program. */
enum status {
    STATUS_OK = 0,
    STATUS_CHECK_FAILED = 1,
    STATUS_USAGE = 64,
    STATUS_DATA = 65,
    STATUS_NO_MAPPING = 66,
    STATUS_UNAVAILABLE = 69,
    STATUS_INTERNAL = 70,
    STATUS_CANNOT_CREATE = 73,
    STATUS_IO = 74,
    STATUS_TIMEOUT = 75,
    STATUS_DENIED = 77,
};

#define ERR_TEXT_MAX 1024

/* One error: the exit code it leads to and a message without the program's
 * name or a full stop ("layouts/x.ini:3: unknown type 'i46'; did you mean
 * 'i64'?").  Zero-initialise it; it owns nothing. */
struct err {
    enum status status;
    char text[ERR_TEXT_MAX];
};

/* Fills `err` (ignored when NULL) and returns false, so that a function can
 * end with `return err_set(err, STATUS_IO, "%s: %s", path, reason);`.  Text
 * from outside (names, bytes) may be unsafe: err_say cleans it. */
bool err_set(struct err *err, enum status status, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Puts "context: " before the message of an already filled `err`. */
void err_prefix(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Call it first in main, before any atexit handler is registered: handlers run
 * in reverse order, so die() prints its message after the terminal has been
 * restored. */
void err_init(void);

/* Prints "shmtop: TEXT" on stderr as one line: unsafe and invalid characters
 * are replaced as by text_clean. */
void err_say(const char *text);

/* Ends the program with `status`, after the atexit handlers, which restore the
 * terminal; the message is the last text on stderr. */
_Noreturn void die(enum status status, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* A promise of the code, whatever the input; never compiled out. */
#define CHECK(expr)                                                            \
    ((expr) ? (void)0                                                          \
            : die(STATUS_INTERNAL, "%s:%d: internal error: %s", __FILE__,      \
                  __LINE__, #expr))

#endif
