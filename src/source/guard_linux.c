/* SPDX-License-Identifier: MIT */
/* The guard by SIGBUS, which a shared mapping raises if its file has shrunk or
 * cannot be read.  Faults outside of the mapping of a running body go to the
 * action that was there before. */
#include "source/guard.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>

#include "base/err.h"

struct armed {
    sigjmp_buf jump;
    uintptr_t start;
    size_t len;
};

/* Thread-local, because a signal handler takes no argument of ours. */
static _Thread_local struct armed *volatile armed_now;
static struct sigaction action_before;
static pthread_mutex_t installing = PTHREAD_MUTEX_INITIALIZER;

static void on_fault(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    struct armed *here = armed_now;
    bool fault = info->si_code > 0; /* not sent by a process */
    if (fault && here && (uintptr_t)info->si_addr - here->start < here->len) {
        armed_now = NULL;
        siglongjmp(here->jump, 1);
    }
    /* A real fault is raised again on return, with its address. */
    sigaction(signal_number, &action_before, NULL);
    if (!fault)
        raise(signal_number);
}

void guard_install(void)
{
    struct sigaction now;
    struct sigaction action = {.sa_sigaction = on_fault,
                               .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    pthread_mutex_lock(&installing);
    CHECK(sigaction(SIGBUS, NULL, &now) == 0);
    if (!(now.sa_flags & SA_SIGINFO) || now.sa_sigaction != on_fault) {
        action_before = now;
        CHECK(sigaction(SIGBUS, &action, NULL) == 0);
    }
    pthread_mutex_unlock(&installing);
}

bool guard_run(guard_body_fn *body, void *user, const void *start, size_t len)
{
    CHECK(body && start && len > 0);
    struct armed armed;
    armed.start = (uintptr_t)start;
    armed.len = len;
    /* SA_NODEFER leaves the signal unblocked, so the mask is not saved. */
    if (sigsetjmp(armed.jump, 0) != 0)
        return false;
    armed_now = &armed;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    body(user);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    armed_now = NULL;
    return true;
}
