/* SPDX-License-Identifier: MIT */
/* Runs a Windows program with the folder SHMTOP_TEST_STATE as LOCALAPPDATA.
 * Wine sets that variable itself, whatever its environment has.
 * usage: with_state.exe PROGRAM.exe [ARGUMENT...] */
#include <stdio.h>
#include <wchar.h>

#include <windows.h>

/* Returns the rest of a command line, after the program's name. */
static wchar_t *after_program(wchar_t *line)
{
    line += *line == L'"' ? 1 + wcscspn(line + 1, L"\"") + 1
                          : wcscspn(line, L" \t");
    return line + wcsspn(line, L" \t");
}

int main(void)
{
    wchar_t folder[MAX_PATH];
    DWORD len = GetEnvironmentVariableW(L"SHMTOP_TEST_STATE", folder, MAX_PATH);
    if (len == 0 || len >= MAX_PATH ||
        !SetEnvironmentVariableW(L"LOCALAPPDATA", folder)) {
        fputs("with_state: SHMTOP_TEST_STATE names no folder\n", stderr);
        return 125;
    }
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    if (!CreateProcessW(NULL, after_program(GetCommandLineW()), NULL, NULL,
                        TRUE, 0, NULL, NULL, &start, &process)) {
        fprintf(stderr, "with_state: error %lu\n", GetLastError());
        return 125;
    }
    DWORD status = 125;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &status);
    return (int)status;
}
