/* SPDX-License-Identifier: MIT */
/*
 * There is no fork: a child is this program once more, with a variable that
 * says which of its functions to run instead of main().
 */
#include "os_rig.h"

#include <direct.h>
#include <fcntl.h>
#include <io.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/system_windows.h"

#define CHILD "SHMTOP_TEST_CHILD"

void os_rig_path(char path[OS_RIG_PATH], const char *name)
{
    char folder[MAX_PATH + 1];

    CHECK(GetTempPathA(sizeof folder, folder) > 0);
    snprintf(path, OS_RIG_PATH, "%sshmtop-%s-%lu", folder, name,
             GetCurrentProcessId());
}

bool os_rig_make_folder(const char *path)
{
    return _mkdir(path) == 0;
}

bool os_rig_enter(const char *path)
{
    return _chdir(path) == 0;
}

bool os_rig_remove(const char *path)
{
    return DeleteFileA(path) || RemoveDirectoryA(path);
}

bool os_rig_lengthen(const char *path, size_t len)
{
    FILE *file = fopen(path, "r+b");
    bool done = file && _chsize_s(_fileno(file), (int64_t)len) == 0;

    return file && fclose(file) == 0 && done;
}

void os_rig_set_places(const char *personal, const char *common)
{
    CHECK(SetEnvironmentVariableA("APPDATA", personal));
    CHECK(SetEnvironmentVariableA("PROGRAMDATA", common));
}

void os_rig_as_shown(char *path)
{
    for (; *path != '\0'; path++)
        if (*path == '/')
            *path = '\\';
}

/* Before main(): a child runs its function. */
static void __attribute__((constructor)) be_child(void)
{
    const char *offset = getenv(CHILD);
    void (*run)(void);

    if (!offset)
        return;
    SetEnvironmentVariableA(CHILD, NULL);
    _setmode(_fileno(stderr), _O_BINARY);
    run = (void (*)(void))((uintptr_t)GetModuleHandleA(NULL) +
                           (uintptr_t)strtoull(offset, NULL, 10));
    run();
    _exit(99);
}

static HANDLE start(void (*run)(void), HANDLE error)
{
    STARTUPINFOA how = {.cb = sizeof how, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;
    char program[MAX_PATH];
    char offset[32];

    snprintf(offset, sizeof offset, "%llu",
             (unsigned long long)((uintptr_t)run -
                                  (uintptr_t)GetModuleHandleA(NULL)));
    CHECK(SetEnvironmentVariableA(CHILD, offset));
    CHECK(GetModuleFileNameA(NULL, program, sizeof program) > 0);
    how.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    how.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    how.hStdError = error;
    CHECK(CreateProcessA(program, NULL, NULL, NULL, TRUE, 0, NULL, NULL, &how,
                         &child));
    SetEnvironmentVariableA(CHILD, NULL);
    CloseHandle(child.hThread);
    return child.hProcess;
}

int os_rig_child(void (*run)(void), char *said, size_t size)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    HANDLE read_end;
    HANDLE write_end;
    HANDLE child;
    DWORD got;
    DWORD code;
    size_t len = 0;

    fflush(NULL);
    CHECK(CreatePipe(&read_end, &write_end, &inherited, 0));
    child = start(run, write_end);
    CloseHandle(write_end);
    while (len < size - 1 &&
           ReadFile(read_end, said + len, (DWORD)(size - 1 - len), &got, NULL))
        len += got;
    said[len] = '\0';
    CloseHandle(read_end);
    CHECK(WaitForSingleObject(child, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetExitCodeProcess(child, &code));
    CloseHandle(child);
    return (int)code;
}
