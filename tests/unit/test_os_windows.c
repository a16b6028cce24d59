/* SPDX-License-Identifier: MIT */
/* Clocks, waiting, the console, files and places of Windows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

#include "base/os.h"
#include "base/os_files.h"
#include "base/system_windows.h"

#define MS INT64_C(1000000)

static char folder[MAX_PATH];
static char path[MAX_PATH + 32];

static int set_up(void **state)
{
    (void)state;
    wchar_t temporary[MAX_PATH];
    if (GetTempPathW(MAX_PATH, temporary) == 0)
        return -1;
    char *start = windows_utf8(temporary);
    snprintf(folder, sizeof folder, "%sshmtop_os_%lu", start,
             GetCurrentProcessId());
    free(start);
    snprintf(path, sizeof path, "%s\\b\xc3\xa4\xe2\x82\xac.txt", folder);
    wchar_t *wide = windows_wide(folder);
    BOOL made = CreateDirectoryW(wide, NULL);
    free(wide);
    return made ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    wchar_t *wide = windows_wide(folder);
    BOOL removed = RemoveDirectoryW(wide);
    free(wide);
    return removed ? 0 : -1;
}

static void test_clocks(void **state)
{
    (void)state;
    int64_t mono = os_mono_ns(), wall = os_wall_ns();
    Sleep(30);
    int64_t passed = os_mono_ns() - mono;
    assert_true(passed >= 25 * MS && passed < 5000 * MS);
    assert_true(os_wall_ns() - wall >= 25 * MS);
    int64_t off = os_wall_ns() / (1000 * MS) - (int64_t)time(NULL);
    assert_true(off >= -2 && off <= 2);
}

static void test_deadlines(void **state)
{
    (void)state;
    for (int64_t wait = 0; wait <= 40 * MS; wait += 4 * MS) {
        int64_t deadline = os_mono_ns() + wait;
        assert_int_equal(os_wait(deadline, -1), 0);
        int64_t late = os_mono_ns() - deadline;
        assert_true(late >= 0 && late < 2000 * MS);
    }
    assert_int_equal(os_wait(INT64_MIN, -1), 0);
}

/* --- a console of our own ------------------------------------------------ */

static bool own_console(void)
{
    FreeConsole();
    if (!AllocConsole())
        return false;
    HANDLE input = CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE,
                               FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                               OPEN_EXISTING, 0, NULL);
    HANDLE output = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                OPEN_EXISTING, 0, NULL);
    SetStdHandle(STD_INPUT_HANDLE, input);
    SetStdHandle(STD_OUTPUT_HANDLE, output);
    return os_is_terminal(0) && os_is_terminal(1);
}

static void send_key(bool down, WORD code, wchar_t character)
{
    INPUT_RECORD record = {.EventType = KEY_EVENT};
    DWORD count;
    record.Event.KeyEvent.bKeyDown = down;
    record.Event.KeyEvent.wRepeatCount = 1;
    record.Event.KeyEvent.wVirtualKeyCode = code;
    record.Event.KeyEvent.uChar.UnicodeChar = character;
    assert_true(
        WriteConsoleInputW(GetStdHandle(STD_INPUT_HANDLE), &record, 1, &count));
}

static unsigned wait_for_input(void)
{
    return os_wait(os_mono_ns() + 50 * MS, 0) & ~(unsigned)OS_EVENT_RESIZE;
}

/* What says nothing wakes nobody: no shift, no key that is let go. */
static void check_keys(void)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    INPUT_RECORD record = {.EventType = FOCUS_EVENT};
    DWORD count;
    assert_true(FlushConsoleInputBuffer(input));
    send_key(true, VK_SHIFT, 0);
    send_key(false, 'A', L'a');
    assert_true(WriteConsoleInputW(input, &record, 1, &count));
    assert_int_equal(wait_for_input(), 0);
    send_key(false, 'A', L'a');
    send_key(true, 'Q', L'q');
    assert_int_equal(wait_for_input(), OS_EVENT_INPUT);
    assert_true(ReadConsoleInputW(input, &record, 1, &count));
    assert_int_equal(record.Event.KeyEvent.uChar.UnicodeChar, 'q');
    send_key(true, VK_UP, 0);
    assert_int_equal(wait_for_input(), OS_EVENT_INPUT);
    assert_true(ReadConsoleInputW(input, &record, 1, &count));
    assert_int_equal(record.Event.KeyEvent.wVirtualKeyCode, VK_UP);
    send_key(true, VK_ESCAPE, 0);
    assert_int_equal(wait_for_input(), OS_EVENT_INPUT);
    assert_true(ReadConsoleInputW(input, &record, 1, &count));
    assert_int_equal(record.Event.KeyEvent.uChar.UnicodeChar, 27);
}

static void check_resize(void)
{
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
    SMALL_RECT window = {0, 0, 49, 11};
    int columns = 0, rows = 0;
    os_terminal_size(&columns, &rows);
    assert_true(columns > 0 && rows > 0);
    os_wait(os_mono_ns(), 0);
    if (!SetConsoleWindowInfo(output, TRUE, &window))
        return; /* a window of a fixed size */
    assert_int_equal(os_wait(os_mono_ns() + 50 * MS, 0), OS_EVENT_RESIZE);
    os_terminal_size(&columns, &rows);
    assert_int_equal(columns, 50);
    assert_int_equal(rows, 12);
    assert_int_equal(os_wait(os_mono_ns() + 5 * MS, 0), 0);
}

/* Curses may draw into a buffer of its own: its size is what counts. */
static void check_own_buffer(void)
{
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
    SMALL_RECT window = {0, 0, 39, 9};
    int columns = 0, rows = 0;
    HANDLE own = CreateConsoleScreenBuffer(GENERIC_READ | GENERIC_WRITE, 0,
                                           NULL, CONSOLE_TEXTMODE_BUFFER, NULL);
    assert_true(SetConsoleActiveScreenBuffer(own));
    os_terminal_modes(false);
    os_wait(os_mono_ns(), 0);
    if (SetConsoleWindowInfo(own, TRUE, &window)) {
        assert_int_equal(os_wait(os_mono_ns() + 50 * MS, 0), OS_EVENT_RESIZE);
        os_terminal_size(&columns, &rows);
        assert_int_equal(columns, 40);
        assert_int_equal(rows, 10);
    }
    os_terminal_release();
    assert_true(SetConsoleActiveScreenBuffer(output));
    CloseHandle(own);
}

static void test_console(void **state)
{
    (void)state;
    if (!own_console())
        skip(); /* no desktop to have one on; Wine wants an X server */
    os_signals_install();
    os_signals_install();
    check_keys();
    check_resize();
    check_own_buffer();
    assert_true(GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0));
    int64_t start = os_mono_ns();
    assert_int_equal(os_wait(start + 20000 * MS, -1), OS_EVENT_STOP);
    assert_true(os_mono_ns() - start < 19000 * MS);
    assert_int_equal(os_wait(os_mono_ns() + 20 * MS, -1), 0);
    FreeConsole();
}

/* --- files --------------------------------------------------------------- */

static void put(const char *text)
{
    struct err err = {0};
    struct os_replace *replace = os_replace_begin(path, &err);
    if (replace == NULL)
        fail_msg("%s", err.text);
    fputs(text, os_replace_stream(replace));
    if (!os_replace_commit(replace, &err))
        fail_msg("%s", err.text);
}

static void remove_path(void)
{
    wchar_t *wide = windows_wide(path);
    assert_true(DeleteFileW(wide));
    free(wide);
}

static bool note_name(void *user, const char *name)
{
    buf_printf(user, "<%s>", name);
    return false;
}

static void test_replace(void **state)
{
    (void)state;
    struct buf text = {0}, names = {0};
    struct err err = {0};
    put("one\n");
    put("two\n"); /* no carriage return, and over what is there */
    assert_true(os_read_file(path, 4, &text, &err));
    assert_string_equal(text.data, "two\n");
    assert_false(os_read_file(path, 3, &text, &err));
    assert_int_equal(err.status, STATUS_DATA);
    struct os_replace *replace = os_replace_begin(path, &err);
    assert_non_null(replace);
    fputs("three", os_replace_stream(replace));
    os_replace_abandon(replace);
    os_replace_abandon(NULL);
    assert_true(os_read_file(path, 100, &text, &err));
    assert_string_equal(text.data, "two\n");
    os_list_directory(folder, note_name, &names);
    assert_string_equal(names.data, "<b\xc3\xa4\xe2\x82\xac.txt>");
    remove_path();
    buf_free(&text);
    buf_free(&names);
}

static void test_refused(void **state)
{
    (void)state;
    struct buf text = {0};
    struct err err = {0};
    assert_false(os_read_file(path, 9, &text, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    assert_non_null(strstr(err.text, "not found (Win32 error 2)"));
    assert_false(os_read_file(folder, 9, &text, &err));
    assert_int_equal(err.status, STATUS_IO);
    assert_non_null(strstr(err.text, "a directory"));
    assert_false(os_read_file("NUL", 9, &text, &err));
    assert_int_equal(err.status, STATUS_IO);
    assert_false(os_read_file("\\\\.\\pipe\\shmtop", 9, &text, &err));
    assert_int_equal(err.status, STATUS_IO);
    assert_null(os_replace_begin(folder, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_null(os_replace_begin("", &err));
    assert_null(os_replace_begin("\\\\.\\pipe\\shmtop", &err));
    assert_null(os_replace_begin("Q:\\no\\such\\folder\\x", &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_false(os_list_directory("Q:\\no", note_name, &text));
    assert_true(os_file_exists(folder) && !os_file_is_regular(folder));
    buf_free(&text);
}

static void test_forms(void **state)
{
    (void)state;
    static const char *const paths[] = {"a/b",   "a\\b", "C:x",
                                        "C:\\x", "\\x",  ".\\x"};
    static const char *const words[] = {
        "", "x", "test_memory", "Local\\x", "global\\a", "Session\\1\\x"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        assert_true(os_has_path_form(paths[i]));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_false(os_has_path_form(words[i]));
    assert_int_equal(os_folder_len(""), 0);
    assert_int_equal(os_folder_len("x.ini"), 0);
    assert_int_equal(os_folder_len("C:x.ini"), 2);
    assert_int_equal(os_folder_len("C:\\a/b\\x.ini"), 7);
    assert_int_equal(os_folder_len("a/x.ini"), 2);
    assert_true(os_is_absolute("C:\\x") && os_is_absolute("\\x") &&
                os_is_absolute("/x"));
    assert_false(os_is_absolute("") || os_is_absolute("a\\x"));
}

static void test_places(void **state)
{
    (void)state;
    struct buf seen = {0};
    SetEnvironmentVariableW(L"APPDATA", L"C:\\\x00e4");
    SetEnvironmentVariableW(L"PROGRAMDATA", L"C:\\p");
    assert_false(
        os_visit_places(OS_PLACE_CONFIG, "shmtop.ini", note_name, &seen));
    assert_string_equal(seen.data,
                        "<C:\\\xc3\xa4\\shmtop\\shmtop.ini><C:\\p\\shmtop\\"
                        "shmtop.ini>");
    buf_clear(&seen);
    SetEnvironmentVariableW(L"APPDATA", NULL);
    os_visit_places(OS_PLACE_DATA, "layouts/x.ini", note_name, &seen);
    assert_ptr_equal(strstr(seen.data, "<C:\\p\\shmtop\\layouts\\x.ini><"),
                     seen.data);
    assert_non_null(strstr(seen.data, "\\..\\share\\shmtop\\layouts\\x.ini>"));
    buf_free(&seen);
}

static void test_words(void **state)
{
    (void)state;
    char words[WINDOWS_WORDS_MAX];
    assert_string_equal(windows_words(ERROR_ACCESS_DENIED, words),
                        "access is denied (Win32 error 5)");
    windows_words(ERROR_ARENA_TRASHED, words);
    assert_non_null(strstr(words, "(Win32 error 7)"));
    windows_words(0xdeadbeef, words);
    assert_non_null(strstr(words, "(Win32 error 3735928559)"));
}

static void test_processes(void **state)
{
    static const uint64_t none[] = {0, 3, UINT32_MAX, UINT64_MAX};

    (void)state;
    assert_true(os_process_exists(GetCurrentProcessId()));
    /* Windows would take these for the same id. */
    assert_false(os_process_exists((uint64_t)GetCurrentProcessId() + 1));
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(os_process_exists(none[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_processes), cmocka_unit_test(test_clocks),
        cmocka_unit_test(test_deadlines), cmocka_unit_test(test_replace),
        cmocka_unit_test(test_refused),   cmocka_unit_test(test_forms),
        cmocka_unit_test(test_places),    cmocka_unit_test(test_words),
        cmocka_unit_test(test_console),
    };
    return cmocka_run_group_tests_name("os_windows", tests, set_up, tear_down);
}
