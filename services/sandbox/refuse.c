/* refuse.c - sets that the scenario lets a 999 refuse, or accept with errors noted, though nothing
 * is wrong with them
 *
 * The finding names the place of service of the first claim (CLM05-1), as a payer says it that does
 * not take that code: the claim is to blame, those beside it are innocent (billing §4.3). */
#include <string.h>

#include "services/sandbox/sandbox.h"

enum { CLM05 = 5, CLM05_1_NUMBER = 1331, SNIP_GUIDE = 2 };

/* first_claim - CLM of the set that begins at `offset`; false: it has none. The segment lives as
 * long as the reader. */
static bool first_claim(const struct taking *t, uint64_t offset, struct x12_reader *reader,
                        struct x12_segment *out)
{
    int r;

    x12_reader_init(reader, t->data.p, t->data.n);
    while ((r = x12_next(reader, out, NULL)) != 0) {
        if (r < 0 || out->offset < offset)
            continue;
        if (x12_is(out, "CLM") || x12_is(out, "SE"))
            return x12_is(out, "CLM");
    }
    return false;
}

/* blame - the finding; false: there is no claim to blame */
static bool blame(const struct taking *t, const struct x12_result *r, bool note,
                  struct x12_finding *f)
{
    struct x12_reader reader;
    struct x12_segment clm;

    if (!first_claim(t, r->offset, &reader, &clm))
        return false;
    memset(f, 0, sizeof(*f));
    f->snip = SNIP_GUIDE;
    f->note = note;
    str_copy(f->code, sizeof(f->code), "IK403=I6");
    str_copy(f->segment, sizeof(f->segment), "CLM");
    str_copy(f->loop, sizeof(f->loop), "2300");
    f->position = clm.position;
    f->element = CLM05;
    f->component = 1;
    f->data_element = CLM05_1_NUMBER;
    f->offset = clm.offset;
    f->value = x12_component(&clm, CLM05, 1);
    f->claim = x12_element(&clm, 1);
    return true;
}

/* syntax_by_scenario - see sandbox.h */
const struct x12_result *syntax_by_scenario(const struct taking *t, const struct x12_result *r,
                                            struct x12_result *shown, struct x12_finding *f)
{
    const struct scenario *how = &t->box->sandbox->scenario;
    bool refuse = how->refuse_set && t->sets_seen == (size_t)how->refuse_set;

    if (r->level != X12_SET || !r->accepted || (!refuse && !how->note_sets) ||
        !blame(t, r, !refuse, f))
        return r;
    *shown = *r;
    shown->accepted = !refuse;
    shown->findings = f;
    shown->count = 1;
    return shown;
}
