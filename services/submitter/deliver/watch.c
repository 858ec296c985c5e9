/* watch.c - one replies folder: its lock, and which files in it stood still */
#include "services/submitter/deliver/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "services/submitter/deliver/poll.h"

/* watch_find - in the list; added when it is new */
struct watch *watch_find(struct watch **list, const char *folder)
{
    struct watch *w = *list;

    while (w && strcmp(w->folder, folder) != 0)
        w = w->next;
    if (w)
        return w;
    w = calloc(1, sizeof(*w));
    if (!w || !(w->folder = strdup(folder))) {
        free(w);
        return NULL;
    }
    w->lock = -1;
    w->next = *list;
    *list = w;
    return w;
}

/* watch_free - the whole list; locks go with their descriptors */
void watch_free(struct watch *w)
{
    while (w) {
        struct watch *next = w->next;

        for (size_t i = 0; i < w->n; i++)
            free(w->seen[i].name);
        if (w->lock >= 0)
            close(w->lock);
        free(w->seen);
        free(w->folder);
        free(w);
        w = next;
    }
}

/* watch_away - the disk refuses for now */
int watch_away(struct err *e, const char *path)
{
    return err_set(e, ERR_RETRY, "replies", "%s: %s", path, strerror(errno));
}

/* watch_hold - the folder's lock; 1: held, 0: by another worker */
int watch_hold(struct watch *w, struct err *e)
{
    char taken[PATH_MAX], lock[PATH_MAX];
    int fd;

    if (w->lock >= 0)
        return 1;
    if (!file_join(taken, sizeof(taken), w->folder, ".taken") ||
        !file_join(lock, sizeof(lock), taken, "lock"))
        return err_set(e, ERR_RETRY, "replies", "%s: path too long", w->folder);
    if (access(w->folder, R_OK | W_OK | X_OK) != 0)
        return watch_away(e, w->folder);
    if (file_make_dirs(taken, e) != 0)
        return -1;
    fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0)
        return watch_away(e, lock);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return 0;
    }
    w->lock = fd;
    return 1;
}

/* is_temporary - a name under which somebody still writes */
static bool is_temporary(const char *name)
{
    static const char *const endings[] = {".part", ".tmp", ".filepart", ".partial"};
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t t = strlen(endings[i]);

        if (n >= t && strcasecmp(name + n - t, endings[i]) == 0)
            return true;
    }
    return false;
}

/* poll_name_whole - see poll.h */
bool poll_name_whole(const char *name)
{
    return name[0] != '.' && !is_temporary(name);
}

/* watch_worth_a_look - for scandir */
int watch_worth_a_look(const struct dirent *d)
{
    return poll_name_whole(d->d_name);
}

/* watch_seen - of a name, added when it is new; NULL: out of memory */
struct seen *watch_seen(struct watch *w, const char *name)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->seen[i].name, name) == 0)
            return &w->seen[i];
    if (w->n == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 32;
        struct seen *grown = realloc(w->seen, cap * sizeof(*grown));

        if (!grown)
            return NULL;
        w->seen = grown;
        w->cap = cap;
    }
    memset(&w->seen[w->n], 0, sizeof(*w->seen));
    w->seen[w->n].size = -1;
    w->seen[w->n].name = strdup(name);
    return w->seen[w->n].name ? &w->seen[w->n++] : NULL;
}

/* seen_settled - as it was, for long enough */
bool seen_settled(struct seen *s, const struct stat *st, int64_t now_ms, int64_t settle_ms)
{
    bool same = s->size == st->st_size && s->changed.tv_sec == st->st_mtim.tv_sec &&
                s->changed.tv_nsec == st->st_mtim.tv_nsec;

    s->here = true;
    if (!same) {
        s->size = st->st_size;
        s->changed = st->st_mtim;
        s->since_ms = now_ms;
    }
    return now_ms - s->since_ms >= settle_ms;
}

/* watch_forget_gone - names that the last look did not meet */
void watch_forget_gone(struct watch *w)
{
    size_t kept = 0;

    for (size_t i = 0; i < w->n; i++) {
        if (w->seen[i].here) {
            w->seen[i].here = false;
            w->seen[kept++] = w->seen[i];
        } else {
            free(w->seen[i].name);
        }
    }
    w->n = kept;
}
