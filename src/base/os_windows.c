/* SPDX-License-Identifier: MIT */
/* Clocks, waiting, control events and the console on Windows.  The control
 * handler runs in a thread of its own and only sets an event. */
#include "base/os.h"

#include <fcntl.h>
#include <io.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/system_windows.h"

#include <shellapi.h>

const char os_name[] = "windows";

#define SECOND_NS INT64_C(1000000000)
#define COLUMNS_MAX 1000
#define ROWS_MAX 500
#define UNIX_EPOCH_100NS INT64_C(116444736000000000)

/* CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, which older headers lack. */
#define HIGH_RESOLUTION_TIMER 2u

/* Windows ends the program five seconds after a close. */
#define CLOSE_WAIT_MS 10000

/* Process-wide, because the control handler takes no argument. */
static struct {
    HANDLE stop;   /* an event that os_wait resets */
    HANDLE timer;  /* the most exact one of the system */
    HANDLE screen; /* the buffer that curses shows; NULL: that of stdout */
    int columns, rows;
    UINT code_page;   /* of the console, to be restored; 0: none */
    DWORD input_mode; /* of the console, to be restored */
    bool input_kept;  /* `input_mode` is set */
} control;

int64_t os_mono_ns(void)
{
    LARGE_INTEGER frequency, count;
    CHECK(QueryPerformanceFrequency(&frequency));
    CHECK(QueryPerformanceCounter(&count));
    return count.QuadPart / frequency.QuadPart * SECOND_NS +
           count.QuadPart % frequency.QuadPart * SECOND_NS / frequency.QuadPart;
}

int64_t os_wall_ns(void)
{
    FILETIME now;
    GetSystemTimePreciseAsFileTime(&now);
    return ((int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime) -
            UNIX_EPOCH_100NS) *
           100;
}

void os_put_clock(struct buf *out, int64_t wall_ns)
{
    time_t seconds = (time_t)(wall_ns / INT64_C(1000000000));
    struct tm parts;
    if (localtime_s(&parts, &seconds) == 0)
        buf_printf(out, "%02d:%02d:%02d", parts.tm_hour, parts.tm_min,
                   parts.tm_sec);
}

int64_t os_local_ns(int64_t wall_ns)
{
    time_t seconds = (time_t)(wall_ns / INT64_C(1000000000));
    struct tm parts;
    if (localtime_s(&parts, &seconds) != 0)
        return wall_ns;
    return wall_ns + (_mkgmtime(&parts) - seconds) * INT64_C(1000000000);
}

static HANDLE make_timer(void)
{
    HANDLE timer = CreateWaitableTimerExW(NULL, NULL, HIGH_RESOLUTION_TIMER,
                                          TIMER_ALL_ACCESS);

    /* Windows before 10 (1803) has only the coarse one. */
    if (!timer)
        timer = CreateWaitableTimerExW(NULL, NULL, 0, TIMER_ALL_ACCESS);
    CHECK(timer);
    return timer;
}

static BOOL WINAPI on_control(DWORD kind)
{
    SetEvent(control.stop);
    /* Except after Ctrl-C, the program ends when this returns: wait, so that
     * main() can clean up and end it first. */
    if (kind != CTRL_C_EVENT && kind != CTRL_BREAK_EVENT)
        Sleep(CLOSE_WAIT_MS);
    return TRUE;
}

void os_signals_install(void)
{
    if (control.stop)
        return;
    control.stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    CHECK(control.stop);
    os_terminal_size(&control.columns, &control.rows);
    /* Fails only for a process without a console, which gets no events. */
    SetConsoleCtrlHandler(on_control, TRUE);
}

static HANDLE standard_handle(int fd)
{
    switch (fd) {
    case 0:
        return GetStdHandle(STD_INPUT_HANDLE);
    case 1:
        return GetStdHandle(STD_OUTPUT_HANDLE);
    case 2:
        return GetStdHandle(STD_ERROR_HANDLE);
    default:
        return INVALID_HANDLE_VALUE;
    }
}

static void set_timer(int64_t deadline_ns)
{
    int64_t now_ns = os_mono_ns();
    int64_t left_ns = deadline_ns > now_ns ? deadline_ns - now_ns : 0;
    if (!control.timer)
        control.timer = make_timer();
    LARGE_INTEGER due;
    due.QuadPart = -(left_ns / 100 + 1);
    CHECK(SetWaitableTimer(control.timer, &due, 0, NULL, NULL, FALSE));
}

bool os_stop_asked(void)
{
    return control.stop &&
           WaitForSingleObject(control.stop, 0) == WAIT_OBJECT_0;
}

static bool took_stop(void)
{
    if (!os_stop_asked())
        return false;
    ResetEvent(control.stop);
    return true;
}

/* A console reports no change of its size, so it is compared. */
static bool took_resize(void)
{
    int columns, rows;
    os_terminal_size(&columns, &rows);
    if (columns == control.columns && rows == control.rows)
        return false;
    control.columns = columns;
    control.rows = rows;
    return true;
}

/* Whether this event is a character or a special key. */
static bool is_key(const KEY_EVENT_RECORD *key)
{
    WORD code = key->wVirtualKeyCode;
    if (key->uChar.UnicodeChar != 0)
        return key->bKeyDown || code == VK_MENU; /* Alt and digits */
    return key->bKeyDown &&
           ((code >= VK_PRIOR && code <= VK_DOWN) || code == VK_INSERT ||
            code == VK_DELETE || (code >= VK_F1 && code <= VK_F24));
}

/* Adds the character of Escape, which Wine's console omits and curses needs. */
static void complete(HANDLE input, INPUT_RECORD *record)
{
    KEY_EVENT_RECORD *key = &record->Event.KeyEvent;
    DWORD count;
    if (record->EventType != KEY_EVENT || !key->bKeyDown ||
        key->wVirtualKeyCode != VK_ESCAPE || key->uChar.UnicodeChar != 0)
        return;
    key->uChar.UnicodeChar = L'\033';
    if (ReadConsoleInputW(input, &(INPUT_RECORD){0}, 1, &count))
        WriteConsoleInputW(input, record, 1, &count);
}

/* A button or the wheel. Releases are kept: curses compares the buttons. */
static bool is_mouse(const INPUT_RECORD *record)
{
    return record->EventType == MOUSE_EVENT &&
           !(record->Event.MouseEvent.dwEventFlags & MOUSE_MOVED);
}

/* A console wakes its reader also for key releases, moves of the mouse and the
 * focus: removes the records before the first key. */
static bool has_key(HANDLE input)
{
    INPUT_RECORD record;
    DWORD count;
    while (PeekConsoleInputW(input, &record, 1, &count) && count > 0) {
        complete(input, &record);
        if (is_mouse(&record) ||
            (record.EventType == KEY_EVENT && is_key(&record.Event.KeyEvent)))
            return true;
        if (!ReadConsoleInputW(input, &record, 1, &count) || count == 0)
            return false;
    }
    return false;
}

static unsigned input_events(HANDLE input)
{
    DWORD mode;
    if (!GetConsoleMode(input, &mode))
        return OS_EVENT_HANGUP;
    return has_key(input) ? OS_EVENT_INPUT : 0;
}

/* Sleeps until one of the events, input or the deadline. */
static unsigned wait_once(int64_t deadline_ns, HANDLE input, bool *over)
{
    HANDLE handles[3];
    DWORD count = 0, timer = MAXDWORD, keys = MAXDWORD;
    if (control.stop)
        handles[count++] = control.stop;
    if (deadline_ns != INT64_MAX) {
        set_timer(deadline_ns);
        timer = count;
        handles[count++] = control.timer;
    }
    if (input != INVALID_HANDLE_VALUE) {
        keys = count;
        handles[count++] = input;
    }
    if (count == 0) {
        Sleep(INFINITE);
        return 0;
    }
    CHECK(count <= sizeof handles / sizeof handles[0]);
    DWORD woken = WaitForMultipleObjects(count, handles, FALSE, INFINITE);
    if (woken == WAIT_FAILED)
        return OS_EVENT_HANGUP;
    *over = woken == timer && os_mono_ns() >= deadline_ns;
    return woken == keys ? input_events(input) : 0;
}

unsigned os_wait(int64_t deadline_ns, int input)
{
    HANDLE handle = input >= 0 ? standard_handle(input) : INVALID_HANDLE_VALUE;
    unsigned events = took_stop() ? OS_EVENT_STOP : 0;
    bool over = false;
    while (events == 0 && !over) {
        events = wait_once(deadline_ns, handle, &over);
        if (took_stop())
            events |= OS_EVENT_STOP;
        if (input >= 0 && took_resize())
            events |= OS_EVENT_RESIZE;
    }
    return events;
}

void os_rest(int64_t ns)
{
    if (ns <= 0)
        return;
    set_timer(os_mono_ns() + ns);
    WaitForSingleObject(control.timer, INFINITE);
}

bool os_is_terminal(int fd)
{
    DWORD mode;
    return GetConsoleMode(standard_handle(fd), &mode) != 0;
}

void os_terminal_size(int *columns, int *rows)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    *columns = 0;
    *rows = 0;
    if (!GetConsoleScreenBufferInfo(
            control.screen ? control.screen : GetStdHandle(STD_OUTPUT_HANDLE),
            &info))
        return;
    *columns = info.srWindow.Right - info.srWindow.Left + 1;
    *rows = info.srWindow.Bottom - info.srWindow.Top + 1;
    if (*columns > COLUMNS_MAX)
        *columns = COLUMNS_MAX;
    if (*rows > ROWS_MAX)
        *rows = ROWS_MAX;
}

/* Neither curses nor the console restores it. */
static void restore_input_mode(void)
{
    SetConsoleMode(GetStdHandle(STD_INPUT_HANDLE), control.input_mode);
}

const char *os_terminal_type(void)
{
    if (!control.input_kept &&
        GetConsoleMode(GetStdHandle(STD_INPUT_HANDLE), &control.input_mode)) {
        control.input_kept = true;
        atexit(restore_input_mode); /* runs after curses has ended */
    }
    /* Not TERM, which a Unix-like shell sets for its own terminal. */
    return "#win32con";
}

bool os_terminal_ready(void)
{
    return true; /* a console always takes bytes */
}

bool os_terminal_has_dim(void)
{
    return false; /* ncurses makes the background bright instead */
}

void os_terminal_release(void)
{
    if (control.screen)
        CloseHandle(control.screen);
    control.screen = NULL;
}

void os_terminal_stop(void)
{
    /* A console has no job control. */
}

/* Finds the buffer that curses shows: if it made its own, only that one follows
 * the size of the window. */
static void find_screen(void)
{
    HANDLE screen = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                OPEN_EXISTING, 0, NULL);
    os_terminal_release();
    if (screen != INVALID_HANDLE_VALUE)
        control.screen = screen;
}

void os_terminal_modes(bool mouse)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode;
    find_screen();
    if (!GetConsoleMode(input, &mode))
        return;
    mode |= ENABLE_PROCESSED_INPUT | ENABLE_WINDOW_INPUT;
    if (mouse)
        mode = (mode & ~(DWORD)ENABLE_QUICK_EDIT_MODE) | ENABLE_MOUSE_INPUT |
               ENABLE_EXTENDED_FLAGS;
    SetConsoleMode(input, mode);
}

static void restore_code_page(void)
{
    SetConsoleOutputCP(control.code_page);
}

void os_plain_streams(void)
{
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);
    /* The code page belongs to the console and would stay changed. */
    control.code_page = GetConsoleOutputCP();
    if (control.code_page != 0 && control.code_page != CP_UTF8) {
        atexit(restore_code_page);
        SetConsoleOutputCP(CP_UTF8);
    }
    /* No message boxes for missing disks or crashes: errors go to stderr. */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX |
                 SEM_NOOPENFILEERRORBOX);
}

bool os_locale_utf8(void)
{
    setlocale(LC_CTYPE, "");
    return true;
}

/* From the command line itself: the run-time library converts to the code page
 * and expands `*` to files. */
void os_arguments(int *argc, char ***argv)
{
    int count = 0;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
    if (!wide)
        return;
    char **words = mem_zalloc((size_t)count + 1, sizeof *words);
    for (int i = 0; i < count; i++)
        words[i] = windows_utf8(wide[i]);
    LocalFree(wide);
    *argc = count;
    *argv = words;
}

bool os_process_exists(uint64_t pid)
{
    if (pid == 0 || pid > MAXDWORD)
        return false;
    HANDLE process = OpenProcess(
        PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, (DWORD)pid);
    if (!process)
        return GetLastError() == ERROR_ACCESS_DENIED;
    /* A process that ended exists while a handle is open.  OpenProcess() also
     * accepts ids that differ in the low bits, so compare the id. */
    bool lives = WaitForSingleObject(process, 0) == WAIT_TIMEOUT &&
                 GetProcessId(process) == (DWORD)pid;
    CloseHandle(process);
    return lives;
}

uint64_t os_process_id(void)
{
    return GetCurrentProcessId();
}
