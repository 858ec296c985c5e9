/* deliver.c - interchanges into mailboxes, replies out of them
 *
 * A file goes by its receiver's route (a row of the routes table), or waits for it (deliver.h). A
 * control number is used by one file only, whatever the builder says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/sys/digest.h"
#include "common/sys/log.h"
#include "services/submitter/deliver/deliver.h"
#include "services/submitter/deliver/folder.h"
#include "services/submitter/deliver/poll.h"
#include "services/submitter/deliver/remote.h"
#include "services/submitter/route.h"
#include "services/submitter/submitter.h"

#define DAY_MS INT64_C(86400000)

/* clang-format off */
static const struct conf_row settings[] = {
    {"MAIL_DIR", CONF_TEXT, ".", 0, 0, NULL, "folder that relative mailbox and replies paths of the routes table lie in"},
    {"SECRETS_DIR", CONF_TEXT, "/run/secrets", 0, 0, NULL, "folder of the files that the routes table's secret, ca and client_cert name"},
    {"REPLIES_POLL_MS", CONF_NUMBER, "500", 0, 3600000, NULL, "time between two looks into the replies folders"},
    {"REPLIES_SETTLE_MS", CONF_NUMBER, "1000", 0, 3600000, NULL, "a reply is complete when it did not change for so long"},
    {"REPLY_MAX_BYTES", CONF_NUMBER, "6291456", 1024, 7340032, NULL, "a larger reply is set aside for a person"},
    {"DELIVER_KEEP_DAYS", CONF_NUMBER, "800", 1, 4000, NULL, "the receipt of a file that was sent is kept so long: its control number is refused to any other file"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

static const enum topic consume[] = {TOPIC_INTERCHANGES, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_STATUS, TOPIC_PAYER_REPLIES, TOPIC_WORK_REVIEW,
                                     TOPIC_NONE};
static const enum table_id tables[] = {TABLE_ROUTES, TABLE_MAX};

/* stop - transfers first, then the locks */
static void stop(void *user)
{
    struct deliver *d = user;

    if (d) {
        jobs_free(d->jobs);
        remotes_free(d->remotes);
        poll_free(d->poll);
    }
    free(d);
}

/* start - settings, nothing seen yet */
static int start(const struct conf *c, void **user, struct err *e)
{
    struct deliver *d = calloc(1, sizeof(*d));
    struct poll_options o = {.settle_ms = conf_number(c, "REPLIES_SETTLE_MS"),
                             .file_limit = (size_t)conf_number(c, "REPLY_MAX_BYTES"),
                             .batch_limit = (size_t)conf_number(c, "REPLY_MAX_BYTES"),
                             .batch_files = 100};

    if (d) {
        d->poll = poll_new(&o);
        d->jobs = jobs_new();
        d->remotes = remotes_new(d->jobs, &o);
    }
    if (!d || !d->poll || !d->jobs || !d->remotes) {
        stop(d);
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    }
    d->keep_ms = conf_number(c, "DELIVER_KEEP_DAYS") * DAY_MS;
    d->roots = (struct dest_roots){conf_text(c, "MAIL_DIR"), conf_text(c, "SECRETS_DIR")};
    d->poll_ms = conf_number(c, "REPLIES_POLL_MS");
    *user = d;
    return 0;
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

/* again - a file that was seen before: said again when it went, taken up when a person says so */
static int again(struct svc_ctx *x, const CcInterchange *f, const char *kind, CcOutbound *o,
                 struct err *e)
{
    char key[DELIVER_KEY];

    if (strcmp(kind, "sent") == 0)
        return tell_sent(x, f, e);
    if (strcmp(kind, "held") != 0 || f->attempt <= o->attempt)
        return 0;
    outbox_key(key, kind, f->receiver, f->isa13);
    if (svc_delete(x, key, e) < 0 || tell_file_done(x, f, e) < 0)
        return -1;
    return 1;
}

/* take - a file that is to go, by the phase NEW: where it was held, a person knows that it did not
 * arrive */
static int take(struct svc_ctx *x, const CcInterchange *f, struct err *e)
{
    struct outbound w = {f->receiver, f->isa13, NULL, false};
    const char *kind;
    CcOutbound *o;
    int r;

    if (outbox_known(x, f, &kind, &o, e) < 0)
        return -1;
    if (kind[0] && (r = again(x, f, kind, o, e)) <= 0)
        return r;
    w.o = event_new(svc_arena(x), &cc_outbound__descriptor);
    if (!w.o)
        return outbox_memory(e);
    w.o->file_name = f->file_name;
    w.o->sha256 = f->sha256;
    w.o->attempt = f->attempt;
    w.o->since_ms = svc_now_ms(x);
    return route_take(x, f, &w, e);
}

/* handle - an interchange */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    const CcInterchange *f;
    ProtobufCMessage *raw;

    if (svc_unpack(x, m, &cc_interchange__descriptor, &raw, e) != 0)
        return -1;
    f = (const CcInterchange *)(const void *)raw;
    if (check_bytes(f, e) != 0)
        return -1;
    if (!route_name_valid(f->receiver) || !str_is_digits(f->isa13, 9, 9))
        return err_set(e, ERR_REJECT, "key", "the interchange has no receiver or control number");
    if (!folder_name_valid(f->file_name))
        return err_set(e, ERR_REJECT, "name", "the interchange's file name is no plain file name");
    return take(x, f, e);
}

/* timer - a route moves on, or a receipt is old */
static int timer(struct svc_ctx *x, const char *name, int64_t due_ms, struct err *e)
{
    char key[DELIVER_KEY];

    (void)due_ms;
    if (str_starts(name, "go/"))
        return route_go(x, name + strlen("go/"), e);
    snprintf(key, sizeof(key), "sent/%s", name + strlen("drop/"));
    return str_starts(name, "drop/") ? svc_delete(x, key, e) : 0;
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
    struct err e = {0};
    struct dest to;

    if (dest_of_row(row, &d->roots, &to, &e) == 0 &&
        (to.by->list
             ? remotes_look(d->remotes, &to, svc_now_ms(x), pass_on, x, &e)
             : poll_look(d->poll, to.receiver, to.replies, svc_now_ms(x), pass_on, x, &e)) == 0)
        return;
    err_prefix(&e, "%s", to.receiver);
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
    struct deliver *d = user;

    poll_durable(d->poll);
    remotes_durable(d->remotes);
    jobs_committed(d->jobs);
}

/* aborted - it is not */
static void aborted(void *user)
{
    struct deliver *d = user;

    poll_again(d->poll);
    remotes_again(d->remotes);
    jobs_aborted(d->jobs);
}

const struct svc_spec submitter_deliver_spec = {
    .name = "submitter-deliver",
    .sentence =
        "an interchange reaches the payer's mailbox, the same bytes however often it is tried",
    .consume = consume,
    .produce = produce,
    .state = TOPIC_INTERCHANGES_PENDING,
    .tables = tables,
    .settings = settings,
    .refuses_at_least_once = true,
    .start = start,
    .handle = handle,
    .timer = timer,
    .tick = tick,
    .committed = committed,
    .aborted = aborted,
    .stop = stop,
    .check = submitter_check,
};
