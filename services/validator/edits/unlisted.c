/* unlisted.c - COD-12: codes that say only "something else" */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"

/* clang-format off */
/* Unlisted and not-otherwise-classified codes beside the CPT codes that end in 99, which all are. */
static const char *const unlisted[] = {
    "21089", "37501", "38129", "38589", "43289", "43659", "44238", "44979", "47379", "47579", "49329", "49659", "50549",
    "50949", "55559", "58578", "58579", "58679", "59897", "59898", "60659", "69949", "69979", "76496", "76497", "76498",
    "88749", "89240", "89398", "90749", "92700", "93998", "96379", "96549", "97039", "97139", "99429", "99600",
    "A0999", "A4335", "A4421", "A4641", "A4649", "A9150", "A9280", "A9698", "A9699", "A9900", "A9999", "B9998", "B9999",
    "C9399", "E0769", "E0770", "E1399", "E1699", "J3490", "J3590", "J7199", "J7599", "J7699", "J7799", "J7999",
    "J8498", "J8499", "J8597", "J8999", "J9999", "K0108", "K0812", "K0898", "K0899", "L0999", "L1499", "L2999", "L3649",
    "L3999", "L5999", "L7499", "L8039", "L8499", "L8699", "Q0507", "Q2039", "Q4050", "Q4051", "Q4100", "T1999",
    "T5999", "V2199", "V2399", "V2499", "V2599", "V2799", "V5298", "V5299", NULL,
};
/* clang-format on */

/* is_unlisted - a code that says only "something else" */
static bool is_unlisted(const char *code)
{
    return (str_is_digits(code, 5, 5) && strcmp(code + 3, "99") == 0) || str_in(code, unlisted);
}

/* edit_cod_12 - what was done is told in words */
void edit_cod_12(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (is_unlisted(l->code) && !l->line->description[0])
            edit_found(r, at_line(l, r->c->professional ? "SV101-7" : "SV202-7"), l->code,
                       "%s is an unlisted code and has no description", l->code);
    }
}
