/* worker.c - a name for this worker that no other process has now, and that its successor gets
 * again
 *
 * Transactional ids must differ between workers that run together, or they fence each other; and
 * should be the same after a restart, so that the successor ends the transaction a kill left open
 * at once. Where nobody names us, the host's name and the first free slot do both: a slot is a
 * locked file, and the kernel frees the lock of whoever dies. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/core.h"
#include "common/sys/digest.h"

enum { SLOTS = 64 };

/* slot_path - of a group's slot; false: too long */
static bool slot_path(const char *group, int slot, char *out, size_t size)
{
    const char *dir = getenv("TMPDIR");
    int n =
        snprintf(out, size, "%s/cleanclaim-%u-%016llx-%d.lock", str_empty(dir) ? "/tmp" : dir,
                 (unsigned)getuid(), (unsigned long long)digest_u64(group, strlen(group)), slot);

    return n > 0 && (size_t)n < size;
}

/* still_there - is the locked file the one of that name? Its last owner may have removed it in
 * between. */
static bool still_there(int fd, const char *path)
{
    struct stat mine, named;

    return fstat(fd, &mine) == 0 && stat(path, &named) == 0 && mine.st_ino == named.st_ino;
}

/* lock_slot - the locked file, or -1 */
static int lock_slot(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && still_there(fd, path))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* take_slot - the first free one; -1: none */
static int take_slot(struct worker_id *w, const char *group)
{
    for (int slot = 0; slot < SLOTS; slot++) {
        if (!slot_path(group, slot, w->path, sizeof(w->path)))
            return -1;
        w->fd = lock_slot(w->path);
        if (w->fd >= 0)
            return slot;
    }
    return -1;
}

/* worker_id_take - given, or made */
void worker_id_take(struct worker_id *w, const struct conf *c, const char *group)
{
    char host[65] = "host";
    int slot;

    w->fd = -1;
    if (conf_text(c, "WORKER_ID")[0]) {
        str_copy(w->name, sizeof(w->name), conf_text(c, "WORKER_ID"));
        return;
    }
    gethostname(host, sizeof(host) - 1);
    host[sizeof(host) - 1] = '\0';
    slot = take_slot(w, group);
    if (slot >= 0)
        snprintf(w->name, sizeof(w->name), "%s-%d", host, slot);
    else
        snprintf(w->name, sizeof(w->name), "%s-pid%d", host, (int)getpid());
}

/* worker_id_release - the name is free again */
void worker_id_release(struct worker_id *w)
{
    if (w->fd < 0)
        return;
    unlink(w->path);
    close(w->fd);
    w->fd = -1;
}
