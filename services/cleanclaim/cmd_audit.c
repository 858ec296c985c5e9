/* cmd_audit.c - cleanclaim audit verify|list: who did what, and whether the record of it is whole
 */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/event/audit.h"
#include "services/cleanclaim/live.h"

/* What the command line said, and what was found. */
struct audit_run {
    struct audit_check *check;
    const char *since, *head;
    bool json;
    const char *rule; /* of the first broken record; NULL: whole so far */
    int32_t partition;
    int64_t offset;
};

/* on_value - one more to check */
static int on_value(void *arg, const struct bus_message *m)
{
    struct audit_run *r = arg;
    const struct audit_seen s = {m->partition, m->offset,  m->key,
                                 m->value,     m->key_len, m->value_len};
    const char *rule = audit_check_add(r->check, &s);

    if (rule && !r->rule) {
        r->rule = rule;
        r->partition = m->partition;
        r->offset = m->offset;
    }
    return 0;
}

/* check_head - OFFSET:SHA256 as an earlier verify printed it */
static bool check_head(struct audit_run *r)
{
    char number[24];
    const char *colon = strchr(r->head, ':');
    size_t n = colon ? (size_t)(colon - r->head) : 0;

    if (n == 0 || n >= sizeof(number))
        return false;
    memcpy(number, r->head, n);
    number[n] = '\0';
    if (str_to_i64(number, &r->offset) && audit_check_head(r->check, r->offset, colon + 1))
        return true;
    r->rule = "head";
    r->partition = 0;
    return true;
}

/* print_sum - the answer, for people or programs */
static void print_sum(const struct audit_run *r, const struct audit_sum *s)
{
    if (r->json) {
        json_t *o =
            json_pack("{s:I, s:I, s:I, s:b, s:s, s:I}", "records", (json_int_t)s->records, "chains",
                      (json_int_t)s->chains, "begun_before", (json_int_t)s->begun_before, "whole",
                      r->rule == NULL, "head", s->head, "head_offset", (json_int_t)s->last);

        json_object_set_new(o, "broken_rule", cmd_json_text(r->rule));
        json_object_set_new(o, "broken_offset", r->rule ? json_integer(r->offset) : json_null());
        cmd_json(o);
        return;
    }
    printf("%lld records, %zu chains, ", (long long)s->records, s->chains);
    if (r->rule)
        printf("BROKEN at audit/%d/%lld: %s\n", (int)r->partition, (long long)r->offset, r->rule);
    else
        printf("whole\n");
    if (s->begun_before)
        printf("%zu chains begin before offset %lld, the first that is still there\n",
               s->begun_before, (long long)s->first);
    if (s->records)
        printf("head %lld:%s\n", (long long)s->last, s->head);
}

/* verify - the whole topic; 1: it is broken */
static int verify(const struct conf *c, struct audit_run *r)
{
    struct audit_sum sum;
    struct err e = {0};
    int code = 0;

    r->check = audit_check_new();
    if (!r->check || bus_scan(c, TOPIC_AUDIT, false, 0, false, on_value, r, &e) < 0)
        code = r->check ? cmd_worse(EXIT_GONE, cmd_fail(&e)) : EXIT_GONE;
    else if (r->head && !r->rule && !check_head(r))
        code = cmd_usage("audit");
    if (code == 0) {
        audit_check_sum(r->check, &sum);
        print_sum(r, &sum);
        code = r->rule ? EXIT_FOUND : 0;
    }
    audit_check_free(r->check);
    return code;
}

/* on_record - a line */
static int on_record(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    const CcAudit *a = (const CcAudit *)m;
    const struct audit_run *r = arg;
    char at[TIME_TEXT];

    time_text(a->at_ms, at);
    if (r->json)
        cmd_json(json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "offset",
                           (json_int_t)raw->offset, "at", at, "program", a->program, "actor",
                           a->actor, "action", a->action, "object", a->object, "outcome",
                           a->outcome, "detail", a->detail, "chain", a->chain, "number",
                           (int)a->number));
    else
        printf("%s  %-10s %-24s %-14s %-24s %-7s %s\n", at, a->program, a->actor, a->action,
               a->object, a->outcome, a->detail);
    return 0;
}

/* cmd_audit - verify [--head OFFSET:SHA256] | list [--since DATE] */
int cmd_audit(int argc, char **argv)
{
    struct audit_run r = {0};
    const struct cmd_option options[] = {{"--json", &r.json, NULL},
                                         {"--since", NULL, &r.since},
                                         {"--head", NULL, &r.head},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options), code;
    bool list = n == 1 && strcmp(argv[1], "list") == 0;
    int32_t day = r.since ? date_parse(r.since) : 0;
    struct conf *c;

    if (n != 1 || (!list && strcmp(argv[1], "verify") != 0) || (r.since && !day))
        return cmd_usage("audit");
    c = live_conf();
    if (!c)
        return EXIT_USAGE;
    code =
        list ? live_each(c, TOPIC_AUDIT, day ? ms_of(day, 0, 0, 0, 0, 0) : 0, false, on_record, &r)
             : verify(c, &r);
    conf_free(c);
    return code;
}
