/* SPDX-License-Identifier: MIT */
/*
 * The dashboard in a console window of its own: what it draws, its sizes, its
 * keys, and what it leaves behind.  Waits for conditions, never for a time.
 *
 * usage: console.exe SHMTOP.exe LAYOUT, on a desktop, with a producer running
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include <windows.h>

#define COLUMNS_MAX 300
#define ROWS_MAX 100
#define PATIENCE_MS 30000
#define RULE L'\x2500'
#define BACKGROUND                                                             \
    (BACKGROUND_RED | BACKGROUND_GREEN | BACKGROUND_BLUE | BACKGROUND_INTENSITY)
#define GREY FOREGROUND_INTENSITY
#define GREEN (FOREGROUND_GREEN | FOREGROUND_INTENSITY)

/* What the window shows now. */
static struct {
    int columns, rows;
    wchar_t text[ROWS_MAX][COLUMNS_MAX + 1];
    WORD colors[ROWS_MAX][COLUMNS_MAX];
} window;

static int failures;

static void check(bool ok, const char *what)
{
    printf("%s - %s\n", ok ? "ok" : "not ok", what);
    fflush(stdout);
    if (ok)
        return;
    failures++;
    for (int row = 0; row < window.rows; row++)
        printf("# %ls\n", window.text[row]);
}

static HANDLE open_console(const wchar_t *name)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    return CreateFileW(name, GENERIC_READ | GENERIC_WRITE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited,
                       OPEN_EXISTING, 0, NULL);
}

static void read_row(HANDLE screen, COORD from, int row)
{
    DWORD count = 0;
    ReadConsoleOutputCharacterW(screen, window.text[row], (DWORD)window.columns,
                                from, &count);
    window.text[row][count] = L'\0';
    ReadConsoleOutputAttribute(screen, window.colors[row],
                               (DWORD)window.columns, from, &count);
}

/* The buffer that is shown now, whoever made it. */
static void look(void)
{
    HANDLE screen = open_console(L"CONOUT$");
    CONSOLE_SCREEN_BUFFER_INFO info;
    window.columns = window.rows = 0;
    if (GetConsoleScreenBufferInfo(screen, &info)) {
        int columns = info.srWindow.Right - info.srWindow.Left + 1;
        int rows = info.srWindow.Bottom - info.srWindow.Top + 1;
        window.columns = columns < COLUMNS_MAX ? columns : COLUMNS_MAX;
        window.rows = rows < ROWS_MAX ? rows : ROWS_MAX;
        for (int row = 0; row < window.rows; row++)
            read_row(
                screen,
                (COORD){info.srWindow.Left, (SHORT)(info.srWindow.Top + row)},
                row);
    }
    CloseHandle(screen);
}

/* Where the text stands: its row, or -1. */
static int row_of(const wchar_t *text)
{
    for (int row = 0; row < window.rows; row++)
        if (wcsstr(window.text[row], text) != NULL)
            return row;
    return -1;
}

static bool shows(const void *text)
{
    return row_of(text) >= 0;
}

static bool hides(const void *text)
{
    return row_of(text) < 0;
}

/* Looks again and again until it is so. */
static bool until(bool (*is)(const void *), const void *what)
{
    ULONGLONG end = GetTickCount64() + PATIENCE_MS;
    for (;;) {
        look();
        if (is(what))
            return true;
        if (GetTickCount64() >= end)
            return false;
        Sleep(20);
    }
}

static void press(WORD code, wchar_t character)
{
    HANDLE input = open_console(L"CONIN$");
    INPUT_RECORD records[2] = {{.EventType = KEY_EVENT},
                               {.EventType = KEY_EVENT}};
    DWORD count;
    for (int i = 0; i < 2; i++) {
        KEY_EVENT_RECORD *key = &records[i].Event.KeyEvent;
        key->bKeyDown = i == 0;
        key->wRepeatCount = 1;
        key->wVirtualKeyCode = code;
        key->uChar.UnicodeChar = character;
    }
    WriteConsoleInputW(input, records, 2, &count);
    CloseHandle(input);
}

/* Presses and releases the left button there. */
static void click(int column, int row)
{
    HANDLE input = open_console(L"CONIN$");
    INPUT_RECORD records[2] = {{.EventType = MOUSE_EVENT},
                               {.EventType = MOUSE_EVENT}};
    DWORD count;
    for (int i = 0; i < 2; i++) {
        MOUSE_EVENT_RECORD *event = &records[i].Event.MouseEvent;
        event->dwMousePosition = (COORD){(SHORT)column, (SHORT)row};
        event->dwButtonState = i == 0 ? FROM_LEFT_1ST_BUTTON_PRESSED : 0;
    }
    WriteConsoleInputW(input, records, 2, &count);
    CloseHandle(input);
}

/* --- sizes --------------------------------------------------------------- */

#define TABS_COLUMNS 30

/* The rule after the tabs goes to the edge of the window, and the last row is
 * the status line. */
static bool fills(const void *size)
{
    const COORD *want = size;
    if (window.columns != want->X || window.rows != want->Y)
        return false;
    for (int column = TABS_COLUMNS; column < want->X; column++)
        if (window.text[1][column] != RULE)
            return false;
    return wcsstr(window.text[0], L"LIVE") != NULL &&
           wcsstr(window.text[want->Y - 1], L" 1/3 ") != NULL;
}

/* As dragging the border does: a window is never larger than its buffer. */
static void resize(COORD size)
{
    HANDLE screen = open_console(L"CONOUT$");
    SMALL_RECT least = {0, 0, 9, 4};
    SMALL_RECT all = {0, 0, (SHORT)(size.X - 1), (SHORT)(size.Y - 1)};
    SetConsoleWindowInfo(screen, TRUE, &least);
    SetConsoleScreenBufferSize(screen, size);
    SetConsoleWindowInfo(screen, TRUE, &all);
    CloseHandle(screen);
}

static void check_sizes(void)
{
    static const COORD sizes[] = {{60, 15}, {100, 35}, {100, 12}, {80, 25}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char what[64];
        snprintf(what, sizeof what, "it fills a window of %d x %d", sizes[i].X,
                 sizes[i].Y);
        resize(sizes[i]);
        check(until(fills, &sizes[i]), what);
    }
}

/* --- the rest ------------------------------------------------------------ */

static void check_colors(void)
{
    int row = row_of(L"LIVE");
    bool background = false;
    check(row == 0, "the state stands in the header");
    if (row != 0)
        return;
    size_t column = (size_t)(wcsstr(window.text[0], L"LIVE") - window.text[0]);
    check(window.colors[0][column] == GREEN, "LIVE is green");
    check(window.colors[1][window.columns - 1] == GREY, "rules are grey");
    int cursor = row_of(L"Counter");
    for (row = 0; row < window.rows; row++)
        for (int i = 0; i < window.columns && row != 1 && row != cursor; i++)
            background = background || (window.colors[row][i] & BACKGROUND);
    check(!background, "no other row has a background of its own");
    check(cursor > 0 && window.colors[cursor][0] & BACKGROUND,
          "the row of the cursor is inverted");
}

static uint64_t counter(void)
{
    int row = row_of(L"Counter");
    uint64_t value = 0;
    if (row < 0)
        return 0;
    const wchar_t *text = wcsstr(window.text[row], L"Counter") + 7;
    text += wcsspn(text, L" ");
    /* Single spaces group the digits. */
    for (; iswdigit(*text) || (text[0] == L' ' && iswdigit(text[1])); text++)
        if (*text != L' ')
            value = 10 * value + (uint64_t)(*text - L'0');
    return value;
}

static bool is_above(const void *first)
{
    return counter() > *(const uint64_t *)first;
}

static void check_keys(void)
{
    uint64_t first = counter();
    check(until(is_above, &first), "it counts");
    press('J', L'j');
    check(until(shows, L" 2/3 "), "j moves down");
    press(VK_UP, 0);
    check(until(shows, L" 1/3 "), "Up moves up");
    click(5, row_of(L"Tank level"));
    check(until(shows, L" 2/3 "), "a click moves to its row");
    press('K', L'k');
    check(until(shows, L" 1/3 "), "and k back");
    press(VK_OEM_2, L'?');
    check(until(shows, L"q back"), "? helps");
    press(VK_ESCAPE, 0);
    check(until(hides, L"q back"), "Esc leaves help");
}

struct modes {
    DWORD input, output;
    UINT code_page;
    CONSOLE_CURSOR_INFO cursor;
};

static struct modes modes_now(HANDLE input, HANDLE output)
{
    struct modes modes = {.code_page = GetConsoleOutputCP()};
    GetConsoleMode(input, &modes.input);
    GetConsoleMode(output, &modes.output);
    GetConsoleCursorInfo(output, &modes.cursor);
    return modes;
}

static void check_end(HANDLE child, HANDLE output, const struct modes *before)
{
    DWORD status = 99;
    press('Q', L'q');
    check(WaitForSingleObject(child, PATIENCE_MS) == WAIT_OBJECT_0 &&
              GetExitCodeProcess(child, &status) && status == 0,
          "q ends it with status 0");
    check(until(shows, L"what stood here"), "the screen of before is back");
    struct modes now = modes_now(open_console(L"CONIN$"), output);
    char what[100];
    snprintf(what, sizeof what, "with its modes: %#lx and %#lx, %#lx and %#lx",
             before->input, before->output, now.input, now.output);
    check(now.input == before->input && now.output == before->output, what);
    check(now.code_page == before->code_page, "with its code page");
    check(now.cursor.bVisible == before->cursor.bVisible &&
              now.cursor.dwSize == before->cursor.dwSize,
          "with its cursor");
}

static HANDLE start(wchar_t **argv, HANDLE input, HANDLE output)
{
    wchar_t line[2 * MAX_PATH];
    STARTUPINFOW how = {.cb = sizeof how, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;
    how.hStdInput = input;
    how.hStdOutput = how.hStdError = output;
    if (swprintf(line, sizeof line / sizeof line[0], L"\"%ls\" \"%ls\"",
                 argv[1], argv[2]) < 0 ||
        !CreateProcessW(argv[1], line, NULL, NULL, TRUE, 0, NULL, NULL, &how,
                        &child))
        return NULL;
    CloseHandle(child.hThread);
    return child.hProcess;
}

int main(void)
{
    int argc;
    wchar_t **argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    if (argc != 3)
        return 64;
    FreeConsole();
    if (!AllocConsole()) {
        puts("no desktop to have a console on");
        return 77;
    }
    HANDLE input = open_console(L"CONIN$"), output = open_console(L"CONOUT$");
    DWORD count;
    resize((COORD){80, 25});
    WriteConsoleW(output, L"what stood here", 15, &count, NULL);
    struct modes before = modes_now(input, output);
    HANDLE child = start(argv, input, output);
    check(child != NULL, "it starts");
    check(until(fills, &(COORD){80, 25}), "it fills the window, and is LIVE");
    check_colors();
    check_keys();
    check_sizes();
    check_keys();
    check_end(child, output, &before);
    TerminateProcess(child, 1); /* if it did not end */
    return failures > 0;
}
