/* seal.c - values of the local copy, sealed: what lies on a worker's disk is as secret as what lies
 * on the broker's
 *
 * A copy says in its stamp whether its values are sealed, so that one from before keys were given
 * is thrown away and read again from the topic. Keys and timers (names, instants) stay clear. */
#include "common/state/part.h"

#include <stdio.h>

/* state_keys - from now on */
void state_keys(struct state *s, struct vault *v)
{
    s->vault = vault_seals(v) ? v : NULL;
    snprintf(s->place, sizeof(s->place), "state/%s", s->stage);
}

/* state_stamp_of - whose copy it must be */
const char *state_stamp_of(const struct state *s, char out[STATE_STAMP])
{
    snprintf(out, STATE_STAMP, "%s%s", s->origin, s->vault ? " sealed" : "");
    return out;
}

/* state_store - sealed where there are keys */
int state_store(struct state *s, struct part *p, const void *key, size_t key_len, const void *value,
                size_t n, bool *added, struct err *e)
{
    struct vault_place at = {s->place, key, key_len};

    if (!s->vault)
        return part_put(p, key, key_len, value, n, added, e);
    if (vault_seal(s->vault, &at, value, n, &s->sealed, e) < 0)
        return -1;
    return part_put(p, key, key_len, s->sealed.data, s->sealed.len, added, e);
}

/* state_open_value - *v as it was stored becomes what was put, in plain */
int state_open_value(const struct state *s, const MDB_val *key, MDB_val *v, struct buf *plain,
                     struct err *e)
{
    struct vault_place at = {s->place, key->mv_data, key->mv_size};
    struct err why = {0};
    int r;

    if (!s->vault)
        return 0;
    r = vault_unseal(s->vault, &at, v->mv_data, v->mv_size, plain, &why);
    if (r <= 0)
        return err_set(e, ERR_RETRY, r < 0 ? why.code : "seal",
                       "the local copy cannot be opened (%s); once it is removed from STATE_DIR it "
                       "is read again from the topic",
                       r < 0 ? why.text : "not sealed");
    *v = (MDB_val){plain->len, plain->data};
    return 0;
}
