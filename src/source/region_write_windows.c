/* SPDX-License-Identifier: MIT */
/*
 * Creating, storing and removing: for `write` and `set` only.  Invariant:
 * what existed before is never changed by creating unless replacing was asked
 * for, and only what was created here is removed.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "source/guard.h"
#include "source/region_windows.h"
#include "source/snapshot.h"

static bool explain_exists(const struct target *target, bool replace,
                           struct err *err)
{
    if (target->kind == TARGET_FILE)
        return err_set(err, STATUS_CANNOT_CREATE,
                       "'%s' exists already and may belong to someone; "
                       "--replace removes it and creates it anew",
                       target->text);
    return err_set(err, STATUS_CANNOT_CREATE,
                   "'%s' exists already%s: it goes when all processes that "
                   "have it open have ended",
                   target->text,
                   replace ? " and --replace cannot remove a named mapping"
                           : "");
}

static bool explain_create(const struct target *target, DWORD error,
                           struct err *err)
{
    char words[WINDOWS_WORDS_MAX];
    enum status status = windows_status(error) == STATUS_DENIED
                             ? STATUS_DENIED
                             : STATUS_CANNOT_CREATE;
    bool global = target->kind == TARGET_MAP &&
                  _strnicmp(target->name, "Global\\", 7) == 0;
    return err_set(err, status, "cannot create '%s': %s%s", target->text,
                   windows_words(error, words),
                   global && status == STATUS_DENIED
                       ? "; creating in Global\\ needs the right to 'Create "
                         "global objects', as administrators and services have"
                       : "");
}

/* --- for the owner alone ---------------------------------------------------
 */

struct owner_only {
    SECURITY_ATTRIBUTES attributes;
    SECURITY_DESCRIPTOR descriptor;
    TOKEN_USER *user; /* owned */
    ACL *acl;         /* owned */
};

static TOKEN_USER *current_user(void)
{
    HANDLE token;
    DWORD size = 0;
    TOKEN_USER *user = NULL;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return NULL;
    GetTokenInformation(token, TokenUser, NULL, 0, &size);
    if (size > 0)
        user = mem_zalloc(size, 1);
    if (user && !GetTokenInformation(token, TokenUser, user, size, &size)) {
        free(user);
        user = NULL;
    }
    CloseHandle(token);
    return user;
}

/* NULL on failure; then nothing is to be created. */
static SECURITY_ATTRIBUTES *owner_only_make(struct owner_only *owner)
{
    *owner = (struct owner_only){.user = current_user()};
    if (owner->user == NULL)
        return NULL;
    PSID sid = owner->user->User.Sid;
    DWORD size =
        (DWORD)(sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE)) + GetLengthSid(sid);
    owner->acl = mem_zalloc(size, 1);
    if (!InitializeAcl(owner->acl, size, ACL_REVISION) ||
        !AddAccessAllowedAce(owner->acl, ACL_REVISION, GENERIC_ALL, sid) ||
        !InitializeSecurityDescriptor(&owner->descriptor,
                                      SECURITY_DESCRIPTOR_REVISION) ||
        !SetSecurityDescriptorDacl(&owner->descriptor, TRUE, owner->acl, FALSE))
        return NULL;
    owner->attributes.nLength = sizeof owner->attributes;
    owner->attributes.lpSecurityDescriptor = &owner->descriptor;
    return &owner->attributes;
}

static void owner_only_free(struct owner_only *owner)
{
    free(owner->user);
    free(owner->acl);
}

/* --- named mappings --------------------------------------------------------
 */

static HANDLE new_section(const struct target *target, uint64_t size,
                          DWORD *error)
{
    struct owner_only owner;
    SECURITY_ATTRIBUTES *attributes = owner_only_make(&owner);
    HANDLE section = NULL;
    wchar_t *name = section_name(target);
    if (attributes != NULL)
        section =
            CreateFileMappingW(INVALID_HANDLE_VALUE, attributes, PAGE_READWRITE,
                               (DWORD)(size >> 32), (DWORD)size, name);
    *error = GetLastError();
    free(name);
    owner_only_free(&owner);
    return section;
}

static bool create_section(struct region *region, uint64_t size, bool replace,
                           struct err *err)
{
    const struct target *target = &region->target;
    DWORD error;
    HANDLE section = new_section(target, size, &error);
    if (section == NULL)
        return explain_create(target, error, err);
    if (error == ERROR_ALREADY_EXISTS) {
        CloseHandle(section);
        return explain_exists(target, replace, err);
    }
    region->created = true;
    return section_keep(region, section, size) ||
           explain_create(target, GetLastError(), err);
}

/* --- files --------------------------------------------------------------- */

/* Only a regular file may be replaced; a device or a directory stays. */
static bool remove_old_file(const struct target *target, const wchar_t *path,
                            struct err *err)
{
    DWORD attributes = GetFileAttributesW(path);
    if (attributes == INVALID_FILE_ATTRIBUTES)
        return true;
    if (attributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_DEVICE))
        return err_set(err, STATUS_CANNOT_CREATE,
                       "'%s' is not a regular file and will not be replaced",
                       target->text);
    return DeleteFileW(path) || GetLastError() == ERROR_FILE_NOT_FOUND ||
           explain_create(target, GetLastError(), err);
}

static bool open_new(struct region *region, const wchar_t *path, bool replace,
                     struct err *err)
{
    struct owner_only owner;
    SECURITY_ATTRIBUTES *attributes = owner_only_make(&owner);
    if (attributes != NULL)
        region->file =
            CreateFileW(path, GENERIC_READ | GENERIC_WRITE | DELETE,
                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                        attributes, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD error = GetLastError();
    owner_only_free(&owner);
    if (region->file != INVALID_HANDLE_VALUE)
        return true;
    if (error == ERROR_FILE_EXISTS || error == ERROR_ALREADY_EXISTS)
        return explain_exists(&region->target, replace, err);
    return explain_create(&region->target, error, err);
}

static bool create_file(struct region *region, uint64_t size, bool replace,
                        struct err *err)
{
    const struct target *target = &region->target;
    if (windows_is_device(target->name))
        return err_set(err, STATUS_CANNOT_CREATE,
                       "'%s' is a device or pipe and will not be replaced",
                       target->text);
    wchar_t *path = windows_wide(target->name);
    bool opened = (!replace || remove_old_file(target, path, err)) &&
                  open_new(region, path, replace, err);
    free(path);
    if (!opened)
        return false;
    region->created = true;
    region->size = size;
    FILE_END_OF_FILE_INFO end = {.EndOfFile.QuadPart = (LONGLONG)size};
    return (SetFileInformationByHandle(region->file, FileEndOfFileInfo, &end,
                                       sizeof end) &&
            file_keep(region)) ||
           explain_create(target, GetLastError(), err);
}

/* -------------------------------------------------------------------------- */

static bool create(struct region *region, uint64_t size, bool replace,
                   struct err *err)
{
    if (size == 0)
        return err_set(err, STATUS_USAGE, "cannot create '%s' with 0 bytes",
                       region->target.text);
    if (size > SIZE_MAX / 2 || size > INT64_MAX)
        return explain_create(&region->target, ERROR_NOT_ENOUGH_MEMORY, err);
    switch (region->target.kind) {
    case TARGET_MAP:
        return create_section(region, size, replace, err);
    case TARGET_FILE:
        return create_file(region, size, replace, err);
    default:
        return err_set(err, STATUS_USAGE,
                       "'%s' cannot be created; map:NAME and file:PATH can",
                       region->target.text);
    }
}

bool region_create(struct region **out, const struct target *target,
                   uint64_t size, bool replace, struct err *err)
{
    struct region *region = region_new(target);
    region->writable = true;
    if (!create(region, size, replace, err)) {
        region_remove(region);
        region_close(region);
        return false;
    }
    *out = region;
    return true;
}

struct store_job {
    uint8_t *to;
    const uint8_t *bytes;
    const uint8_t *mask;
    size_t size;
};

static void store_body(void *user)
{
    const struct store_job *job = user;
    snapshot_store(job->to, job->bytes, job->mask, job->size);
}

bool region_store(struct region *region, uint64_t offset, uint32_t size,
                  const uint8_t *bytes, const uint8_t *mask)
{
    CHECK(region->writable);
    if (offset > region->size || size > region->size - offset)
        return false;
    struct window *window = region->target.kind == TARGET_MAP
                                ? section_cover(region, offset, size)
                                : file_cover(region, offset, size);
    if (window == NULL)
        return false;
    struct store_job job = {window->view + (offset - window->start), bytes,
                            mask, size};
    return guard_run(store_body, &job, window->view, window->len);
}

void region_publish(struct region *region)
{
    (void)region;
    snapshot_publish();
}

/* The name of a mapping goes with its last handle. */
void region_remove(struct region *region)
{
    if (!region->created)
        return;
    region->created = false;
    if (region->target.kind != TARGET_FILE)
        return;
    /* A mapped file cannot be deleted; this is the very file we created. */
    windows_close(region);
    FILE_DISPOSITION_INFO gone = {.DeleteFile = TRUE};
    SetFileInformationByHandle(region->file, FileDispositionInfo, &gone,
                               sizeof gone);
}
