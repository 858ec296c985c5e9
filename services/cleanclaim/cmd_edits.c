/* cmd_edits.c - cleanclaim edits [explain ID]: the catalogue, and one edit with examples made from
 * its own test cases */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/tables/made.h"
#include "services/cleanclaim/cmd.h"
#include "services/validator/validator.h"

enum { ARENA_LIMIT = 1 << 24 };

/* words - a list with commas */
static json_t *words(const char *list)
{
    json_t *out = json_array();

    while (*list) {
        size_t n = strcspn(list, ",");

        json_array_append_new(out, json_stringn(list, n));
        list += n + (list[n] == ',');
    }
    return out;
}

/* severity_word - reject hold note */
static const char *severity_word(CcSeverity s, char out[EVENT_WORD])
{
    return event_word(&cc_severity__descriptor, (int)s, false, out);
}

/* edit_json - one row */
static json_t *edit_json(const struct validator_edit *x)
{
    char word[EVENT_WORD];
    json_t *o = json_object();

    json_object_set_new(o, "edit", json_string(x->id));
    json_object_set_new(o, "severity", json_string(severity_word(x->severity, word)));
    json_object_set_new(o, "snip", json_integer(x->snip));
    json_object_set_new(o, "kinds", words(x->kinds));
    json_object_set_new(o, "authority", json_string(x->authority));
    json_object_set_new(o, "same_as", words(x->same_as));
    json_object_set_new(o, "tables", words(x->tables));
    json_object_set_new(o, "valid_from", cmd_json_date(x->valid_from));
    json_object_set_new(o, "valid_to", cmd_json_date(x->valid_to));
    json_object_set_new(o, "summary", json_string(x->summary));
    json_object_set_new(o, "fix", json_string(x->fix));
    return o;
}

/* list_all - every edit in the order in which they run */
static int list_all(bool json)
{
    struct validator_edit x;
    char word[EVENT_WORD];

    for (size_t i = 0; validator_edit_at(i, &x); i++)
        if (json)
            cmd_json(edit_json(&x));
        else
            printf("%-7s %-6s snip %u  %s\n", x.id, severity_word(x.severity, word), x.snip,
                   x.summary);
    return 0;
}

/* list_repairs - what is changed before the edits */
static int list_repairs(bool json)
{
    struct validator_repair_row x;

    for (size_t i = 0; validator_repair_at(i, &x); i++)
        if (json)
            cmd_json(json_pack("{s:s, s:s, s:s}", "repair", x.id, "what", x.what, "authority",
                               x.authority));
        else
            printf("%-7s %s\n", x.id, x.what);
    return 0;
}

/* print_example - the case, and what the edit says of it when it is run now */
static void print_example(const char *id, const struct validator_example *x)
{
    struct arena *a = arena_new(ARENA_LIMIT);
    struct validator_result r = {0};
    struct err e = {0};

    printf("\n%s: %s\n  sample claim: %s\n  changed: %s\n", x->fires ? "fires" : "does not fire",
           x->what, x->base, x->changes[0] ? x->changes : "nothing");
    if (a && validator_example_run(x, a, &r, &e) == 0)
        for (size_t i = 0; i < r.n_findings; i++)
            if (strcmp(r.findings[i]->edit, id) == 0)
                printf("  finding: %s: %s\n", r.findings[i]->element, r.findings[i]->message);
    arena_free(a);
}

/* example_json - the case and its findings */
static json_t *example_json(const char *id, const struct validator_example *x)
{
    struct arena *a = arena_new(ARENA_LIMIT);
    json_t *o = json_object(), *messages = json_array();
    struct validator_result r = {0};
    struct err e = {0};

    if (a && validator_example_run(x, a, &r, &e) == 0)
        for (size_t i = 0; i < r.n_findings; i++)
            if (strcmp(r.findings[i]->edit, id) == 0)
                json_array_append_new(messages, json_string(r.findings[i]->message));
    json_object_set_new(o, "fires", json_boolean(x->fires > 0));
    json_object_set_new(o, "what", json_string(x->what));
    json_object_set_new(o, "claim", json_string(x->base));
    json_object_set_new(o, "changed", json_string(x->changes));
    json_object_set_new(o, "messages", messages);
    arena_free(a);
    return o;
}

/* first_example - the first that fires, or that does not */
static bool first_example(const char *id, bool fires, struct validator_example *out)
{
    for (size_t i = 0; validator_example_at(id, i, out); i++)
        if ((out->fires > 0) == fires)
            return true;
    return false;
}

/* add_word - once */
static void add_word(json_t *list, const char *word)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), word) == 0)
            return;
    json_array_append_new(list, json_string(word));
}

/* elements_of - the elements of the claim that the edit points at, over all of its cases */
static json_t *elements_of(const char *id)
{
    struct arena *a = arena_new(ARENA_LIMIT);
    json_t *list = json_array();
    struct validator_example x;
    struct err e = {0};

    for (size_t i = 0; a && validator_example_at(id, i, &x); i++) {
        struct validator_result r = {0};

        if (x.fires && validator_example_run(&x, a, &r, &e) == 0)
            for (size_t k = 0; k < r.n_findings; k++)
                if (strcmp(r.findings[k]->edit, id) == 0)
                    add_word(list, r.findings[k]->element);
        arena_reset(a);
    }
    arena_free(a);
    return list;
}

/* print_words - a line of what the edit reads */
static void print_words(const char *name, json_t *list)
{
    printf("%-10s", name);
    for (size_t i = 0; i < json_array_size(list); i++)
        printf("%s %s", i ? "," : "", json_string_value(json_array_get(list, i)));
    printf("%s\n", json_array_size(list) ? "" : " none");
    json_decref(list);
}

/* explain_json - the row with both examples */
static int explain_json(const struct validator_edit *x)
{
    json_t *o = edit_json(x), *list = json_array();
    struct validator_example example;

    json_object_set_new(o, "elements", elements_of(x->id));

    for (int fires = 1; fires >= 0; fires--)
        if (first_example(x->id, fires, &example))
            json_array_append_new(list, example_json(x->id, &example));
    json_object_set_new(o, "examples", list);
    cmd_json(o);
    return 0;
}

/* validity - of the edit itself */
static void print_validity(const struct validator_edit *x)
{
    char from[DATE_TEXT], to[DATE_TEXT];

    if (!x->valid_from && !x->valid_to) {
        printf("valid      always\n");
        return;
    }
    printf("valid      %s to %s\n", x->valid_from ? date_text(x->valid_from, from) : "the start",
           x->valid_to ? date_text(x->valid_to, to) : "today");
}

/* explain - authority, inputs, an example each way */
static int explain(const char *id, bool json)
{
    struct validator_example example;
    struct validator_edit x;
    char word[EVENT_WORD], upper[32];

    str_copy(upper, sizeof(upper), id);
    str_upper(upper);
    if (!validator_edit_find(upper, &x)) {
        fprintf(stderr, "error: no edit of this id; `cleanclaim edits` lists them\n");
        return EXIT_FOUND;
    }
    if (json)
        return explain_json(&x);
    printf("%s  %s\n\nseverity   %s\nSNIP type  %u\nkinds      %s\nauthority  %s\n", x.id,
           x.summary, severity_word(x.severity, word), x.snip, x.kinds, x.authority);
    if (x.same_as[0])
        printf("same as    %s\n", x.same_as);
    print_words("tables", words(x.tables));
    print_words("elements", elements_of(x.id));
    print_validity(&x);
    printf("fix        %s\n", x.fix);
    for (int fires = 1; fires >= 0; fires--)
        if (first_example(x.id, fires, &example))
            print_example(x.id, &example);
    return 0;
}

/* rule_json - one row of the payers' rules */
static json_t *rule_json(const struct payer_rule *x, const struct edition_info *edition)
{
    static const char *const severities[] = {"", "note", "hold", "reject"};
    const struct payer_rule_cells *c = &x->cells;

    return json_pack(
        "{s:s%, s:s%, s:s%, s:s, s:s, s:s, s:s%, s:s%, s:s%, s:s%, s:s%, s:o, s:o, s:s, s:s}",
        "rule", c->rule.p, c->rule.n, "payer", c->payer.p, c->payer.n, "plan", c->plan.p, c->plan.n,
        "what", rule_what_name(x->what), "edit", x->edit, "severity", severities[x->severity],
        "codes", c->codes.p, c->codes.n, "condition", c->condition.p, c->condition.n, "value",
        c->value.p, c->value.n, "message", c->message.p, c->message.n, "authority", c->authority.p,
        c->authority.n, "valid_from", cmd_json_date(c->from), "valid_to", cmd_json_date(c->to),
        "edition", edition->edition, "asks", rule_what_help(x->what));
}

/* rule_line - for people */
static void rule_line(const struct payer_rule *x)
{
    const struct payer_rule_cells *c = &x->cells;

    printf("%-16.*s %-6s %-18s %-18.*s %.*s%s%.*s%s%.*s\n", (int)c->rule.n, c->rule.p, x->edit,
           rule_what_name(x->what), (int)c->payer.n, c->payer.p, (int)c->codes.n, c->codes.p,
           c->codes.n ? "  " : "", (int)c->condition.n, c->condition.p, c->condition.n ? "  " : "",
           (int)c->value.n, c->value.p);
}

/* list_rules - the payers' rules that are loaded */
static int list_rules(bool json, const char *dir)
{
    struct tables *t = cmd_tables_open(dir);
    const struct edition_info *i;
    const struct payer_rule *x;

    if (!t)
        return EXIT_GONE;
    for (size_t n = 0; (i = tables_edition_at(t, n)); n++)
        for (size_t k = 0; tables_payer_rules(i) && (x = payer_rules_at(tables_payer_rules(i), k));
             k++)
            if (json)
                cmd_json(rule_json(x, i));
            else
                rule_line(x);
    tables_free(t);
    return 0;
}

/* cmd_edits - see cli.md "One stage on one file" */
int cmd_edits(int argc, char **argv)
{
    bool json = false, repairs = false, rules = false;
    const char *dir = NULL;
    const struct cmd_option options[] = {{"--json", &json, NULL},
                                         {"--repairs", &repairs, NULL},
                                         {"--rules", &rules, NULL},
                                         {"--tables", NULL, &dir},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    if (n == 0 && repairs && !rules && !dir)
        return list_repairs(json);
    if (n == 0 && rules && !repairs)
        return list_rules(json, dir);
    if (repairs || rules || dir)
        return cmd_usage(argv[0]);
    if (n == 0)
        return list_all(json);
    if (n == 2 && strcmp(argv[1], "explain") == 0)
        return explain(argv[2], json);
    return cmd_usage(argv[0]);
}
