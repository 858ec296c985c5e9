/* each.c - every claim of an 837 */
#include "services/intake/x12/x12.h"

enum { CLAIMS_REMEMBERED = 200000 }; /* of one file, to tell equal numbers apart */

/* on_claim - mapped, then to the sink */
static int on_claim(void *arg, const struct claim_read *in)
{
    struct x12_reading *r = arg;

    x12_map(r, in);
    return r->sink(r->arg, in->arena, &r->out, r->e) != 0 ? 1 : 0;
}

/* intake_x12_each - see intake.h */
int intake_x12_each(const struct intake_conf *conf, const struct claim_input *in,
                    int64_t received_ms, intake_claim_sink sink, void *arg, struct err *e)
{
    struct x12_reading r = {
        .conf = conf, .received_ms = received_ms, .sink = sink, .arg = arg, .e = e, .sender = ""};
    struct claim_input bytes = *in;
    int result = -1;

    r.ids = seen_new(CLAIMS_REMEMBERED);
    r.events = seen_new(CLAIMS_REMEMBERED);
    if (r.ids && r.events)
        result = claim_read_input(&bytes, on_claim, &r, e);
    else
        err_set(e, ERR_RETRY, "memory", "out of memory");
    seen_free(r.ids);
    seen_free(r.events);
    return result != 0 ? -1 : 0;
}
