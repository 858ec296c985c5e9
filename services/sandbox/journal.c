/* journal.c - an append-only file with an index in memory */
#include "services/sandbox/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/file.h"

enum { JOURNAL_LIMIT = 1 << 30 };

struct entry {
    char *key, *value;
};

struct journal {
    int fd;
    struct entry *entries;
    size_t n, cap;
    size_t *slots; /* index + 1 into entries; 0 = free */
    size_t mask;
    struct buf pending;
};

/* hash - FNV-1a */
static uint64_t hash(const char *s)
{
    uint64_t h = 14695981039346656037ULL;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211ULL;
    return h;
}

/* slot_of - where a key is, or would be */
static size_t slot_of(const struct journal *j, const char *key)
{
    size_t at = (size_t)hash(key) & j->mask;

    while (j->slots[at] && strcmp(j->entries[j->slots[at] - 1].key, key) != 0)
        at = (at + 1) & j->mask;
    return at;
}

/* grow - twice the room, indexed anew */
static int grow(struct journal *j, struct err *e)
{
    size_t cap = j->cap ? j->cap * 2 : 256;
    struct entry *entries = realloc(j->entries, cap * sizeof(*entries));
    size_t *slots = entries ? calloc(cap * 2, sizeof(*slots)) : NULL;

    if (entries)
        j->entries = entries;
    if (!slots)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    free(j->slots);
    j->slots = slots;
    j->mask = cap * 2 - 1;
    j->cap = cap;
    for (size_t i = 0; i < j->n; i++)
        j->slots[slot_of(j, j->entries[i].key)] = i + 1;
    return 0;
}

/* keep - in memory */
static int keep(struct journal *j, const char *key, const char *value, struct err *e)
{
    struct entry fresh = {NULL, strdup(value)};
    size_t at;

    if (fresh.value && (j->n < j->cap || grow(j, e) == 0)) {
        at = slot_of(j, key);
        if (j->slots[at]) {
            free(j->entries[j->slots[at] - 1].value);
            j->entries[j->slots[at] - 1].value = fresh.value;
            return 0;
        }
        fresh.key = strdup(key);
        if (fresh.key) {
            j->entries[j->n] = fresh;
            j->slots[at] = ++j->n;
            return 0;
        }
    }
    free(fresh.value);
    return err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* take_lines - every whole line of the file; *whole: bytes they are */
static int take_lines(struct journal *j, char *text, size_t *whole, struct err *e)
{
    char *line = text, *end;

    while ((end = strchr(line, '\n'))) {
        char *blank;

        *end = '\0';
        blank = strchr(line, ' ');
        if (blank) {
            *blank = '\0';
            if (keep(j, line, blank + 1, e) != 0)
                return -1;
        }
        line = end + 1;
    }
    *whole = (size_t)(line - text);
    return 0;
}

/* read_back - what earlier runs wrote; a torn last line is cut off, so that the next one begins on
 * its own */
static int read_back(struct journal *j, const char *path, struct err *e)
{
    struct buf b;
    size_t whole = 0;
    int r;

    buf_init(&b);
    r = file_read(path, JOURNAL_LIMIT, &b, e);
    if (r == 0 && b.len)
        r = take_lines(j, b.data, &whole, e);
    if (r == 0 && ftruncate(j->fd, (off_t)whole) != 0)
        r = err_set(e, ERR_RETRY, "journal", "%s: %s", path, strerror(errno));
    buf_release(&b);
    return r;
}

/* journal_open - made when it is not there */
struct journal *journal_open(const char *path, struct err *e)
{
    struct journal *j = calloc(1, sizeof(*j));

    if (!j || grow(j, e) != 0) {
        free(j);
        err_set(e, ERR_RETRY, "memory", "out of memory");
        return NULL;
    }
    buf_init(&j->pending);
    j->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (j->fd < 0)
        err_set(e, ERR_RETRY, "journal", "%s: %s", path, strerror(errno));
    if (j->fd < 0 || read_back(j, path, e) != 0) {
        journal_close(j);
        return NULL;
    }
    return j;
}

/* journal_close - memory and descriptor */
void journal_close(struct journal *j)
{
    if (!j)
        return;
    for (size_t i = 0; i < j->n; i++) {
        free(j->entries[i].key);
        free(j->entries[i].value);
    }
    free(j->entries);
    free(j->slots);
    buf_release(&j->pending);
    if (j->fd >= 0)
        close(j->fd);
    free(j);
}

/* journal_find - by key */
const char *journal_find(const struct journal *j, const char *key)
{
    size_t at = j->slots[slot_of(j, key)];

    return at ? j->entries[at - 1].value : NULL;
}

/* journal_add - known at once, written with the next commit */
int journal_add(struct journal *j, const char *key, const char *value, struct err *e)
{
    if (keep(j, key, value, e) != 0)
        return -1;
    buf_addf(&j->pending, "%s %s\n", key, value);
    return j->pending.failed ? err_set(e, ERR_RETRY, "memory", "out of memory") : 0;
}

/* journal_commit - written and on the disk */
int journal_commit(struct journal *j, struct err *e)
{
    const char *p = j->pending.data;
    size_t left = j->pending.len;

    while (left) {
        ssize_t n = write(j->fd, p, left);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, ERR_RETRY, "journal", "journal: %s", strerror(errno));
        p += n;
        left -= (size_t)n;
    }
    if (fsync(j->fd) != 0)
        return err_set(e, ERR_RETRY, "journal", "journal: %s", strerror(errno));
    buf_reset(&j->pending);
    return 0;
}

/* journal_next - in the order of first mention */
const char *journal_next(const struct journal *j, const char *prefix, size_t *cursor)
{
    while (*cursor < j->n) {
        const char *key = j->entries[(*cursor)++].key;

        if (str_starts(key, prefix))
            return key;
    }
    return NULL;
}
