/* envelope.c - ISA to GS, GE to IEA of an interchange of claims (billing §1.1-1.3) */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/claim/chunk.h"
#include "common/x12/x12.h"

enum { CONTROL_MAX = 999999999, ID_MIN = 2, ID_MAX = 15, HHMM_MAX = 2359 };

/* envelope_time - HHMM */
const char *envelope_time(int hhmm, char out[ENVELOPE_TEXT])
{
    snprintf(out, ENVELOPE_TEXT, "%04d", hhmm);
    return out;
}

/* envelope_begin - ISA, GS */
void envelope_begin(struct x12_writer *w, const struct envelope *v)
{
    const struct x12_isa isa = {.sender_qualifier = v->route->sender_qualifier,
                                .sender = v->route->sender_id,
                                .receiver_qualifier = v->route->receiver_qualifier,
                                .receiver = v->route->receiver_id,
                                .date = v->date,
                                .hhmm = v->hhmm,
                                .control = v->control,
                                .test = v->route->test};
    char text[ENVELOPE_TEXT];

    x12_isa(w, &isa);
    x12_begin(w, "GS");
    x12_put(w, v->group);
    x12_put(w, v->route->sender_id);
    x12_put(w, v->route->receiver_id);
    x12_date(w, v->date);
    x12_put(w, envelope_time(v->hhmm, text));
    x12_number(w, v->control);
    x12_put(w, "X");
    x12_put(w, v->guide);
    x12_end(w);
}

/* envelope_end - GE, IEA */
void envelope_end(struct x12_writer *w, const struct envelope *v, uint32_t sets)
{
    char text[ENVELOPE_TEXT];

    x12_begin(w, "GE");
    x12_number(w, sets);
    x12_number(w, v->control);
    x12_end(w);
    snprintf(text, sizeof(text), "%09u", (unsigned)v->control);
    x12_begin(w, "IEA");
    x12_put(w, "1");
    x12_put(w, text);
    x12_end(w);
}

/* check_id - ISA06, ISA08, GS02, GS03: 2 to 15 characters that X12 can carry */
static int check_id(const char *id, const char *element, struct err *e)
{
    char clean[ID_MAX + 2];
    const size_t n = x12_clean(id ? id : "", &x12_customary, ID_MAX + 1, clean, sizeof(clean));

    if (n < ID_MIN || n > ID_MAX || strcmp(clean, id) != 0)
        return err_set(e, ERR_REJECT, n < ID_MIN ? "missing" : "key",
                       "%s: 2 to 15 upper-case characters that X12 can carry", element);
    return 0;
}

/* is_empty - nothing that X12 could carry */
static bool is_empty(const char *s)
{
    char clean[4];

    return !s || x12_clean(s, &x12_customary, 1, clean, sizeof(clean)) == 0;
}

/* claim_route_check - the route's own part of the envelope */
int claim_route_check(const struct claim_route *route, struct err *e)
{
    if (check_id(route->sender_id, "ISA06", e) < 0 || check_id(route->receiver_id, "ISA08", e) < 0)
        return -1;
    if (!route->sender_qualifier || strlen(route->sender_qualifier) != 2 ||
        !route->receiver_qualifier || strlen(route->receiver_qualifier) != 2)
        return err_set(e, ERR_REJECT, "missing", "ISA05, ISA07: a qualifier of two characters");
    if (is_empty(route->submitter_name) || is_empty(route->submitter_phone))
        return err_set(e, ERR_REJECT, "missing", "loop 1000A: the submitter's name and phone");
    if (is_empty(route->receiver_name))
        return err_set(e, ERR_REJECT, "missing", "loop 1000B: the receiver's name");
    return 0;
}

/* envelope_check - what an envelope cannot be written without */
int envelope_check(const struct claim_batch *b, struct err *e)
{
    if (b->n_claims == 0)
        return err_set(e, ERR_REJECT, "missing", "a batch without claims");
    if (b->control < 1 || b->control > CONTROL_MAX)
        return err_set(e, ERR_REJECT, "limit", "ISA13: 1 to 999999999");
    if (!date_valid(b->date) || b->hhmm < 0 || b->hhmm > HHMM_MAX || b->hhmm % 100 > 59)
        return err_set(e, ERR_REJECT, "missing", "ISA09, ISA10: not a day and time");
    for (size_t i = 1; i < b->n_claims; i++)
        if (b->claims[i]->kind != b->claims[0]->kind)
            return err_set(e, ERR_REJECT, "kind", "837P and 837I never share a group");
    return claim_route_check(b->route, e);
}
