/* deliver.c - interchanges into mailboxes, replies out of them
 *
 * An interchange is delivered before its batch commits. A crash between leaves the file delivered
 * and the record unread: the retry finds the receipt (folder.c) and only says SENT. Which folder
 * belongs to a receiver is a row of the routes table; a relative path lies below MAIL_DIR. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/lifecycle.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "services/submitter/deliver/folder.h"
#include "services/submitter/deliver/poll.h"
#include "services/submitter/submitter.h"

enum { ROUTE_NAME = 64 };

struct deliver {
    struct poll *poll;
    const char *root;
    int64_t poll_ms, next_ms;
};

/* clang-format off */
static const struct conf_row settings[] = {
    {"MAIL_DIR", CONF_TEXT, ".", 0, 0, NULL, "folder that relative mailbox and replies paths of the routes table lie in"},
    {"REPLIES_POLL_MS", CONF_NUMBER, "500", 0, 3600000, NULL, "time between two looks into the replies folders"},
    {"REPLIES_SETTLE_MS", CONF_NUMBER, "1000", 0, 3600000, NULL, "a reply is complete when it did not change for so long"},
    {"REPLY_MAX_BYTES", CONF_NUMBER, "6291456", 1024, 7340032, NULL, "a larger reply is set aside for a person"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

static const enum topic consume[] = {TOPIC_INTERCHANGES, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_STATUS, TOPIC_PAYER_REPLIES, TOPIC_NONE};
static const enum table_id tables[] = {TABLE_ROUTES, TABLE_MAX};

/* start - settings, nothing seen yet */
static int start(const struct conf *c, void **user, struct err *e)
{
    struct deliver *d = calloc(1, sizeof(*d));
    struct poll_options o = {.settle_ms = conf_number(c, "REPLIES_SETTLE_MS"),
                             .file_limit = (size_t)conf_number(c, "REPLY_MAX_BYTES"),
                             .batch_limit = (size_t)conf_number(c, "REPLY_MAX_BYTES"),
                             .batch_files = 100};

    if (!d || !(d->poll = poll_new(&o))) {
        free(d);
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    }
    d->root = conf_text(c, "MAIL_DIR");
    d->poll_ms = conf_number(c, "REPLIES_POLL_MS");
    *user = d;
    return 0;
}

/* stop - gives up the locks */
static void stop(void *user)
{
    struct deliver *d = user;

    if (d)
        poll_free(d->poll);
    free(d);
}

/* place - a path of the routes table, below the root when it is relative. What lies below the root
 * is ours to make; a folder that somebody mounts must be there, or it would swallow claims. */
static int place(const struct deliver *d, const struct table_row *row, const char *column,
                 char *out, size_t size, struct err *e)
{
    char path[PATH_MAX];
    bool ours;

    table_col_text(row, column, path, sizeof(path));
    ours = path[0] != '/';
    if (path[0] == '\0' ||
        !(ours ? file_join(out, size, d->root, path) : str_copy(out, size, path)))
        return err_set(e, ERR_RETRY, "route", "routes: %s is empty or too long", column);
    if (ours && file_exists(d->root) && !file_exists(out))
        return file_make_dirs(out, e);
    return 0;
}

/* find_mailbox - of a receiver, today */
static int find_mailbox(struct svc_ctx *x, const char *receiver, char *out, size_t size,
                        struct err *e)
{
    struct table_row row;
    int32_t today = date_of_ms(svc_now_ms(x), 0);

    switch (tables_find(svc_tables(x), TABLE_ROUTES, receiver, NULL, today, &row)) {
    case LOOKUP_FOUND:
        return place(svc_user(x), &row, "mailbox", out, size, e);
    case LOOKUP_NO_EDITION:
        return err_set(e, ERR_RETRY, "no-table", "routes: no edition covers today");
    default:
        return err_set(e, ERR_REJECT, "route", "routes: no row for this receiver");
    }
}

/* say_sent - one claim of the file */
static int say_sent(struct svc_ctx *x, const CcInterchange *f, const CcSentClaim *c, struct err *e)
{
    CcClaimStatus *s = event_new(svc_arena(x), &cc_claim_status__descriptor);

    if (!s)
        return err_set(e, ERR_REJECT, "size", "interchange: over the message's memory");
    s->claim_id = c->claim_id;
    s->version = c->version;
    s->state = CLAIM_STATE_SENT;
    s->from_state = CLAIM_STATE_BATCHED;
    s->step = arena_strdup(svc_arena(x), "deliver");
    s->event = arena_strdup(svc_arena(x), life_event_word(LIFE_TRANSPORT_OK));
    s->next = arena_strdup(svc_arena(x), life_state(CLAIM_STATE_SENT)->next);
    s->at_ms = svc_now_ms(x);
    s->encounter = c->encounter;
    s->patient_key = c->patient_key;
    s->account = c->account;
    s->kind = c->kind;
    s->payer_id = c->payer_id;
    s->charge_cents = c->charge_cents;
    s->st02 = c->st02;
    s->bht03 = c->bht03;
    s->receiver = f->receiver;
    s->interchange = f->file_name;
    s->isa13 = f->isa13;
    s->gs06 = f->gs06;
    s->file_sha256 = f->sha256;
    return svc_emit(x, TOPIC_CLAIMS_STATUS, c->claim_id, &s->base, e);
}

/* check_bytes - what we are about to send is what was rendered */
static int check_bytes(const CcInterchange *f, struct err *e)
{
    char hex[DIGEST_TEXT];

    if (f->x12.len == 0 || strcmp(digest_hex(f->x12.data, f->x12.len, hex), f->sha256) != 0)
        return err_set(e, ERR_REJECT, "sha256",
                       "the interchange's bytes are not those of its hash");
    return 0;
}

/* deliver - the file, then what it means for its claims */
static int deliver(struct svc_ctx *x, const CcInterchange *f, struct err *e)
{
    char mailbox[PATH_MAX];
    struct folder_file file = {mailbox, f->file_name, f->x12.data, f->x12.len, f->sha256};
    bool before;

    if (check_bytes(f, e) != 0 || find_mailbox(x, f->receiver, mailbox, sizeof(mailbox), e) != 0 ||
        folder_send(&file, &before, e) != 0)
        return -1;
    for (size_t i = 0; i < f->n_claims; i++)
        if (say_sent(x, f, f->claims[i], e) != 0)
            return -1;
    if (before)
        return 0;
    metric_add(metric_get(METRIC_COUNTER, "cleanclaim_files_sent_total", "",
                          "Interchanges handed to a payer."),
               1);
    log_event(LOG_INFO, "sent", log_s("receiver", f->receiver), log_s("file", f->file_name),
              log_i("claims", (int64_t)f->n_claims), log_i("bytes", (int64_t)f->x12.len),
              log_s("sha256", f->sha256));
    return 0;
}

/* handle - an interchange */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw;

    if (svc_unpack(x, m, &cc_interchange__descriptor, &raw, e) != 0)
        return -1;
    return deliver(x, (const CcInterchange *)(const void *)raw, e);
}

/* pass_on - a reply as it came, under its hash */
static int pass_on(void *arg, const struct poll_file *f, struct err *e)
{
    struct svc_ctx *x = arg;
    CcReply *r = event_new(svc_arena(x), &cc_reply__descriptor);

    if (!r)
        return err_set(e, ERR_RETRY, "size", "replies: over the message's memory");
    r->sha256 = arena_strdup(svc_arena(x), f->sha256);
    r->receiver = arena_strdup(svc_arena(x), f->receiver);
    r->file_name = arena_strdup(svc_arena(x), utf8_valid(f->name, strlen(f->name)) ? f->name : "");
    if (!r->sha256 || !r->receiver || !r->file_name)
        return err_set(e, ERR_RETRY, "size", "replies: over the message's memory");
    r->received_ms = svc_now_ms(x);
    r->bytes = f->size;
    r->x12.data = (uint8_t *)(uintptr_t)f->data; /* packed before the file goes */
    r->x12.len = f->data ? f->size : 0;
    return svc_emit(x, TOPIC_PAYER_REPLIES, r->sha256, &r->base, e);
}

/* look - into the replies of one route; a folder that cannot be read is said and hides no other */
static void look(struct svc_ctx *x, struct deliver *d, const struct table_row *row)
{
    char folder[PATH_MAX], receiver[ROUTE_NAME];
    struct span key = table_key(row, 0);
    struct err e = {0};

    snprintf(receiver, sizeof(receiver), "%.*s", (int)key.n, key.p);
    if (place(d, row, "replies", folder, sizeof(folder), &e) != 0 ||
        poll_look(d->poll, receiver, folder, svc_now_ms(x), pass_on, x, &e) != 0)
        log_err(LOG_WARN, "replies", &e);
}

/* tick - every route's replies folder, now and then */
static int tick(struct svc_ctx *x, struct err *e)
{
    struct deliver *d = svc_user(x);
    struct table_row row;
    size_t cursor = 0;

    (void)e;
    if (!svc_tables(x) || svc_now_ms(x) < d->next_ms || !poll_begin(d->poll))
        return 0;
    d->next_ms = svc_now_ms(x) + d->poll_ms;
    while (tables_each(svc_tables(x), TABLE_ROUTES, date_of_ms(svc_now_ms(x), 0), &cursor, &row))
        look(x, d, &row);
    return 0;
}

/* committed - what was handed over is in the topic */
static void committed(void *user)
{
    poll_durable(((struct deliver *)user)->poll);
}

/* aborted - it is not */
static void aborted(void *user)
{
    poll_again(((struct deliver *)user)->poll);
}

const struct svc_spec submitter_deliver_spec = {
    .name = "submitter-deliver",
    .sentence =
        "an interchange reaches the payer's mailbox, the same bytes however often it is tried",
    .consume = consume,
    .produce = produce,
    .state = TOPIC_NONE,
    .tables = tables,
    .settings = settings,
    .refuses_at_least_once = true,
    .start = start,
    .handle = handle,
    .tick = tick,
    .committed = committed,
    .aborted = aborted,
    .stop = stop,
    .check = submitter_check,
};
