/* walk837.c - a file of 837s: interchanges, groups and sets around the claims */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/claim/reader.h"

enum { ISA_TEST = 15 };

/* copy_span - blanks trimmed, cut to the array */
static void copy_span(char out[READER_TEXT], struct span s)
{
    s = span_trim(s);
    if (s.n >= READER_TEXT)
        s.n = READER_TEXT - 1;
    memcpy(out, s.p, s.n);
    out[s.n] = '\0';
}

/* route_of - who sends to whom */
static struct claim_route route_of(const struct reader *r)
{
    return (struct claim_route){.sender_qualifier = r->sender_qualifier,
                                .sender_id = r->sender,
                                .receiver_qualifier = r->receiver_qualifier,
                                .receiver_id = r->receiver,
                                .submitter_name = r->submitter_name,
                                .submitter_contact = r->submitter_contact,
                                .submitter_phone = r->submitter_phone,
                                .receiver_name = r->receiver_name,
                                .test = r->test};
}

/* hand_over - to the caller; a claim, or the error that took its place */
static int hand_over(struct reader *r, CcClaim *claim, const struct err *error)
{
    const struct claim_read x = {.claim = claim,
                                 .claim_id = r->claim_id,
                                 .places = r->t.places,
                                 .faults = r->faults.item,
                                 .extras = r->extras.item,
                                 .n_faults = claim ? r->faults.n : 0,
                                 .n_extras = claim ? r->extras.n : 0,
                                 .error = error,
                                 .sender = r->sender,
                                 .receiver = r->receiver,
                                 .isa13 = r->isa13,
                                 .gs06 = r->gs06,
                                 .st02 = r->st02,
                                 .bht03 = r->bht03,
                                 .guide = r->guide,
                                 .test = r->test,
                                 .route = route_of(r),
                                 .date = r->date,
                                 .hhmm = r->hhmm,
                                 .first_segment = r->claim_position,
                                 .hl_first_segment = r->hl_position,
                                 .segments = claim ? r->last_position - r->claim_position + 1 : 0,
                                 .arena = r->of_claim};
    const int stop = r->fn(r->arg, &x);

    r->claim = NULL;
    r->t.claim = NULL;
    r->claim_position = 0;
    r->claim_id[0] = '\0';
    arena_reset(r->of_claim);
    return stop;
}

/* fill_dates - a professional claim's first and last day are those of its lines */
static void fill_dates(CcClaim *c)
{
    for (size_t i = 0; i < c->n_lines; i++) {
        const CcServiceLine *l = c->lines[i];

        if (l->from_date && (!c->from_date || l->from_date < c->from_date))
            c->from_date = l->from_date;
        if (l->thru_date > c->thru_date)
            c->thru_date = l->thru_date;
    }
}

/* end_claim - the claim in hand is whole; where a note of it was lost, or of what is above it,
 * nothing more can be said of this file */
static int end_claim(struct reader *r)
{
    struct err e;

    if (!r->claim_position)
        return 0;
    if (r->faults.failed || r->extras.failed || places_failed(r->t.places))
        return err_set(r->e, ERR_RETRY, "memory", "out of memory");
    if (r->t.full || arena_exhausted(r->t.arena)) {
        err_set(&e, ERR_REJECT, "size", "segment %u: a claim over the message's memory",
                (unsigned)r->claim_position);
        return hand_over(r, NULL, &e);
    }
    if (r->claim->kind == CLAIM_KIND_PROFESSIONAL)
        fill_dates(r->claim);
    return hand_over(r, r->claim, NULL);
}

/* refuse - the claim in hand, or a place in the file, with its reason */
static int refuse(struct reader *r, const char *code, uint32_t position, const char *why)
{
    struct err e;

    err_set(&e, ERR_REJECT, code, "segment %u: %s", (unsigned)position, why);
    return hand_over(r, NULL, &e);
}

/* cut_set - the set in hand has no end: its last claim is dropped */
static int cut_set(struct reader *r)
{
    if (r->claim_position)
        return refuse(r, "x12", r->claim_position, "the set of this claim has no SE");
    return r->in_set ? refuse(r, "x12", 1, "a set without SE") : 0;
}

/* open_isa - a new interchange */
static void open_isa(struct reader *r, const struct x12_segment *s)
{
    copy_span(r->sender_qualifier, x12_element(s, 5));
    copy_span(r->sender, x12_element(s, 6));
    copy_span(r->receiver_qualifier, x12_element(s, 7));
    copy_span(r->receiver, x12_element(s, 8));
    copy_span(r->isa13, x12_element(s, 13));
    r->test = x12_element_is(s, ISA_TEST, "T");
    r->gs06[0] = r->gs08[0] = r->st02[0] = r->guide[0] = '\0';
}

/* read_phone - PER: the phone, and its extension behind an x */
static void read_phone(struct reader *r, const struct x12_segment *s)
{
    char number[READER_TEXT] = "", extension[READER_TEXT] = "";

    for (unsigned n = 3; n < 9; n += 2) {
        if (x12_element_is(s, n, "TE"))
            copy_span(number, x12_element(s, n + 1));
        else if (x12_element_is(s, n, "EX"))
            copy_span(extension, x12_element(s, n + 1));
    }
    if (r->submitter_phone[0] || !number[0])
        return;
    snprintf(r->submitter_phone, READER_TEXT, "%.30s%s%.30s", number, extension[0] ? "x" : "",
             extension);
    copy_span(r->submitter_contact, x12_element(s, 2));
}

/* read_head - BHT, 1000A, 1000B */
static void read_head(struct reader *r, const struct x12_segment *s)
{
    const struct span time = x12_element(s, 5);

    if (x12_is(s, "BHT")) {
        copy_span(r->bht03, x12_element(s, 3));
        r->date = take_day(&r->t, 4, x12_element(s, 4));
        for (size_t i = 0; i < 4 && i < time.n && time.p[i] >= '0' && time.p[i] <= '9'; i++)
            r->hhmm = r->hhmm * 10 + (time.p[i] - '0');
    } else if (x12_is(s, "PER")) {
        read_phone(r, s);
    } else if (x12_is(s, "NM1") && x12_element_is(s, 1, "41")) {
        copy_span(r->submitter_name, x12_element(s, 3));
    } else if (x12_is(s, "NM1") && x12_element_is(s, 1, "40")) {
        copy_span(r->receiver_name, x12_element(s, 3));
    }
}

/* kind_of_guide - by implementation guide, with or without its errata */
static unsigned kind_of_guide(const char *guide)
{
    if (str_starts(guide, "005010X222"))
        return GUIDE_P;
    return str_starts(guide, "005010X223") ? GUIDE_I : 0;
}

/* open_set - ST; its guide is that of the group, where this has one; a set that is none of ours is
 * named once */
static int open_set(struct reader *r, const struct x12_segment *s)
{
    struct err e;

    copy_span(r->st02, x12_element(s, 2));
    copy_span(r->guide, x12_element(s, 3));
    if (!r->guide[0] || kind_of_guide(r->gs08))
        memcpy(r->guide, r->gs08, READER_TEXT);
    r->in_set = true;
    reader_begin_set(r, x12_element_is(s, 1, "837") ? kind_of_guide(r->guide) : 0);
    if (r->t.kind)
        return 0;
    err_set(&e, ERR_REJECT, "guide", "a transaction set that is neither 837P nor 837I");
    return hand_over(r, NULL, &e);
}

/* close_set - SE, and all that may stand where an SE should */
static int close_set(struct reader *r, const struct x12_segment *s)
{
    const int stop = x12_is(s, "SE") ? end_claim(r) : cut_set(r);

    r->t.kind = 0;
    r->in_set = false;
    return stop;
}

/* on_envelope - ISA, GS, GE, IEA, ST, SE */
static int on_envelope(struct reader *r, const struct x12_segment *s)
{
    const int stop = close_set(r, s);

    if (x12_is(s, "ISA"))
        open_isa(r, s);
    if (x12_is(s, "GS")) {
        copy_span(r->gs06, x12_element(s, 6));
        copy_span(r->gs08, x12_element(s, 8));
    }
    return stop == 0 && x12_is(s, "ST") ? open_set(r, s) : stop;
}

/* outside - a segment of no set that we can read: its claims are named */
static int outside(struct reader *r, const struct x12_segment *s)
{
    if (!x12_is(s, "CLM"))
        return 0;
    copy_span(r->claim_id, x12_element(s, 1));
    return r->in_set ? refuse(r, "guide", s->position, "a claim of a guide that is not read")
                     : refuse(r, "x12", s->position, "a claim outside of a transaction set");
}

/* on_segment - envelope or content; non-zero: stop */
static int on_segment(struct reader *r, const struct x12_segment *s)
{
    int stop = 0;

    if (x12_is(s, "ISA") || x12_is(s, "IEA") || x12_is(s, "GS") || x12_is(s, "GE") ||
        x12_is(s, "ST") || x12_is(s, "SE"))
        return on_envelope(r, s);
    if (!r->t.kind)
        return outside(r, s);
    if (x12_is(s, "CLM") || x12_is(s, "HL"))
        stop = end_claim(r);
    if (x12_is(s, "CLM"))
        copy_span(r->claim_id, x12_element(s, 1));
    if (stop == 0)
        reader_segment(r, s);
    if (r->t.level == LEVEL_HEAD)
        read_head(r, s);
    r->last_position = s->position;
    return stop;
}

/* on_damage - the claim in hand is dropped; what is above claims is a fault of those below */
static int on_damage(struct reader *r, const struct x12_reader *x, struct span id,
                     const struct err *e)
{
    const bool above = x->in_interchange && r->t.kind && !r->claim_position &&
                       r->t.level > LEVEL_HEAD && r->t.level < LEVEL_CLAIM;
    int stop = 0;

    if (above)
        reader_lost(r, x->position, id);
    else
        stop = hand_over(r, NULL, e);
    if (!x->in_interchange) {
        r->t.kind = 0;
        r->in_set = false;
    } else if (r->t.level >= LEVEL_CLAIM) {
        reader_begin_level(r, LEVEL_CLAIM, LOOP_NONE); /* until the next CLM or HL */
    }
    return stop;
}

/* tell - the input's listener */
static int tell(const struct claim_input *in, const struct x12_reader *x,
                const struct x12_segment *s, const struct err *damage)
{
    if (!in->segment)
        return 0;
    return in->segment(in->segment_arg, s, s ? s->offset : x->at, !x->in_interchange, damage);
}

/* walk - every segment of the bytes */
static int walk(struct reader *r, const struct claim_input *in)
{
    struct x12_reader reader;
    struct x12_segment s = {.id = {"", 0}};
    struct err e;
    int got, stop = 0;
    bool any = false;

    x12_reader_init(&reader, in->data, in->n);
    reader.fill = in->fill;
    reader.fill_arg = in->fill_arg;
    reader.go_on = true;
    while (stop == 0 && (got = x12_next(&reader, &s, &e)) != 0) {
        any = true;
        stop = tell(in, &reader, got > 0 ? &s : NULL, got > 0 ? NULL : &e);
        if (stop == 0)
            stop = got > 0 ? on_segment(r, &s) : on_damage(r, &reader, s.id, &e);
    }
    if (any)
        return stop;
    err_set(&e, ERR_REJECT, "x12", "no interchange");
    return hand_over(r, NULL, &e);
}

/* release - everything the reader owns */
static void release(struct reader *r)
{
    arena_free(r->of_billing);
    arena_free(r->of_subscriber);
    arena_free(r->of_patient);
    arena_free(r->of_claim);
    places_free(r->t.places);
    free(r->faults.item);
    free(r->extras.item);
}

/* claim_read_input - see read837.h */
int claim_read_input(const struct claim_input *in, claim_read_fn fn, void *arg, struct err *e)
{
    const size_t limit = in->limit_bytes ? in->limit_bytes : EVENT_MAX_BYTES;
    struct reader r = {.fn = fn, .arg = arg, .e = e};
    int result;

    r.of_billing = arena_new(limit);
    r.of_subscriber = arena_new(limit);
    r.of_patient = arena_new(limit);
    r.of_claim = arena_new(limit);
    r.t.places = places_new();
    r.t.faults = &r.faults;
    r.t.extras = &r.extras;
    if (r.of_billing && r.of_subscriber && r.of_patient && r.of_claim && r.t.places)
        result = walk(&r, in);
    else
        result = err_set(e, ERR_RETRY, "memory", "out of memory");
    release(&r);
    return result;
}

/* claim_read_837 - see read837.h */
int claim_read_837(const void *data, size_t n, size_t limit_bytes, claim_read_fn fn, void *arg,
                   struct err *e)
{
    const struct claim_input in = {.data = data, .n = n, .limit_bytes = limit_bytes};

    return claim_read_input(&in, fn, arg, e);
}
