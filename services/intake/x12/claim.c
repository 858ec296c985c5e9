/* claim.c - a claim of an 837 as one of ours: ids, keys, version; what could not be kept refuses it
 */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/destination.h"
#include "common/claim/read837.h"
#include "common/sys/digest.h"
#include "services/intake/ident.h"
#include "services/intake/x12/x12.h"

enum { CLAIM_ID_MAX = 20, DAY_MINUTES = 1440, EPOCH = 20000101 };

/* x12_refuse - why it does not go on */
void x12_refuse(struct x12_reading *r, const char *code, const char *why)
{
    r->out.claim = NULL;
    r->out.code = code;
    r->out.why = why;
}

/* patient_key - see intake.h, struct intake_claim */
static char *patient_key(const struct intake_conf *conf, struct arena *a, const CcClaim *c)
{
    const CcClaimCoverage *v = claim_destination(c);
    const CcPatient *p = c->patient;
    char *payer, *person;

    if (c->mrn[0])
        return ident_patient_key(conf, a, conf->facility, c->mrn);
    if (!v || !v->member_id[0])
        return arena_strdup(a, "");
    payer = arena_printf(a, "837 %s", v->payer_id);
    person = arena_printf(a, "%s\x1f%08d\x1f%s", v->member_id, p ? (int)p->birth_date : 0,
                          p && p->name ? p->name->first : "");
    if (!payer || !person)
        return NULL;
    str_upper(payer);
    str_upper(person);
    return ident_patient_key(conf, a, payer, person);
}

/* version_of - the minute in which the sender made the file (BHT05 is digits); 1 where it does not
 * say */
static uint32_t version_of(const struct claim_read *r)
{
    const int minute = r->hhmm / 100 * 60 + r->hhmm % 100;

    if (!date_valid(r->date) || r->date < EPOCH || minute >= DAY_MINUTES)
        return 1;
    return (uint32_t)date_diff(r->date, EPOCH) * DAY_MINUTES + (uint32_t)minute + 1;
}

/* other_id - for a number that cannot be ours, or is taken in this file */
static char *other_id(struct x12_reading *r, struct arena *a, const char *what)
{
    char *hex = ident_patient_key(r->conf, a, r->sender, what);

    if (!hex)
        return NULL;
    str_upper(hex);
    return arena_printf(a, "X%s", hex);
}

/* claim_id - CLM01 where it can be */
static char *claim_id(struct x12_reading *r, struct arena *a, const char *clm01)
{
    if (strlen(clm01) <= CLAIM_ID_MAX && str_is_alnum_upper(clm01))
        return arena_strdup(a, clm01);
    return other_id(r, a, clm01);
}

/* name_lines - a line without control number gets one, so that answers can name it */
static bool name_lines(struct arena *a, CcClaim *c)
{
    for (size_t i = 0; i < c->n_lines; i++) {
        if (!c->lines[i]->control[0])
            c->lines[i]->control = arena_printf(a, "%sL%zu", c->claim_id, i + 1);
        if (!c->lines[i]->control)
            return false;
    }
    return true;
}

/* fill - what an 837 does not say of itself; false: the arena is exhausted */
static bool fill(struct x12_reading *r, const struct claim_read *in, struct arena *a)
{
    CcClaim *c = in->claim;

    r->sender = in->sender;
    c->account = c->claim_id;
    c->patient_key = patient_key(r->conf, a, c);
    c->version = version_of(in);
    c->created_date = in->date;
    c->void_of_claim = strcmp(c->frequency, "8") == 0;
    c->source = arena_printf(a, "%s/%s/%s", in->sender, in->isa13, in->st02);
    c->claim_id = claim_id(r, a, c->account);
    return c->patient_key && c->source && c->claim_id && name_lines(a, c);
}

/* event_of - from the claim itself: the same claim again is the same event; NULL: exhausted. Of its
 * digest in letters, because a message's line ends are folded and its bytes are no lines. */
static char *event_of(const struct x12_reading *r, struct arena *a, const CcClaim *c)
{
    char hex[DIGEST_TEXT];
    uint8_t *bytes;
    size_t n;
    struct err e;

    if (event_pack(a, &c->base, &bytes, &n, &e) != 0)
        return NULL;
    digest_hex(bytes, n, hex);
    return ident_message(r->conf, a, "x12", hex, strlen(hex));
}

/* tell_apart - another claim of this file with the same number gets one of its own */
static bool tell_apart(struct x12_reading *r, struct arena *a, CcClaim *c)
{
    struct intake_claim *out = &r->out;

    out->event_id = event_of(r, a, c);
    if (!out->event_id)
        return false;
    out->repeated = !seen_add(r->events, out->event_id);
    if (out->repeated || seen_add(r->ids, c->claim_id))
        return true;
    c->claim_id = other_id(r, a, out->event_id);
    out->event_id = c->claim_id ? event_of(r, a, c) : NULL;
    return out->event_id != NULL;
}

/* first_lost - the segment that has no place, or the value that is none; NULL: all was read */
static const char *first_lost(const struct claim_read *in, struct arena *a)
{
    const struct claim_oddity *o = in->n_faults ? in->faults : in->n_extras ? in->extras : NULL;

    if (!o)
        return NULL;
    return arena_printf(a, "segment %u, loop %s, %s: %s", (unsigned)o->position, o->loop,
                        o->element[0] ? o->element : o->segment, o->rule);
}

/* x12_map - see x12.h */
void x12_map(struct x12_reading *r, const struct claim_read *in)
{
    struct arena *a = in->arena;
    const char *lost;

    r->out = (struct intake_claim){
        .account = in->claim_id, .segment = in->first_segment, .code = "", .why = ""};
    if (!in->claim) {
        x12_refuse(r, in->error->code, in->error->text);
        return;
    }
    lost = first_lost(in, a);
    if (lost) {
        x12_refuse(r, in->n_faults ? "value" : "segment", lost);
        return;
    }
    r->out.claim = in->claim;
    if (!fill(r, in, a) || !tell_apart(r, a, in->claim)) {
        x12_refuse(r, "size", "the claim is over the memory of a message");
        return;
    }
    r->out.key = in->claim->patient_key[0] ? in->claim->patient_key : in->claim->claim_id;
    in->claim->created_ms = r->received_ms; /* no part of the event's id */
}
