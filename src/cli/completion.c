/* SPDX-License-Identifier: MIT */
/*
 * Completions for bash, from the option table.  Self-contained: they need
 * bash alone, not the bash-completion package.
 */
#include "cli/help.h"
#include "cli/manual.h"

/* "--refresh -r ..." for the command. */
static void put_words(struct buf *out, enum command command)
{
    const char *separator = "";

    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];

        if ((row->commands & 1u << command) == 0)
            continue;
        buf_printf(out, "%s--%s%s", separator, row->name,
                   option_is_optional(row) ? " --" : "");
        if (option_is_optional(row))
            buf_printf(out, "%s=", row->name);
        separator = " ";
        if (row->letter != '\0')
            buf_printf(out, " -%c", row->letter);
    }
}

static bool is_file(size_t id)
{
    return id == OPTION_OUTPUT || id == OPTION_LAYOUT || id == OPTION_CONFIG;
}

static bool needs_argument(const struct option_row *row)
{
    return row->argument && !option_is_optional(row);
}

/* What may follow an option that needs an argument. */
static void put_arguments(struct buf *out)
{
    buf_puts(out, "    case $prev in\n");
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];
        const char *separator = "";

        if (!needs_argument(row))
            continue;
        buf_printf(out, "    --%s", row->name);
        if (row->letter != '\0')
            buf_printf(out, "|-%c", row->letter);
        buf_puts(out, ")\n");
        if (is_file(i)) {
            buf_puts(out, "        _shmtop_files\n");
        } else if (option_word(row, COMMAND_PRINT, 0)) {
            const char *word;

            buf_puts(out, "        _shmtop_words \"");
            for (size_t n = 0; (word = option_word(row, COMMAND_PRINT, n));
                 n++) {
                buf_printf(out, "%s%s", separator, word);
                separator = " ";
            }
            buf_puts(out, "\"\n");
        }
        buf_puts(out, "        return ;;\n");
    }
    buf_puts(out, "    esac\n");
}

static void put_command_of_line(struct buf *out)
{
    buf_puts(out, "    command=watch word=\n"
                  "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                  "        case ${COMP_WORDS[i]} in\n"
                  "        ");
    for (int i = 0; i < COMMAND_COUNT; i++)
        buf_printf(out, "%s%s", i > 0 ? "|" : "", command_table[i].word);
    buf_puts(out, ")\n"
                  "            command=${COMP_WORDS[i]} word=yes\n"
                  "            break ;;\n"
                  "        esac\n"
                  "    done\n");
}

static void put_options(struct buf *out)
{
    buf_puts(out, "    if [[ $cur == -* ]]; then\n"
                  "        case $command in\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        buf_printf(out, "        %s) _shmtop_words \"", command_table[i].word);
        put_words(out, (enum command)i);
        buf_puts(out, "\" ;;\n");
    }
    buf_puts(out, "        esac\n"
                  "        return\n"
                  "    fi\n");
}

void completion_put_bash(struct buf *out)
{
    buf_puts(out,
             "# bash completion for shmtop; made by shmtop --generate bash\n"
             "\n"
             "_shmtop_words() {\n"
             "    local word\n"
             "    while IFS= read -r word; do\n"
             "        COMPREPLY+=(\"$word\")\n"
             "    done < <(compgen -W \"$1\" -- \"$cur\")\n"
             "}\n"
             "\n"
             "_shmtop_files() {\n"
             "    local file\n"
             "    compopt -o filenames 2>/dev/null\n"
             "    while IFS= read -r file; do\n"
             "        COMPREPLY+=(\"$file\")\n"
             "    done < <(compgen -f -- \"$cur\")\n"
             "}\n"
             "\n"
             "# names of installed layouts\n"
             "_shmtop_layouts() {\n"
             "    local folder file\n"
             "    local -a folders\n"
             "    IFS=: read -ra folders <<<\"${XDG_DATA_HOME:-$HOME/.local"
             "/share}:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}\"\n"
             "    for folder in \"${folders[@]}\"; do\n"
             "        for file in \"$folder\"/shmtop/layouts/\"$cur\"*.ini; "
             "do\n"
             "            [[ -e $file ]] || continue\n"
             "            file=${file##*/}\n"
             "            COMPREPLY+=(\"${file%.ini}\")\n"
             "        done\n"
             "    done\n"
             "}\n"
             "\n"
             "_shmtop() {\n"
             "    local cur=${COMP_WORDS[COMP_CWORD]}\n"
             "    local prev=${COMP_WORDS[COMP_CWORD - 1]} command word i\n"
             "    COMPREPLY=()\n");
    put_arguments(out);
    put_command_of_line(out);
    put_options(out);
    buf_puts(out, "    if [[ -z $word ]]; then\n"
                  "        _shmtop_words \"");
    for (int i = 0; i < COMMAND_COUNT; i++)
        buf_printf(out, "%s%s", i > 0 ? " " : "", command_table[i].word);
    buf_puts(out, "\"\n"
                  "    fi\n"
                  "    _shmtop_layouts\n"
                  "    _shmtop_files\n"
                  "}\n"
                  "\n"
                  "complete -F _shmtop shmtop\n");
}
