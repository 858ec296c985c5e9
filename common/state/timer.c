/* timer.c - timers over the attached partitions, and reading the changelog back */
#include "common/state/part.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"

static const char prefix[] = "@timer/";
enum { PREFIX_LEN = sizeof(prefix) - 1, INSTANT_TEXT = 24 };

/* state_tell_timer - see part.h */
int state_tell_timer(const struct state *s, struct part *p, const struct news_row *r,
                     const char *name, struct err *e)
{
    char key[PREFIX_LEN + STATE_KEY_MAX + 1], value[INSTANT_TEXT];
    int n = snprintf(key, sizeof(key), "%s%s", prefix, name), v;
    int64_t at;

    if (part_timer_at(p, name, r->len, &at, e) < 0)
        return -1;
    if (at == r->was_ms)
        return 0;
    v = snprintf(value, sizeof(value), "%lld", (long long)at);
    return s->change(s->arg, r->partition, key, (size_t)n, at < 0 ? NULL : value,
                     at < 0 ? 0 : (size_t)v, e);
}

/* set - or clear (at_ms < 0), to be told */
static int set(struct state *s, struct part *p, const char *name, int64_t at_ms, struct err *e)
{
    struct news_row r = {.partition = p->partition, .timer = true, .len = strlen(name)};

    if (part_timer(p, name, r.len, at_ms, &r.was_ms, e) < 0)
        return -1;
    return r.was_ms == at_ms ? 0 : news_add(s, &r, name, e);
}

/* state_timer_set - a timer set again for the same instant is no change */
int state_timer_set(struct state *s, int32_t partition, const char *name, int64_t at_ms,
                    struct err *e)
{
    struct part *p = state_part(s, partition, e);

    if (!p || state_check_key(name, strlen(name), e) < 0)
        return -1;
    if (at_ms < 0)
        return err_set(e, ERR_FATAL, "bug", "state: a timer before 1970");
    return set(s, p, name, at_ms, e);
}

/* state_timer_clear - it may well be absent */
int state_timer_clear(struct state *s, int32_t partition, const char *name, struct err *e)
{
    struct part *p = state_part(s, partition, e);

    if (!p || state_check_key(name, strlen(name), e) < 0)
        return -1;
    return set(s, p, name, -1, e);
}

/* earliest - the partition whose first timer comes first; on a tie the lower one; 1, 0, -1 */
static int earliest(const struct state *s, struct part **out, int64_t *at_ms, struct err *e)
{
    int found = 0;

    for (size_t i = 0; i < s->n; i++) {
        int64_t at;
        int r = part_first_due(s->parts[i], &at, NULL, e);

        if (r < 0)
            return -1;
        if (r == 0 || (found && at >= *at_ms))
            continue;
        *out = s->parts[i];
        *at_ms = at;
        found = 1;
    }
    return found;
}

/* state_timer_next - earliest instant */
int state_timer_next(struct state *s, int64_t *at_ms, struct err *e)
{
    struct part *p;

    return earliest(s, &p, at_ms, e);
}

/* state_timer_due - takes the first due timer out */
int state_timer_due(struct state *s, int64_t now_ms, struct arena *a, int32_t *partition,
                    char **name, int64_t *at_ms, struct err *e)
{
    char text[STATE_KEY_MAX + 1] = "";
    struct part *p;
    int64_t at;
    int r = earliest(s, &p, &at, e);

    if (r <= 0 || at > now_ms)
        return r < 0 ? -1 : 0;
    if (!state_part(s, p->partition, e) || part_first_due(p, &at, text, e) < 0)
        return -1;
    *name = arena_strdup(a, text);
    if (!*name)
        return err_set(e, ERR_RETRY, "memory", "state: no memory for a timer's name");
    *partition = p->partition;
    *at_ms = at;
    return set(s, p, text, -1, e) < 0 ? -1 : 1;
}

/* restore_timer - a changelog record whose key begins with the prefix */
static int restore_timer(struct part *p, const char *name, size_t len, const void *value, size_t n,
                         struct err *e)
{
    char text[INSTANT_TEXT];
    int64_t at = -1, had;

    if (value) {
        if (n >= sizeof(text))
            return err_set(e, ERR_REJECT, "state", "changelog: a timer's instant is too long");
        memcpy(text, value, n);
        text[n] = '\0';
        if (!str_to_i64(text, &at) || at < 0)
            return err_set(e, ERR_REJECT, "state", "changelog: a timer's instant is no number");
    }
    return part_timer(p, name, len, at, &had, e);
}

/* state_restore - one record, told to nobody */
int state_restore(struct state *s, int32_t partition, const void *key, size_t key_len,
                  const void *value, size_t value_len, struct err *e)
{
    struct part *p = state_part(s, partition, e);
    bool was;

    if (!p)
        return -1;
    if (key_len == 0 || key_len > PREFIX_LEN + STATE_KEY_MAX)
        return err_set(e, ERR_REJECT, "key", "changelog: key of %zu bytes", key_len);
    if (key_len > PREFIX_LEN && memcmp(key, prefix, PREFIX_LEN) == 0)
        return restore_timer(p, (const char *)key + PREFIX_LEN, key_len - PREFIX_LEN, value,
                             value_len, e);
    if (key_len > STATE_KEY_MAX)
        return err_set(e, ERR_REJECT, "key", "changelog: key of %zu bytes", key_len);
    return value ? state_store(s, p, key, key_len, value, value_len, &was, e)
                 : part_delete(p, key, key_len, &was, e);
}
