/* take.c - one file of the mailbox: answered, remembered, moved away - in that order, so that a
 * crash only repeats it */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/sys/log.h"
#include "services/sandbox/sandbox.h"

enum { MEMORY_BASE = 64 << 20, MEMORY_FACTOR = 4 };

/* short_hash - 16 digits of the bytes' SHA-256 */
static void short_hash(const void *p, size_t n, char out[SANDBOX_HASH])
{
    char hex[DIGEST_TEXT];

    digest_hex(p, n, hex);
    memcpy(out, hex, SANDBOX_HASH - 1);
    out[SANDBOX_HASH - 1] = '\0';
}

/* remember_file - to be paid later */
static int remember_file(struct taking *t, int64_t now_ms, struct err *e)
{
    char key[SANDBOX_KEY], value[SANDBOX_KEY + 32];

    if (t->n_sets == 0)
        return 0;
    snprintf(key, sizeof(key), "file/%s", t->hash);
    if (journal_find(t->box->journal, key))
        return 0;
    snprintf(value, sizeof(value), "%lld %s", (long long)now_ms, t->name);
    return journal_add(t->box->journal, key, value, e);
}

/* move_away - into .taken; a name that was taken before is kept beside it, so that a second
 * delivery can be seen */
static int move_away(const struct taking *t, struct err *e)
{
    char from[PATH_MAX], to[PATH_MAX], name[SANDBOX_KEY + 16];

    if (!file_join(from, sizeof(from), t->box->mailbox, t->name) ||
        !file_join(to, sizeof(to), t->box->taken, t->name))
        return err_set(e, ERR_RETRY, "mailbox", "path too long");
    for (unsigned n = 1; file_exists(to); n++) {
        snprintf(name, sizeof(name), "again%u_%s", n, t->name);
        if (!file_join(to, sizeof(to), t->box->taken, name))
            return err_set(e, ERR_RETRY, "mailbox", "path too long");
    }
    if (rename(from, to) != 0)
        return err_set(e, ERR_RETRY, "mailbox", "%s: %s", to, strerror(errno));
    return 0;
}

/* was_taken - the very file was taken before and came again: its numbers are used */
static bool was_taken(const struct taking *t)
{
    char path[PATH_MAX];

    return file_join(path, sizeof(path), t->box->taken, t->name) && file_exists(path);
}

/* answer - everything a file gets */
static int answer(struct taking *t, int64_t now_ms, struct err *e)
{
    const char *name = t->name;
    char again[SANDBOX_KEY + 8];

    if (was_taken(t)) { /* under a name of its own it is nobody's retry */
        snprintf(again, sizeof(again), "again_%s", t->name);
        t->name = again;
    }
    if (answer_syntax(t, e) != 0 || answer_claims(t, e) != 0 || remember_file(t, now_ms, e) != 0 ||
        journal_commit(t->box->journal, e) != 0)
        return -1;
    t->name = name;
    return move_away(t, e);
}

/* take_file - by name */
int take_file(struct box *b, const char *name, int64_t now_ms, struct err *e)
{
    struct taking t = {.box = b, .name = name};
    char path[PATH_MAX];
    struct buf bytes;
    int r;

    if (!file_join(path, sizeof(path), b->mailbox, name))
        return err_set(e, ERR_RETRY, "mailbox", "path too long");
    buf_init(&bytes);
    r = file_read(path, SANDBOX_FILE_LIMIT, &bytes, e);
    t.arena = r == 0 ? arena_new(MEMORY_BASE + bytes.len * MEMORY_FACTOR) : NULL;
    if (r == 0 && !t.arena)
        r = err_set(e, ERR_RETRY, "memory", "out of memory");
    if (r == 0) {
        t.data = (struct span){bytes.data ? bytes.data : "", bytes.len};
        short_hash(t.data.p, t.data.n, t.hash);
        r = answer(&t, now_ms, e);
    }
    if (r == 0)
        log_event(LOG_INFO, "taken", log_s("file", name), log_i("bytes", (int64_t)bytes.len),
                  log_i("interchanges", (int64_t)t.n_met), log_i("sets", (int64_t)t.n_sets));
    arena_free(t.arena);
    buf_wipe(&bytes);
    return r;
}
