/* part.c - opening, trusting, committing one partition's copy
 *
 * The copy is a cache of the changelog: whatever is doubtful about it is answered by throwing it
 * away. Nothing is fsynced, a killed process loses nothing (the pages are the kernel's), a machine
 * that went down is recognised by its boot id. */
#include "common/state/part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/sys/file.h"

enum { MAP_FIRST_BYTES = 64 * 1024 * 1024, OWNERS_MAX = 16, STAMP_MAX = 192 };

static const char format_name[] = "1";

/* part_error - retry, except what no retry can mend */
int part_error(struct part *p, int code, const char *what, struct err *e)
{
    if (code == MDB_MAP_FULL || code == MDB_TXN_FULL) {
        p->full = true;
        return err_set(e, ERR_RETRY, "state-full", "%s: the local copy's map is full, it grows",
                       what);
    }
    if (code == MDB_BAD_VALSIZE)
        return err_set(e, ERR_REJECT, "key", "%s: key or value of a size that state cannot hold",
                       what);
    return err_set(e, ERR_RETRY, "state", "%s: %s", what, mdb_strerror(code));
}

/* part_remove_folder - what mkdir and LMDB made */
void part_remove_folder(const char *path)
{
    DIR *d = opendir(path);
    struct dirent *f;
    char name[1024];

    while (d && (f = readdir(d)))
        if (!str_eq(f->d_name, ".") && !str_eq(f->d_name, "..") &&
            file_join(name, sizeof(name), path, f->d_name))
            unlink(name);
    if (d)
        closedir(d);
    rmdir(path);
}

/* remove_copy - the data, not the owner's lock */
static void remove_copy(const struct part *p)
{
    static const char *const files[] = {"data.mdb", "lock.mdb"};
    char name[1024];

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        if (file_join(name, sizeof(name), p->path, files[i]))
            unlink(name);
}

/* lock_folder - 1 ours, 0 somebody else's, -1 error */
static int lock_folder(struct part *p, struct err *e)
{
    char name[1024];

    if (file_make_dirs(p->path, e) < 0)
        return -1;
    if (!file_join(name, sizeof(name), p->path, "owner"))
        return err_set(e, ERR_FATAL, "state", "%s: path too long", p->path);
    p->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (p->lock_fd < 0)
        return err_set(e, ERR_RETRY, "state", "%s: %s", name, strerror(errno));
    if (flock(p->lock_fd, LOCK_EX | LOCK_NB) == 0)
        return 1;
    close(p->lock_fd);
    p->lock_fd = -1;
    return 0;
}

/* take_folder - the partition's folder, or the first free one beside it (its owner may hang, we
 * must not) */
static int take_folder(struct part *p, const char *dir, const char *stage, struct err *e)
{
    for (int i = 0; i < OWNERS_MAX; i++) {
        int n = i == 0
                    ? snprintf(p->path, sizeof(p->path), "%s/%s-%d", dir, stage, (int)p->partition)
                    : snprintf(p->path, sizeof(p->path), "%s/%s-%d.%d", dir, stage,
                               (int)p->partition, i);
        int r;

        if (n < 0 || (size_t)n >= sizeof(p->path))
            return err_set(e, ERR_FATAL, "state", "%s: path too long", dir);
        r = lock_folder(p, e);
        if (r != 0)
            return r < 0 ? -1 : 0;
    }
    return err_set(e, ERR_FATAL, "state", "%s/%s-%d: %d owners already", dir, stage,
                   (int)p->partition, OWNERS_MAX);
}

/* open_databases - the four names of an environment */
static int open_databases(struct part *p)
{
    const struct {
        const char *name;
        MDB_dbi *dbi;
    } names[] = {{"kv", &p->kv}, {"timer", &p->timer}, {"due", &p->due}, {"meta", &p->meta}};
    int r = mdb_txn_begin(p->env, NULL, 0, &p->txn);

    for (size_t i = 0; r == 0 && i < sizeof(names) / sizeof(names[0]); i++)
        r = mdb_dbi_open(p->txn, names[i].name, MDB_CREATE, names[i].dbi);
    if (r == 0)
        r = mdb_txn_commit(p->txn);
    else if (p->txn)
        mdb_txn_abort(p->txn);
    p->txn = NULL;
    return r;
}

/* map_size - of an existing copy, at least the first size */
static size_t map_size(const struct part *p)
{
    MDB_envinfo info;

    mdb_env_info(p->env, &info);
    return info.me_mapsize > MAP_FIRST_BYTES ? info.me_mapsize : MAP_FIRST_BYTES;
}

/* open_env - one try; the flock makes us the only user, so LMDB's own lock file is not needed */
static int open_env(struct part *p)
{
    int r = mdb_env_create(&p->env);

    if (r == 0)
        r = mdb_env_set_maxdbs(p->env, 4);
    if (r == 0)
        r = mdb_env_open(p->env, p->path, MDB_NOSYNC | MDB_NOTLS | MDB_NOLOCK | MDB_NORDAHEAD,
                         0600);
    if (r == 0) {
        p->map_bytes = map_size(p);
        r = mdb_env_set_mapsize(p->env, p->map_bytes);
    }
    if (r == 0)
        r = open_databases(p);
    if (r != 0 && p->env) {
        mdb_env_close(p->env);
        p->env = NULL;
    }
    return r;
}

/* stamp - what must be the same for a copy to be trusted: format, machine's boot, cluster */
static void stamp(const char *origin, char out[STAMP_MAX])
{
    char boot[64] = "";
    FILE *f = fopen("/proc/sys/kernel/random/boot_id", "r");

    if (f) {
        if (!fgets(boot, sizeof(boot), f))
            boot[0] = '\0';
        fclose(f);
    }
    boot[strcspn(boot, "\n")] = '\0';
    snprintf(out, STAMP_MAX, "%s %s %s", format_name, boot, origin);
}

/* meta_get - a row of the meta database as text; false: not there */
static bool meta_get(struct part *p, const char *name, char *out, size_t size)
{
    MDB_val k = {strlen(name), (char *)(uintptr_t)name}, v;

    if (mdb_get(p->txn, p->meta, &k, &v) != 0 || v.mv_size >= size)
        return false;
    memcpy(out, v.mv_data, v.mv_size);
    out[v.mv_size] = '\0';
    return true;
}

/* meta_put - a row of the meta database */
static int meta_put(struct part *p, const char *name, const char *text)
{
    MDB_val k = {strlen(name), (char *)(uintptr_t)name},
            v = {strlen(text), (char *)(uintptr_t)text};

    return mdb_put(p->txn, p->meta, &k, &v, 0);
}

/* trusted - may the copy be read on from its offset? Fills next_offset. */
static bool trusted(struct part *p, const char *origin)
{
    char want[STAMP_MAX], have[STAMP_MAX] = "", next[32] = "", written[32] = "";
    int64_t written_ms = 0, now = clock_ms();
    bool ok;

    stamp(origin, want);
    if (mdb_txn_begin(p->env, NULL, MDB_RDONLY, &p->txn) != 0) {
        p->txn = NULL;
        return false;
    }
    ok = meta_get(p, "stamp", have, sizeof(have)) && str_eq(have, want) &&
         meta_get(p, "next", next, sizeof(next)) &&
         meta_get(p, "written", written, sizeof(written)) && str_to_i64(next, &p->next_offset) &&
         str_to_i64(written, &written_ms) && p->next_offset >= 0 && written_ms <= now &&
         now - written_ms <= STATE_COPY_MAX_AGE_MS;
    mdb_txn_abort(p->txn);
    p->txn = NULL;
    return ok;
}

/* write_meta - offset and time, in the batch's transaction */
static int write_meta(struct part *p, int64_t next)
{
    char text[32];
    int r;

    snprintf(text, sizeof(text), "%lld", (long long)next);
    r = meta_put(p, "next", text);
    snprintf(text, sizeof(text), "%lld", (long long)clock_ms());
    return r == 0 ? meta_put(p, "written", text) : r;
}

/* part_commit - with the offset; the copy is as new as the changelog was at the end of this batch
 */
int part_commit(struct part *p, struct err *e)
{
    int64_t next = p->pending_offset >= p->next_offset ? p->pending_offset + 1 : p->next_offset;
    int r;

    if (!p->changed && p->pending_offset < 0) {
        part_abort(p);
        return 0;
    }
    if (part_txn(p, e) < 0)
        return -1;
    r = write_meta(p, next);
    if (r == 0) {
        r = mdb_txn_commit(p->txn);
        p->txn = NULL;
    }
    if (r == 0)
        p->next_offset = next;
    part_abort(p);
    return r == 0 ? 0 : part_error(p, r, "state: commit", e);
}

/* start_copy - an empty copy that says whose it is */
static int start_copy(struct part *p, const char *origin, struct err *e)
{
    char text[STAMP_MAX];
    int r;

    if (p->env)
        mdb_env_close(p->env);
    p->env = NULL;
    remove_copy(p);
    p->next_offset = 0;
    stamp(origin, text);
    r = open_env(p);
    if (r == 0 && part_txn(p, e) < 0)
        return -1;
    if (r == 0)
        r = meta_put(p, "stamp", text);
    if (r == 0)
        r = write_meta(p, 0);
    if (r == 0) {
        r = mdb_txn_commit(p->txn);
        p->txn = NULL;
    }
    part_abort(p);
    if (!p->kept)
        remove_copy(p);
    return r == 0 ? 0 : part_error(p, r, p->path, e);
}

/* part_open - the old copy when it can be trusted, else a new one */
struct part *part_open(const char *dir, const char *stage, int32_t partition, bool kept,
                       const char *origin, struct err *e)
{
    struct part *p = calloc(1, sizeof(*p));

    if (!p) {
        err_set(e, ERR_RETRY, "memory", "state: out of memory");
        return NULL;
    }
    p->partition = partition;
    p->kept = kept;
    p->lock_fd = -1;
    p->pending_offset = -1;
    if (take_folder(p, dir, stage, e) == 0) {
        if (open_env(p) == 0 && trusted(p, origin))
            return p;
        if (start_copy(p, origin, e) == 0)
            return p;
    }
    part_close(p);
    return NULL;
}

/* part_close - gives up the copy; one that is kept stays on disk */
void part_close(struct part *p)
{
    if (!p)
        return;
    part_abort(p);
    if (p->env)
        mdb_env_close(p->env);
    if (p->lock_fd >= 0)
        close(p->lock_fd);
    free(p);
}

/* part_forget - begins again from nothing */
int part_forget(struct part *p, const char *origin, struct err *e)
{
    part_abort(p);
    p->first_due_known = false;
    return start_copy(p, origin, e);
}
