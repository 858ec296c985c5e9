/* poll.c - looking into replies folders */
#include "services/submitter/deliver/poll.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/submitter/deliver/watch.h"

/* A file that was handed over and is not durable yet. */
struct flight {
    char *from, *to;
};

struct poll {
    struct poll_options o;
    struct watch *watches;
    struct flight *flights;
    size_t n, cap;
    bool pending; /* flights of an earlier round wait */
    size_t bytes; /* of this round */
};

/* poll_new - nothing seen */
struct poll *poll_new(const struct poll_options *o)
{
    struct poll *p = calloc(1, sizeof(*p));

    if (p)
        p->o = *o;
    return p;
}

/* forget_flights - whatever became of them */
static void forget_flights(struct poll *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->flights[i].from);
        free(p->flights[i].to);
    }
    p->n = 0;
    p->pending = false;
}

/* poll_free - locks go with their descriptors */
void poll_free(struct poll *p)
{
    if (!p)
        return;
    forget_flights(p);
    free(p->flights);
    watch_free(p->watches);
    free(p);
}

/* in_flight - handed over in this round already (two routes may share a folder) */
static bool in_flight(const struct poll *p, const char *path)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->flights[i].from, path) == 0)
            return true;
    return false;
}

/* resting_place - .taken/NAME, or .refused/NAME; with the hash when that name is in use */
static bool resting_place(char *out, size_t size, const struct watch *w, const struct poll_file *f)
{
    char dir[PATH_MAX];
    const char *kind = f->data ? ".taken" : ".refused";

    if (!file_join(dir, sizeof(dir), w->folder, kind) || file_make_dirs(dir, NULL) != 0 ||
        !file_join(out, size, dir, f->name))
        return false;
    if (!file_exists(out))
        return true;
    return snprintf(out, size, "%s/%s.%.16s", dir, f->name, f->sha256) < (int)size;
}

/* remember_flight - to be moved once it is durable; one that is not remembered stays, and is handed
 * over again: the same record */
static int remember_flight(struct poll *p, const struct watch *w, const char *path,
                           const struct poll_file *f, struct err *e)
{
    char to[PATH_MAX];
    struct flight *grown = p->flights;

    if (p->n == p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 32;

        grown = realloc(p->flights, cap * sizeof(*grown));
        if (!grown)
            return err_set(e, ERR_RETRY, "memory", "out of memory");
        p->flights = grown;
        p->cap = cap;
    }
    if (!resting_place(to, sizeof(to), w, f))
        return err_set(e, ERR_RETRY, "replies", "%s: no place to move replies to", w->folder);
    grown[p->n] = (struct flight){strdup(path), strdup(to)};
    if (grown[p->n].from && grown[p->n].to) {
        p->n++;
        return 0;
    }
    free(grown[p->n].from);
    free(grown[p->n].to);
    return err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* hash_large - of a file that is not taken into memory */
static int hash_large(const char *path, size_t size, char hex[DIGEST_TEXT], struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

    if (fd >= 0)
        close(fd);
    if (map == MAP_FAILED)
        return watch_away(e, path);
    digest_hex(map, size, hex);
    munmap(map, size);
    return 0;
}

/* read_reply - its bytes and hash; over the limit, the hash alone */
static int read_reply(const struct poll *p, const char *path, size_t size, struct buf *b,
                      struct poll_file *f, char hex[DIGEST_TEXT], struct err *e)
{
    f->size = size;
    f->sha256 = hex;
    if (size > p->o.file_limit)
        return hash_large(path, size, hex, e);
    if (file_read(path, p->o.file_limit, b, e) != 0) {
        if (e)
            e->class = ERR_RETRY; /* it grew while we read: the next look sees it */
        return -1;
    }
    f->data = b->data ? b->data : "";
    f->size = b->len;
    digest_hex(f->data, f->size, hex);
    return 0;
}

/* take - one complete file */
static int take(struct poll *p, const struct watch *w, const char *path, size_t size,
                struct poll_file *f, poll_file_fn fn, void *arg, struct err *e)
{
    char hex[DIGEST_TEXT];
    struct buf b;
    int r;

    buf_init(&b);
    r = read_reply(p, path, size, &b, f, hex, e);
    if (r == 0)
        r = fn(arg, f, e);
    if (r == 0)
        r = remember_flight(p, w, path, f, e);
    p->bytes += b.len;
    buf_wipe(&b);
    return r;
}

/* look_at - one name of the folder */
static int look_at(struct poll *p, struct watch *w, const char *receiver, const char *name,
                   int64_t now_ms, poll_file_fn fn, void *arg, struct err *e)
{
    char path[PATH_MAX];
    struct stat st;
    struct seen *s;
    struct poll_file f = {.receiver = receiver, .name = name};

    if (!file_join(path, sizeof(path), w->folder, name) || stat(path, &st) != 0 ||
        !S_ISREG(st.st_mode))
        return 0;
    s = watch_seen(w, name);
    if (!s)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    if (!seen_settled(s, &st, now_ms, p->o.settle_ms) || in_flight(p, path))
        return 0;
    if (p->n >= p->o.batch_files || (p->n && p->bytes + (size_t)st.st_size > p->o.batch_limit))
        return 0;
    return take(p, w, path, (size_t)st.st_size, &f, fn, arg, e);
}

/* poll_begin - may this round hand over anything? */
bool poll_begin(struct poll *p)
{
    p->pending = p->n > 0;
    p->bytes = 0;
    return !p->pending;
}

/* poll_look - one folder */
int poll_look(struct poll *p, const char *receiver, const char *folder, int64_t now_ms,
              poll_file_fn fn, void *arg, struct err *e)
{
    struct watch *w = watch_find(&p->watches, folder);
    struct dirent **list;
    int n, r = w ? watch_hold(w, e) : err_set(e, ERR_RETRY, "memory", "out of memory");

    if (r <= 0 || p->pending)
        return r < 0 ? -1 : 0;
    n = scandir(folder, &list, watch_worth_a_look, alphasort);
    if (n < 0)
        return watch_away(e, folder);
    r = 0;
    for (int i = 0; i < n; i++) {
        if (r == 0)
            r = look_at(p, w, receiver, list[i]->d_name, now_ms, fn, arg, e);
        free(list[i]);
    }
    free(list);
    if (r == 0)
        watch_forget_gone(w);
    return r;
}

/* poll_durable - away with them; one that cannot be moved is handed over again, under the same key
 */
void poll_durable(struct poll *p)
{
    for (size_t i = 0; i < p->n; i++)
        (void)rename(p->flights[i].from, p->flights[i].to);
    forget_flights(p);
}

/* poll_again - the batch did not become durable */
void poll_again(struct poll *p)
{
    forget_flights(p);
}
