/* seal.c - the one seam where values are sealed on their way out and opened on their way in
 *
 * Whoever produces and handles knows nothing of it. A dead letter keeps the sealed bytes that came,
 * so it stays bound to its topic and key and opens again after a replay; a clear one is sealed. */
#include "common/bus/handle.h"
#include "common/sys/log.h"

/* bus_vault - of the settings */
struct vault *bus_vault(const struct conf *c, struct err *e)
{
    return vault_open(conf_text(c, "PAYLOAD_KEYS_FILE"), conf_is(c, "PAYLOAD_CLEAR", "accept"), e);
}

/* bus_vault_refresh - a key that became current is said; a bad file is said each time */
bool bus_vault_refresh(struct vault *v)
{
    char id[VAULT_KEY_ID];
    struct err e = {0};
    int r = vault_refresh(v, &e);

    if (r < 0)
        log_err(LOG_WARN, "payload_keys", &e);
    if (r > 0)
        log_event(LOG_INFO, "payload_key", log_s("current", vault_current(v, id)));
    return r > 0;
}

/* place_of - what a value is bound to: the topic that it was first sent to */
static struct vault_place place_of(enum topic t, const void *key, size_t n)
{
    return (struct vault_place){topic_row(t)->name, key, n};
}

/* looks_sealed - by its form */
static bool looks_sealed(const void *p, size_t n)
{
    char id[VAULT_KEY_ID];

    return p && vault_key_of(p, n, id)[0];
}

/* bus_seal - *out is r with its value sealed into buf, or as it is */
int bus_seal(struct vault *v, const struct bus_record *r, struct buf *buf, struct bus_record *out,
             struct err *e)
{
    struct vault_place at = place_of(r->topic, r->key, r->key_len);

    *out = *r;
    if (!vault_seals(v) || !r->value || topic_row(r->topic)->open ||
        (r->keep_sealed && looks_sealed(r->value, r->value_len)))
        return 0;
    if (vault_seal(v, &at, r->value, r->value_len, buf, e) < 0)
        return -1;
    out->value = buf->data;
    out->value_len = buf->len;
    return 0;
}

/* bus_as_it_came - a dead letter of the message in hand, where that was sealed */
void bus_as_it_came(const struct bus_record *r, const rd_kafka_message_t *m, struct bus_record *out)
{
    *out = *r;
    if (!r->dead || !r->keep_headers || !m || !looks_sealed(m->payload, m->len))
        return;
    out->key = m->key;
    out->key_len = m->key_len;
    out->value = m->payload;
    out->value_len = m->len;
    out->keep_sealed = true;
}

/* bus_unseal - m's value opened into plain, or m->fault says why not */
void bus_unseal(struct vault *v, struct bus_opened *o, struct bus_message *m)
{
    struct vault_place at = place_of(m->topic, m->key, m->key_len);
    int r;

    m->fault = NULL;
    if (!m->value || topic_row(m->topic)->open)
        return;
    r = vault_unseal(v, &at, m->value, m->value_len, &o->plain, &o->fault);
    if (r < 0)
        m->fault = &o->fault;
    if (r > 0) {
        m->value = o->plain.data;
        m->value_len = o->plain.len;
    }
}

/* bus_fault - of a record that a reader must not pass over: names its place */
int bus_fault(const struct bus_message *m, struct err *e)
{
    return err_set(e, ERR_RETRY, m->fault->code, "%s/%d/%lld: %s", topic_row(m->topic)->name,
                   (int)m->partition, (long long)m->offset, m->fault->text);
}
