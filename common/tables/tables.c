/* tables.c - editions of all tables, and lookups by key and day */
#include "common/tables/tables.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/sys/file.h"
#include "common/tables/edition.h"
#include "common/tables/pairs.h"

enum { SNAPSHOT_BYTES_MAX = 1 << 30, COMPOSED_MAX = 2 * KEY_BYTES_MAX + 2 + KEY_SLACK };

struct tables {
    struct edition **list[TABLE_MAX]; /* by period */
    size_t n[TABLE_MAX];
};

/* tables_new - none yet */
struct tables *tables_new(void)
{
    return calloc(1, sizeof(struct tables));
}

/* tables_free - editions that nobody else holds go too */
void tables_free(struct tables *t)
{
    if (!t)
        return;
    for (int id = 0; id < TABLE_MAX; id++) {
        for (size_t i = 0; i < t->n[id]; i++)
            edition_drop(t->list[id][i]);
        free(t->list[id]);
    }
    free(t);
}

/* covers - a period holds a day */
static bool covers(int32_t from, int32_t to, int32_t on)
{
    return from <= on && (!to || on <= to);
}

/* overlap - of two periods */
static bool overlap(const struct snapshot_head *a, const struct snapshot_head *b)
{
    return (!b->to || a->from <= b->to) && (!a->to || b->from <= a->to);
}

/* put_edition - at its place by period; takes the edition over */
static int put_edition(struct tables *t, struct edition *d, struct err *e)
{
    enum table_id id = d->head.table;
    struct edition **list;
    size_t at = 0;

    for (size_t i = 0; i < t->n[id]; i++) {
        if (overlap(&d->head, &t->list[id][i]->head)) {
            err_set(e, ERR_REJECT, "overlap", "%s: editions %s and %s are for the same days",
                    table_name(id), t->list[id][i]->head.edition, d->head.edition);
            edition_drop(d);
            return -1;
        }
        at += t->list[id][i]->head.from < d->head.from;
    }
    list = realloc(t->list[id], (t->n[id] + 1) * sizeof(struct edition *));
    if (!list) {
        edition_drop(d);
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    t->list[id] = list;
    memmove(list + at + 1, list + at, (t->n[id] - at) * sizeof(struct edition *));
    list[at] = d;
    t->n[id]++;
    return 0;
}

/* tables_add_buf - takes the bytes over */
int tables_add_buf(struct tables *t, struct buf *snapshot, const char *sha256, struct err *e)
{
    struct edition *d;

    if (edition_open(snapshot, sha256, &d, e) != 0)
        return -1;
    return put_edition(t, d, e);
}

/* tables_add - a copy of the bytes */
int tables_add(struct tables *t, const void *snapshot, size_t n, struct err *e)
{
    struct buf b;

    buf_init(&b);
    buf_add(&b, snapshot, n);
    return tables_add_buf(t, &b, NULL, e);
}

/* tables_share - an edition that others hold already */
bool tables_share(struct tables *t, const struct tables *from, enum table_id id, const char *sha256,
                  struct err *e)
{
    for (size_t i = 0; from && i < from->n[id]; i++)
        if (strcmp(from->list[id][i]->sha256, sha256) == 0)
            return put_edition(t, edition_hold(from->list[id][i]), e) == 0;
    return false;
}

/* is_snapshot_name - table@edition.digits.tsv */
static int is_snapshot_name(const struct dirent *d)
{
    size_t n = strlen(d->d_name);

    return d->d_name[0] != '.' && n > 17 && strchr(d->d_name, '@') &&
           strcmp(d->d_name + n - 4, ".tsv") == 0;
}

/* digits_in_name - the twelve before ".tsv" */
static bool digits_in_name(const char *name, char out[13])
{
    size_t n = strlen(name);

    memcpy(out, name + n - 16, 12);
    out[12] = '\0';
    return name[n - 17] == '.' && strspn(out, "0123456789abcdef") == 12;
}

/* add_file - one snapshot of a folder */
static int add_file(struct tables *t, const char *dir, const char *name, struct err *e)
{
    char path[4096], digits[13];
    struct buf b;

    buf_init(&b);
    if (!file_join(path, sizeof(path), dir, name) || !digits_in_name(name, digits))
        return err_set(e, ERR_REJECT, "file",
                       "%s: not the name of a snapshot (table@edition.digits.tsv)", name);
    if (file_read(path, SNAPSHOT_BYTES_MAX, &b, e) != 0) {
        buf_release(&b);
        return -1;
    }
    if (tables_add_buf(t, &b, digits, e) != 0)
        return err_prefix(e, "%s", name);
    return 0;
}

/* tables_add_folder - sorted by name, so that errors are the same each time */
int tables_add_folder(struct tables *t, const char *dir, struct err *e)
{
    struct dirent **list;
    int n = scandir(dir, &list, is_snapshot_name, alphasort), r = 0;

    if (n < 0)
        return err_set(e, ERR_RETRY, "file", "%s: %s", dir, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (r == 0)
            r = add_file(t, dir, list[i]->d_name, e);
        free(list[i]);
    }
    free(list);
    return r;
}

/* edition_of - the edition behind what others see; info is its first member */
static const struct edition *edition_of(const struct edition_info *i)
{
    return (const struct edition *)(const void *)i;
}

/* edition_on - the edition of a table that covers a day */
static const struct edition *edition_on(const struct tables *t, enum table_id id, int32_t on)
{
    if ((unsigned)id >= TABLE_MAX)
        abort();
    for (size_t i = t->n[id]; i-- > 0;)
        if (covers(t->list[id][i]->head.from, t->list[id][i]->head.to, on))
            return t->list[id][i];
    return NULL;
}

/* tables_edition - as others see it */
const struct edition_info *tables_edition(const struct tables *t, enum table_id id, int32_t on)
{
    const struct edition *d = edition_on(t, id, on);

    return d ? &d->info : NULL;
}

/* tables_any - of whatever days */
bool tables_any(const struct tables *t, enum table_id id)
{
    return t->n[id] > 0;
}

/* tables_edition_at - the n-th of all */
const struct edition_info *tables_edition_at(const struct tables *t, size_t n)
{
    for (int id = 0; id < TABLE_MAX; id++) {
        if (n < t->n[id])
            return &t->list[id][n]->info;
        n -= t->n[id];
    }
    return NULL;
}

/* add_key - one key behind what is there; 0: it cannot be a key */
static size_t add_key(const char *key, char *out, size_t n)
{
    size_t i = 0;

    for (; key[i]; i++) {
        if ((unsigned char)key[i] < ' ' || i == KEY_BYTES_MAX)
            return 0;
        out[n + i] = key[i];
    }
    return i ? n + i : 0;
}

/* compose - key and key2 as a row begins; 0: they cannot be its keys */
static size_t compose(const struct edition *d, const char *key, const char *key2,
                      char out[COMPOSED_MAX])
{
    size_t n = add_key(key, out, 0);

    if (!n || (d->kind->keys == 2) != (key2 != NULL))
        return 0;
    if (!key2)
        return n;
    out[n] = '\t';
    return add_key(key2, out, n + 1);
}

/* tables_find - of several rows in force the one that began last */
enum lookup tables_find(const struct tables *t, enum table_id id, const char *key, const char *key2,
                        int32_t on, struct table_row *out)
{
    const struct edition *d = edition_on(t, id, on);
    char composed[COMPOSED_MAX];
    enum lookup answer = LOOKUP_ABSENT;
    struct table_row r;
    size_t n, at;

    if (!d)
        return LOOKUP_NO_EDITION;
    if (d->pairs)
        return key2 && pairs_find(d, key, key2, on, out) ? LOOKUP_FOUND : LOOKUP_ABSENT;
    n = compose(d, key, key2, composed);
    at = n ? edition_seek(d, composed, n) : 0;
    if (!at)
        return LOOKUP_ABSENT;
    do {
        at = edition_keyed_row(d, at, n, &r);
        if (!covers(r.from, r.to, on) ||
            (answer == LOOKUP_FOUND && d->kind->many && out->from == r.from))
            continue;
        *out = r;
        answer = LOOKUP_FOUND;
    } while (edition_has_key(d, at, composed, n));
    return answer;
}

/* tables_code - found once, asked often */
struct table_code tables_code(const struct tables *t, enum table_id id, const char *code,
                              int32_t on)
{
    const struct edition *d = edition_on(t, id, on);

    if (!d || !d->pairs)
        return (struct table_code){NULL, NO_CODE};
    return (struct table_code){&d->info, pairs_code(d->pairs, code)};
}

/* tables_next - rows of a first key, one a call; the cursor is the offset of the next row to look
 * at */
bool tables_next(const struct tables *t, enum table_id id, const char *key, int32_t on,
                 size_t *cursor, struct table_row *out)
{
    const struct edition *d = edition_on(t, id, on);
    char copy[COMPOSED_MAX];
    size_t n = d ? add_key(key, copy, 0) : 0, at;
    struct table_row r;

    if (!n)
        return false;
    if (d->pairs)
        return pairs_next(d, key, on, cursor, out);
    at = *cursor ? *cursor : edition_seek(d, copy, n);
    while (at && edition_has_key(d, at, copy, n)) {
        at = edition_row(d, at, &r);
        if (!covers(r.from, r.to, on))
            continue;
        *cursor = at;
        *out = r;
        return true;
    }
    *cursor = d->len;
    return false;
}

/* tables_each - every row in force */
bool tables_each(const struct tables *t, enum table_id id, int32_t on, size_t *cursor,
                 struct table_row *out)
{
    const struct edition *d = edition_on(t, id, on);
    struct table_row r;

    if (d && d->pairs)
        return pairs_next(d, NULL, on, cursor, out);
    while (d && edition_each(&d->info, cursor, &r)) {
        if (covers(r.from, r.to, on)) {
            *out = r;
            return true;
        }
    }
    return false;
}

/* edition_each - every row, whatever its window */
bool edition_each(const struct edition_info *i, size_t *cursor, struct table_row *out)
{
    const struct edition *d = edition_of(i);
    size_t at = *cursor ? *cursor : d->rows_at;

    if (d->pairs)
        return pairs_row(d, (*cursor)++, out);
    if (at >= d->len)
        return false;
    *cursor = edition_row(d, at, out);
    return true;
}

/* edition_write - the snapshot */
void edition_write(const struct edition_info *i, struct buf *out)
{
    const struct edition *d = edition_of(i);

    buf_add(out, d->text, d->len);
    if (d->pairs)
        pairs_write(d, out);
}
