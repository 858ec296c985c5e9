/* main.c - sandbox: a pretend payer over the mailboxes of the routes that are marked as such, or of
 * two folders */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/store/store.h"
#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "common/sys/harden.h"
#include "common/sys/log.h"
#include "services/sandbox/sandbox.h"

enum { BOXES_MAX = 64, EXIT_SETTING = 2, RETRY_MS = 1000, ROUTES_EVERY_MS = 5000 };

static volatile sig_atomic_t stopping;

struct run {
    struct conf *conf;
    struct sandbox sandbox;
    struct box boxes[BOXES_MAX];
    size_t n;
    int64_t epoch, routes_ms;
};

/* on_signal - SIGTERM, SIGINT */
static void on_signal(int number)
{
    (void)number;
    stopping = 1;
}

/* has_box - is the mailbox open already? */
static bool has_box(const struct run *r, const char *mailbox)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->boxes[i].mailbox, mailbox) == 0)
            return true;
    return false;
}

/* add_box - one mailbox more; one that another sandbox holds is tried again with the next look at
 * the routes */
static int add_box(struct run *r, const char *mailbox, const char *replies, struct err *e)
{
    int open;

    if (has_box(r, mailbox))
        return 0;
    if (r->n == BOXES_MAX)
        return err_set(e, ERR_FATAL, "setting", "more than %d mailboxes", BOXES_MAX);
    open = box_open(&r->boxes[r->n], &r->sandbox, mailbox, replies, e);
    if (open > 0) {
        r->n++;
        log_event(LOG_INFO, "listening", log_s("mailbox", mailbox), log_s("replies", replies));
    }
    return open < 0 ? -1 : 0;
}

/* place - a path of the routes table, below MAIL_DIR when it is relative */
static bool place(const struct run *r, const struct table_row *row, const char *column, char *out,
                  size_t size)
{
    char path[PATH_MAX];

    table_col_text(row, column, path, sizeof(path));
    return path[0] == '/' ? str_copy(out, size, path)
                          : file_join(out, size, conf_text(r->conf, "MAIL_DIR"), path);
}

/* add_routes - every route that is marked as the sandbox's */
static int add_routes(struct run *r, const struct tables *t, struct err *e)
{
    char mailbox[PATH_MAX], replies[PATH_MAX];
    struct table_row row;
    size_t cursor = 0;

    while (tables_each(t, TABLE_ROUTES, date_of_ms(clock_ms(), 0), &cursor, &row)) {
        if (!table_col_is(&row, "sandbox", "Y"))
            continue;
        if (!place(r, &row, "mailbox", mailbox, sizeof(mailbox)) ||
            !place(r, &row, "replies", replies, sizeof(replies)))
            return err_set(e, ERR_FATAL, "setting", "routes: path too long");
        if (add_box(r, mailbox, replies, e) != 0)
            return -1;
    }
    return 0;
}

/* load_routes - when the tables changed */
static int load_routes(struct run *r, struct err *e)
{
    static const enum table_id wanted[] = {TABLE_ROUTES, TABLE_MAX};
    struct store *s = store_new(r->conf, e);
    struct tables *t = NULL;
    int64_t epoch = 0;
    int bad = s ? store_epoch(s, &epoch, e) : -1;

    if (bad == 0 && epoch != r->epoch) {
        t = store_load(s, wanted, &epoch, e);
        bad = t ? add_routes(r, t, e) : -1;
        if (bad == 0 && r->n)
            r->epoch = epoch;
    }
    tables_free(t);
    store_free(s);
    return bad;
}

/* find_boxes - from the settings, or from the routes table, looked at now and then */
static int find_boxes(struct run *r, int64_t now_ms, struct err *e)
{
    const char *mailbox = conf_text(r->conf, "SANDBOX_MAILBOX"),
               *replies = conf_text(r->conf, "SANDBOX_REPLIES");

    if (mailbox[0])
        return r->n ? 0 : add_box(r, mailbox, replies, e);
    if (r->routes_ms && now_ms - r->routes_ms < (r->n ? ROUTES_EVERY_MS : RETRY_MS))
        return 0;
    r->routes_ms = now_ms;
    return load_routes(r, e);
}

/* turn - every mailbox once; one that fails is said and hides no other */
static bool turn(struct run *r)
{
    bool did = false;

    for (size_t i = 0; i < r->n; i++) {
        struct err e = {0};
        bool any = false;

        if (box_turn(&r->boxes[i], clock_ms(), &any, &e) != 0)
            log_err(LOG_WARN, "mailbox", &e);
        else
            did = did || any;
    }
    return did;
}

/* loop - until a signal; 0, or 3 when something no waiting mends */
static int loop(struct run *r)
{
    useconds_t pause = (useconds_t)conf_number(r->conf, "SANDBOX_POLL_MS") * 1000;

    while (!stopping) {
        struct err e = {0};

        if (find_boxes(r, clock_ms(), &e) != 0) {
            log_err(e.class == ERR_FATAL ? LOG_ERROR : LOG_WARN, "routes", &e);
            if (e.class == ERR_FATAL)
                return 3;
        }
        if (!turn(r))
            usleep(pause);
    }
    return 0;
}

/* configure - settings into the sandbox */
static int configure(struct run *r, struct err *e)
{
    const char *mailbox = conf_text(r->conf, "SANDBOX_MAILBOX"),
               *replies = conf_text(r->conf, "SANDBOX_REPLIES");

    if ((mailbox[0] == '\0') != (replies[0] == '\0'))
        return err_set(e, ERR_FATAL, "setting", "SANDBOX_MAILBOX and SANDBOX_REPLIES go together");
    r->sandbox.seed = conf_text(r->conf, "SANDBOX_SEED");
    r->sandbox.ack_after_ms = conf_number(r->conf, "SANDBOX_ACK_AFTER_MS");
    r->sandbox.pay_after_ms = conf_number(r->conf, "SANDBOX_PAY_AFTER_MS");
    r->epoch = -1;
    if (conf_text(r->conf, "SANDBOX_SCENARIO")[0] &&
        scenario_read(conf_text(r->conf, "SANDBOX_SCENARIO"), &r->sandbox.scenario, e) != 0)
        return -1;
    if (mix_parse(conf_text(r->conf, "SANDBOX_MIX"), &r->sandbox.mix, e) != 0)
        return -1;
    scenario_apply(&r->sandbox);
    return 0;
}

/* close_all - boxes and settings */
static void close_all(struct run *r)
{
    for (size_t i = 0; i < r->n; i++)
        box_close(&r->boxes[i]);
    conf_free(r->conf);
    free(r);
}

/* run - settings, loop, end */
static int run(const struct conf_row *const *rows)
{
    struct run *r = calloc(1, sizeof(*r));
    struct err e = {0};
    int code;

    if (!r)
        return 3;
    r->conf = conf_load(rows, &e);
    if (!r->conf || configure(r, &e) != 0) {
        fprintf(stderr, "sandbox: %s\n", e.text);
        close_all(r);
        return EXIT_SETTING;
    }
    log_open("sandbox", LOG_INFO,
             conf_is(r->conf, "LOG_FORMAT", "json") ? LOG_JSON : LOG_KEY_VALUE);
    log_event(LOG_INFO, "started", log_s("version", CC_VERSION));
    code = loop(r);
    close_all(r);
    log_event(LOG_INFO, "stopped", log_i("code", code));
    return code;
}

/* main - help, version, or run */
int main(int argc, char **argv)
{
    const struct conf_row *const rows[] = {sandbox_settings, store_settings, NULL};
    const struct sigaction quit = {.sa_handler = on_signal};
    struct err refused;

    if (harden_process(&refused) < 0) {
        fprintf(stderr, "sandbox: error: %s\n", refused.text);
        return 3;
    }
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "--help-markdown") == 0)) {
        bool markdown = strcmp(argv[1], "--help-markdown") == 0;

        if (!markdown)
            printf("sandbox\na pretend payer: takes files from mailboxes, checks them for real, "
                   "answers TA1, 999, 277CA and 835\n\n");
        conf_help(stdout, rows, markdown);
        if (!markdown)
            printf("\nwords of a SANDBOX_SCENARIO file:\n");
        for (const struct scenario_word *w = scenario_words; !markdown && w->name; w++)
            printf("  %-16s 0 to %-9lld %s\n", w->name, (long long)w->max, w->help);
        return 0;
    }
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return printf("sandbox %s\n", CC_VERSION) < 0;
    if (argc > 1) {
        fprintf(stderr, "usage: sandbox [--help|--help-markdown|--version]; everything else is the "
                        "environment\n");
        return EXIT_SETTING;
    }
    sigaction(SIGTERM, &quit, NULL);
    sigaction(SIGINT, &quit, NULL);
    return run(rows);
}
