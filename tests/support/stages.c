/* stages.c - sample events through coder, validator, build, deliver, a payer and follow */
#include "tests/support/stages.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "common/base/date.h"
#include "common/sys/file.h"
#include "services/coder/coder.h"
#include "services/intake/intake.h"
#include "services/sandbox/sandbox.h"
#include "services/submitter/submitter.h"
#include "services/validator/validator.h"
#include "tests/support/folder.h"

enum { DAYS_LIVED = 6, ROUNDS = 100, EVENTS_MAX = 64, MEMORY = 64 << 20, DAY_MS = 86400000 };

const struct svc_spec *const stage_specs[STAGE_MAX] = {
    [STAGE_CODER] = &coder_spec,
    [STAGE_VALIDATOR] = &validator_spec,
    [STAGE_BUILD] = &submitter_build_spec,
    [STAGE_DELIVER] = &submitter_deliver_spec,
    [STAGE_FOLLOW] = &submitter_follow_spec,
};

/* What is only needed while the days are lived. */
struct living {
    struct stages *s;
    struct svc_sim *sims[STAGE_MAX];
    size_t done[STAGE_MAX];
    struct arena *a;
    int64_t now_ms;
    size_t paid;
};

/* must - a step of the harness itself */
static void must(bool fine, const char *what, const struct err *e)
{
    if (fine)
        return;
    fprintf(stderr, "stages: %s: %s\n", what, e ? e->text : "");
    abort();
}

/* keep - a step at the end of a worker's */
static struct stage_step *keep(struct stages *s, enum stage which)
{
    struct stage_step **list = &s->steps[which];

    *list = realloc(*list, (s->n[which] + 1) * sizeof(**list));
    must(*list != NULL, "memory", NULL);
    memset(&(*list)[s->n[which]], 0, sizeof(**list));
    return &(*list)[s->n[which]++];
}

/* give - a record to a worker, and remembers that it was given */
static void give(struct living *l, enum stage which, enum topic t, const char *key,
                 const char *ce_id, const void *value, size_t n)
{
    struct stage_step *step = keep(l->s, which);
    struct err e = {0};

    *step = (struct stage_step){.topic = t,
                                .key = strdup(key),
                                .ce_id = strdup(ce_id),
                                .value = malloc(n + 1),
                                .n = n,
                                .now_ms = l->now_ms};
    must(step->key && step->ce_id && step->value, "memory", NULL);
    memcpy(step->value, value, n);
    must(stages_step(l->sims[which], step, &e) == 0, stage_specs[which]->name, &e);
}

/* consumes - does a worker read a topic? */
static bool consumes(enum stage which, enum topic t)
{
    for (const enum topic *c = stage_specs[which]->consume; *c != TOPIC_NONE; c++)
        if (*c == t)
            return true;
    return false;
}

/* spread - what one said, to all who read it */
static void spread(struct living *l, const struct svc_sim_output *o)
{
    must(!o->dead, o->dead_reason ? o->dead_reason : "a dead letter", NULL);
    l->paid += o->topic == TOPIC_REMITTANCES;
    for (int i = 0; i < STAGE_MAX; i++)
        if (consumes((enum stage)i, o->topic))
            give(l, (enum stage)i, o->topic, o->key, o->ce_id, o->value, o->value_len);
}

/* run - until nobody has anything more to say */
static void run(struct living *l)
{
    bool moved = true;

    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (int i = 0; i < STAGE_MAX; i++)
            for (; l->done[i] < svc_sim_count(l->sims[i]); l->done[i]++) {
                spread(l, svc_sim_output(l->sims[i], l->done[i]));
                moved = true;
            }
    }
}

/* pass - time goes by everywhere */
static void pass(struct living *l, int64_t ms)
{
    l->now_ms += ms;
    for (int i = 0; i < STAGE_MAX; i++) {
        struct err e = {0};
        struct stage_step *step = keep(l->s, (enum stage)i);

        step->now_ms = l->now_ms;
        must(stages_step(l->sims[i], step, &e) == 0, stage_specs[i]->name, &e);
    }
    run(l);
}

/* on_message - an event to the coder: an intake_sink */
static int on_message(void *arg, const struct intake_result *r, struct err *e)
{
    struct living *l = arg;
    struct intake_record records[EVENTS_MAX];
    size_t n = intake_records(r, records, EVENTS_MAX);

    for (size_t i = 0; i < n; i++) {
        uint8_t *bytes;
        size_t len;

        must(event_pack(l->a, &records[i].event->base, &bytes, &len, e) == 0, "an event", e);
        give(l, STAGE_CODER, TOPIC_ENCOUNTERS, records[i].key, records[i].ce_id, bytes, len);
    }
    return 0;
}

/* read_events - of every sample of a format */
static void read_events(struct living *l, const char *pattern, intake_each_fn each)
{
    static const struct intake_conf conf = {.secret = "s",
                                            .facility = "RIVERBEND MEDICAL GROUP",
                                            .max_bytes = 1 << 20,
                                            .charset = "UNICODE UTF-8"};
    struct arena *a = arena_new(MEMORY);
    struct err e = {0};
    glob_t g;

    must(a && glob(pattern, 0, NULL, &g) == 0, pattern, NULL);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct buf b;

        buf_init(&b);
        must(file_read(g.gl_pathv[i], 1 << 20, &b, &e) == 0, g.gl_pathv[i], &e);
        struct intake_input in = {.source = "sample",
                                  .bytes = b.data,
                                  .n = b.len,
                                  .message = 1,
                                  .received_ms = l->now_ms};
        must(each(&conf, a, &in, on_message, l, &e) == 0, g.gl_pathv[i], &e);
        buf_release(&b);
        run(l);
    }
    globfree(&g);
    arena_free(a);
}

/* live - the samples come, days pass, a payer answers */
static void live(struct living *l)
{
    static const char *const boxes[] = {"CLRHOUSE01", "MEDICARE01", NULL};
    struct sandbox payer = {.seed = "1", .pay_after_ms = 1000};
    struct box box[2];
    struct err e = {0};

    must(mix_parse("paid=1,reduced=1,denied=1", &payer.mix, &e) == 0, "mix", &e);
    for (int i = 0; boxes[i]; i++) {
        char out[400], in[400];

        snprintf(out, sizeof(out), "%s/out/%s", l->s->mail, boxes[i]);
        snprintf(in, sizeof(in), "%s/in/%s", l->s->mail, boxes[i]);
        must(box_open(&box[i], &payer, out, in, &e) == 1, "box", &e);
    }
    read_events(l, "deploy/seed/encounters/*.hl7", intake_hl7_each);
    read_events(l, "deploy/seed/encounters/*.json", intake_fhir_each);
    for (int day = 0; day < DAYS_LIVED; day++) {
        pass(l, DAY_MS);
        pass(l, 2000);
        for (int i = 0; boxes[i]; i++)
            must(box_turn(&box[i], l->now_ms, NULL, &e) == 0, "payer", &e);
    }
    for (int i = 0; boxes[i]; i++)
        box_close(&box[i]);
    must(l->paid > 0, "no claim was paid", NULL);
}

/* configure - a worker's settings: the defaults, and folders of our own */
static void configure(struct stages *s, enum stage which)
{
    const struct conf_row *const rows[] = {svc_settings, stage_specs[which]->settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);

    must(c != NULL, stage_specs[which]->name, &e);
    s->confs[which] = c;
    if (which == STAGE_DELIVER)
        must(conf_set(c, "MAIL_DIR", s->mail, &e) == 0 &&
                 conf_set(c, "REPLIES_SETTLE_MS", "0", &e) == 0 &&
                 conf_set(c, "REPLIES_POLL_MS", "0", &e) == 0,
             "deliver", &e);
}

/* stages_worker - see stages.h */
struct svc_sim *stages_worker(struct stages *s, enum stage which, struct err *e)
{
    return svc_sim_new(stage_specs[which], s->confs[which], s->loading.tables, e);
}

/* stages_step - see stages.h */
int stages_step(struct svc_sim *sim, const struct stage_step *t, struct err *e)
{
    if (t->topic == TOPIC_NONE)
        return svc_sim_clock(sim, t->now_ms, e);
    return svc_sim_feed_bytes(sim, t->topic, 0, t->key, t->ce_id, t->value, t->n, t->now_ms, e);
}

/* stages_open - see stages.h */
void stages_open(struct stages *s, const char *name)
{
    struct living l = {.s = s, .a = arena_new(MEMORY), .now_ms = ms_of(20261121, 8, 0, 0, 0, 0)};
    struct err e = {0};

    memset(s, 0, sizeof(*s));
    folder_make(s->root, sizeof(s->root), name);
    snprintf(s->mail, sizeof(s->mail), "%s/mail", s->root);
    must(l.a && mkdir(s->mail, 0700) == 0, s->mail, NULL);
    loading_begin(&s->loading, NULL);
    loading_seed(&s->loading);
    for (int i = 0; i < STAGE_MAX; i++) {
        configure(s, (enum stage)i);
        l.sims[i] = stages_worker(s, (enum stage)i, &e);
        must(l.sims[i] != NULL, stage_specs[i]->name, &e);
    }
    live(&l);
    for (int i = 0; i < STAGE_MAX; i++)
        svc_sim_free(l.sims[i]);
    arena_free(l.a);
}

/* stages_close - see stages.h */
void stages_close(struct stages *s)
{
    for (int i = 0; i < STAGE_MAX; i++) {
        for (size_t k = 0; k < s->n[i]; k++) {
            free(s->steps[i][k].key);
            free(s->steps[i][k].ce_id);
            free(s->steps[i][k].value);
        }
        free(s->steps[i]);
        conf_free(s->confs[i]);
    }
    loading_end(&s->loading);
    folder_remove(s->root);
}
