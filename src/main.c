/* SPDX-License-Identifier: MIT */
/* Wiring: reads the command line and the configuration, runs one command, and
 * turns its error into a message and an exit code. */
#include <stdlib.h>

#include "base/os.h"
#include "cli/cmd.h"
#include "cli/config.h"
#include "cli/help.h"
#include "cli/output_file.h"
#include "cli/report.h"

static bool print_text(const struct buf *text, const char *path,
                       struct err *err)
{
    struct output_file file = {0};
    bool ok = output_file_open(&file, path, true, err) &&
              output_file_write(&file, text->data, text->len, err) &&
              output_file_close(&file, err);
    output_file_abandon(&file);
    return ok;
}

/* --help wins over --version. */
static bool print_about(const struct options *options, struct err *err)
{
    struct buf text = {0};
    if (options->help)
        help_put(&text, options->command);
    else
        buf_puts(&text, "shmtop " SHMTOP_VERSION "\n");
    bool ok = print_text(&text, options->output, err);
    buf_free(&text);
    return ok;
}

static bool read_config(struct options *options, struct err *err)
{
    char *path = config_find(options);
    struct problems problems = {0};
    bool ok = !path || config_read(options, path, &problems, err);
    report_problems(&problems, PROBLEM_WARNING);
    problems_free(&problems);
    free(path);
    return ok;
}

static bool run(struct options *options, struct err *err)
{
    bool (*const commands[COMMAND_COUNT])(const struct options *,
                                          struct err *) = {
        [COMMAND_WATCH] = cmd_watch, [COMMAND_PRINT] = cmd_print,
        [COMMAND_WRITE] = cmd_write, [COMMAND_SET] = cmd_set,
        [COMMAND_CHECK] = cmd_check, [COMMAND_IMPORT] = cmd_import,
    };
    const struct option_row *config = &option_table[OPTION_CONFIG];

    if (options->help || options->version)
        return print_about(options, err);
    if ((config->commands & 1u << options->command) != 0 &&
        !read_config(options, err))
        return false;
    /* Commands that only compute keep the default action of signals. */
    if (options->command != COMMAND_CHECK && options->command != COMMAND_IMPORT)
        os_signals_install();
    return commands[options->command](options, err);
}

/* Prints the error and the usage of the command. */
static void report_usage(const struct options *options, const struct err *err)
{
    struct buf usage = {0};
    report_err(err);
    help_put_usage(&usage, options->command);
    report_note("usage: %s; --help tells more", usage.data);
    buf_free(&usage);
}

int main(int argc, char **argv)
{
    struct options options;
    struct err err = {0};
    enum status status = STATUS_OK;
    err_init();
    os_arguments(&argc, &argv);
    os_plain_streams();
    os_locale_utf8();
    options_init(&options);
    if (!options_parse(&options, argc > 0 ? argc - 1 : 0, argv + 1, &err)) {
        if (argc > 1)
            report_usage(&options, &err);
        else
            report_note("name a layout, as in 'shmtop boiler.ini'; "
                        "'shmtop --help' lists the commands");
        status = err.status;
    } else if (!run(&options, &err)) {
        report_err(&err);
        status = err.status;
    }
    options_free(&options);
    return (int)status;
}
