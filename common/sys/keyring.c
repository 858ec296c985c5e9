/* keyring.c - a file of keys */
#include "common/sys/keyring.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/str.h"
#include "common/sys/file.h"

enum { FILE_MAX = 65536, OTHERS = 0037 /* group: write, execute; all others: anything */ };

/* nibble - a hex digit's value; -1: none */
static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* read_key - 64 hex digits */
static bool read_key(const char *text, uint8_t out[KEY_BYTES])
{
    if (strlen(text) != KEY_BYTES * 2)
        return false;
    for (size_t i = 0; i < KEY_BYTES; i++) {
        int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* read_id - of letters that need no quoting anywhere */
static bool read_id(const char *text, char out[KEY_ID_MAX + 1])
{
    size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    return n > 0 && text[n] == '\0' && str_copy(out, KEY_ID_MAX + 1, text);
}

/* word - the next one of a row, or NULL */
static char *word(char **row)
{
    char *w;

    while ((w = strsep(row, " \t\r")) && !*w)
        ;
    return w;
}

/* add_row - NULL, or what is wrong with it */
static const char *add_row(struct keyring *k, char *row, bool *has_current)
{
    char *id = word(&row), *bytes = word(&row), *mark = word(&row);
    struct key *key = &k->keys[k->n];

    if (!id || *id == '#')
        return NULL;
    if (k->n == KEYS_MAX)
        return "more keys than can be held";
    if (!read_id(id, key->id))
        return "an id is 1 to 32 of letters, digits, dot, underscore, hyphen";
    if (keyring_find(k, key->id))
        return "an id that was there before";
    if (!bytes || !read_key(bytes, key->bytes))
        return "a key is 64 hex digits";
    if (mark && (!str_eq(mark, "current") || word(&row)))
        return "behind the key only the word current may stand";
    if (mark && *has_current)
        return "a second current key";
    if (mark)
        k->current = k->n;
    *has_current = *has_current || mark;
    k->n++;
    return NULL;
}

/* parse - every row */
static int parse(const char *path, char *text, struct keyring *k, struct err *e)
{
    bool has_current = false;
    int n = 0;
    char *row;

    while ((row = strsep(&text, "\n"))) {
        const char *why = add_row(k, row, &has_current);

        n++;
        if (why)
            return err_set(e, ERR_FATAL, "setting", "%s, row %d: %s", path, n, why);
    }
    return has_current ? 0 : err_set(e, ERR_FATAL, "setting", "%s: no key is current", path);
}

/* check_mode - keys that others may read are none */
static int check_mode(const char *path, struct err *e)
{
    struct stat s;

    if (stat(path, &s) != 0)
        return err_set(e, ERR_FATAL, "setting", "%s: cannot be read", path);
    if (s.st_mode & OTHERS)
        return err_set(e, ERR_FATAL, "setting",
                       "%s: mode %03o; 0400 is wanted, with the group's 0440 at most", path,
                       (unsigned)(s.st_mode & 0777));
    return 0;
}

/* keyring_read - see keyring.h */
int keyring_read(const char *path, struct keyring *out, struct err *e)
{
    struct keyring k = {0};
    struct buf b;
    int r = check_mode(path, e);

    buf_init(&b);
    buf_adds(&b, ""); /* a file without a byte is a text without a row */
    if (r == 0 && file_read(path, FILE_MAX, &b, e) < 0)
        r = err_set(e, ERR_FATAL, "setting", "%s: cannot be read", path);
    if (r == 0)
        r = parse(path, b.data, &k, e);
    buf_wipe(&b);
    if (r == 0)
        *out = k;
    keyring_wipe(&k);
    return r;
}

/* keyring_find - by id */
const struct key *keyring_find(const struct keyring *k, const char *id)
{
    for (size_t i = 0; i < k->n; i++)
        if (strcmp(k->keys[i].id, id) == 0)
            return &k->keys[i];
    return NULL;
}

/* keyring_wipe - forgets them all */
void keyring_wipe(struct keyring *k)
{
    explicit_bzero(k, sizeof(*k));
}
