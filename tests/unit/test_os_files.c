/* SPDX-License-Identifier: MIT */
/* Reading whole files, and replacing them whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os_files.h"

static char directory[] = "/tmp/shmtop-os-XXXXXX";
static char path[128]; /* of the file the tests are about */

static int make_directory(void **state)
{
    (void)state;
    if (!mkdtemp(directory))
        return -1;
    snprintf(path, sizeof path, "%s/file", directory);
    return 0;
}

static int count_files(void)
{
    DIR *open_directory = opendir(directory);
    int count = 0;

    assert_non_null(open_directory);
    while (readdir(open_directory))
        count++;
    closedir(open_directory);
    return count - 2; /* . and .. */
}

static int remove_directory(void **state)
{
    (void)state;
    return rmdir(directory);
}

static void write_text(const char *where, const char *text)
{
    FILE *file = fopen(where, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_text(const char *where, const char *want)
{
    struct buf text = {0};

    assert_true(os_read_file(where, 1000, &text, NULL));
    assert_string_equal(text.data, want);
    buf_free(&text);
}

static void test_read(void **state)
{
    struct buf text = {0};
    struct err err = {0};

    (void)state;
    buf_puts(&text, "old");
    assert_false(os_read_file(path, 100, &text, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    assert_non_null(strstr(err.text, path));
    assert_false(os_file_exists(path));
    write_text(path, "0123456789");
    assert_true(os_file_exists(path));
    assert_true(os_read_file(path, 10, &text, &err));
    assert_string_equal(text.data, "0123456789");
    assert_false(os_read_file(path, 9, &text, &err));
    assert_int_equal(err.status, STATUS_DATA);
    assert_true(os_read_start(path, 9, &text, NULL));
    assert_string_equal(text.data, "012345678");
    assert_true(os_read_start(path, 11, &text, NULL));
    assert_string_equal(text.data, "0123456789");
    write_text(path, "");
    assert_true(os_read_file(path, 0, &text, &err));
    assert_int_equal(text.len, 0);
    /* the size of a procfs file says 0 */
    assert_true(os_read_file("/proc/self/status", 1 << 20, &text, &err));
    assert_non_null(strstr(text.data, "Name:"));
    unlink(path);
    buf_free(&text);
}

static void test_read_large(void **state)
{
    struct buf text = {0};
    FILE *file = fopen(path, "w");
    int i;

    (void)state;
    assert_non_null(file);
    for (i = 0; i < 100000; i++)
        fprintf(file, "%06d\n", i);
    assert_int_equal(fclose(file), 0);
    assert_true(os_read_file(path, 1 << 20, &text, NULL));
    assert_int_equal(text.len, 700000);
    assert_string_equal(text.data + 700000 - 7, "099999\n");
    unlink(path);
    buf_free(&text);
}

static void test_read_others(void **state)
{
    struct buf text = {0};
    struct err err = {0};

    (void)state;
    assert_false(os_read_file(directory, 100, &text, &err));
    assert_non_null(strstr(err.text, "a directory, not a regular file"));
    assert_false(os_read_file("/dev/zero", 100, &text, &err));
    assert_non_null(strstr(err.text, "not a regular file"));
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(20); /* a hang would end here */
    assert_false(os_read_file(path, 100, &text, &err));
    alarm(0);
    assert_int_equal(err.status, STATUS_IO);
    unlink(path);
    if (geteuid() != 0) {
        write_text(path, "x");
        assert_int_equal(chmod(path, 0), 0);
        assert_false(os_read_file(path, 100, &text, &err));
        assert_int_equal(err.status, STATUS_DENIED);
        unlink(path);
    }
    buf_free(&text);
}

static bool note_name(void *user, const char *name)
{
    buf_printf(user, "<%s>", name);
    return strcmp(name, "stop") == 0;
}

static void test_folders(void **state)
{
    (void)state;
    assert_int_equal(os_folder_len(""), 0);
    assert_int_equal(os_folder_len("x.ini"), 0);
    assert_int_equal(os_folder_len("a\\x.ini"), 0);
    assert_int_equal(os_folder_len("/a/b/x.ini"), 5);
    assert_int_equal(os_folder_len("a/"), 2);
    assert_true(os_is_absolute("/x"));
    assert_false(os_is_absolute("") || os_is_absolute("C:/x"));
}

static void test_list(void **state)
{
    struct buf names = {0};
    char other[160];

    (void)state;
    buf_puts(&names, "");
    assert_false(os_list_directory(directory, note_name, &names));
    assert_string_equal(names.data, "");
    write_text(path, "x");
    snprintf(other, sizeof other, "%s/.hidden", directory);
    write_text(other, "x");
    assert_false(os_list_directory(directory, note_name, &names));
    assert_int_equal(names.len, strlen("<file><.hidden>"));
    assert_non_null(strstr(names.data, "<file>"));
    assert_non_null(strstr(names.data, "<.hidden>"));
    assert_false(os_list_directory(path, note_name, &names));
    assert_false(os_list_directory("/no/such/directory", note_name, &names));
    unlink(other);
    unlink(path);
    snprintf(other, sizeof other, "%s/stop", directory);
    write_text(other, "x");
    assert_true(os_list_directory(directory, note_name, &names));
    unlink(other);
    buf_free(&names);
}

static void test_replace(void **state)
{
    struct os_replace *replace;
    struct err err = {0};
    struct stat status;
    mode_t mask = umask(027);

    (void)state;
    replace = os_replace_begin(path, &err);
    assert_non_null(replace);
    fputs("first", os_replace_stream(replace));
    assert_false(os_file_exists(path));
    assert_int_equal(count_files(), 1);
    assert_true(os_replace_commit(replace, &err));
    assert_text(path, "first");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    replace = os_replace_begin(path, &err);
    fputs("second", os_replace_stream(replace));
    assert_text(path, "first");
    assert_true(os_replace_commit(replace, &err));
    assert_text(path, "second");
    replace = os_replace_begin(path, &err);
    fputs("third", os_replace_stream(replace));
    os_replace_abandon(replace);
    os_replace_abandon(NULL);
    assert_text(path, "second");
    assert_int_equal(count_files(), 1);
    umask(mask);
    unlink(path);
}

/* Two at once, and what a crashed one left, do not get into each other's
 * way. */
static void test_replace_twice(void **state)
{
    struct os_replace *one = os_replace_begin(path, NULL);
    struct os_replace *two = os_replace_begin(path, NULL);

    (void)state;
    assert_non_null(one);
    assert_non_null(two);
    fputs("one", os_replace_stream(one));
    fputs("two", os_replace_stream(two));
    assert_true(os_replace_commit(two, NULL));
    assert_text(path, "two");
    assert_true(os_replace_commit(one, NULL));
    assert_text(path, "one");
    assert_int_equal(count_files(), 1);
    unlink(path);
}

static void test_replace_link(void **state)
{
    struct os_replace *replace;
    struct stat status;
    char link[160];

    (void)state;
    snprintf(link, sizeof link, "%s/link", directory);
    write_text(path, "old");
    assert_int_equal(symlink("file", link), 0);
    replace = os_replace_begin(link, NULL);
    assert_non_null(replace);
    fputs("new", os_replace_stream(replace));
    assert_true(os_replace_commit(replace, NULL));
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_text(path, "new");
    unlink(link);
    unlink(path);
}

static void test_replace_refused(void **state)
{
    struct err err = {0};
    char inside[160];

    (void)state;
    assert_null(os_replace_begin("/dev/null", &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_null(os_replace_begin(directory, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    snprintf(inside, sizeof inside, "%s/none/file", directory);
    assert_null(os_replace_begin(inside, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_non_null(strstr(err.text, inside));
    assert_null(os_replace_begin("", NULL));
    assert_int_equal(count_files(), 0);
}

/* A full disk: what was there stays, and nothing is left behind. */
static void test_replace_full(void **state)
{
    pid_t child;
    int status;

    (void)state;
    write_text(path, "old");
    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {4096, 4096};
        struct os_replace *replace = os_replace_begin(path, NULL);
        struct err err = {0};
        int i;

        signal(SIGXFSZ, SIG_IGN);
        if (!replace || setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(2);
        for (i = 0; i < 100000; i++)
            fputc('x', os_replace_stream(replace));
        if (os_replace_commit(replace, &err) || err.status != STATUS_IO)
            _exit(3);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_text(path, "old");
    assert_int_equal(count_files(), 1);
    unlink(path);
}

static void test_replace_private(void **state)
{
    (void)state;
    write_text(path, "old");
    struct os_replace *replace = os_replace_begin_private(path, NULL);
    assert_non_null(replace);
    fputs("new", os_replace_stream(replace));
    assert_true(os_replace_commit(replace, NULL));
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_text(path, "new");
    unlink(path);
}

/* A file that another program makes meanwhile stays as it is. */
static void test_replace_new(void **state)
{
    struct err err = {0};
    (void)state;
    struct os_replace *replace = os_replace_begin_new(path, &err);
    assert_non_null(replace);
    fputs("new", os_replace_stream(replace));
    assert_false(os_file_exists(path));
    write_text(path, "other");
    assert_false(os_replace_commit(replace, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_non_null(strstr(err.text, "exists and is not overwritten"));
    assert_text(path, "other");
    assert_null(os_replace_begin_new(path, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_null(os_replace_begin_new(directory, &err));
    assert_int_equal(count_files(), 1);
    unlink(path);
    replace = os_replace_begin_new(path, &err);
    fputs("new", os_replace_stream(replace));
    assert_true(os_replace_commit(replace, &err));
    assert_text(path, "new");
    assert_int_equal(count_files(), 1);
    unlink(path);
}

static void test_write_new(void **state)
{
    (void)state;
    struct err err = {0};
    char inside[160];
    assert_true(os_write_new(path, "one", 3, &err));
    assert_text(path, "one");
    assert_false(os_write_new(path, "two", 3, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_non_null(strstr(err.text, "exists and is not overwritten"));
    assert_text(path, "one");
    unlink(path);
    assert_int_equal(symlink("nowhere", path), 0); /* nor through a link */
    assert_false(os_write_new(path, "two", 3, &err));
    unlink(path);
    assert_false(os_write_new(directory, "two", 3, &err));
    assert_false(os_write_new("/dev/full", "two", 3, &err));
    snprintf(inside, sizeof inside, "%s/none/file", directory);
    assert_false(os_write_new(inside, "two", 3, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_true(os_write_new(path, NULL, 0, &err));
    assert_text(path, "");
    unlink(path);
    assert_int_equal(count_files(), 0);
}

static void test_home(void **state)
{
    static const char *const words[][2] = {
        {"~", "/home/me"},  {"~/a/b", "/home/me/a/b"},
        {"~me/a", "~me/a"}, {"a/~", "a/~"},
        {"", ""},           {"~~", "~~"},
    };
    (void)state;
    char *before = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
    setenv("HOME", "/home/me", 1);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char *full = os_expand_home(words[i][0]);
        assert_string_equal(full, words[i][1]);
        free(full);
    }
    unsetenv("HOME");
    char *full = os_expand_home("~/a");
    assert_string_equal(full, "~/a");
    free(full);
    if (before)
        setenv("HOME", before, 1);
    free(before);
}

static void test_make_folders(void **state)
{
    (void)state;
    struct err err = {0};
    struct stat status;
    char inside[160], folder[160];
    snprintf(inside, sizeof inside, "%s/a//b/file", directory);
    assert_true(os_make_folders(inside, &err));
    assert_true(os_make_folders(inside, &err));
    assert_true(os_make_folders("file", &err) && os_make_folders("/x", &err));
    snprintf(folder, sizeof folder, "%s/a/b", directory);
    assert_int_equal(stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    write_text(inside, "");
    snprintf(inside, sizeof inside, "%s/a/b/file/c/d", directory);
    assert_false(os_make_folders(inside, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_non_null(strstr(err.text, "Not a directory"));
    snprintf(inside, sizeof inside, "%s/a/b/file", directory);
    unlink(inside);
    rmdir(folder);
    snprintf(folder, sizeof folder, "%s/a", directory);
    assert_int_equal(rmdir(folder), 0);
}

/* A process that has the lock keeps the others out until it ends. */
static void test_lock(void **state)
{
    int ends[2], held[2];
    char byte = 0;
    struct err err = {0};
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(held), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct os_lock *lock = os_lock_file(path, NULL);
        close(ends[1]);
        if (write(held[1], &byte, 1) != 1 || read(ends[0], &byte, 1) != 0)
            _exit(2);
        _exit(lock ? 0 : 1);
    }
    close(ends[0]);
    assert_int_equal(read(held[0], &byte, 1), 1);
    assert_null(os_lock_file(path, &err));
    assert_int_equal(err.status, STATUS_IO);
    close(ends[1]);
    struct os_lock *lock = os_lock_file(path, &err);
    assert_non_null(lock);
    os_unlock_file(lock);
    os_unlock_file(NULL);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(held[0]);
    close(held[1]);
    assert_int_equal(count_files(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_read_large),
        cmocka_unit_test(test_read_others),
        cmocka_unit_test(test_folders),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_replace_twice),
        cmocka_unit_test(test_replace_link),
        cmocka_unit_test(test_replace_refused),
        cmocka_unit_test(test_replace_full),
        cmocka_unit_test(test_replace_private),
        cmocka_unit_test(test_replace_new),
        cmocka_unit_test(test_write_new),
        cmocka_unit_test(test_home),
        cmocka_unit_test(test_make_folders),
        cmocka_unit_test(test_lock),
    };

    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
