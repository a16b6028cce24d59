/* SPDX-License-Identifier: MIT */
/* The sections of the configuration that only the dashboard uses: [keys] and
 * [theme NAME].  Settings of [shmtop] are options. */
#ifndef SHMTOP_CLI_DASHBOARD_CONFIG_H
#define SHMTOP_CLI_DASHBOARD_CONFIG_H

#include "base/ini.h"
#include "draw/theme.h"
#include "view/keys.h"

struct own_theme {
    char *name; /* owned */
    int line;   /* of its header */
    struct theme theme;
};

/* A line of [keys]. */
struct key_line {
    char *action, *keys; /* owned */
    int line;
    bool is_bound;
};

struct dashboard_config {
    struct own_theme *themes;
    size_t theme_count;
    struct key_line *key_lines;
    size_t key_line_count;
    struct key_map keys; /* after dashboard_config_bind */
    char *notice; /* the first problem, for the status line; owned, or NULL */
};

/* Whether a section is one of these. */
bool dashboard_config_owns(const char *section);
/* Reads a header or a key of such a section.  What is wrong becomes a warning,
 * and that line is not used. */
void dashboard_config_read(struct dashboard_config *config, const char *file,
                           const struct ini_event *event,
                           struct problems *problems);

/* Makes the map of keys after the last line.  A line that is wrong becomes a
 * warning, and its action keeps its default keys, unless other lines use
 * them. */
void dashboard_config_bind(struct dashboard_config *config, const char *file,
                           struct problems *problems);

/* The theme of that name, own or built in, or NULL with STATUS_USAGE.  `config`
 * may be NULL. */
const struct theme *
dashboard_config_theme(const struct dashboard_config *config, const char *name,
                       struct err *err);
void dashboard_config_free(struct dashboard_config *config); /* accepts NULL */

#endif
