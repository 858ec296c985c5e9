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

struct waiting {
    struct x12_job *job;
    json_t *lines; /* of the open interchange */
    size_t group;  /* first line of the open group */
    json_t *loose; /* found about groups without a set */
    bool loose_refused;
};

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

/* new_line - what every line has */
static json_t *new_line(const struct waiting *w, json_t *transaction, json_t *guide,
                        json_t *control, uint32_t segments, bool accepted)
{
    json_t *o = json_object();

    json_object_set_new(o, "source", json_string(w->job->file->name));
    json_object_set_new(o, "transaction", transaction);
    json_object_set_new(o, "guide", guide);
    json_object_set_new(o, "control", control);
    json_object_set_new(o, "segments", json_integer(segments));
    json_object_set_new(o, "accepted", json_boolean(accepted));
    json_object_set_new(o, "findings", json_array());
    return o;
}

/* take_set - a line that waits */
static void take_set(struct waiting *w, const struct x12_result *r)
{
    const struct x12_envelope *e = r->envelope;
    json_t *line = new_line(w, null_or_span(e->st[1]),
                            r->guide[0] ? json_string(r->guide) : null_or_span(e->gs[8]),
                            null_or_span(e->st[2]), r->segments, r->accepted);

    json_object_set_new(line, "group", null_or_span(e->gs[6]));
    json_object_set_new(line, "interchange", null_or_span(e->isa[13]));
    add_findings(json_object_get(line, "findings"), r);
    json_array_append_new(w->lines, line);
}

/* refuse_from - lines from number `first` on go with what contains them; its findings to the last
 */
static void refuse_from(struct waiting *w, size_t first, const struct x12_result *r)
{
    const size_t n = json_array_size(w->lines);

    for (size_t i = first; !r->accepted && i < n; i++)
        json_object_set_new(json_array_get(w->lines, i), "accepted", json_false());
    if (n > first) {
        add_findings(json_object_get(json_array_get(w->lines, n - 1), "findings"), r);
    } else {
        add_findings(w->loose, r);
        w->loose_refused = w->loose_refused || !r->accepted;
    }
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
static void flush(struct waiting *w)
{
    size_t i;
    json_t *line;

    json_array_foreach(w->lines, i, line)
    {
        if (!json_is_true(json_object_get(line, "accepted")) ||
            json_array_size(json_object_get(line, "findings")) > 0)
            w->job->result = cmd_worse(w->job->result, EXIT_FOUND);
        if (w->job->json)
            cmd_json(json_incref(line));
        else
            print_text(line);
    }
    json_array_clear(w->lines);
    json_array_clear(w->loose);
    w->loose_refused = false;
    w->group = 0;
}

/* take_interchange - its own line where it has no sets */
static void take_interchange(struct waiting *w, const struct x12_result *r)
{
    const struct x12_envelope *e = r->envelope;
    json_t *line;

    refuse_from(w, 0, r);
    if (json_array_size(w->lines) == 0) {
        line = new_line(w, r->ta1 > 0 ? json_string("TA1") : json_null(), json_null(),
                        null_or_span(e->isa[13]), r->ta1, r->accepted && !w->loose_refused);
        json_array_append_new(w->lines, line);
    }
    line = json_array_get(w->lines, json_array_size(w->lines) - 1);
    json_array_extend(json_object_get(line, "findings"), w->loose);
    flush(w);
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

    if (w->job->ack)
        x12_ack_add(w->job->ack, r);
    if (w->job->ack && r->level == X12_INTERCHANGE) {
        write_answer(w->job, "TA1", r->envelope, x12_ack_ta1(w->job->ack));
        write_answer(w->job, "999", r->envelope, x12_ack_999(w->job->ack));
    }
    if (r->level == X12_SET) {
        take_set(w, r);
    } else if (r->level == X12_GROUP) {
        refuse_from(w, w->group, r);
        w->group = json_array_size(w->lines);
    } else {
        take_interchange(w, r);
    }
    return 0;
}

/* x12_check_file - one file */
int x12_check_file(void *arg, const struct cmd_file *f)
{
    struct x12_job *job = arg;
    const struct x12_check_options o = {.guides = job->guides, .snip = job->snip};
    struct waiting w = {.job = job, .lines = json_array(), .loose = json_array()};
    struct err e;
    int result = 0;

    job->file = f;
    if (x12_check(f->data, f->size, &o, take, &w, &e) != 0)
        result = cmd_fail(&e);
    json_decref(w.lines);
    json_decref(w.loose);
    return result;
}
