/* build.c - clean claims become interchanges: which claim waits, which is known, which batch closes
 *
 * Claims come keyed by claim id, so every version of a claim meets the same builder. What it does
 * with one is decided by (version, attempt): newer than what it remembers is taken, the same is the
 * same event again and is never billed twice, older is stale. A version that still waits is
 * replaced by the next. */
#include "services/submitter/build/build.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/base/week.h"
#include "common/sys/digest.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "common/x12/check.h"
#include "services/submitter/submitter.h"

#define DAY_MS INT64_C(86400000)

/* clang-format off */
static const struct conf_row settings[] = {
    {"TIME_ZONE", CONF_TEXT, "", 0, 0, NULL, "zone of the dates in envelopes and file names: +HHMM or -HHMM; empty: UTC"},
    {"BUILD_KEEP_DAYS", CONF_NUMBER, "400", 1, 4000, NULL, "a claim that was sent is remembered so long, so that it is not billed twice"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

static const enum topic consume[] = {TOPIC_CLAIMS_CLEAN, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_INTERCHANGES, TOPIC_CLAIMS_STATUS, TOPIC_WORK_REVIEW,
                                     TOPIC_NONE};
static const enum table_id tables[] = {TABLE_ROUTES, TABLE_MAX};

/* build_kind_letter - in keys */
char build_kind_letter(CcClaimKind kind)
{
    return kind == CLAIM_KIND_PROFESSIONAL ? 'P' : kind == CLAIM_KIND_INSTITUTIONAL ? 'I' : '-';
}

/* build_read_kind - see build.h */
void build_read_kind(const char *s, struct batch *out)
{
    out->kind = s[0] == 'P' ? CLAIM_KIND_PROFESSIONAL : CLAIM_KIND_INSTITUTIONAL;
    out->frequency = (char)(s[0] && s[1] != '/' ? s[1] : '\0');
}

/* build_today - in the site's zone */
int32_t build_today(struct svc_ctx *x)
{
    const struct build *b = svc_user(x);

    return date_of_ms(svc_now_ms(x), b->tz_min);
}

/* build_memory - over the message's arena */
int build_memory(struct err *e)
{
    return err_set(e, ERR_REJECT, "size", "over the message's memory");
}

/* start - settings */
static int start(const struct conf *c, void **user, struct err *e)
{
    struct build *b = calloc(1, sizeof(*b));

    if (!b)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    b->keep_ms = conf_number(c, "BUILD_KEEP_DAYS") * DAY_MS;
    if (!zone_minutes(conf_text(c, "TIME_ZONE"), &b->tz_min)) {
        free(b);
        return err_set(e, ERR_FATAL, "setting", "TIME_ZONE: +HHMM or -HHMM is wanted");
    }
    *user = b;
    return 0;
}

/* stop - settings and guides */
static void stop(void *user)
{
    struct build *b = user;

    if (b)
        x12_guides_free(b->guides);
    free(b);
}

/* ignore - the same event again, or one that a newer has overtaken */
static int ignore(const CcClaim *c, const char *why)
{
    metric_add(metric_get(METRIC_BUILD_IGNORED, ""), 1);
    log_event(LOG_INFO, "claim-ignored", log_s("claim", c->claim_id),
              log_i("version", (int64_t)c->version), log_s("why", why));
    return 0;
}

/* put_done - remembers a version that waits for no batch */
static int put_done(struct svc_ctx *x, const CcClaim *c, CcBatchedClaim *done, bool held,
                    struct err *e)
{
    char key[BUILD_KEY];

    snprintf(key, sizeof(key), "done/%s", c->claim_id);
    done->claim_id = c->claim_id;
    done->version = c->version;
    done->attempt = c->attempt;
    done->held = held;
    done->at_ms = svc_now_ms(x);
    return svc_put(x, key, &done->base, e);
}

/* hold - to a person; what waits of an earlier version is not sent either */
static int hold(struct svc_ctx *x, const CcClaim *c, CcBatchedClaim *done, const char *reason,
                const char *why, struct err *e)
{
    if (pending_remove(x, done, e) < 0 || put_done(x, c, done, true, e) < 0)
        return -1;
    return say_held(x, c, reason, why, e);
}

/* measure - the claim's own bytes: how many, and their hash */
static int measure(struct svc_ctx *x, const struct batch *b, const CcClaim *c, uint32_t *bytes,
                   char hex[DIGEST_TEXT], struct err *e)
{
    struct buf own;
    int r;

    buf_init(&own);
    r = claim_render_one(svc_arena(x), &b->route.claim, c, &own, e);
    if (r == 0) {
        digest_hex(own.data, own.len, hex);
        *bytes = (uint32_t)own.len;
    }
    buf_wipe(&own);
    return r;
}

/* route_of - 1: found, 0: held (the text says why), -1: error */
static int route_of(struct svc_ctx *x, const CcClaim *c, struct batch *b, const char **why,
                    struct err *e)
{
    enum lookup found;

    *b = (struct batch){.receiver = c->receiver, .kind = c->kind};
    *why = "the receiver's name is empty or holds more than A-Z 0-9 . -";
    if (!route_name_valid(c->receiver))
        return 0;
    *why = "no route to this receiver";
    found = route_find(svc_tables(x), c->receiver, build_today(x), svc_arena(x), &b->route);
    if (found == LOOKUP_NO_EDITION)
        return err_set(e, ERR_RETRY, "no-table", "routes: no edition covers today");
    if (found == LOOKUP_ABSENT)
        return 0;
    if (!b->route.sandbox && !conf_is(svc_conf(x), "DELIVERY", "exactly_once"))
        return err_set(e, ERR_FATAL, "setting",
                       "DELIVERY=at_least_once: a claim for a route that is not the sandbox");
    if (b->route.split_frequency && str_is_digits(c->frequency, 1, 1))
        b->frequency = c->frequency[0];
    if (claim_route_check(&b->route.claim, e) == 0)
        return 1;
    *why = e->text;
    return 0;
}

/* is_full - the batch has reached a limit of its route */
static bool is_full(const struct batch *b, const CcOpenBatch *open)
{
    return open->claims >= b->route.batch_claims || open->bytes >= b->route.batch_bytes ||
           b->route.batch_age_ms == 0;
}

/* add - into the open batch, which closes before it would grow too large and when it is full */
static int add(struct svc_ctx *x, const struct batch *b, const CcClaim *c, CcBatchedClaim *done,
               struct err *e)
{
    CcOpenBatch *open;

    if (pending_open(x, b, &open, e) < 0)
        return -1;
    if (open->claims > 0 && open->bytes + done->bytes > b->route.batch_bytes) {
        if (batch_close(x, b, e) < 0 || pending_open(x, b, &open, e) < 0)
            return -1;
    }
    if (pending_add(x, b, c, done, open, e) < 0)
        return -1;
    return is_full(b, open) ? batch_close(x, b, e) : 0;
}

/* compare - (version, attempt) against what is remembered */
static int compare(const CcClaim *c, const CcBatchedClaim *done)
{
    if (c->version != done->version)
        return c->version < done->version ? -1 : 1;
    return c->attempt < done->attempt ? -1 : c->attempt > done->attempt;
}

/* take - a claim that is new to the builder, or newer */
static int take(struct svc_ctx *x, const CcClaim *c, CcBatchedClaim *done, const struct batch *b,
                const char *hex, uint32_t bytes, struct err *e)
{
    if (done->held && say_answered(x, c, e) < 0)
        return -1;
    if (pending_remove(x, done, e) < 0)
        return -1;
    done->held = false;
    done->claim_id = c->claim_id;
    done->version = c->version;
    done->attempt = c->attempt;
    done->bytes = bytes;
    done->isa13 = arena_strdup(svc_arena(x), "");
    done->sha256 = arena_strdup(svc_arena(x), hex);
    if (!done->isa13 || !done->sha256)
        return build_memory(e);
    return add(x, b, c, done, e);
}

/* is_early - made without knowing of the version that is in a file: the payer must decide that one
 * first, and the coder makes the next in that knowledge (billing §8.5) */
static bool is_early(const CcClaim *c, const CcBatchedClaim *done)
{
    uint32_t sent =
        done->isa13[0] && done->version > done->sent_version ? done->version : done->sent_version;

    return c->encounter[0] && c->version > sent && c->after_version < sent;
}

/* drop - a void of what no payer has: what waits of the claim goes, and nothing is sent */
static int drop(struct svc_ctx *x, const CcClaim *c, CcBatchedClaim *done, struct err *e)
{
    if (done->held && say_answered(x, c, e) < 0)
        return -1;
    if (pending_remove(x, done, e) < 0 || put_done(x, c, done, false, e) < 0)
        return -1;
    return say_not_sent(x, c, e);
}

/* judge - known, stale, impossible, or taken */
static int judge(struct svc_ctx *x, const CcClaim *c, CcBatchedClaim *done, struct err *e)
{
    const int newer = compare(c, done);
    const bool known = newer == 0 && done->version > 0 && !done->held;
    const char *why;
    char hex[DIGEST_TEXT];
    struct batch b;
    uint32_t bytes = 0;
    int route;

    if (newer < 0)
        return ignore(c, "a newer version was here before");
    if (is_early(c, done))
        return say_early(x, c, e);
    if (c->void_of_claim && c->encounter[0] && !c->original_reference[0])
        return known ? ignore(c, "known") : drop(x, c, done, e);
    route = route_of(x, c, &b, &why, e);
    if (route < 0)
        return -1;
    if (route == 0)
        return known ? ignore(c, "known") : hold(x, c, done, "route", why, e);
    if (measure(x, &b, c, &bytes, hex, e) < 0) {
        if (e->class != ERR_REJECT || strcmp(e->code, "size") == 0)
            return -1;
        return known ? ignore(c, "known") : hold(x, c, done, e->code, e->text, e);
    }
    if (known && strcmp(hex, done->sha256) == 0)
        return ignore(c, "known");
    if (known && done->isa13[0])
        return say_reused(x, c, e);
    return take(x, c, done, &b, hex, bytes, e);
}

/* handle - a clean claim */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw;
    CcBatchedClaim *done;
    CcClaim *c;

    if (svc_partition(x) >= BUILD_PARTITIONS)
        return err_set(e, ERR_FATAL, "partitions",
                       "claims.clean has more than %d partitions: control numbers would not be "
                       "unique",
                       BUILD_PARTITIONS);
    if (svc_unpack(x, m, &cc_claim__descriptor, &raw, e) != 0)
        return -1;
    c = (CcClaim *)(void *)raw;
    if (strcmp(c->claim_id, m->key) != 0 || !c->claim_id[0] || strlen(c->claim_id) > 64)
        return err_set(e, ERR_REJECT, "key", "the record's key is not its claim id");
    if (pending_done(x, c->claim_id, &done, e) < 0)
        return -1;
    return judge(x, c, done, e);
}

/* close_by_age - "age/<receiver>/<kind>" */
static int close_by_age(struct svc_ctx *x, const char *name, struct err *e)
{
    const char *receiver = name + strlen("age/"), *kind = strrchr(receiver, '/');
    struct batch b = {0};
    enum lookup found;

    if (!kind)
        return 0;
    build_read_kind(kind + 1, &b);
    b.receiver = arena_strndup(svc_arena(x), receiver, (size_t)(kind - receiver));
    if (!b.receiver)
        return build_memory(e);
    found = route_find(svc_tables(x), b.receiver, build_today(x), svc_arena(x), &b.route);
    if (found == LOOKUP_NO_EDITION)
        return err_set(e, ERR_RETRY, "no-table", "routes: no edition covers today");
    if (found == LOOKUP_ABSENT)
        return batch_hold(x, &b, "no route to this receiver any more", e);
    if (claim_route_check(&b.route.claim, e) < 0)
        return batch_hold(x, &b, "the route is incomplete", e);
    return batch_close(x, &b, e);
}

/* forget - a claim that was sent long ago */
static int forget(struct svc_ctx *x, const char *claim_id, struct err *e)
{
    CcBatchedClaim *done;
    char key[BUILD_KEY];

    if (pending_done(x, claim_id, &done, e) < 0)
        return -1;
    if (done->pending_key[0])
        return 0;
    snprintf(key, sizeof(key), "done/%s", claim_id);
    return svc_delete(x, key, e);
}

/* timer - by its name */
static int timer(struct svc_ctx *x, const char *name, int64_t due_ms, struct err *e)
{
    (void)due_ms;
    if (str_starts(name, "age/"))
        return close_by_age(x, name, e);
    if (str_starts(name, "drop/"))
        return forget(x, name + strlen("drop/"), e);
    return 0;
}

const struct svc_spec submitter_build_spec = {
    .name = "submitter-build",
    .sentence = "clean claims become X12 837P and 837I interchanges, each claim in exactly one",
    .consume = consume,
    .produce = produce,
    .state = TOPIC_CLAIMS_PENDING,
    .tables = tables,
    .settings = settings,
    .refuses_at_least_once = true,
    .start = start,
    .handle = handle,
    .timer = timer,
    .stop = stop,
    .check = submitter_check,
};
