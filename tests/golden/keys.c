/* SPDX-License-Identifier: MIT */
/* Fails if a default key of an action is pressed in no case of cases.txt.
 * usage: golden_keys CASES */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "draw/key_code.h"
#include "view/keys.h"

#define LINE_BYTES 1024

static struct key_map map;
static bool pressed[ACTION_COUNT][KEYS_OF_ACTION];

/* Reads the argument of --keys as cmake's separate_arguments does. */
static void read_argument(char *out, const char *at)
{
    bool quoted = *at == '"';
    for (at += quoted; *at && *at != '\n' && (quoted ? *at != '"' : *at != ' ');
         at++) {
        if (*at == '\\' && at[1])
            at++;
        *out++ = *at;
    }
    *out = '\0';
}

static void note(int key)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        for (int k = 0; k < KEYS_OF_ACTION; k++)
            if (map.keys[i][k] == key)
                pressed[i][k] = true;
}

/* Text that is typed at a prompt is not a key of the table. */
static bool read_keys(const char *keys)
{
    bool typing = false;
    int key;
    while ((key = key_next(&keys, NULL)) > 0) {
        if (!typing)
            note(key);
        enum action action = key_map_action(&map, key);
        if (typing)
            typing = key != KEY_CODE_ENTER && key != KEY_CODE_ESC;
        else
            typing = action == ACTION_SEARCH || action == ACTION_FILTER ||
                     action == ACTION_SAVE_SCREEN || action == ACTION_GO_TO ||
                     action == ACTION_SAVE_HISTORY;
    }
    return key == KEY_CODE_NONE;
}

static void read_line(const char *line)
{
    char keys[LINE_BYTES];
    const char *at = line;
    while (*line != '#' && (at = strstr(at, "--keys ")) != NULL) {
        at += strlen("--keys ");
        read_argument(keys, at);
        if (!read_keys(keys)) /* bad_keys */
            fprintf(stderr, "not keys: %s", line);
    }
}

/* Reports what was never pressed; returns how many. */
static int report(void)
{
    struct buf name = {0};
    int missing = 0;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        for (int k = 0; k < KEYS_OF_ACTION; k++) {
            if (map.keys[i][k] == KEY_CODE_NONE || pressed[i][k])
                continue;
            buf_clear(&name);
            buf_puts(&name, "");
            key_put_name(&name, map.keys[i][k]);
            fprintf(stderr, "no case presses %s (%s)\n", name.data,
                    key_table[i].word);
            missing++;
        }
    buf_free(&name);
    return missing;
}

int main(int argc, char **argv)
{
    char line[LINE_BYTES];
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file) {
        fprintf(stderr, "golden_keys: %s\n", strerror(errno));
        return 2;
    }
    key_map_default(&map);
    while (fgets(line, sizeof line, file))
        read_line(line);
    fclose(file);
    return report() > 0;
}
