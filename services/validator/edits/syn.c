/* syn.c - SYN: what the guide of an 837 does not allow, as the check of common/x12 found it
 *
 * Most of it other edits find by their own means, with a better text: those keep it. What is left
 * is what no claim of our own could have: segments out of order, a qualifier that the guide has
 * not. */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "services/validator/edits/edits.h"

/* edit_is_syn - one of this family */
bool edit_is_syn(const char *id)
{
    return str_starts(id, "SYN-");
}

/* line_at - LX of the line whose segments hold the position; 0: none. What is missing is named at
 * the segment that it should stand before. */
static uint32_t line_at(const struct edit_run *r, const struct x12_finding *x)
{
    const uint32_t position = x->position - (strcmp(x->code, "IK304=3") == 0);
    uint32_t line = 0;

    for (size_t i = 0; str_starts(x->loop, "24") && i < r->c->n_lines; i++) {
        const uint32_t at = claim_place(r->o->places, CLAIM_PART_LINE, i, "LX01");

        if (at && at <= position)
            line = r->c->lines[i].number;
    }
    return line;
}

/* element_of - "SV101-2", "REF" */
static void element_of(const struct x12_finding *x, char out[16])
{
    if (x->component)
        snprintf(out, 16, "%.3s%02u-%u", x->segment, x->element % 100u, x->component % 100u);
    else if (x->element)
        snprintf(out, 16, "%.3s%02u", x->segment, x->element % 100u);
    else
        snprintf(out, 16, "%.3s", x->segment);
}

/* found - all of one SNIP type */
static void found(struct edit_run *r, unsigned snip)
{
    for (size_t i = 0; i < r->o->n_syntax; i++) {
        const struct x12_finding *x = &r->o->syntax[i];
        const char *rule = strstr(x->message, ": ");
        char element[16];
        CcFinding *f;

        if (x->snip != snip)
            continue;
        element_of(x, element);
        f = edit_found_as(r, x->note ? SEVERITY_NOTE : r->edit->severity, at_claim(element), NULL,
                          "%s%ssegment %s, %s: %s", x->loop[0] ? "loop " : "",
                          x->loop[0] ? x->loop : "", x->segment, element,
                          rule ? rule + 2 : x->message);
        f->segment = x->position;
        f->line = line_at(r, x);
    }
}

/* edit_syn_01 - syntax */
void edit_syn_01(struct edit_run *r)
{
    found(r, 1);
}

/* edit_syn_02 - what the guide requires */
void edit_syn_02(struct edit_run *r)
{
    found(r, 2);
}

/* same_place - x has found at its element what f says of the guide; a segment that is missing has
 * no place of its own, so its name must do */
static bool same_place(const CcFinding *f, const CcFinding *x)
{
    const size_t n = strcspn(f->element, "-");
    const bool segment = n <= 3, missing = segment && strstr(f->message, "is missing");

    if (edit_is_syn(x->edit) || strncmp(f->element, x->element, n) != 0)
        return false;
    if (!missing && f->segment != x->segment)
        return false;
    return segment ? strcspn(x->element, "-") == n + 2 : strcspn(x->element, "-") == n;
}

/* edit_repaired - what stands there was repaired before the edits */
bool edit_repaired(const CcClaim *c, uint32_t segment, const char *element)
{
    const size_t n = strcspn(element, "-");

    for (size_t i = 0; segment && i < c->n_repairs; i++) {
        const CcRepair *x = c->repairs[i];

        if (x->segment == segment && strcspn(x->element, "-") == n &&
            strncmp(x->element, element, n) == 0)
            return true;
    }
    return false;
}

/* explained - by any other edit, or by a repair */
static bool explained(const struct edit_run *r, const CcFinding *f)
{
    if (edit_repaired(r->c->claim, f->segment, f->element))
        return true;
    for (size_t i = 0; i < r->out->n_findings; i++)
        if (same_place(f, r->out->findings[i]))
            return true;
    return false;
}

/* edit_syn_settle - see edits.h */
void edit_syn_settle(struct edit_run *r)
{
    size_t n = 0;

    if (r->o->n_syntax == 0)
        return;
    for (size_t i = 0; i < r->out->n_findings; i++) {
        CcFinding *f = r->out->findings[i];

        if (!edit_is_syn(f->edit) || !explained(r, f))
            r->out->findings[n++] = f;
    }
    r->out->n_findings = n;
}
