/* conf.c - settings from the environment, checked row by row */
#include "common/sys/conf.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"

enum { VALUES_MAX = 256, SECRET_MAX = 4096 };

struct value {
    const struct conf_row *row;
    char *text;
    int64_t number;
};

struct conf {
    struct value values[VALUES_MAX];
    size_t n;
};

/* bad - the one form of a setting's error; the value itself is shown unless it is a secret */
static int bad(const struct conf_row *r, const char *value, const char *why, struct err *e)
{
    if (r->type == CONF_SECRET)
        return err_set(e, ERR_FATAL, "setting", "%s: %s", r->name, why);
    return err_set(e, ERR_FATAL, "setting", "%s=%.60s: %s", r->name, value, why);
}

/* word_in - is the value one of the blank-separated words? */
static bool word_in(const char *words, const char *value)
{
    size_t n = strlen(value);

    for (const char *p = words; n && (p = strstr(p, value)); p += n)
        if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

/* check_number - within the row's bounds */
static int check_number(const struct conf_row *r, const char *text, int64_t *out, struct err *e)
{
    char why[96];

    if (str_to_i64(text, out) && *out >= r->min && *out <= r->max)
        return 0;
    snprintf(why, sizeof(why), "a number from %lld to %lld is wanted", (long long)r->min,
             (long long)r->max);
    return bad(r, text, why, e);
}

/* check_switch - the words for on and off */
static int check_switch(const struct conf_row *r, const char *text, int64_t *out, struct err *e)
{
    bool on = word_in("1 true yes on", text);

    if (!on && !word_in("0 false no off", text))
        return bad(r, text, "true or false is wanted", e);
    *out = on;
    return 0;
}

/* check - text against its row */
static int check(const struct conf_row *r, const char *text, int64_t *number, struct err *e)
{
    char why[160];

    *number = 0;
    if (!utf8_valid(text, strlen(text)))
        return bad(r, "", "not UTF-8", e);
    if (r->type == CONF_NUMBER)
        return check_number(r, text, number, e);
    if (r->type == CONF_SWITCH)
        return check_switch(r, text, number, e);
    if (r->type == CONF_WORD && !word_in(r->words, text)) {
        snprintf(why, sizeof(why), "one of: %s", r->words);
        return bad(r, text, why, e);
    }
    return 0;
}

/* secret_from_file - NAME_FILE's first line; NULL: not given */
static int secret_from_file(const struct conf_row *r, char **out, struct err *e)
{
    char name[128];
    const char *path;
    struct buf b;

    snprintf(name, sizeof(name), "%s_FILE", r->name);
    path = getenv(name);
    *out = NULL;
    if (!path)
        return 0;
    buf_init(&b);
    if (file_read(path, SECRET_MAX, &b, e) != 0) {
        buf_wipe(&b);
        return err_set(e, ERR_FATAL, "setting", "%s: cannot be read", name);
    }
    *out = strndup(b.data ? b.data : "", strcspn(b.data ? b.data : "", "\r\n"));
    buf_wipe(&b);
    return 0;
}

/* take_text - where a row's value comes from: the environment, the secret's file, the default. What
 * is in the environment can be read by whoever sees the process, and ends in crash reports */
static int take_text(const struct conf_row *r, char **out, struct err *e)
{
    const char *given = getenv(r->name);

    *out = NULL;
    if (given && r->type == CONF_SECRET)
        return bad(r, "", "a secret comes from a file: name it with the same setting and _FILE", e);
    if (r->type == CONF_SECRET && secret_from_file(r, out, e) != 0)
        return -1;
    if (*out)
        return 0;
    if (!given)
        given = r->fallback;
    if (!given)
        return bad(r, "", "must be given", e);
    *out = strdup(given);
    return *out ? 0 : err_set(e, ERR_FATAL, "memory", "out of memory");
}

/* find - the value of a name, or NULL */
static struct value *find(const struct conf *c, const char *name)
{
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->values[i].row->name, name) == 0)
            return (struct value *)(uintptr_t)&c->values[i];
    return NULL;
}

/* load_row - one more value; a name that two tables share is read once */
static int load_row(struct conf *c, const struct conf_row *r, struct err *e)
{
    struct value *v = &c->values[c->n];

    if (find(c, r->name))
        return 0;
    if (c->n == VALUES_MAX)
        return err_set(e, ERR_FATAL, "setting", "more than %d settings", VALUES_MAX);
    if (take_text(r, &v->text, e) != 0)
        return -1;
    v->row = r;
    c->n++;
    return check(r, v->text, &v->number, e);
}

/* conf_load - all tables */
struct conf *conf_load(const struct conf_row *const *tables, struct err *e)
{
    struct conf *c = calloc(1, sizeof(*c));

    if (!c) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        return NULL;
    }
    for (; *tables; tables++)
        for (const struct conf_row *r = *tables; r->name; r++)
            if (load_row(c, r, e) != 0) {
                conf_free(c);
                return NULL;
            }
    return c;
}

/* conf_free - clears secrets first */
void conf_free(struct conf *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++) {
        explicit_bzero(c->values[i].text, strlen(c->values[i].text));
        free(c->values[i].text);
    }
    free(c);
}

/* must_find - a name that no table has is our own bug */
static const struct value *must_find(const struct conf *c, const char *name)
{
    const struct value *v = find(c, name);

    if (!v) {
        fprintf(stderr, "no setting named %s\n", name);
        abort();
    }
    return v;
}

/* conf_text - as given */
const char *conf_text(const struct conf *c, const char *name)
{
    return must_find(c, name)->text;
}

/* conf_number - of a number row */
int64_t conf_number(const struct conf *c, const char *name)
{
    return must_find(c, name)->number;
}

/* conf_switch - of a switch row */
bool conf_switch(const struct conf *c, const char *name)
{
    return must_find(c, name)->number != 0;
}

/* conf_is - does a word row have this word? */
bool conf_is(const struct conf *c, const char *name, const char *word)
{
    return strcmp(conf_text(c, name), word) == 0;
}

/* conf_set - another value, checked the same way */
int conf_set(struct conf *c, const char *name, const char *value, struct err *e)
{
    struct value *v = find(c, name);
    int64_t number;
    char *copy;

    if (!v)
        return err_set(e, ERR_FATAL, "setting", "%s: no such setting", name);
    if (check(v->row, value, &number, e) != 0)
        return -1;
    copy = strdup(value);
    if (!copy)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    free(v->text);
    v->text = copy;
    v->number = number;
    return 0;
}

/* give_rows - of a text of its own */
static const char *give_rows(char *text, const char *(*fn)(void *arg, char *key, char *value),
                             void *arg)
{
    const char *why = NULL;
    char *word;

    while (!why && (word = strsep(&text, " \t"))) {
        char *value = strchr(word, '=');

        if (!*word)
            continue;
        if (!value)
            return "a row without =";
        *value++ = '\0';
        why = fn(arg, word, value);
    }
    return why;
}

/* conf_rows - see conf.h */
int conf_rows(const struct conf *c, const char *name, const char *wanted,
              const char *(*fn)(void *arg, char *key, char *value), void *arg, struct err *e)
{
    char *text = strdup(conf_text(c, name));
    const char *why;

    if (!text)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    why = give_rows(text, fn, arg);
    free(text);
    return why ? err_set(e, ERR_FATAL, "setting", "%s: %s; wanted %s, blank separated", name, why,
                         wanted)
               : 0;
}

/* conf_digest - see conf.h */
const char *conf_digest(const struct conf *c, char out[65])
{
    struct buf b;

    buf_init(&b);
    for (size_t i = 0; i < c->n; i++) {
        bool secret = c->values[i].row->type == CONF_SECRET;

        buf_addf(&b, "%s=%s\n", c->values[i].row->name, secret ? "" : c->values[i].text);
    }
    digest_hex(b.data ? b.data : "", b.len, out);
    buf_release(&b);
    return out;
}

/* bounds_text - what a row takes, in words */
static const char *bounds_text(const struct conf_row *r, char *out, size_t size)
{
    if (r->type == CONF_NUMBER)
        snprintf(out, size, "%lld to %lld", (long long)r->min, (long long)r->max);
    else if (r->type == CONF_SWITCH)
        snprintf(out, size, "true, false");
    else if (r->type == CONF_WORD)
        snprintf(out, size, "%s", r->words);
    else
        snprintf(out, size, "%s", r->type == CONF_SECRET ? "file; its first line" : "text");
    return out;
}

/* conf_help - the rows for people */
void conf_help(FILE *f, const struct conf_row *const *tables, bool markdown)
{
    char bounds[200], name[128];

    for (; *tables; tables++)
        for (const struct conf_row *r = *tables; r->name; r++) {
            const char *fallback = r->fallback ? r->fallback : "must be given";

            bounds_text(r, bounds, sizeof(bounds));
            snprintf(name, sizeof(name), "%s%s", r->name, r->type == CONF_SECRET ? "_FILE" : "");
            if (markdown)
                fprintf(f, "| `%s` | %s%s%s | %s | %s |\n", name, *fallback ? "`" : "", fallback,
                        *fallback ? "`" : "", bounds, r->help);
            else
                fprintf(f, "  %-28s %s [%s] (%s)\n", name, r->help, fallback, bounds);
        }
}
