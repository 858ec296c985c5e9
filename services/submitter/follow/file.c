/* file.c - our interchanges, and what payers say of them
 *
 * A TA1 names an interchange by ISA13, a 999 a group by GS06, a 277CA a batch by BHT03: three keys
 * that lead to one file. An answer may come before the interchange is read here; it waits under the
 * key that it names. */
#include <string.h>

#include "common/base/str.h"
#include "services/submitter/follow/follow.h"

enum { KEEP_BYTES = 6 * 1024 * 1024 };

/* key_of - where an answer about a file belongs; false: to no file */
static bool key_of(const CcAnswer *answer, char key[FOLLOW_KEY])
{
    static const struct {
        const char *level, *kind;
    } rows[] = {{"interchange", "isa"},
                {"set", "gs"},
                {"group", "gs"},
                {"batch", "bht"},
                {"provider", "bht"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(answer->level, rows[i].level) == 0) {
            const char *kind = rows[i].kind;
            const char *id = strcmp(kind, "isa") == 0  ? answer->isa13
                             : strcmp(kind, "gs") == 0 ? answer->gs06
                                                       : answer->bht03;

            follow_key(key, kind, answer->receiver, id);
            return true;
        }
    return false;
}

/* set_timer - "early/…" or "drop/…" of a key */
static int set_timer(struct svc_ctx *x, const char *what, const char *key, int64_t after_ms,
                     struct err *e)
{
    char name[FOLLOW_KEY + 8];

    snprintf(name, sizeof(name), "%s/%s", what, key);
    return svc_timer_set(x, name, svc_now_ms(x) + after_ms, e);
}

/* keep_early - until the file is known here */
static int keep_early(struct svc_ctx *x, const char *key, CcFollowState *st, CcAnswer *answer,
                      struct err *e)
{
    const struct follow *set = svc_user(x);

    if (st->n_early >= FOLLOW_EARLY_MAX)
        return follow_ask(
            x,
            &(struct question){.reason = "unknown-file",
                               .key = answer->receiver,
                               .what = answer->key,
                               .answer = answer,
                               .text = "too many answers about a file that is not known here"},
            e);
    if (!event_push(svc_arena(x), st, early, answer))
        return follow_no_memory(e);
    if (!st->early_since_ms)
        st->early_since_ms = svc_now_ms(x);
    return svc_put(x, key, &st->base, e) != 0 ? -1 : set_timer(x, "early", key, set->early_ms, e);
}

/* has_all - is every set of the file answered? */
static bool has_all(const CcFollowState *st)
{
    for (size_t i = 0; i < st->file->n_claims; i++) {
        bool found = false;

        for (size_t k = 0; k < st->n_answered && !found; k++)
            found = strcmp(st->answered[k], st->file->claims[i]->st02) == 0;
        if (!found)
            return false;
    }
    return true;
}

/* mark_one - a set is answered */
static void mark_one(struct svc_ctx *x, CcFollowState *st, char *st02)
{
    for (size_t k = 0; k < st->n_answered; k++)
        if (strcmp(st->answered[k], st02) == 0)
            return;
    event_push(svc_arena(x), st, answered, st02);
}

/* mark_answered - by a 999; a file whose sets are all answered needs its bytes no longer */
static int mark_answered(struct svc_ctx *x, const char *key, CcFollowState *st,
                         const CcAnswer *answer, struct err *e)
{
    bool group = strcmp(answer->level, "group") == 0;

    if (!group && strcmp(answer->level, "set") != 0)
        return 0;
    if (!group)
        mark_one(x, st, answer->st02);
    for (size_t i = 0; group && i < st->file->n_claims; i++)
        mark_one(x, st, st->file->claims[i]->st02);
    if (has_all(st)) {
        char name[FOLLOW_KEY + 8];

        st->file->x12.len = 0;
        snprintf(name, sizeof(name), "silent/%s", key);
        if (svc_timer_clear(x, name, e) != 0)
            return -1;
    }
    return svc_put(x, key, &st->base, e);
}

/* apply_to_file - the answer, for every claim it concerns */
static int apply_to_file(struct svc_ctx *x, const char *key, CcFollowState *st,
                         const CcAnswer *answer, struct err *e)
{
    int r;

    if (strcmp(answer->level, "interchange") == 0)
        r = follow_all(x, st->file, answer, e);
    else if (strcmp(answer->level, "set") == 0 || strcmp(answer->level, "group") == 0)
        r = follow_set(x, st->file, answer, e);
    else
        r = follow_batch(x, st->file, answer, e);
    return r != 0 ? -1 : mark_answered(x, key, st, answer, e);
}

/* follow_file_answer - now, or when the file is known */
int follow_file_answer(struct svc_ctx *x, CcAnswer *answer, struct err *e)
{
    char key[FOLLOW_KEY], file_key[FOLLOW_KEY];
    CcFollowState *st;

    if (strcmp(answer->level, "payment") == 0)
        return follow_payment(x, answer, e);
    if (strcmp(answer->level, "who") == 0)
        return follow_who(x, answer, e);
    if (strcmp(answer->level, "suspense") == 0 && answer->remittance)
        return follow_suspense(x, answer, e);
    if (strcmp(answer->level, "question") == 0)
        return follow_answered(x, answer, e);
    if (strcmp(answer->level, "tie") == 0)
        return follow_tied(x, answer, e);
    if (strcmp(answer->level, "inquiry") == 0)
        return follow_inquiry(x, answer, e);
    if (!key_of(answer, key))
        return err_set(e, ERR_REJECT, "level", "an answer about nothing that we know");
    if (follow_get(x, key, &st, e) < 0)
        return -1;
    if (!st->file)
        return keep_early(x, key, st, answer, e);
    follow_key(file_key, "isa", answer->receiver, st->file->isa13);
    if (strcmp(file_key, key) != 0 && follow_get(x, file_key, &st, e) < 0)
        return -1;
    if (!st->file)
        return follow_ask(x,
                          &(struct question){.reason = "unknown-file",
                                             .key = answer->receiver,
                                             .what = answer->key,
                                             .answer = answer,
                                             .text = "an answer about a file that was forgotten"},
                          e);
    return apply_to_file(x, file_key, st, answer, e);
}

/* follow_file_expired - nobody knew the file in time: a person is asked about each answer */
int follow_file_expired(struct svc_ctx *x, const char *key, struct err *e)
{
    CcFollowState *st;
    int r = follow_get(x, key, &st, e);

    if (r <= 0)
        return r;
    for (size_t i = 0; i < st->n_early; i++)
        if (follow_ask(
                x,
                &(struct question){.reason = "unknown-file",
                                   .key = st->early[i]->receiver,
                                   .what = st->early[i]->key,
                                   .answer = st->early[i],
                                   .text = arena_printf(svc_arena(x),
                                                        "%s about a file of ours that nobody knows",
                                                        st->early[i]->kind)},
                e) != 0)
            return -1;
    st->n_early = 0;
    st->early_since_ms = 0;
    return st->file ? svc_put(x, key, &st->base, e) : svc_delete(x, key, e);
}

/* Answers that waited under the keys of a file. */
struct waiting {
    CcAnswer **item;
    size_t n_item;
};

/* take_early - out of a key's state */
static int take_early(struct svc_ctx *x, const char *key, CcFollowState *st, struct waiting *w,
                      struct err *e)
{
    char name[FOLLOW_KEY + 8];

    for (size_t i = 0; i < st->n_early; i++)
        if (!event_push(svc_arena(x), w, item, st->early[i]))
            return follow_no_memory(e);
    if (st->n_early == 0)
        return 0;
    st->n_early = 0;
    st->early_since_ms = 0;
    snprintf(name, sizeof(name), "early/%s", key);
    return svc_timer_clear(x, name, e);
}

/* watch_file - from when on its TA1 or 999 is missed; questions have no claims and are not watched
 */
static int watch_file(struct svc_ctx *x, const CcInterchange *f, const char *key, struct err *e)
{
    return f->n_claims
               ? set_timer(x, "silent", key, life_terms(x, f->claims[0]->payer_id).file_ms, e)
               : 0;
}

/* follow_file_silent - no TA1 or 999 in time: a person asks the receiver; told again while it lasts
 */
int follow_file_silent(struct svc_ctx *x, const char *key, struct err *e)
{
    CcFollowState *st;
    int r = follow_get(x, key, &st, e);

    if (r <= 0 || !st->file || has_all(st))
        return r < 0 ? -1 : 0;
    if (follow_ask(x,
                   &(struct question){.reason = "file-silent",
                                      .key = st->file->receiver,
                                      .what = st->file->isa13,
                                      .file = st->file->file_name,
                                      .text = arena_printf(
                                          svc_arena(x),
                                          "no 999 came for %s (ISA13 %s, %zu claims): ask the "
                                          "receiver by name and number; do not send it again",
                                          st->file->file_name, st->file->isa13, st->file->n_claims),
                                      .at_stake_cents = st->file->charge_cents},
                   e) != 0)
        return -1;
    return watch_file(x, st->file, key, e);
}

/* point - a key that leads to the file */
static int point(struct svc_ctx *x, const CcInterchange *f, const char *kind, const char *id,
                 struct waiting *w, struct err *e)
{
    const struct follow *set = svc_user(x);
    char key[FOLLOW_KEY];
    CcFollowState *st;

    follow_key(key, kind, f->receiver, id);
    if (follow_get(x, key, &st, e) < 0)
        return -1;
    st->file = event_new(svc_arena(x), &cc_interchange__descriptor);
    if (!st->file)
        return follow_no_memory(e);
    st->file->isa13 = f->isa13;
    if (take_early(x, key, st, w, e) != 0 || svc_put(x, key, &st->base, e) != 0)
        return -1;
    return set_timer(x, "drop", key, set->keep_ms, e);
}

/* keep_file - the interchange itself */
static int keep_file(struct svc_ctx *x, CcInterchange *f, const char *key, CcFollowState *st,
                     struct waiting *w, struct err *e)
{
    const struct follow *set = svc_user(x);

    st->file = f;
    if (f->x12.len > KEEP_BYTES)
        f->x12.len = 0; /* too large to send again by itself: a person does */
    if (take_early(x, key, st, w, e) != 0 || svc_put(x, key, &st->base, e) != 0)
        return -1;
    return set_timer(x, "drop", key, set->keep_ms, e);
}

/* point_batches - every BHT03 once; claims of a set stand together */
static int point_batches(struct svc_ctx *x, const CcInterchange *f, struct waiting *w,
                         struct err *e)
{
    for (size_t i = 0; i < f->n_claims; i++)
        if (f->claims[i]->bht03[0] &&
            (i == 0 || strcmp(f->claims[i]->bht03, f->claims[i - 1]->bht03) != 0) &&
            point(x, f, "bht", f->claims[i]->bht03, w, e) != 0)
            return -1;
    return 0;
}

/* follow_interchange - a file of ours on its way */
int follow_interchange(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw;
    CcInterchange *f;
    CcFollowState *st;
    struct waiting w = {0};
    char key[FOLLOW_KEY];

    if (svc_unpack(x, m, &cc_interchange__descriptor, &raw, e) != 0)
        return -1;
    f = (CcInterchange *)(void *)raw;
    follow_key(key, "isa", f->receiver, f->isa13);
    if (follow_get(x, key, &st, e) < 0)
        return -1;
    if (st->file && strcmp(st->file->sha256, f->sha256) == 0)
        return 0;
    if (st->file)
        return follow_ask(
            x,
            &(struct question){.reason = "control-number-reused",
                               .key = f->receiver,
                               .what = f->sha256,
                               .file = f->file_name,
                               .at_stake_cents = f->charge_cents,
                               .text = "two interchanges with the same ISA13 to this receiver"},
            e);
    if (keep_file(x, f, key, st, &w, e) != 0 || watch_file(x, f, key, e) != 0 ||
        point(x, f, "gs", f->gs06, &w, e) != 0 || point_batches(x, f, &w, e) != 0)
        return -1;
    for (size_t i = 0; i < w.n_item; i++)
        if (follow_file_answer(x, w.item[i], e) != 0)
            return -1;
    return 0;
}
