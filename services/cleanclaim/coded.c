/* coded.c - files through intake and coder, in memory */
#include "services/cleanclaim/coded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/digest.h"
#include "services/intake/intake.h"

enum { EVENTS_LIMIT = 2000000000, MESSAGE_LIMIT = 1 << 30, VISIT_LIMIT = 1 << 28 };

/* A note, and before how many events it stands. */
struct note {
    const char *source, *text;
    size_t n, before;
};

struct coded {
    const struct tables *tables;
    struct conf *conf;
    struct intake_conf *intake;
    struct arena *keep, *message, *visit;
    struct text_shelf *shelf;
    CcEncounter **events;
    size_t n;
    struct note *notes;
    size_t n_notes;
    struct coder_past past;
    int result; /* of the file in hand */
};

/* coded_open - with the settings of the environment */
struct coded *coded_open(const struct tables *t)
{
    const struct conf_row *const rows[] = {intake_settings, NULL};
    struct coded *c = calloc(1, sizeof(*c));
    struct err e = {0};

    if (!c)
        return NULL;
    c->tables = t;
    c->conf = cmd_conf(rows);
    c->intake = c->conf ? intake_conf_new(c->conf, &e) : NULL;
    c->keep = arena_new(EVENTS_LIMIT);
    c->message = arena_new(MESSAGE_LIMIT);
    c->visit = arena_new(VISIT_LIMIT);
    c->shelf = text_shelf_new();
    if (c->intake && c->keep && c->message && c->visit && c->shelf)
        return c;
    if (c->conf)
        cmd_fail(&e);
    coded_close(c);
    return NULL;
}

/* coded_close - accepts NULL */
void coded_close(struct coded *c)
{
    if (!c)
        return;
    text_shelf_free(c->shelf);
    arena_free(c->visit);
    arena_free(c->message);
    arena_free(c->keep);
    intake_conf_free(c->intake);
    conf_free(c->conf);
    free(c);
}

/* coded_shelf - see coded.h */
struct text_shelf *coded_shelf(const struct coded *c)
{
    return c->shelf;
}

/* say_refused - which message, and why */
static void say_refused(const struct intake_result *r)
{
    const CcEncounter *ev = r->events[0];

    fprintf(stderr, "error: %s: message %u is refused: %s\n", r->input.source, r->input.message,
            ev->n_problems ? ev->problems[0]->message : r->ack);
}

/* on_message - its events are kept */
static int on_message(void *arg, const struct intake_result *r, struct err *e)
{
    struct coded *c = arg;

    if (r->refused) {
        say_refused(r);
        c->result = EXIT_FOUND;
        return 0;
    }
    for (size_t i = 0; i < r->n; i++) {
        CcEncounter *ev = event_copy(c->keep, &r->events[i]->base);

        if (!event_push_pointer(c->keep, (void ***)(void *)&c->events, &c->n, ev))
            return err_set(e, ERR_REJECT, "size", "the files need more memory than there is");
    }
    return 0;
}

/* add_note - kept in its place among the events */
static int add_note(struct coded *c, const struct cmd_file *f)
{
    struct note *grown = arena_grow(c->keep, c->notes, c->n_notes, sizeof(*grown));
    char *text = arena_alloc(c->keep, f->size + 1), *source = arena_strdup(c->keep, f->name);
    struct err e = {0};

    if (!grown || !text || !source) {
        err_set(&e, ERR_REJECT, "size", "the files need more memory than there is");
        return cmd_fail(&e);
    }
    memcpy(text, f->data, f->size);
    c->notes = grown;
    grown[c->n_notes++] = (struct note){source, text, f->size, c->n};
    return 0;
}

/* coded_add - one file */
int coded_add(struct coded *c, const struct cmd_file *f, enum cmd_kind as)
{
    enum cmd_kind kind = as == CMD_KIND_MAX ? cmd_sniff(f->data, f->size) : as;
    struct intake_input in = {.source = f->name, .bytes = f->data, .n = f->size, .message = 1};
    struct err e = {0};

    if (kind == CMD_X12) {
        fprintf(stderr, "error: %s: X12 is no record of care; validate and x12 read it\n", f->name);
        return EXIT_USAGE;
    }
    if (kind == CMD_NOTE)
        return add_note(c, f);
    c->result = 0;
    if (intake_reader(kind == CMD_FHIR ? "fhir" : "hl7")(c->intake, c->message, &in, on_message, c,
                                                         &e) != 0)
        return cmd_fail(&e);
    return c->result;
}

/* each_note - a note's encounter is its text's hash: the same note, the same id */
static int each_note(struct coded *c, const struct note *n, coded_fn fn, void *arg)
{
    char hex[DIGEST_TEXT], id[32];
    struct coded_item item = {
        .source = n->source, .encounter = id, .note = n->text, .note_len = n->n};

    (void)c;
    digest_hex(n->text, n->n, hex);
    hex[16] = '\0';
    str_upper(hex);
    id[0] = 'E';
    memcpy(id + 1, hex, 17);
    return fn(arg, &item);
}

/* each_visit - folded and coded in memory of its own */
static int each_visit(struct coded *c, const struct coder_group *g, coded_fn fn, void *arg)
{
    struct coder_visit v;
    struct err e = {0};
    CcCodingResult *result;
    struct coded_item item = {.source = g->source, .encounter = g->encounter};

    arena_reset(c->visit);
    if (coder_fold(c->visit, g->events, g->n, g->of_patient, g->m, &v, &e) != 0)
        return cmd_fail(&e);
    v.folded->encounter = arena_strdup(c->visit, g->encounter);
    if (!v.folded->encounter || !coder_past_of(c->visit, &c->past, g->events[0]->patient_key, &v) ||
        coder_code(c->visit, c->tables, c->shelf, &v, &result, &e) != 0 ||
        !coder_past_add(c->keep, &c->past, g->events[0]->patient_key, result))
        return cmd_fail(&e);
    item.result = result;
    item.folded = v.folded;
    return fn(arg, &item);
}

/* first_event - where the encounter's first event stands */
static size_t first_event(const struct coded *c, const struct coder_group *g)
{
    size_t i = 0;

    while (i < c->n && c->events[i] != g->events[0])
        i++;
    return i;
}

/* coded_each - encounters and notes in the order of the input */
int coded_each(struct coded *c, coded_fn fn, void *arg)
{
    struct coder_group *groups;
    size_t count, note = 0;
    struct err e = {0};
    int result = 0;

    if (coder_group_events(c->keep, c->events, c->n, &groups, &count, &e) != 0)
        return cmd_fail(&e);
    for (size_t i = 0; i < count; i++) {
        size_t at = first_event(c, &groups[i]);

        for (; note < c->n_notes && c->notes[note].before <= at; note++)
            result = cmd_worse(result, each_note(c, &c->notes[note], fn, arg));
        result = cmd_worse(result, each_visit(c, &groups[i], fn, arg));
    }
    for (; note < c->n_notes; note++)
        result = cmd_worse(result, each_note(c, &c->notes[note], fn, arg));
    return result;
}
