/* pay.c - PAY and the edits whose only question is what a payer's rules say: rules.c has asked them
 */
#include "services/validator/edits/edits.h"
#include "services/validator/rules.h"

/* edit_pay_01 - rules that refuse a claim */
void edit_pay_01(struct edit_run *r)
{
    edit_rules_tell(r);
}

/* edit_pay_02 - rules that want a person to look */
void edit_pay_02(struct edit_run *r)
{
    edit_rules_tell(r);
}

/* edit_pay_03 - rules that say something along the way */
void edit_pay_03(struct edit_run *r)
{
    edit_rules_tell(r);
}

/* edit_idn_06 - the group's number, where the payer wants it */
void edit_idn_06(struct edit_run *r)
{
    edit_rules_tell(r);
}

/* edit_aut_03 - a referral number, where the plan wants it */
void edit_aut_03(struct edit_run *r)
{
    edit_rules_tell(r);
}

/* edit_tfl_03 - replacements and voids inside the payer's limit */
void edit_tfl_03(struct edit_run *r)
{
    edit_rules_tell(r);
}

/* edit_dat_10 - months and years that a claim may not cross */
void edit_dat_10(struct edit_run *r)
{
    edit_rules_tell(r);
}

/* edit_med_02 - services that come too often */
void edit_med_02(struct edit_run *r)
{
    edit_rules_tell(r);
}
