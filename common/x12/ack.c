/* ack.c - what a receiver answers: TA1 for the interchange, a 999 for each group (billing
 * §4.2, 4.3)
 *
 * Sets are written as they are reported, into the group's part; the group's end adds what it
 * counts. An interchange that is refused gets a TA1 and no 999: nothing of it was taken. */
#include "common/x12/ack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/envelope.h"

enum { REASONS_MAX = 5, VALUE_MAX = 99, ID_TEXT = 16 };

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
    uint16_t order[X12_FINDINGS_MAX];
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

/* reason - what stands behind the prefix of a code ("IK304=" of "IK304=7"); NULL: another answer's
 */
static const char *reason(const char *code, const char *prefix)
{
    const size_t n = strlen(prefix);

    return strncmp(code, prefix, n) == 0 ? code + n : NULL;
}

/* put_reasons - the different reasons of a level, five at most; returns how many */
static unsigned put_reasons(struct x12_writer *w, const struct x12_result *r, const char *prefix,
                            unsigned room)
{
    const char *put[REASONS_MAX];
    unsigned n = 0;

    for (size_t i = 0; i < r->count && n < room; i++) {
        const char *why = reason(r->findings[i].code, prefix);
        bool known = !why;

        for (unsigned k = 0; k < n; k++)
            known = known || strcmp(put[k], why) == 0;
        if (known)
            continue;
        put[n++] = why;
        x12_put(w, why);
    }
    return n;
}

/* put_id - a segment's id as a 999 may say it: two or three letters and digits */
static void put_id(struct x12_writer *w, const char *id)
{
    const size_t n = strlen(id);

    x12_put(w, n >= 2 && n <= 3 && str_is_alnum_upper(id) ? id : "ZZZ");
}

/* put_segment - IK3, and CTX where a claim is known */
static void put_segment(struct x12_writer *w, const struct x12_result *r,
                        const struct x12_finding *f)
{
    const char *why = reason(f->code, "IK304=");
    char loop[5];

    str_copy(loop, sizeof(loop), f->loop);
    x12_begin(w, "IK3");
    put_id(w, f->segment);
    x12_number(w, f->position);
    x12_put(w, strcmp(loop, "ST") == 0 ? "" : loop);
    x12_put(w, why ? why : "8");
    x12_end(w);
    if (f->claim.n == 0 || !span_is(r->envelope->st[1], "837"))
        return;
    x12_begin(w, "CTX");
    x12_put(w, "CLM01");
    x12_sub_span(w, f->claim);
    x12_end(w);
}

/* put_element - IK4 */
static void put_element(struct x12_writer *w, const struct x12_finding *f)
{
    struct span value = f->value;
    char number[8];

    value.n = value.n > VALUE_MAX ? VALUE_MAX : value.n;
    x12_begin(w, "IK4");
    x12_number(w, f->element);
    snprintf(number, sizeof(number), "%u", f->component);
    x12_sub(w, f->component ? number : "");
    snprintf(number, sizeof(number), "%u", f->repetition);
    x12_sub(w, f->repetition ? number : "");
    if (f->data_element > 0)
        x12_number(w, f->data_element);
    else
        x12_skip(w, 1);
    x12_put(w, reason(f->code, "IK403="));
    x12_put_span(w, span_trim(value));
    x12_end(w);
}

/* sort - findings by position, those of one segment together; few, and nearly sorted */
static size_t sort(struct x12_ack *a, const struct x12_result *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->count && i < X12_FINDINGS_MAX; i++) {
        const struct x12_finding *f = &r->findings[i];
        size_t k;

        if (f->position == 0 || (!reason(f->code, "IK304=") && !reason(f->code, "IK403=")))
            continue;
        for (k = n++; k > 0 && r->findings[a->order[k - 1]].position > f->position; k--)
            a->order[k] = a->order[k - 1];
        a->order[k] = (uint16_t)i;
    }
    return n;
}

/* same_segment - may both stand under one IK3? */
static bool same_segment(const struct x12_finding *a, const struct x12_finding *b)
{
    return a->position == b->position && strcmp(a->segment, b->segment) == 0 &&
           strcmp(a->loop, b->loop) == 0 && reason(a->code, "IK403=") && reason(b->code, "IK403=");
}

/* put_result - IK5: accepted, accepted with errors noted, or refused and why */
static void put_result(struct x12_ack *a, struct x12_writer *w, const struct x12_result *r)
{
    bool syntax = false, guide = false;
    unsigned n;

    for (size_t i = 0; i < r->count; i++) {
        const struct x12_finding *f = &r->findings[i];
        const bool placed = reason(f->code, "IK304=") || reason(f->code, "IK403=");

        syntax = syntax || (placed && f->snip == 1);
        guide = guide || (placed && f->snip > 1);
    }
    x12_begin(w, "IK5");
    x12_put(w, !r->accepted ? "R" : r->count > 0 ? "E" : "A");
    n = put_reasons(w, r, "IK502=", REASONS_MAX - 2);
    if (syntax || (!r->accepted && n == 0 && !guide))
        x12_put(w, "5");
    if (guide)
        x12_put(w, "I5");
    x12_end(w);
    a->set_noted = a->set_noted || (r->accepted && r->count > 0);
}

/* writer_to - with the answers' delimiters */
static struct x12_writer writer_to(const struct x12_ack *a, struct buf *out)
{
    struct x12_writer w;

    x12_writer_init(&w, out, NULL);
    w.newline = a->o.newline;
    return w;
}

/* put_span_of - an envelope's element, empty when it was not there */
static void put_span_of(struct x12_writer *w, struct span s)
{
    x12_put_span(w, s.p ? s : span_of(""));
}

/* put_number - a control number as quoted; one that could not stand in an answer is made to: digits
 * only (groups), zeros in front up to four (sets) */
static void put_number(struct x12_writer *w, struct span s, bool group)
{
    char text[10] = "";
    size_t n = 0;

    for (size_t i = 0; s.p && i < s.n && n < 9; i++)
        if ((s.p[i] >= '0' && s.p[i] <= '9') || (!group && s.p[i] > ' ' && s.p[i] <= '~'))
            text[n++] = s.p[i];
    for (; n < (group ? 1u : 4u); n++) {
        memmove(text + 1, text, n);
        text[0] = '0';
    }
    x12_put(w, text);
}

/* add_set - AK2 to IK5 */
static void add_set(struct x12_ack *a, const struct x12_result *r)
{
    struct x12_writer w = writer_to(a, &a->sets);
    const struct x12_envelope *e = r->envelope;
    const size_t n = sort(a, r);
    const struct x12_finding *last = NULL;

    x12_begin(&w, "AK2");
    put_span_of(&w, e->st[1]);
    put_number(&w, e->st[2], false);
    put_span_of(&w, e->st[3]);
    x12_end(&w);
    for (size_t i = 0; i < n; i++) {
        const struct x12_finding *f = &r->findings[a->order[i]];

        if (!last || !same_segment(last, f))
            put_segment(&w, r, f);
        if (reason(f->code, "IK403=") && f->element > 0)
            put_element(&w, f);
        last = f;
    }
    put_result(a, &w, r);
    a->set_segments += w.segments;
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
    (void)put_reasons(w, r, "AK905=", REASONS_MAX);
    x12_end(w);
}

/* begin_group - GS and ST of one 999, from those that are answered */
static void begin_group(const struct x12_ack *a, struct x12_writer *w, const struct x12_envelope *e)
{
    char hhmm[8];

    x12_begin(w, "GS");
    x12_put(w, "FA");
    put_span_of(w, e->gs[3]);
    put_span_of(w, e->gs[2]);
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
    put_span_of(w, e->gs[1]);
    put_number(w, e->gs[6], true);
    put_span_of(w, e->gs[8]);
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
    const char *note = "000";

    for (size_t i = 0; i < r->count && strcmp(note, "000") == 0; i++)
        if (reason(r->findings[i].code, "TA105="))
            note = reason(r->findings[i].code, "TA105=");
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
