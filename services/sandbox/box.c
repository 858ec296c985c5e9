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

enum { LATER_MAX = 8 };

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
    buf_init(&b->gathered);
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
    buf_wipe(&b->gathered);
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

/* What is done with a taken file later. */
struct later {
    const char *mark; /* "acked": done when the journal says so */
    int (*act)(struct box *b, const char *hash, const char *name,
               struct err *e); /* NULL: nothing */
    int64_t after_ms;          /* from the taking */
};

/* plan - by the scenario, in this order; the last row has no mark. A claim is judged before it is
 * paid, whatever is said of it when; and a file that is settled is not touched by a later scenario.
 */
static void plan(const struct sandbox *s, struct later out[LATER_MAX])
{
    int64_t ack = s->ack_after_ms, all = s->pay_after_ms > ack ? s->pay_after_ms : ack;
    const struct later usual[] = {{"acked", ack_file, ack}, {"paid", pay_file, all}},
                       together[] = {{"acked", judge_file, 0}, {"paid", answer_file, all}},
                       backwards[] = {{"acked", judge_file, 0},
                                      {"paid", pay_file, ack / 2},
                                      {"told", ack_file, all},
                                      {"read", read_file, 2 * all}};
    bool settles = s->scenario.forward_percent || s->scenario.reverse_later;

    memset(out, 0, LATER_MAX * sizeof(*out));
    if (s->scenario.together)
        memcpy(out, together, sizeof(together));
    else if (s->scenario.out_of_order)
        memcpy(out, backwards, sizeof(backwards));
    else
        memcpy(out, usual, sizeof(usual));
    for (size_t i = 0; i + 1 < LATER_MAX; i++)
        if (!out[i].mark) {
            out[i] = (struct later){"settled", settles ? pay_later : NULL, settles ? 2 * all : all};
            break;
        }
}

/* is_marked - done already */
static bool is_marked(const struct box *b, const char *mark, const char *hash)
{
    char key[SANDBOX_KEY];

    snprintf(key, sizeof(key), "%s/%s", mark, hash);
    return journal_find(b->journal, key) != NULL;
}

/* is_due - by the time it was taken; a file that is remembered and not moved yet is taken up again
 * first. *name: where it lies */
static bool is_due(const struct box *b, const char *key, int64_t now_ms, int64_t after_ms,
                   char *name, size_t size)
{
    const char *value = journal_find(b->journal, key), *blank = value ? strchr(value, ' ') : NULL;
    char path[PATH_MAX];

    return blank && now_ms - strtoll(value, NULL, 10) >= after_ms &&
           str_copy(name, size, blank + 1) && file_join(path, sizeof(path), b->taken, name) &&
           file_exists(path);
}

/* mark - done; in the journal with the next commit */
static int mark(struct box *b, const char *word, const char *hash, struct err *e)
{
    char key[SANDBOX_KEY];

    snprintf(key, sizeof(key), "%s/%s", word, hash);
    return journal_add(b->journal, key, "yes", e);
}

/* each_due - every taken file that waits for it: "file/<hash>" -> "<ms> <name>"; acted on, or
 * marked as done */
static int each_due(struct box *b, const struct later *l, int64_t now_ms, bool done, bool *any,
                    struct err *e)
{
    const char *key;
    size_t cursor = 0;

    while ((key = journal_next(b->journal, "file/", &cursor))) {
        char hash[SANDBOX_HASH], name[SANDBOX_KEY];

        if (!str_copy(hash, sizeof(hash), key + strlen("file/")) || is_marked(b, l->mark, hash) ||
            !is_due(b, key, now_ms, l->after_ms, name, sizeof(name)))
            continue;
        if ((done ? mark(b, l->mark, hash, e) : l->act ? l->act(b, hash, name, e) : 0) != 0)
            return -1;
        *any = true;
    }
    return 0;
}

/* act_later - what is due is said, then remembered: a crash between the two says the same again */
static int act_later(struct box *b, const struct later *l, int64_t now_ms, bool *did, struct err *e)
{
    bool any = false;
    int r;

    if (b->sandbox->scenario.together)
        gather_begin(b);
    r = each_due(b, l, now_ms, false, &any, e);
    if (gather_end(b, r == 0 ? e : NULL) != 0)
        r = -1;
    if (r == 0 && any)
        r = each_due(b, l, now_ms, true, &any, e) != 0 ? -1 : journal_commit(b->journal, e);
    *did = *did || any;
    return r;
}

/* box_turn - take, then what is due */
int box_turn(struct box *b, int64_t now_ms, bool *did, struct err *e)
{
    struct later rows[LATER_MAX];
    bool any = false;
    int r = take_all(b, now_ms, &any, e);

    plan(b->sandbox, rows);
    for (size_t i = 0; r == 0 && rows[i].mark; i++)
        r = act_later(b, &rows[i], now_ms, &any, e);
    if (did)
        *did = any;
    return r;
}
