/* SPDX-License-Identifier: MIT */
/* Computes when the next sample is due.  Reading the clock and waiting are
 * base/os.h. */
#include "sampler/ticker.h"

#include <math.h>

#include "base/err.h"

/* How long ticks are counted before achieved_hz is set again. */
#define WINDOW_NS INT64_C(1000000000)

/* a + b for b >= 0, INT64_MAX if that is too large. */
static int64_t add_ns(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static void reset_measure(struct ticker *ticker)
{
    ticker->served_ns = 0;
    ticker->achieved_hz = NAN;
    ticker->window_ns = 0;
    ticker->window_ticks = 0;
    ticker->settled = false;
}

void ticker_start(struct ticker *ticker, int64_t now_ns, int64_t period_ns)
{
    CHECK(period_ns > 0);
    ticker->period_ns = period_ns;
    ticker->next_ns = now_ns;
    ticker->missed = 0;
    reset_measure(ticker);
}

/* Counts a tick served at now_ns.  The first window sets the rate while it
 * grows, later ones when they are full: at 1 kHz one late tick must not make
 * the number jump. */
static void measure(struct ticker *ticker, int64_t now_ns)
{
    if (ticker->served_ns == 0) {
        ticker->window_ns = now_ns;
        return;
    }
    ticker->window_ticks++;
    int64_t span_ns = now_ns - ticker->window_ns;
    bool full = span_ns >= WINDOW_NS;
    if (span_ns > 0 && (full || !ticker->settled))
        ticker->achieved_hz =
            (double)ticker->window_ticks * 1e9 / (double)span_ns;
    if (full) {
        ticker->settled = true;
        ticker->window_ns = now_ns;
        ticker->window_ticks = 0;
    }
}

void ticker_advance(struct ticker *ticker, int64_t now_ns)
{
    CHECK(ticker->period_ns > 0);
    measure(ticker, now_ns);
    ticker->served_ns = now_ns;
    int64_t skipped = 0;
    if (now_ns > ticker->next_ns)
        skipped = (now_ns - ticker->next_ns) / ticker->period_ns;
    ticker->missed += (uint64_t)skipped;
    /* No overflow: the skipped periods end at or before now. */
    ticker->next_ns += skipped * ticker->period_ns;
    ticker->next_ns = add_ns(ticker->next_ns, ticker->period_ns);
}

void ticker_change(struct ticker *ticker, int64_t now_ns, int64_t period_ns)
{
    CHECK(period_ns > 0);
    ticker->period_ns = period_ns;
    ticker->next_ns = add_ns(now_ns, period_ns);
    reset_measure(ticker);
}
