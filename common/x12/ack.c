/* ack.c - what a receiver answers: TA1 for the interchange, a 999 for each group (billing
 * §4.2, 4.3)
 *
 * Sets are written as they are reported, into the group's part; the group's end adds what it
 * counts. An interchange that is refused gets a TA1 and no 999: nothing of it was taken. */
#include "common/x12/ack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/ack_set.h"
#include "common/x12/envelope.h"

enum { ID_TEXT = 16 };

struct x12_ack {
    struct x12_ack_options o;
    uint32_t control; /* next */
    struct buf sets;  /* AK2 ... IK5 of the open group */
    uint32_t set_segments;
    bool set_noted;
    struct buf groups; /* whole groups of the open interchange */
    uint32_t n_groups;
    struct buf ta1, file; /* answers to the last interchange */
    bool stale;
};

/* x12_ack_new - nothing answered yet */
struct x12_ack *x12_ack_new(const struct x12_ack_options *o)
{
    struct x12_ack *a = calloc(1, sizeof(*a));

    if (!a)
        return NULL;
    a->o = *o;
    a->control = o->control ? o->control : 1;
    buf_init(&a->sets);
    buf_init(&a->groups);
    buf_init(&a->ta1);
    buf_init(&a->file);
    return a;
}

/* x12_ack_free - answers may quote patient data */
void x12_ack_free(struct x12_ack *a)
{
    if (!a)
        return;
    buf_wipe(&a->sets);
    buf_wipe(&a->groups);
    buf_wipe(&a->ta1);
    buf_wipe(&a->file);
    free(a);
}

/* writer_to - with the answers' delimiters */
static struct x12_writer writer_to(const struct x12_ack *a, struct buf *out)
{
    struct x12_writer w;

    x12_writer_init(&w, out, NULL);
    w.newline = a->o.newline;
    return w;
}

/* add_set - into the open group */
static void add_set(struct x12_ack *a, const struct x12_result *r)
{
    struct x12_writer w = writer_to(a, &a->sets);

    ack_put_set(&w, r);
    a->set_segments += w.segments;
    a->set_noted = a->set_noted || (r->accepted && r->count > 0);
}

/* put_group_result - AK9 */
static void put_group_result(const struct x12_ack *a, struct x12_writer *w,
                             const struct x12_result *r)
{
    const uint32_t accepted = r->accepted ? r->sets_accepted : 0;
    const bool noted = a->set_noted || r->count > 0;

    x12_begin(w, "AK9");
    x12_put(w, accepted == 0 ? "R" : accepted < r->sets ? "P" : noted ? "E" : "A");
    x12_number(w, r->sets_stated);
    x12_number(w, r->sets);
    x12_number(w, accepted);
    (void)ack_put_reasons(w, r, "AK905=", ACK_REASONS);
    x12_end(w);
}

/* begin_group - GS and ST of one 999, from those that are answered */
static void begin_group(const struct x12_ack *a, struct x12_writer *w, const struct x12_envelope *e)
{
    char hhmm[8];

    x12_begin(w, "GS");
    x12_put(w, "FA");
    x12_put_span(w, e->gs[3]);
    x12_put_span(w, e->gs[2]);
    x12_date(w, a->o.date);
    snprintf(hhmm, sizeof(hhmm), "%04d", a->o.hhmm % 10000);
    x12_put(w, hhmm);
    x12_number(w, (int64_t)a->control + a->n_groups);
    x12_put(w, "X");
    x12_put(w, "005010X231A1");
    x12_end(w);
    x12_begin(w, "ST");
    x12_put(w, "999");
    x12_put(w, "0001");
    x12_put(w, "005010X231A1");
    x12_end(w);
    x12_begin(w, "AK1");
    x12_put_span(w, e->gs[1]);
    ack_put_number(w, e->gs[6], true);
    x12_put_span(w, e->gs[8]);
    x12_end(w);
}

/* add_group - a whole GS ... GE around its sets; acknowledgments are not acknowledged */
static void add_group(struct x12_ack *a, const struct x12_result *r)
{
    struct x12_writer w = writer_to(a, &a->groups);

    if (!span_is(r->envelope->gs[1], "FA")) {
        begin_group(a, &w, r->envelope);
        buf_add(&a->groups, a->sets.data ? a->sets.data : "", a->sets.len);
        w.segments += a->set_segments;
        put_group_result(a, &w, r);
        x12_begin(&w, "SE");
        x12_number(&w, (int64_t)w.segments + 1);
        x12_put(&w, "0001");
        x12_end(&w);
        x12_begin(&w, "GE");
        x12_put(&w, "1");
        x12_number(&w, (int64_t)a->control + a->n_groups);
        x12_end(&w);
        a->n_groups++;
    }
    buf_reset(&a->sets);
    a->set_segments = 0;
    a->set_noted = false;
}

/* trimmed - an ISA element as a string */
static const char *trimmed(struct span s, char out[ID_TEXT])
{
    s = span_trim(s);
    if (s.n >= ID_TEXT)
        s.n = ID_TEXT - 1;
    memcpy(out, s.p, s.n);
    out[s.n] = '\0';
    return out;
}

/* partner_type - theirs; ZZ for one that does not exist */
static const char *partner_type(struct span s, char out[ID_TEXT])
{
    return envelope_partner_type(s) ? trimmed(s, out) : "ZZ";
}

/* begin_interchange - from their receiver to their sender */
static void begin_interchange(const struct x12_ack *a, struct x12_writer *w,
                              const struct x12_envelope *e)
{
    char from[ID_TEXT], from_type[ID_TEXT], to[ID_TEXT], to_type[ID_TEXT];
    const struct x12_isa isa = {
        .sender_qualifier = partner_type(e->isa[7], from_type),
        .sender = trimmed(e->isa[8], from),
        .receiver_qualifier = partner_type(e->isa[5], to_type),
        .receiver = trimmed(e->isa[6], to),
        .date = a->o.date,
        .hhmm = a->o.hhmm,
        .control = a->control,
        .test = span_is(e->isa[15], "T"),
    };

    x12_isa(w, &isa);
}

/* end_interchange - IEA */
static void end_interchange(const struct x12_ack *a, struct x12_writer *w, uint32_t groups)
{
    char number[16];

    x12_begin(w, "IEA");
    x12_number(w, groups);
    snprintf(number, sizeof(number), "%09u", a->control);
    x12_put(w, number);
    x12_end(w);
}

/* write_ta1 - an interchange that holds one TA1 */
static void write_ta1(struct x12_ack *a, const struct x12_result *r)
{
    const struct x12_envelope *e = r->envelope;
    struct x12_writer w = writer_to(a, &a->ta1);
    const char *note = r->count > 0 ? ack_reason(r->findings[0].code, "TA105=") : "000";

    begin_interchange(a, &w, e);
    x12_begin(&w, "TA1");
    x12_put_span(&w, e->isa[13]);
    x12_put_span(&w, e->isa[9]);
    x12_put_span(&w, e->isa[10]);
    x12_put(&w, !r->accepted ? "R" : r->count > 0 ? "E" : "A");
    x12_put(&w, note);
    x12_end(&w);
    end_interchange(a, &w, 0);
    a->control++;
}

/* write_999 - all groups in one interchange */
static void write_999(struct x12_ack *a, const struct x12_result *r)
{
    struct x12_writer w = writer_to(a, &a->file);

    begin_interchange(a, &w, r->envelope);
    buf_add(&a->file, a->groups.data, a->groups.len);
    w.mark = a->file.len;
    end_interchange(a, &w, a->n_groups);
    a->control += a->n_groups;
}

/* add_interchange - the answers; without an ISA there is nobody to answer */
static void add_interchange(struct x12_ack *a, const struct x12_result *r)
{
    const struct x12_envelope *e = r->envelope;
    const bool only_ta1 = r->groups == 0 && r->ta1 > 0;

    if (r->accepted && a->n_groups > 0)
        write_999(a, r);
    if (e->isa[13].p && !only_ta1 &&
        (a->o.always_ta1 || r->count > 0 || !r->accepted || span_is(e->isa[14], "1")))
        write_ta1(a, r);
    buf_reset(&a->groups);
    a->n_groups = 0;
    a->stale = true;
}

/* x12_ack_add - one result */
void x12_ack_add(struct x12_ack *a, const struct x12_result *r)
{
    if (a->stale) {
        buf_reset(&a->ta1);
        buf_reset(&a->file);
        a->stale = false;
    }
    if (r->level == X12_SET)
        add_set(a, r);
    else if (r->level == X12_GROUP)
        add_group(a, r);
    else
        add_interchange(a, r);
}

/* x12_ack_ta1 - of the last interchange */
struct span x12_ack_ta1(const struct x12_ack *a)
{
    return (struct span){a->ta1.len ? a->ta1.data : "", a->ta1.len};
}

/* x12_ack_999 - of the last interchange */
struct span x12_ack_999(const struct x12_ack *a)
{
    return (struct span){a->file.len ? a->file.data : "", a->file.len};
}

/* x12_ack_next_control - not used yet */
uint32_t x12_ack_next_control(const struct x12_ack *a)
{
    return a->control;
}

/* x12_ack_failed - some buffer could not grow */
bool x12_ack_failed(const struct x12_ack *a)
{
    return a->sets.failed || a->groups.failed || a->ta1.failed || a->file.failed;
}
