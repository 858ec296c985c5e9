/* cmd_x12_check.c - cleanclaim x12 check: one line per transaction set
 *
 * A line waits until its interchange has ended: a group or interchange that is refused takes its
 * sets with it, and what was found about them stands on the last of these sets. An interchange
 * without a set has one line of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/file.h"
#include "common/x12/ack.h"
#include "services/cleanclaim/x12.h"

/* What every line has; spans point into waiting.text once the line waits. */
enum { TRANSACTION, GUIDE, CONTROL, GROUP, WORDS };

struct line {
    size_t at;            /* its words, one after another, in waiting.text */
    uint16_t word[WORDS]; /* their lengths */
    json_t *findings;     /* NULL: none */
    uint32_t segments;
    bool accepted, alone; /* alone: an interchange without sets */
};

struct waiting {
    struct x12_job *job;
    const char *source;
    struct line *lines; /* of the open interchange */
    size_t n, size;
    struct buf text;
    size_t group;  /* first line of the open group */
    json_t *loose; /* found about groups without a set */
    bool loose_refused;
};

static const struct span none = {"", 0};

/* null_or_span - empty is null */
static json_t *null_or_span(struct span s)
{
    return s.p && s.n > 0 ? x12_json_span(s) : json_null();
}

/* number_or_null - 0 is null */
static json_t *number_or_null(unsigned n)
{
    return n > 0 ? json_integer(n) : json_null();
}

/* finding_json - one finding */
static json_t *finding_json(const struct x12_finding *f)
{
    json_t *o = json_pack("{s:i, s:s}", "snip", (int)f->snip, "code", f->code);

    json_object_set_new(o, "segment", f->segment[0] ? json_string(f->segment) : json_null());
    json_object_set_new(o, "position", number_or_null(f->position));
    json_object_set_new(o, "loop", f->loop[0] ? json_string(f->loop) : json_null());
    json_object_set_new(o, "element", number_or_null(f->element));
    if (f->component)
        json_object_set_new(o, "component", json_integer(f->component));
    if (f->repetition)
        json_object_set_new(o, "repetition", json_integer(f->repetition));
    if (f->note)
        json_object_set_new(o, "note", json_true());
    json_object_set_new(o, "offset", json_integer((json_int_t)f->offset));
    json_object_set_new(o, "message", json_string(f->message));
    return o;
}

/* add_findings - of a result, to a list */
static void add_findings(json_t *list, const struct x12_result *r)
{
    for (size_t i = 0; i < r->count; i++)
        json_array_append_new(list, finding_json(&r->findings[i]));
}

/* new_line - one that waits; NULL: out of memory */
static struct line *new_line(struct waiting *w, uint32_t segments, bool accepted,
                             const struct span word[WORDS])
{
    struct line *line;

    if (w->n == w->size) {
        const size_t size = w->size ? w->size * 2 : 64;

        line = realloc(w->lines, size * sizeof(*line));
        if (!line)
            return NULL;
        w->lines = line;
        w->size = size;
    }
    line = &w->lines[w->n++];
    *line = (struct line){.at = w->text.len, .segments = segments, .accepted = accepted};
    for (int i = 0; i < WORDS; i++) {
        line->word[i] = (uint16_t)(word[i].n < UINT16_MAX ? word[i].n : UINT16_MAX);
        buf_add(&w->text, word[i].p, line->word[i]);
    }
    return line;
}

/* take_set - a line that waits */
static bool take_set(struct waiting *w, const struct x12_result *r)
{
    const struct x12_envelope *e = r->envelope;
    const struct span word[WORDS] = {[TRANSACTION] = e->st[1],
                                     [GUIDE] = r->guide[0] ? span_of(r->guide) : e->gs[8],
                                     [CONTROL] = e->st[2],
                                     [GROUP] = e->gs[6]};
    struct line *line = new_line(w, r->segments, r->accepted, word);

    if (line && r->count > 0)
        add_findings(line->findings = json_array(), r);
    return line != NULL;
}

/* findings_of - its list, made if need be */
static json_t *findings_of(struct line *line)
{
    if (!line->findings)
        line->findings = json_array();
    return line->findings;
}

/* refuse_from - lines from number `first` on go with what contains them; its findings to the last
 */
static void refuse_from(struct waiting *w, size_t first, const struct x12_result *r)
{
    for (size_t i = first; !r->accepted && i < w->n; i++)
        w->lines[i].accepted = false;
    if (r->count == 0 && r->accepted)
        return;
    if (w->n > first) {
        add_findings(findings_of(&w->lines[w->n - 1]), r);
    } else {
        add_findings(w->loose, r);
        w->loose_refused = w->loose_refused || !r->accepted;
    }
}

/* word_of - one of a line's words */
static struct span word_of(const struct waiting *w, const struct line *line, int which)
{
    size_t at = line->at;

    for (int i = 0; i < which; i++)
        at += line->word[i];
    return (struct span){w->text.data ? w->text.data + at : "", line->word[which]};
}

/* line_json - as cli.md has it */
static json_t *line_json(const struct waiting *w, const struct line *line, struct span interchange)
{
    json_t *o = json_object();

    json_object_set_new(o, "source", json_string(w->source));
    json_object_set_new(o, "transaction", null_or_span(word_of(w, line, TRANSACTION)));
    json_object_set_new(o, "guide", null_or_span(word_of(w, line, GUIDE)));
    json_object_set_new(o, "control", null_or_span(word_of(w, line, CONTROL)));
    json_object_set_new(o, "segments", json_integer(line->segments));
    json_object_set_new(o, "accepted", json_boolean(line->accepted));
    json_object_set_new(o, "findings", line->findings ? line->findings : json_array());
    if (line->alone)
        return o;
    json_object_set_new(o, "group", null_or_span(word_of(w, line, GROUP)));
    json_object_set_new(o, "interchange", null_or_span(interchange));
    return o;
}

/* print_text - a line for people, its findings below it */
static void print_text(const json_t *line)
{
    size_t i;
    json_t *f;
    const char *transaction = json_string_value(json_object_get(line, "transaction"));
    const char *guide = json_string_value(json_object_get(line, "guide"));
    const char *control = json_string_value(json_object_get(line, "control"));

    printf("%-9s %-4s %-13s %-10s %6d segments  %s\n",
           json_is_true(json_object_get(line, "accepted")) ? "accepted" : "refused",
           transaction ? transaction : "-", guide ? guide : "-", control ? control : "-",
           (int)json_integer_value(json_object_get(line, "segments")),
           json_string_value(json_object_get(line, "source")));
    json_array_foreach(json_object_get(line, "findings"), i, f)
        printf("          SNIP %d  %-10s segment %-5d %s\n",
               (int)json_integer_value(json_object_get(f, "snip")),
               json_string_value(json_object_get(f, "code")),
               (int)json_integer_value(json_object_get(f, "position")),
               json_string_value(json_object_get(f, "message")));
}

/* flush - all lines of the interchange */
static void flush(struct waiting *w, struct span interchange)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct line *line = &w->lines[i];
        const bool clean = line->accepted && json_array_size(line->findings) == 0;
        json_t *o = line_json(w, line, interchange);

        if (!clean)
            w->job->result = cmd_worse(w->job->result, EXIT_FOUND);
        if (!w->job->json)
            print_text(o);
        if (w->job->json)
            cmd_json(o);
        else
            json_decref(o);
    }
    buf_reset(&w->text);
    json_array_clear(w->loose);
    w->loose_refused = false;
    w->n = w->group = 0;
}

/* take_interchange - its own line where it has no sets */
static bool take_interchange(struct waiting *w, const struct x12_result *r)
{
    const struct x12_envelope *e = r->envelope;
    const struct span word[WORDS] = {[TRANSACTION] = r->ta1 > 0 ? span_of("TA1") : none,
                                     [GUIDE] = none,
                                     [CONTROL] = e->isa[13],
                                     [GROUP] = none};
    const bool alone = w->n == 0;
    struct line *line;

    refuse_from(w, 0, r);
    line =
        alone ? new_line(w, r->ta1, r->accepted && !w->loose_refused, word) : &w->lines[w->n - 1];
    if (!line)
        return false;
    line->alone = alone;
    json_array_extend(findings_of(line), w->loose);
    flush(w, e->isa[13]);
    return true;
}

/* write_answer - one file in --ack DIR, named by kind, who is answered, and their number */
static void write_answer(struct x12_job *job, const char *kind, const struct x12_envelope *e,
                         struct span text)
{
    char name[96] = "", path[4096];
    size_t n = (size_t)snprintf(name, sizeof(name), "%s_", kind);
    struct err err;

    if (text.n == 0)
        return;
    for (unsigned k = 6; k <= 13; k += 7) {
        for (size_t i = 0; i < e->isa[k].n && n < sizeof(name) - 16; i++)
            if (str_is_alnum_upper((char[]){e->isa[k].p[i], '\0'}))
                name[n++] = e->isa[k].p[i];
        name[n++] = k == 6 ? '_' : '\0';
    }
    n = strlen(name);
    for (unsigned copy = 1; copy < 1000; copy++) {
        if (copy > 1)
            snprintf(name + n, sizeof(name) - n, "_%u.x12", copy);
        else
            snprintf(name + n, sizeof(name) - n, ".x12");
        if (file_join(path, sizeof(path), job->ack_dir, name) && !file_exists(path))
            break;
    }
    if (file_write(job->ack_dir, name, text.p, text.n, &err) != 0)
        job->result = cmd_worse(job->result, cmd_fail(&err));
}

/* take - a result of the check */
static int take(void *arg, const struct x12_result *r)
{
    struct waiting *w = arg;
    bool ok = true;

    if (w->job->ack)
        x12_ack_add(w->job->ack, r);
    if (w->job->ack && r->level == X12_INTERCHANGE) {
        write_answer(w->job, "TA1", r->envelope, x12_ack_ta1(w->job->ack));
        write_answer(w->job, "999", r->envelope, x12_ack_999(w->job->ack));
    }
    if (r->level == X12_SET) {
        ok = take_set(w, r);
    } else if (r->level == X12_GROUP) {
        refuse_from(w, w->group, r);
        w->group = w->n;
    } else {
        ok = take_interchange(w, r);
    }
    return ok ? 0 : EXIT_GONE;
}

/* x12_check_file - one file, of any size */
int x12_check_file(void *arg, struct cmd_stream *f)
{
    struct x12_job *job = arg;
    const struct x12_check_options o = {.guides = job->guides, .snip = job->snip};
    struct waiting w = {.job = job, .source = f->name, .loose = json_array()};
    struct x12_reader r;
    struct err e;
    int result;

    buf_init(&w.text);
    x12_reader_init(&r, f->data, f->size);
    r.fill = cmd_stream_fill;
    r.fill_arg = f;
    result = x12_check_stream(&r, &f->keep, &o, take, &w, &e);
    if (result < 0)
        result = cmd_fail(&e);
    free(w.lines);
    buf_release(&w.text);
    json_decref(w.loose);
    return result;
}
