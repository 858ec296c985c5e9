/* box.c - one mailbox: what came is taken, what is due is paid */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "common/sys/log.h"
#include "services/sandbox/sandbox.h"

/* take_lock - one sandbox a mailbox; 1 held, 0 by another */
static int take_lock(struct box *b, struct err *e)
{
    char path[PATH_MAX];

    if (!file_join(path, sizeof(path), b->taken, "lock"))
        return err_set(e, ERR_FATAL, "setting", "mailbox: path too long");
    b->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (b->lock < 0)
        return err_set(e, ERR_RETRY, "mailbox", "%s: %s", path, strerror(errno));
    if (flock(b->lock, LOCK_EX | LOCK_NB) == 0)
        return 1;
    close(b->lock);
    b->lock = -1;
    return 0;
}

/* box_open - folders, lock, journal */
int box_open(struct box *b, const struct sandbox *s, const char *mailbox, const char *replies,
             struct err *e)
{
    char path[PATH_MAX];
    int r;

    memset(b, 0, sizeof(*b));
    b->sandbox = s;
    b->lock = -1;
    if (!str_copy(b->mailbox, sizeof(b->mailbox), mailbox) ||
        !str_copy(b->replies, sizeof(b->replies), replies) ||
        !file_join(b->taken, sizeof(b->taken), mailbox, ".taken") ||
        !file_join(path, sizeof(path), b->taken, "journal"))
        return err_set(e, ERR_FATAL, "setting", "mailbox: path too long");
    if (file_make_dirs(b->taken, e) != 0 || file_make_dirs(b->replies, e) != 0)
        return -1;
    r = take_lock(b, e);
    if (r <= 0)
        return r;
    b->journal = journal_open(path, e);
    if (b->journal)
        return 1;
    box_close(b);
    return -1;
}

/* box_close - gives up the lock */
void box_close(struct box *b)
{
    journal_close(b->journal);
    b->journal = NULL;
    if (b->lock >= 0)
        close(b->lock);
    b->lock = -1;
}

/* is_file - for scandir: no hidden name, none that is still written */
static int is_file(const struct dirent *d)
{
    size_t n = strlen(d->d_name);

    return d->d_name[0] != '.' && n < SANDBOX_KEY && !strchr(d->d_name, '\n') &&
           !(n > 5 && strcmp(d->d_name + n - 5, ".part") == 0) &&
           !(n > 4 && strcmp(d->d_name + n - 4, ".tmp") == 0);
}

/* take_all - every file of the mailbox, by name; the first error ends the look */
static int take_all(struct box *b, int64_t now_ms, bool *did, struct err *e)
{
    struct dirent **list;
    char path[PATH_MAX];
    struct stat st;
    int n = scandir(b->mailbox, &list, is_file, alphasort), r = 0;

    if (n < 0)
        return err_set(e, ERR_RETRY, "mailbox", "%s: %s", b->mailbox, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (r == 0 && file_join(path, sizeof(path), b->mailbox, list[i]->d_name) &&
            stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
            r = take_file(b, list[i]->d_name, now_ms, e);
            *did = true;
        }
        free(list[i]);
    }
    free(list);
    return r;
}

/* is_paid - already */
static bool is_paid(const struct box *b, const char *hash)
{
    char key[SANDBOX_KEY];

    snprintf(key, sizeof(key), "paid/%s", hash);
    return journal_find(b->journal, key) != NULL;
}

/* pay_due - files that were taken long enough ago: "file/<hash>" -> "<ms> <name>" */
static int pay_due(struct box *b, int64_t now_ms, bool *did, struct err *e)
{
    const char *key;
    size_t cursor = 0;

    while ((key = journal_next(b->journal, "file/", &cursor))) {
        const char *value = journal_find(b->journal, key),
                   *blank = value ? strchr(value, ' ') : NULL;
        char hash[SANDBOX_HASH], name[SANDBOX_KEY], path[PATH_MAX];

        if (!blank || !str_copy(hash, sizeof(hash), key + strlen("file/")) || is_paid(b, hash) ||
            now_ms - strtoll(value, NULL, 10) < b->sandbox->pay_after_ms)
            continue;
        if (!str_copy(name, sizeof(name), blank + 1) ||
            !file_join(path, sizeof(path), b->taken, name) || !file_exists(path))
            continue; /* remembered, and not moved yet: the next look takes it up again */
        if (pay_file(b, hash, name, e) != 0)
            return -1;
        *did = true;
    }
    return 0;
}

/* box_turn - take, then pay */
int box_turn(struct box *b, int64_t now_ms, bool *did, struct err *e)
{
    bool any = false;
    int r = take_all(b, now_ms, &any, e);

    if (r == 0)
        r = pay_due(b, now_ms, &any, e);
    if (did)
        *did = any;
    return r;
}
