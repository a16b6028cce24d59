/* SPDX-License-Identifier: MIT */
#include "os_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"

static char folder[OS_RIG_PATH / 2];
static pid_t owner; /* of the folder: children leave it alone */

static void remove_folder(void)
{
    if (getpid() == owner)
        rmdir(folder);
}

void os_rig_path(char path[OS_RIG_PATH], const char *name)
{
    if (folder[0] == '\0') {
        const char *parent = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%s/shmtop-test-XXXXXX",
                 parent && *parent ? parent : "/tmp");
        CHECK(mkdtemp(folder));
        owner = getpid();
        CHECK(atexit(remove_folder) == 0);
    }
    snprintf(path, OS_RIG_PATH, "%s/%s", folder, name);
}

bool os_rig_make_folder(const char *path)
{
    return mkdir(path, 0700) == 0;
}

bool os_rig_enter(const char *path)
{
    return chdir(path) == 0;
}

bool os_rig_remove(const char *path)
{
    return remove(path) == 0;
}

bool os_rig_lengthen(const char *path, size_t len)
{
    return truncate(path, (off_t)len) == 0;
}

void os_rig_set_places(const char *personal, const char *common)
{
    static const char *const what[] = {"CONFIG", "DATA"};

    for (size_t i = 0; i < 2; i++) {
        char name[32];

        snprintf(name, sizeof name, "XDG_%s_HOME", what[i]);
        CHECK(setenv(name, personal, 1) == 0);
        snprintf(name, sizeof name, "XDG_%s_DIRS", what[i]);
        CHECK(setenv(name, common, 1) == 0);
    }
}

void os_rig_as_shown(char *path)
{
    (void)path;
}

int os_rig_child(void (*run)(void), char *said, size_t size)
{
    int ends[2];
    int status;
    size_t len = 0;
    ssize_t got;
    pid_t child;

    fflush(NULL);
    CHECK(pipe(ends) == 0);
    child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        run();
        _exit(99);
    }
    close(ends[1]);
    while ((got = read(ends[0], said + len, size - 1 - len)) > 0)
        len += (size_t)got;
    said[len] = '\0';
    close(ends[0]);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}
