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
    memcpy(out, s.p ? s.p : "", s.p ? s.n : 0);
    out[s.p ? s.n : 0] = '\0';
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

/* end_claim - the claim in hand is whole */
static int end_claim(struct reader *r)
{
    struct err e;

    if (!r->claim_position)
        return 0;
    if (r->t.full || !r->claim || r->faults.failed || r->extras.failed ||
        places_failed(r->t.places)) {
        err_set(&e, ERR_REJECT, "size", "segment %u: a claim over the message's memory",
                (unsigned)r->claim_position);
        return hand_over(r, NULL, &e);
    }
    if (r->claim->kind == CLAIM_KIND_PROFESSIONAL)
        fill_dates(r->claim);
    return hand_over(r, r->claim, NULL);
}

/* cut_claim - the claim in hand has no end: it is dropped */
static int cut_claim(struct reader *r)
{
    struct err e;

    if (!r->claim_position)
        return 0;
    err_set(&e, ERR_REJECT, "x12", "segment %u: the set of this claim has no SE",
            (unsigned)r->claim_position);
    return hand_over(r, NULL, &e);
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

/* open_set - ST; a set that is none of ours is named once and skipped */
static int open_set(struct reader *r, const struct x12_segment *s)
{
    struct err e;

    copy_span(r->st02, x12_element(s, 2));
    copy_span(r->guide, x12_element(s, 3));
    if (!r->guide[0])
        memcpy(r->guide, r->gs08, READER_TEXT);
    reader_begin_set(r, x12_element_is(s, 1, "837") ? kind_of_guide(r->guide) : 0);
    if (r->t.kind)
        return 0;
    err_set(&e, ERR_REJECT, "guide", "a transaction set that is neither 837P nor 837I");
    return hand_over(r, NULL, &e);
}

/* close_set - SE */
static int close_set(struct reader *r)
{
    const int stop = end_claim(r);

    r->t.kind = 0;
    return stop;
}

/* on_segment - envelope or content; non-zero: stop */
static int on_segment(struct reader *r, const struct x12_segment *s)
{
    int stop = 0;

    if (x12_is(s, "ISA") || x12_is(s, "IEA") || x12_is(s, "GS") || x12_is(s, "GE") ||
        x12_is(s, "ST")) {
        stop = cut_claim(r);
        r->t.kind = 0;
        if (x12_is(s, "ISA"))
            open_isa(r, s);
        if (x12_is(s, "GS")) {
            copy_span(r->gs06, x12_element(s, 6));
            copy_span(r->gs08, x12_element(s, 8));
        }
        return stop == 0 && x12_is(s, "ST") ? open_set(r, s) : stop;
    }
    if (x12_is(s, "SE"))
        return close_set(r);
    if (!r->t.kind)
        return 0;
    if (x12_is(s, "CLM") || x12_is(s, "HL"))
        stop = end_claim(r);
    if (stop == 0)
        reader_segment(r, s);
    if (r->t.level == LEVEL_HEAD)
        read_head(r, s);
    r->last_position = s->position;
    return stop;
}

/* walk - every segment of the bytes */
static int walk(struct reader *r, const void *data, size_t n)
{
    struct x12_reader reader;
    struct x12_segment s;
    struct err e;
    int got, stop = 0;
    bool any = false;

    x12_reader_init(&reader, data, n);
    while (stop == 0 && (got = x12_next(&reader, &s, &e)) != 0) {
        any = true;
        if (got > 0) {
            stop = on_segment(r, &s);
            continue;
        }
        stop = hand_over(r, NULL, &e);
        r->t.kind = 0;
    }
    if (stop == 0 && r->claim_position)
        stop = cut_claim(r);
    if (any || stop != 0)
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

/* claim_read_837 - see read837.h */
int claim_read_837(const void *data, size_t n, size_t limit_bytes, claim_read_fn fn, void *arg,
                   struct err *e)
{
    const size_t limit = limit_bytes ? limit_bytes : EVENT_MAX_BYTES;
    struct reader r = {.fn = fn, .arg = arg};
    int result;

    r.of_billing = arena_new(limit);
    r.of_subscriber = arena_new(limit);
    r.of_patient = arena_new(limit);
    r.of_claim = arena_new(limit);
    r.t.places = places_new();
    r.t.faults = &r.faults;
    r.t.extras = &r.extras;
    if (r.of_billing && r.of_subscriber && r.of_patient && r.of_claim && r.t.places)
        result = walk(&r, data, n);
    else
        result = err_set(e, ERR_RETRY, "memory", "out of memory");
    release(&r);
    return result;
}
