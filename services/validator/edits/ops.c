/* ops.c - OPS: Medicare's outpatient bills, as CMS's Integrated Outpatient Code Editor reads them
 * (billing §7.6): what needs no table but the bill itself
 *
 * Edits of the IOCE that rest on lists which CMS publishes only inside the editor's own quarterly
 * files (device pairs, FDA and NCD dates, skin substitutes, partial hospitalization) are not here.
 */
#include "services/validator/edits/edits.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"

enum { TOKEN_CENTS = 101 }; /* a token charge is at most $1.01 */

/* edit_has_condition - a condition code of the claim */
bool edit_has_condition(const struct edit_claim *c, const char *code)
{
    return c->claim->n_conditions &&
           edit_list_has(c->claim->conditions, c->claim->n_conditions, code);
}

/* edit_list_has - a text in a list */
bool edit_list_has(char *const *list, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

/* has_modifier - a line's */
static bool has_modifier(const struct edit_line *l, const char *modifier)
{
    return edit_list_has(l->line->modifiers, l->line->n_modifiers, modifier);
}

/* billed - the first line with a code between two, on that day (0: on any); or NULL */
static const struct edit_line *billed(const struct edit_claim *c, const char *from, const char *to,
                                      int32_t day)
{
    for (size_t i = 0; i < c->n_lines; i++)
        if (edit_code_between(c->lines[i].code, from, to) && (!day || c->lines[i].from == day))
            return &c->lines[i];
    return NULL;
}

/* at_bill_type - CLM05 */
static struct place at_bill_type(void)
{
    return at_claim("CLM05-1");
}

/* edit_ops_01 - what the biller asks for: a denial, a review */
void edit_ops_01(struct edit_run *r)
{
    if (edit_has_condition(r->c, "21"))
        edit_same_as(r,
                     edit_found(r, at_claim("HI01-2*BG"), "21",
                                "condition code 21: the bill asks for its denial"),
                     "IOCE 10");
    else if (edit_has_condition(r->c, "20"))
        edit_same_as(
            r,
            edit_found(r, at_claim("HI01-2*BG"), "20",
                       "condition code 20: the bill asks for a review and will wait for it"),
            "IOCE 11");
}

/* edit_ops_07 - a procedure that was broken off cannot have been done twice */
void edit_ops_07(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->line->n_modifiers && (has_modifier(l, "73") || has_modifier(l, "52")) &&
            ((l->mods & MOD_50) || (has_modifier(l, "73") && l->line->units_milli > 1000)))
            edit_found(r, at_mods(r, l), l->code,
                       "%s was terminated or reduced: not on both sides, not more than one unit",
                       l->code);
    }
}

/* is_hospital_visit - of a clinic or an emergency room */
static bool is_hospital_visit(const struct edit_line *l)
{
    return strcmp(l->code, "G0463") == 0 || edit_code_between(l->code, "99281", "99285") ||
           edit_code_between(l->code, "G0380", "G0384");
}

/* edit_ops_08 - two visits of a day in one department: condition code G0 says that they were two */
void edit_ops_08(struct edit_run *r)
{
    if (edit_has_condition(r->c, "G0"))
        return;
    for (size_t i = 1; i < r->c->n_lines; i++)
        for (size_t k = 0; k < i; k++) {
            const struct edit_line *a = &r->c->lines[k], *b = &r->c->lines[i];

            if (!is_hospital_visit(a) || !is_hospital_visit(b) || a->from != b->from ||
                a->revenue != b->revenue)
                continue;
            edit_found(r, at_code(r, b), edit_pair_of(r, a->code, b->code),
                       "two visits on one day under revenue code %s, and no condition code G0",
                       b->line->revenue);
            return;
        }
}

/* edit_ops_09 - a transfusion, and nothing that was transfused */
void edit_ops_09(struct edit_run *r)
{
    static const char *const transfusions[] = {"36430", "36440", "36450", "36455",
                                               "36456", "36460", NULL};

    for (size_t i = 0; i < r->c->n_lines; i++)
        if (str_in(r->c->lines[i].code, transfusions)) {
            if (!billed(r->c, "P9010", "P9100", 0))
                edit_found(r, at_code(r, &r->c->lines[i]), r->c->lines[i].code,
                           "%s is a transfusion, and no blood product (P9010-P9100) is on the bill",
                           r->c->lines[i].code);
            return;
        }
}

/* observation_fault - why an observation line is wrong, the editor's number in *same; or NULL */
static const char *observation_fault(const struct edit_claim *c, const struct edit_line *l,
                                     const char **same)
{
    bool hours = strcmp(l->code, "G0378") == 0, direct = strcmp(l->code, "G0379") == 0;

    *same = "IOCE 44";
    if (hours && l->revenue != 762)
        return "observation hours stand under revenue code 0762";
    if (l->key && !hours && !direct && l->revenue == 762)
        return "revenue code 0762 is for observation (G0378, G0379)";
    *same = "IOCE 53";
    if ((hours || direct) && c->facility != 13 && c->facility != 85)
        return "observation is billed on 13x and 85x only";
    *same = "IOCE 58";
    if (direct && !billed(c, "G0378", "G0378", 0))
        return "a direct referral (G0379) without observation hours (G0378)";
    return NULL;
}

/* edit_ops_10 - observation: its revenue code, its bill types, its hours */
void edit_ops_10(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *same, *why = observation_fault(r->c, l, &same);

        if (why)
            edit_same_as(r, edit_found(r, at_code(r, l), l->code, "%s", why), same);
    }
}

/* edit_ops_11 - partial hospitalization on a bill that cannot be one */
void edit_ops_11(struct edit_run *r)
{
    unsigned f = r->c->facility;

    if (edit_has_condition(r->c, "41") && f != 13 && f != 76 && f != 85)
        edit_found(r, at_bill_type(), "41",
                   "condition code 41 (partial hospitalization) is for 13x, 76x and 85x");
}

/* edit_ops_12 - C codes are OPPS's own */
void edit_ops_12(struct edit_run *r)
{
    unsigned f = r->c->facility;
    const struct edit_line *l = billed(r->c, "C1000", "C9999", 0);

    if (l && !edit_is_opps(r->c) && f != 85)
        edit_found(r, at_code(r, l), l->code, "%s is for hospital outpatient bills only", l->code);
}

/* edit_ops_13 - CA: the patient died before the admission; once a claim */
void edit_ops_13(struct edit_run *r)
{
    const char *status = r->c->claim->discharge_status;
    const struct edit_line *first = NULL;

    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!(l->mods & MOD_CA))
            continue;
        if (first || l->line->units_milli > 1000) {
            edit_same_as(r,
                         edit_found(r, at_mods(r, l), l->code,
                                    "modifier CA stands on one procedure and one unit"),
                         "IOCE 60");
            return;
        }
        first = l;
    }
    if (first && strcmp(status, "20") != 0)
        edit_same_as(
            r,
            edit_found(r, at_claim("CL103"), first->code,
                       "modifier CA, and discharge status 20 does not say that the patient "
                       "died"),
            "IOCE 70");
}

/* edit_ops_14 - trauma activation goes with critical care and its revenue code */
void edit_ops_14(struct edit_run *r)
{
    const struct edit_line *l = billed(r->c, "G0390", "G0390", 0);

    if (l && (l->revenue / 10 != 68 || !billed(r->c, "99291", "99291", l->from)))
        edit_found(r, at_code(r, l), l->code,
                   "G0390 needs revenue code 068x and critical care (99291) on the same day");
}

/* edit_ops_15 - services of partial hospitalization only, and the bill is none */
void edit_ops_15(struct edit_run *r)
{
    const struct edit_line *l = billed(r->c, "G0410", "G0411", 0);

    if (l && !edit_has_condition(r->c, "41") && !edit_has_condition(r->c, "92") &&
        r->c->facility != 76)
        edit_found(r, at_code(r, l), l->code,
                   "%s is for partial hospitalization or intensive outpatient programs (condition "
                   "codes 41, 92)",
                   l->code);
}

/* edit_ops_16 - a radiolabeled item of an inpatient stay is billed at a token */
void edit_ops_16(struct edit_run *r)
{
    const struct edit_line *l = billed(r->c, "C9898", "C9898", 0);

    if (l && l->line->charge_cents > TOKEN_CENTS)
        edit_found(r, at_charge(r, l), l->code, "%s is billed at $1.01 at most", l->code);
}

/* fqhc_revenue - under which a payment code may stand */
static bool fqhc_revenue(unsigned revenue)
{
    return revenue == 519 || revenue == 900 || (revenue >= 520 && revenue <= 529);
}

/* edit_ops_17 - a federally qualified health center is paid by a code of its own */
void edit_ops_17(struct edit_run *r)
{
    const struct edit_line *l = billed(r->c, "G0466", "G0470", 0);

    if (r->c->facility != 77)
        return;
    if (!l)
        edit_same_as(r,
                     edit_found(r, at_line(r->c->lines, "SV202-2"), NULL,
                                "the bill of a health center (77x) has no payment code "
                                "(G0466-G0470)"),
                     "IOCE 88");
    else if (!fqhc_revenue(l->revenue))
        edit_same_as(r,
                     edit_found(r, at_line(l, "SV201"), l->code,
                                "payment code %s stands under 0519, 052x or 0900", l->code),
                     "IOCE 90");
}

/* is_corneal - a corneal transplant */
static bool is_corneal(const struct edit_claim *c)
{
    static const char *const codes[][2] = {{"65710", "65710"},
                                           {"65730", "65730"},
                                           {"65750", "65756"},
                                           {"65765", "65770"},
                                           {"0290T", "0290T"}};

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (billed(c, codes[i][0], codes[i][1], 0))
            return true;
    return false;
}

/* has_revenue - a line under it */
static bool has_revenue(const struct edit_claim *c, unsigned revenue)
{
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].revenue == revenue)
            return true;
    return false;
}

/* edit_ops_18 - tissue and transplant: one without the other */
void edit_ops_18(struct edit_run *r)
{
    const struct edit_line *tissue = billed(r->c, "V2785", "V2785", 0);
    const struct edit_line *marrow = billed(r->c, "38240", "38240", 0);

    if (tissue && !is_corneal(r->c))
        edit_same_as(r,
                     edit_found(r, at_code(r, tissue), tissue->code,
                                "corneal tissue, and no corneal transplant on the bill"),
                     "IOCE 93");
    if (marrow && !has_revenue(r->c, 815))
        edit_same_as(r,
                     edit_found(r, at_code(r, marrow), marrow->code,
                                "an allogeneic transplant, and no donor line (revenue code 0815)"),
                     "IOCE 100");
}

/* edit_ops_19 - modifiers that deny each other */
void edit_ops_19(struct edit_run *r)
{
    static const char *const pairs[][2] = {{"PN", "PO"}, {"JW", "JZ"}, {"GA", "GZ"}};

    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++) {
            const struct edit_line *l = &r->c->lines[i];

            if (l->line->n_modifiers > 1 && has_modifier(l, pairs[k][0]) &&
                has_modifier(l, pairs[k][1]))
                edit_found(r, at_mods(r, l), l->code, "modifiers %s and %s on one line",
                           pairs[k][0], pairs[k][1]);
        }
}

/* blood_partner - the other half of a blood product with BL: the product itself (038x) and its
 * processing (039x), same day, code and units */
static bool blood_partner(const struct edit_claim *c, const struct edit_line *l)
{
    unsigned other = l->revenue / 10 == 38 ? 39 : 38;

    for (size_t i = 0; i < c->n_lines; i++) {
        const struct edit_line *x = &c->lines[i];

        if (x->revenue / 10 == other && x->key == l->key && x->from == l->from &&
            x->line->units_milli == l->line->units_milli && has_modifier(x, "BL"))
            return true;
    }
    return false;
}

/* edit_ops_20 - blood that was bought is billed on two lines that agree */
void edit_ops_20(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!l->line->n_modifiers || !has_modifier(l, "BL") || blood_partner(r->c, l))
            continue;
        edit_found(r, at_code(r, l), l->code,
                   "modifier BL: %s needs a line under 038x and one under 039x, same day and units",
                   l->code);
        return;
    }
}

/* edit_ops_21 - a drug without a code of its own is priced by hand */
void edit_ops_21(struct edit_run *r)
{
    const struct edit_line *l = billed(r->c, "C9399", "C9399", 0);

    if (l)
        edit_found(r, at_code(r, l), l->code,
                   "%s is priced by hand: the claim will wait for the contractor", l->code);
}
