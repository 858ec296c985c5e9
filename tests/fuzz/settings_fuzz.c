/* settings_fuzz.c - any text as an environment, line by line NAME=VALUE: a program starts, or says
 * which setting is wrong and never what a secret holds; librdkafka's properties pass through
 *
 * The first byte picks the program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/bus/handle.h"
#include "common/sys/log.h"
#include "common/svc/svc.h"
#include "services/coder/coder.h"
#include "services/intake/intake.h"
#include "services/sandbox/sandbox.h"
#include "services/submitter/submitter.h"
#include "services/validator/validator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 4096, NAME = 160, KINDS = 5 };

/* A program: its rows, and what reads them at its start. */
struct program {
    const struct svc_spec *spec;
    const struct conf_row *rows;
};

static const struct program programs[] = {
    {&coder_spec, NULL},
    {&validator_spec, NULL},
    {&submitter_build_spec, NULL},
    {&submitter_deliver_spec, NULL},
    {&submitter_follow_spec, NULL},
    {NULL, intake_settings},
    {NULL, sandbox_settings},
};

/* must - holds, or the input is a finding */
static void must(bool fine)
{
    if (!fine)
        abort();
}

/* is_secret - does a file or value of this name stand for a secret? */
static bool is_secret(const struct conf_row *const *tables, const char *name)
{
    for (; *tables; tables++)
        for (const struct conf_row *r = *tables; r->name; r++)
            if (r->type == CONF_SECRET && str_eq(r->name, name))
                return true;
    return false;
}

/* refused - why, without the secrets that were given */
static void refused(const struct conf_row *const *tables, const struct err *e)
{
    must(e->class == ERR_FATAL && e->code[0] && e->text[0]);
    for (char **p = environ; p && *p; p++) {
        const char *equals = strchr(*p, '=');
        char name[NAME] = "";

        if ((size_t)(equals - *p) >= NAME)
            continue;
        memcpy(name, *p, (size_t)(equals - *p));
        if (is_secret(tables, name) && strlen(equals + 1) > 8)
            must(!strstr(e->text, equals + 1));
    }
}

/* begin - what a program makes of its settings at its start */
static void begin(const struct program *p, struct conf *c, const struct conf_row *const *tables)
{
    struct err e = {0};

    if (p->spec) {
        struct svc_sim *s = svc_sim_new(p->spec, c, NULL, &e);

        if (!s)
            refused(tables, &e);
        svc_sim_free(s);
    } else if (p->rows == intake_settings) {
        struct intake_conf *i = intake_conf_new(c, &e);

        if (!i)
            refused(tables, &e);
        intake_conf_free(i);
    }
}

/* connect_to - librdkafka's properties, for each kind of client */
static void connect_to(const struct conf *c, const struct conf_row *const *tables)
{
    static const enum bus_kind kinds[KINDS] = {BUS_CONSUMER, BUS_TRANSACTOR, BUS_PRODUCER,
                                               BUS_READER, BUS_WATCHER};
    struct err e = {0};

    if (bus_check_prefix(c, &e) != 0) {
        refused(tables, &e);
        return;
    }
    for (int i = 0; i < KINDS; i++) {
        rd_kafka_conf_t *k = bus_conf(kinds[i], c, "fuzz", "fuzz-1", &e);

        if (k)
            rd_kafka_conf_destroy(k);
        else
            refused(tables, &e);
    }
}

/* set_all - the environment is these lines and nothing else; what would open files outside of ours,
 * or load code, is left out */
static void set_all(char *text)
{
    char *rest = text, *line;

    clearenv();
    while ((line = strsep(&rest, "\n"))) {
        char *equals = strchr(line, '=');

        if (!equals || equals == line || strstr(line, "PLUGIN") || strstr(line, "_FILE=") ||
            strstr(line, "_DIR="))
            continue;
        *equals = '\0';
        setenv(line, equals + 1, 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct program *p;
    char text[MOST];
    struct err e = {0};
    struct conf *c;

    if (size < 2 || size > MOST)
        return 0;
    log_open("fuzz", LOG_ERROR, LOG_KEY_VALUE);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    p = &programs[data[0] % (sizeof(programs) / sizeof(programs[0]))];
    const struct conf_row *const tables[] = {svc_settings, bus_settings,
                                             p->spec ? p->spec->settings : p->rows, NULL};
    set_all(text);
    c = conf_load(tables, &e);
    if (c) {
        begin(p, c, tables);
        connect_to(c, tables);
    } else {
        refused(tables, &e);
    }
    conf_free(c);
    return 0;
}
