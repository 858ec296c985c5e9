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
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/core.h"
#include "common/sys/digest.h"

enum { SLOTS = 64 };

/* lock_slot - the locked file, or -1 */
static int lock_slot(const char *group, int slot)
{
    const char *dir = getenv("TMPDIR");
    uint64_t id = digest_u64(group, strlen(group));
    char path[512];
    int fd, n;

    n = snprintf(path, sizeof(path), "%s/cleanclaim-%u-%016llx-%d.lock",
                 str_empty(dir) ? "/tmp" : dir, (unsigned)getuid(), (unsigned long long)id, slot);
    if (n < 0 || (size_t)n >= sizeof(path))
        return -1;
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* worker_name - given, or made */
void worker_name(const struct conf *c, const char *group, char *out, size_t size, int *fd)
{
    char host[65] = "host";
    int slot = 0;

    *fd = -1;
    if (conf_text(c, "WORKER_ID")[0]) {
        str_copy(out, size, conf_text(c, "WORKER_ID"));
        return;
    }
    gethostname(host, sizeof(host) - 1);
    host[sizeof(host) - 1] = '\0';
    while (slot < SLOTS && (*fd = lock_slot(group, slot)) < 0)
        slot++;
    if (*fd >= 0)
        snprintf(out, size, "%s-%d", host, slot);
    else
        snprintf(out, size, "%s-pid%d", host, (int)getpid());
}
