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

/* taken_name - under which it will lie in .taken; a name that was taken before is kept beside it,
 * so that a second delivery can be seen */
static bool taken_name(const struct box *b, const char *name, char *out, size_t size)
{
    char path[PATH_MAX];

    if (!str_copy(out, size, name))
        return false;
    for (unsigned n = 1; file_join(path, sizeof(path), b->taken, out); n++) {
        if (!file_exists(path))
            return true;
        if (snprintf(out, size, "again%u_%s", n, name) >= (int)size)
            return false;
    }
    return false;
}

/* move_away - into .taken */
static int move_away(const struct box *b, const char *from_name, const char *to_name, struct err *e)
{
    char from[PATH_MAX], to[PATH_MAX];

    if (!file_join(from, sizeof(from), b->mailbox, from_name) ||
        !file_join(to, sizeof(to), b->taken, to_name))
        return err_set(e, ERR_RETRY, "mailbox", "path too long");
    if (rename(from, to) != 0)
        return err_set(e, ERR_RETRY, "mailbox", "%s: %s", to, strerror(errno));
    return 0;
}

/* open_file - the bytes of a file, and memory for what is found in them */
static int open_file(struct taking *t, const char *folder, const char *name, struct buf *bytes,
                     struct err *e)
{
    char path[PATH_MAX];

    if (!file_join(path, sizeof(path), folder, name))
        return err_set(e, ERR_RETRY, "mailbox", "path too long");
    if (file_read(path, SANDBOX_FILE_LIMIT, bytes, e) != 0)
        return -1;
    t->data = (struct span){bytes->data ? bytes->data : "", bytes->len};
    short_hash(t->data.p, t->data.n, t->hash);
    t->arena = arena_new(MEMORY_BASE + bytes->len * MEMORY_FACTOR);
    return t->arena ? 0 : err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* hear - TA1 and 999 at once, unless the scenario wants them later; of a file that nothing more
 * will be said of they are never held back */
static int hear(struct taking *t, struct err *e)
{
    const struct scenario *how = &t->box->sandbox->scenario;

    t->silent = how->out_of_order || how->together;
    if (answer_syntax(t, e) != 0)
        return -1;
    if (!t->silent || t->n_sets)
        return 0;
    t->silent = false;
    t->n_met = 0;
    return answer_syntax(t, e);
}

/* take_file - by name: TA1 and 999 at once, the rest later */
int take_file(struct box *b, const char *name, int64_t now_ms, struct err *e)
{
    char final[SANDBOX_KEY];
    struct taking t = {.box = b, .name = final};
    struct buf bytes;
    int r;

    if (!taken_name(b, name, final, sizeof(final)))
        return err_set(e, ERR_RETRY, "mailbox", "a file name too long");
    buf_init(&bytes);
    r = open_file(&t, b->mailbox, name, &bytes, e);
    if (r == 0)
        r = hear(&t, e) != 0 || remember_file(&t, now_ms, e) != 0 ||
                    journal_commit(b->journal, e) != 0 || move_away(b, name, final, e) != 0
                ? -1
                : 0;
    if (r == 0)
        log_event(LOG_INFO, "taken", log_s("file", name), log_i("bytes", (int64_t)bytes.len),
                  log_i("interchanges", (int64_t)t.n_met), log_i("sets", (int64_t)t.n_sets));
    arena_free(t.arena);
    buf_wipe(&bytes);
    return r;
}

/* again - a file that was taken is read once more: the same is found, and what is not held back is
 * said */
static int again(struct box *b, const char *name, bool silent, bool mute, struct err *e)
{
    struct taking t = {.box = b, .name = name, .silent = silent, .mute = mute};
    struct buf bytes;
    int r;

    buf_init(&bytes);
    r = open_file(&t, b->taken, name, &bytes, e);
    if (r == 0)
        r = answer_syntax(&t, e) != 0 || answer_claims(&t, e) != 0 ||
                    (!mute && answer_questions(&t, e) != 0)
                ? -1
                : 0;
    arena_free(t.arena);
    buf_wipe(&bytes);
    return r;
}

/* judge_file - which claims are accepted, without a word */
int judge_file(struct box *b, const char *hash, const char *name, struct err *e)
{
    (void)hash;
    return again(b, name, true, true, e);
}

/* read_file - TA1 and 999 */
int read_file(struct box *b, const char *hash, const char *name, struct err *e)
{
    (void)hash;
    return again(b, name, false, true, e);
}

/* ack_file - 277CA, and the answers to questions */
int ack_file(struct box *b, const char *hash, const char *name, struct err *e)
{
    (void)hash;
    return again(b, name, true, false, e);
}

/* answer_file - all at once, in one order or the other */
int answer_file(struct box *b, const char *hash, const char *name, struct err *e)
{
    if (b->sandbox->scenario.out_of_order)
        return pay_file(b, hash, name, e) != 0 || ack_file(b, hash, name, e) != 0
                   ? -1
                   : read_file(b, hash, name, e);
    return again(b, name, false, false, e) != 0 ? -1 : pay_file(b, hash, name, e);
}
