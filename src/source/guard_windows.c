/* SPDX-License-Identifier: MIT */
/* The guard by a vectored exception handler: a view of a file whose bytes
 * cannot be read raises an in-page error (under Wine an access violation).
 * Faults outside of the mapping of a running body are passed on. */
#include "source/guard.h"

#include <stdint.h>

#include "base/system_windows.h"

#if defined(__x86_64__)
#define PC(context) ((context)->Rip)
#define SP(context) ((context)->Rsp)
typedef DWORD64 word;
#elif defined(__i386__)
#define PC(context) ((context)->Eip)
#define SP(context) ((context)->Esp)
typedef DWORD word;
#else
#error "add the program counter and stack pointer of this processor"
#endif

/* The names in the system headers clash with ours. */
#define ACCESS_VIOLATION 0xC0000005u
#define IN_PAGE_ERROR 0xC0000006u

struct armed {
    void *jump[5];
    uintptr_t start;
    size_t len;
};

/* A slot, because reading it is safe in a handler; a _Thread_local may
 * allocate. */
static DWORD slot;
static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static PVOID handler;
static SRWLOCK installing = SRWLOCK_INIT;

/* The handler does not jump out of the exception: it returns here, so that the
 * system completes its work first.  The jump is the compiler's own, because
 * longjmp() would unwind frames that are not there. */
static _Noreturn void land(void)
{
    struct armed *here = TlsGetValue(slot);
    TlsSetValue(slot, NULL);
    __builtin_longjmp(here->jump, 1);
}

static LONG CALLBACK on_fault(EXCEPTION_POINTERS *exception)
{
    const EXCEPTION_RECORD *record = exception->ExceptionRecord;
    if (record->ExceptionCode != ACCESS_VIOLATION &&
        record->ExceptionCode != IN_PAGE_ERROR)
        return EXCEPTION_CONTINUE_SEARCH;
    const struct armed *here = TlsGetValue(slot);
    if (!here || record->NumberParameters < 2 ||
        record->ExceptionInformation[1] - here->start >= here->len)
        return EXCEPTION_CONTINUE_SEARCH;
    /* Continue in land(), with the stack aligned as for a call. */
    CONTEXT *context = exception->ContextRecord;
    PC(context) = (word)(uintptr_t)land;
    SP(context) = (SP(context) & ~(word)15) - sizeof(word);
    return EXCEPTION_CONTINUE_EXECUTION;
}

static BOOL CALLBACK take_slot(INIT_ONCE *now, PVOID unused, PVOID *none)
{
    (void)now, (void)unused, (void)none;
    slot = TlsAlloc();
    CHECK(slot != TLS_OUT_OF_INDEXES);
    return TRUE;
}

void guard_install(void)
{
    CHECK(InitOnceExecuteOnce(&once, take_slot, NULL, NULL));
    /* The handler may have been displaced.  Register it again first: add before
     * remove, so there is always one. */
    AcquireSRWLockExclusive(&installing);
    PVOID before = handler;
    handler = AddVectoredExceptionHandler(1, on_fault);
    CHECK(handler);
    if (before)
        RemoveVectoredExceptionHandler(before);
    ReleaseSRWLockExclusive(&installing);
}

bool guard_run(guard_body_fn *body, void *user, const void *start, size_t len)
{
    CHECK(body && start && len > 0);
    struct armed armed;
    armed.start = (uintptr_t)start;
    armed.len = len;
    if (__builtin_setjmp(armed.jump) != 0)
        return false;
    TlsSetValue(slot, &armed);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    body(user);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    TlsSetValue(slot, NULL);
    return true;
}
