/* unlisted.c - COD-12: codes that say only "something else" */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"

/* clang-format off */
/* Unlisted and not-otherwise-classified codes beside the CPT codes that end in 99, which all are. */
#define K CODE_KEY
static const uint64_t unlisted[] = {
    K("21089"), K("37501"), K("38129"), K("38589"), K("43289"), K("43659"), K("44238"), K("44979"), K("47379"), K("47579"),
    K("49329"), K("49659"), K("50549"), K("50949"), K("55559"), K("58578"), K("58579"), K("58679"), K("59897"), K("59898"),
    K("60659"), K("69949"), K("69979"), K("76496"), K("76497"), K("76498"), K("88749"), K("89240"), K("89398"), K("90749"),
    K("92700"), K("93998"), K("96379"), K("96549"), K("97039"), K("97139"), K("99429"), K("99600"), K("A0999"), K("A4335"),
    K("A4421"), K("A4641"), K("A4649"), K("A9150"), K("A9280"), K("A9698"), K("A9699"), K("A9900"), K("A9999"), K("B9998"),
    K("B9999"), K("C9399"), K("E0769"), K("E0770"), K("E1399"), K("E1699"), K("J3490"), K("J3590"), K("J7199"), K("J7599"),
    K("J7699"), K("J7799"), K("J7999"), K("J8498"), K("J8499"), K("J8597"), K("J8999"), K("J9999"), K("K0108"), K("K0812"),
    K("K0898"), K("K0899"), K("L0999"), K("L1499"), K("L2999"), K("L3649"), K("L3999"), K("L5999"), K("L7499"), K("L8039"),
    K("L8499"), K("L8699"), K("Q0507"), K("Q2039"), K("Q4050"), K("Q4051"), K("Q4100"), K("T1999"), K("T5999"), K("V2199"),
    K("V2399"), K("V2499"), K("V2599"), K("V2799"), K("V5298"), K("V5299"),
};
#undef K
/* clang-format on */

/* is_unlisted - a code that says only "something else" */
static bool is_unlisted(const struct edit_line *l)
{
    return (str_is_digits(l->code, 5, 5) && strcmp(l->code + 3, "99") == 0) ||
           code_key_in(l->key, unlisted, sizeof(unlisted) / sizeof(unlisted[0]));
}

/* edit_cod_12 - what was done is told in words */
void edit_cod_12(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!l->line->description[0] && is_unlisted(l))
            edit_found(r, at_line(l, r->c->professional ? "SV101-7" : "SV202-7"), l->code,
                       "%s is an unlisted code and has no description", l->code);
    }
}
