/* folder.c - the three steps of a delivery into a folder */
#include "services/submitter/deliver/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"

enum { NAME_LIMIT = 200, ALL_STEPS = 3 };

/* The paths of one file. */
struct places {
    char spool[PATH_MAX], ready[PATH_MAX], receipt[PATH_MAX], final[PATH_MAX], lock[PATH_MAX];
    char ready_name[NAME_LIMIT + 16], receipt_name[NAME_LIMIT + 16];
};

/* folder_name_valid - no path, no hidden file, nothing that a shell or a payer's script stumbles
 * over */
bool folder_name_valid(const char *name)
{
    size_t n = strlen(name);

    if (n == 0 || n > NAME_LIMIT || name[0] == '.')
        return false;
    return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == n;
}

/* away - the disk refuses for now */
static int away(struct err *e, const char *path)
{
    return err_set(e, ERR_RETRY, "mailbox", "%s: %s", path, strerror(errno));
}

/* find_places - all paths of a file */
static int find_places(const struct folder_file *f, struct places *p, struct err *e)
{
    snprintf(p->ready_name, sizeof(p->ready_name), "%s.ready", f->name);
    snprintf(p->receipt_name, sizeof(p->receipt_name), "%s.receipt", f->name);
    if (!file_join(p->spool, sizeof(p->spool), f->mailbox, ".cleanclaim") ||
        !file_join(p->ready, sizeof(p->ready), p->spool, p->ready_name) ||
        !file_join(p->receipt, sizeof(p->receipt), p->spool, p->receipt_name) ||
        !file_join(p->lock, sizeof(p->lock), p->spool, "lock") ||
        !file_join(p->final, sizeof(p->final), f->mailbox, f->name))
        return err_set(e, ERR_FATAL, "mailbox", "the mailbox's path is too long");
    return 0;
}

/* open_lock - the spool and its lock; the mailbox itself is never made: a folder that is not
 * mounted must not swallow claims */
static int open_lock(const struct folder_file *f, const struct places *p, struct err *e)
{
    int fd;

    if (access(f->mailbox, W_OK | X_OK) != 0)
        return away(e, f->mailbox);
    if (file_make_dirs(p->spool, e) != 0)
        return -1;
    fd = open(p->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0)
        return away(e, p->lock);
    while (flock(fd, LOCK_EX) != 0)
        if (errno != EINTR) {
            close(fd);
            return away(e, p->lock);
        }
    return fd;
}

/* sync_folder - so that a rename or link survives a power cut */
static int sync_folder(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r;

    if (fd < 0)
        return away(e, path);
    r = fsync(fd);
    close(fd);
    return r == 0 ? 0 : away(e, path);
}

/* check_bytes - 1: the file at path holds exactly these bytes, 0: it is not there; another content
 * is refused */
static int check_bytes(const char *path, const struct folder_file *f, struct err *e)
{
    char hex[DIGEST_TEXT];
    struct buf b;
    bool same;

    if (!file_exists(path))
        return 0;
    buf_init(&b);
    if (file_read(path, f->size + 1, &b, e) != 0) {
        buf_wipe(&b);
        if (e && e->class == ERR_REJECT)
            return err_set(e, ERR_REJECT, "name-reused", "another file went under this name");
        return -1;
    }
    same = b.len == f->size && strcmp(digest_hex(b.data ? b.data : "", b.len, hex), f->sha256) == 0;
    buf_wipe(&b);
    if (!same)
        return err_set(e, ERR_REJECT, "name-reused", "another file went under this name");
    return 1;
}

/* write_receipt - a link to the ready file; a copy where the file system knows no links */
static int write_receipt(const struct folder_file *f, const struct places *p, struct err *e)
{
    if (link(p->ready, p->receipt) == 0 || errno == EEXIST)
        return sync_folder(p->spool, e);
    if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK && errno != ENOSYS)
        return away(e, p->receipt);
    return file_write(p->spool, p->receipt_name, f->data, f->size, e);
}

/* hand_over - the one step that the payer sees */
static int hand_over(const struct folder_file *f, const struct places *p, struct err *e)
{
    if (check_bytes(p->final, f, e) < 0)
        return -1;
    if (rename(p->ready, p->final) != 0)
        return away(e, p->final);
    return sync_folder(f->mailbox, e) != 0 || sync_folder(p->spool, e) != 0 ? -1 : 0;
}

/* walk - the steps from where the last try stopped; under the lock */
static int walk(const struct folder_file *f, const struct places *p, int steps, bool *before,
                struct err *e)
{
    int receipt = check_bytes(p->receipt, f, e), ready = 0;

    if (receipt < 0)
        return -1;
    if (receipt)
        ready = check_bytes(p->ready, f, e);
    if (ready < 0)
        return -1;
    *before = receipt && !ready;
    if (*before)
        return 0;
    if (!receipt) {
        if (steps < 1)
            return 0;
        if (file_write(p->spool, p->ready_name, f->data, f->size, e) != 0)
            return -1;
        if (steps < 2)
            return 0;
        if (write_receipt(f, p, e) != 0)
            return -1;
    }
    return steps < ALL_STEPS ? 0 : hand_over(f, p, e);
}

/* folder_send_steps - lock, walk, unlock */
int folder_send_steps(const struct folder_file *f, int steps, bool *before, struct err *e)
{
    struct places p = {0};
    bool was = false;
    int fd, r;

    if (!folder_name_valid(f->name))
        return err_set(e, ERR_REJECT, "name", "the interchange's file name is no plain file name");
    if (find_places(f, &p, e) != 0)
        return -1;
    fd = open_lock(f, &p, e);
    if (fd < 0)
        return -1;
    r = walk(f, &p, steps, &was, e);
    close(fd);
    if (r == 0 && before)
        *before = was;
    return r;
}

/* folder_send - to the end */
int folder_send(const struct folder_file *f, bool *before, struct err *e)
{
    return folder_send_steps(f, ALL_STEPS, before, e);
}
