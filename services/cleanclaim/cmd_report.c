/* cmd_report.c - cleanclaim report: every file with where its claims are, files without an answer,
 * answers without a file, payments against what was posted and against the bank's deposits */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"
#include "common/sys/file.h"
#include "services/cleanclaim/live.h"
#include "services/cleanclaim/report.h"

enum { DEPOSITS_LIMIT = 64 << 20, LINE_MAX_TEXT = 256 };

struct reporting {
    bool json;
    int32_t day; /* files of this day only; 0: all */
    json_t *statuses, *total, *payments, *open;
    bool claims; /* each claim of a file, too */
    bool wrong;  /* something does not add up, or has no counterpart */
};

/* number - a member */
static int64_t number(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

/* print - one line */
static void print(const struct reporting *r, json_t *line)
{
    char charge[32];
    const char *what = json_string_value(json_object_get(line, "what"));

    if (r->json) {
        cmd_json(line);
        return;
    }
    if (json_object_get(line, "claims") && json_object_get(line, "silent")) {
        printf(
            "%-46s %6lld claims %12s ",
            json_object_get(line, "file") ? json_string_value(json_object_get(line, "file")) : what,
            (long long)number(line, "claims"), live_dollars(number(line, "charge_cents"), charge));
        for (int w = 0; w < REPORT_WHERE_MAX; w++)
            if (number(line, report_word((enum report_where)w)))
                printf(" %s %lld", report_word((enum report_where)w),
                       (long long)number(line, report_word((enum report_where)w)));
        printf("\n");
    } else {
        char *text = json_dumps(line, JSON_PRESERVE_ORDER);

        printf("%s\n", text ? text : what);
        free(text);
    }
    json_decref(line);
}

/* grow - a member by so much */
static void grow(json_t *o, const char *key, int64_t by)
{
    json_object_set_new(o, key, json_integer(number(o, key) + by));
}

/* on_file - an interchange of claims */
static int on_file(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct reporting *r = arg;
    const CcInterchange *f = (const CcInterchange *)(const void *)m;
    json_t *line;

    (void)raw;
    if (r->day && date_of_ms(f->created_ms, 0) != r->day)
        return 0;
    line = report_file(f, r->statuses);
    report_add(r->total, line);
    if (!json_is_true(json_object_get(line, "answered"))) {
        grow(r->total, "unanswered", 1);
        r->wrong = true;
    }
    print(r, line);
    for (size_t i = 0; r->claims && i < f->n_claims; i++)
        print(r, report_claim(f, f->claims[i], r->statuses));
    return 0;
}

/* payment_of - the line of a payment, made when it is new */
static json_t *payment_of(struct reporting *r, const char *payer, const char *trace)
{
    char key[LINE_MAX_TEXT];
    json_t *p;

    snprintf(key, sizeof(key), "%s|%s", payer, trace);
    p = json_object_get(r->payments, key);
    if (!p) {
        p = json_pack("{s:s, s:s, s:s, s:n, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "what",
                      "payment", "trace", trace, "payer", payer, "date", "check_cents",
                      (json_int_t)0, "posted_cents", (json_int_t)0, "claims", (json_int_t)0,
                      "allowed_cents", (json_int_t)0, "expected_cents", (json_int_t)0,
                      "variance_cents", (json_int_t)0, "underpaid_cents", (json_int_t)0,
                      "overpaid_cents", (json_int_t)0, "moved_cents", (json_int_t)0);
        json_object_set_new(r->payments, key, p);
    }
    return p;
}

/* on_payment - what an 835 says that was sent, and what of it belongs to no claim (PLB) */
static void on_payment(void *arg, const struct payment *x)
{
    json_t *p = payment_of(arg, x->payer_id, x->trace);
    int64_t moved = 0;

    for (size_t i = 0; i < x->n_adjustments; i++)
        moved -= x->adjustments[i].amount_cents;
    json_object_set_new(p, "date", cmd_json_date(x->payment_date));
    json_object_set_new(p, "check_cents", json_integer(x->check_cents));
    json_object_set_new(p, "moved_cents", json_integer(moved));
    if (!x->balanced)
        json_object_set_new(p, "why", json_string("does not balance: nothing of it is posted"));
}

/* on_reply - a file of a payer's */
static int on_reply(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    (void)raw;
    report_payments((const CcReply *)(const void *)m, on_payment, arg);
    return 0;
}

/* grow_variance - of what could be compared with what was expected */
static void grow_variance(json_t *p, const CcRemittance *x)
{
    if (!x->compared)
        return;
    grow(p, "allowed_cents", x->allowed_cents);
    grow(p, "expected_cents", x->expected_cents);
    grow(p, "variance_cents", x->variance_cents);
    grow(p, "underpaid_cents", x->underpaid_cents);
    grow(p, "overpaid_cents", x->overpaid_cents);
}

/* on_remittance - what was posted of a payment */
static int on_remittance(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct reporting *r = arg;
    const CcRemittance *x = (const CcRemittance *)(const void *)m;
    json_t *p = payment_of(r, x->payer_id, x->trace);

    (void)raw;
    json_object_set_new(p, "date", cmd_json_date(x->payment_date));
    json_object_set_new(p, "check_cents", json_integer(x->check_cents));
    grow(p, "posted_cents", x->paid_cents);
    grow(p, "claims", 1);
    grow_variance(p, x);
    return 0;
}

/* on_item - the newest record of a question about an answer without a file or claim */
static int on_item(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    static const char *const reasons[] = {"unknown-file",
                                          "unknown-claim",
                                          "reply-damaged",
                                          "reply-not-ours",
                                          "remittance-unbalanced",
                                          "provider-adjustment",
                                          NULL};
    struct reporting *r = arg;
    const CcReviewItem *item = (const CcReviewItem *)(const void *)m;

    (void)raw;
    if (strcmp(item->state, "done") == 0)
        json_object_del(r->open, item->review_id);
    else if (str_in(item->reason, reasons))
        json_object_set_new(r->open, item->review_id,
                            json_pack("{s:s, s:s, s:s, s:o, s:s, s:I}", "what", "unmatched",
                                      "review", item->review_id, "reason", item->reason, "reply",
                                      cmd_json_text(item->reply_sha256), "question", item->question,
                                      "at_stake_cents", (json_int_t)item->at_stake_cents));
    return 0;
}

/* find_trace - the payment of a deposit's trace; NULL: no remittance names it */
static json_t *find_trace(struct reporting *r, const char *trace)
{
    const char *key;
    json_t *p;

    json_object_foreach(r->payments, key,
                        p) if (strcmp(json_string_value(json_object_get(p, "trace")), trace) ==
                               0) return p;
    return NULL;
}

/* take_deposit - a line "TRACE,AMOUNT"; false: not one */
static bool take_deposit(struct reporting *r, const char *line, size_t n)
{
    char text[LINE_MAX_TEXT], *comma;
    int64_t cents;
    json_t *p;

    if (n >= sizeof(text))
        return false;
    memcpy(text, line, n);
    text[n] = '\0';
    comma = strchr(text, ',');
    if (!comma || decimal_parse(comma + 1, strcspn(comma + 1, ",\r"), 2, &cents) != DECIMAL_OK)
        return false;
    *comma = '\0';
    p = find_trace(r, text);
    if (!p) {
        p = payment_of(r, "", text);
        json_object_set_new(p, "why", json_string("a deposit without a remittance"));
    }
    json_object_set_new(p, "deposit_cents", json_integer(number(p, "deposit_cents") + cents));
    return true;
}

/* take_deposits - the bank's file; the first line may be a header */
static int take_deposits(struct reporting *r, const char *path)
{
    struct err e = {0};
    struct buf b;
    int code = 0;

    buf_init(&b);
    if (file_read(path, DEPOSITS_LIMIT, &b, &e) != 0)
        code = cmd_fail(&e);
    for (size_t at = 0, row = 1; code == 0 && at < b.len; row++) {
        const char *end = memchr(b.data + at, '\n', b.len - at);
        size_t n = end ? (size_t)(end - b.data) - at : b.len - at;

        if (n && !take_deposit(r, b.data + at, n) && row > 1) {
            fprintf(stderr, "%s:%zu: not TRACE,AMOUNT\n", path, row);
            code = EXIT_FOUND;
        }
        at += n + 1;
    }
    buf_release(&b);
    return code;
}

/* judge - what a payment's numbers say */
static void judge(struct reporting *r, json_t *p, bool deposits)
{
    int64_t left = number(p, "check_cents") - number(p, "posted_cents") - number(p, "moved_cents");
    const char *why = json_string_value(json_object_get(p, "why"));

    json_object_set_new(p, "unposted_cents", json_integer(left));
    if (!why && left)
        why = "not all of it is posted: in suspense, or refused";
    if (!why && deposits && number(p, "check_cents") && !json_object_get(p, "deposit_cents"))
        why = "a remittance without a deposit";
    if (!why && deposits && number(p, "deposit_cents") != number(p, "check_cents"))
        why = "the deposit is another amount";
    json_object_set_new(p, "why", why ? json_string(why) : json_null());
    r->wrong |= why != NULL;
}

/* sum_claims - what all claims are expected to bring, brought, and leave to patients */
static void sum_claims(struct reporting *r)
{
    static const char *const keys[] = {"expected_cents", "allowed_cents", "variance_cents",
                                       "patient_balance_cents"};
    const char *id;
    json_t *s;

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        grow(r->total, keys[i], 0);
    json_object_foreach(r->statuses, id, s)
    {
        for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
            grow(r->total, keys[i], number(s, keys[i]));
    }
}

/* print_rest - payments, what has no counterpart, and the sum of all files */
static void print_rest(struct reporting *r, bool deposits)
{
    const char *key;
    json_t *p;
    int64_t sum = 0;

    json_object_foreach(r->payments, key, p)
    {
        judge(r, p, deposits);
        print(r, json_incref(p));
    }
    json_object_foreach(r->open, key, p)
    {
        r->wrong = true;
        print(r, json_incref(p));
    }
    for (int w = 0; w < REPORT_WHERE_MAX; w++)
        sum += number(r->total, report_word((enum report_where)w));
    sum_claims(r);
    json_object_set_new(r->total, "what", json_string("total"));
    json_object_set_new(r->total, "balanced", json_boolean(sum == number(r->total, "claims")));
    print(r, json_incref(r->total));
}

/* run - the topics one after the other */
static int run(struct reporting *r, const struct conf *c, const char *deposits)
{
    int code;

    r->statuses = live_statuses(c, &code);
    if (code == 0)
        code = live_each(c, TOPIC_INTERCHANGES, 0, false, on_file, r);
    if (code == 0)
        code = live_each(c, TOPIC_PAYER_REPLIES, 0, false, on_reply, r);
    if (code == 0)
        code = live_each(c, TOPIC_REMITTANCES, 0, false, on_remittance, r);
    if (code == 0)
        code = live_each(c, TOPIC_WORK_REVIEW, 0, false, on_item, r);
    if (code == 0 && deposits)
        code = take_deposits(r, deposits);
    if (code == 0)
        print_rest(r, deposits != NULL);
    return code ? code : r->wrong ? EXIT_FOUND : 0;
}

/* cmd_report - --day, --deposits, --claims */
int cmd_report(int argc, char **argv)
{
    struct reporting r = {0};
    const char *day = NULL, *deposits = NULL;
    const struct cmd_option options[] = {{"--json", &r.json, NULL},
                                         {"--day", NULL, &day},
                                         {"--deposits", NULL, &deposits},
                                         {"--claims", &r.claims, NULL},
                                         {NULL, NULL, NULL}};
    struct conf *c;
    int code;

    if (cmd_options(argc, argv, options) != 0 || (day && !(r.day = date_parse(day))))
        return cmd_usage("report");
    c = live_conf();
    if (!c)
        return EXIT_USAGE;
    r.total = json_object();
    r.payments = json_object();
    r.open = json_object();
    report_add(r.total, r.open);
    json_object_set_new(r.total, "unanswered", json_integer(0));
    code = run(&r, c, deposits);
    json_decref(r.statuses);
    json_decref(r.total);
    json_decref(r.payments);
    json_decref(r.open);
    conf_free(c);
    return code;
}
