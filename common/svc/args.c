/* args.c - main of every worker: what the command line may say */
#include <microhttpd.h>
#include <stdio.h>

#include "common/base/str.h"
#include "common/svc/work.h"
#include "common/sys/harden.h"
#include "common/sys/metric.h"

/* svc_uses_bus - does the stage touch Kafka at all? */
bool svc_uses_bus(const struct svc_spec *s)
{
    return s->consume || s->produce;
}

/* svc_setting_tables - the rows that concern a stage; NULL-ended */
void svc_setting_tables(const struct svc_spec *s, const struct conf_row *out[CONF_TABLES_MAX])
{
    size_t n = 0;

    if (s->settings)
        out[n++] = s->settings;
    out[n++] = svc_settings;
    if (svc_uses_bus(s))
        out[n++] = bus_settings;
    if (s->tables)
        out[n++] = store_settings;
    out[n] = NULL;
}

/* print_topics - "consumes a, b" */
static void print_topics(const char *verb, const enum topic *t)
{
    if (!t || *t == TOPIC_NONE)
        return;
    printf("%s", verb);
    for (; *t != TOPIC_NONE; t++)
        printf(" %s", topic_row(*t)->name);
    printf("\n");
}

/* print_help - for people, or the rows of the README's table */
static int print_help(const struct svc_spec *s, bool markdown)
{
    const struct conf_row *tables[CONF_TABLES_MAX];

    svc_setting_tables(s, tables);
    if (!markdown) {
        printf("%s - %s\n\n", s->name, s->sentence);
        print_topics("consumes", s->consume);
        print_topics("produces", s->produce);
        if (s->state != TOPIC_NONE)
            printf("remembers in %s\n", topic_row(s->state)->name);
        printf("\nSettings (environment):\n");
    }
    conf_help(stdout, tables, markdown);
    return 0;
}

/* svc_versions - ours and the libraries' */
const char *svc_versions(char out[SVC_VERSIONS])
{
    char bus[80];

    snprintf(out, SVC_VERSIONS,
             "%s, %s, protobuf-c %s (built with %s), libmicrohttpd %s (built with %x)",
             bus_version(bus, sizeof(bus)), state_version(), protobuf_c_version(),
             PROTOBUF_C_VERSION, MHD_get_version(), (unsigned)MHD_VERSION);
    return out;
}

/* concerns - does the stage have the metric? */
static bool concerns(const struct svc_spec *s, const char *of)
{
    if (str_eq(of, "bus"))
        return svc_uses_bus(s);
    if (str_eq(of, "loop"))
        return s->consume != NULL;
    if (str_eq(of, "source"))
        return !s->consume && s->produce;
    if (str_eq(of, "state"))
        return s->state != TOPIC_NONE;
    if (str_eq(of, "tables"))
        return s->tables != NULL;
    return str_eq(of, "all") || str_eq(of, s->name);
}

/* print_metrics - the stage's rows as a Markdown table */
static int print_metrics(const struct svc_spec *s)
{
    static const char *const types[] = {"counter", "gauge", "histogram"};

    printf("| metric | type | unit | labels | what |\n|---|---|---|---|---|\n");
    for (int i = 0; i < METRIC_MAX; i++) {
        const struct metric_row *r = &metric_rows[i];
        const char *stage = str_starts(r->name, "process_") ? "" : "stage";

        if (concerns(s, r->of))
            printf("| `%s` | %s | %s | %s%s%s | %s |\n", r->name, types[r->type], r->unit, stage,
                   stage[0] && r->labels[0] ? "," : "", r->labels, r->help);
    }
    return 0;
}

/* print_version - one line */
static int print_version(const struct svc_spec *s)
{
    char text[SVC_VERSIONS];

    printf("cleanclaim %s %s: %s\n", s->name, CC_VERSION, svc_versions(text));
    return 0;
}

/* svc_main - its forms */
int svc_main(const struct svc_spec *spec, int argc, char **argv)
{
    struct err e;

    if (harden_process(&e) < 0) {
        fprintf(stderr, "%s: error: %s\n", spec->name, e.text);
        return SVC_EXIT_GONE;
    }
    if (argc == 2 && (str_eq(argv[1], "--help") || str_eq(argv[1], "-h")))
        return print_help(spec, false);
    if (argc == 2 && str_eq(argv[1], "--help-markdown"))
        return print_help(spec, true);
    if (argc == 2 && str_eq(argv[1], "--help-metrics"))
        return print_metrics(spec);
    if (argc == 2 && str_eq(argv[1], "--version"))
        return print_version(spec);
    if (argc > 1) {
        fprintf(stderr,
                "%s: error: no arguments but --help, --help-markdown, --help-metrics, --version; "
                "settings come "
                "from the environment\n",
                spec->name);
        return SVC_EXIT_SETTING;
    }
    return svc_run(spec);
}
