/* ops_status.c - OPS-02 to OPS-06: what Addendum B's status indicator says of a line on a Medicare
 * outpatient bill (CMS IOCE; billing §7.6)
 *
 * Hospital bills under OPPS are 12x, 13x, 14x. Where Addendum B is not loaded, or does not know the
 * code, nothing is said. */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"

/* edit_is_opps - a hospital's outpatient bill; a professional claim has no facility */
bool edit_is_opps(const struct edit_claim *c)
{
    return c->facility >= 12 && c->facility <= 14;
}

/* has_status - of a line */
static bool has_status(struct edit_run *r, const struct edit_line *l, const char *status)
{
    return strcmp(edit_status(r, l), status) == 0;
}

/* in_opps - with the edition of Addendum B */
static struct place in_opps(const struct edit_run *r, const struct edit_line *l)
{
    return in_edition(at_code(r, l), edit_edition(r, TABLE_OPPS, l->from));
}

/* is_shut_out - an inpatient-only procedure that nothing opens: modifier CA (emergency, and the
 * patient died or left for another hospital) does */
static bool is_shut_out(struct edit_run *r, const struct edit_line *l)
{
    return has_status(r, l, "C") && !(l->mods & MOD_CA);
}

/* edit_inpatient_only_day - some line of that day is an inpatient-only procedure */
bool edit_inpatient_only_day(struct edit_run *r, int32_t day)
{
    for (size_t i = 0; edit_is_opps(r->c) && i < r->c->n_lines; i++)
        if (r->c->lines[i].from == day && is_shut_out(r, &r->c->lines[i]))
            return true;
    return false;
}

/* edit_ops_02 - what Medicare pays to inpatients only */
void edit_ops_02(struct edit_run *r)
{
    for (size_t i = 0; edit_is_opps(r->c) && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (is_shut_out(r, l))
            edit_found(r, in_opps(r, l), l->code,
                       "%s is paid to inpatients only (status C), and this is an outpatient bill",
                       l->code);
    }
}

/* first_of_day - no earlier line with a code but the inpatient-only ones has this day */
static bool first_of_day(struct edit_run *r, const struct edit_line *l)
{
    for (size_t i = 0; i < l->index; i++)
        if (r->c->lines[i].key && r->c->lines[i].from == l->from &&
            !is_shut_out(r, &r->c->lines[i]))
            return false;
    return true;
}

/* edit_ops_03 - all else of such a day is denied with it; the first such line is named */
void edit_ops_03(struct edit_run *r)
{
    for (size_t i = 0; edit_is_opps(r->c) && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->key && !is_shut_out(r, l) && first_of_day(r, l) &&
            edit_inpatient_only_day(r, l->from))
            edit_found(
                r, in_opps(r, l), l->code,
                "all that is done on the day of an inpatient-only procedure is denied with it");
    }
}

/* edit_ops_04 - a bill of nothing but packaged services pays nothing and is refused whole */
void edit_ops_04(struct edit_run *r)
{
    const struct edit_line *packaged = NULL;

    for (size_t i = 0; edit_is_opps(r->c) && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->key && !has_status(r, l, "N"))
            return;
        packaged = l->key ? l : packaged;
    }
    if (packaged)
        edit_found(
            r, in_opps(r, packaged), packaged->code,
            "every service on the bill is packaged (status N) into others that are not there");
}

/* clang-format off */
/* Codes that are not for this bill. */
static const struct {
    const char *status, *edit, *why;
    bool opps_only;
} elsewhere[] = {
    {"Y", "IOCE 61", "is equipment: billed to the DME contractor only", false},
    {"B", "IOCE 62", "is not taken on this bill type; another code may be", true},
    {"M", "IOCE 72", "is not billed to this contractor", true},
};
/* clang-format on */

/* edit_ops_05 - codes that belong on another bill */
void edit_ops_05(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < sizeof(elsewhere) / sizeof(elsewhere[0]); k++) {
            const struct edit_line *l = &r->c->lines[i];

            if (l->key && (edit_is_opps(r->c) || !elsewhere[k].opps_only) &&
                has_status(r, l, elsewhere[k].status))
                edit_same_as(r,
                             edit_found(r, in_opps(r, l), l->code, "%s %s (status %s)", l->code,
                                        elsewhere[k].why, elsewhere[k].status),
                             elsewhere[k].edit);
        }
}

/* is_work - a service that can hold a device: a procedure, a visit */
static bool is_work(struct edit_run *r, const struct edit_line *l)
{
    static const char *const work[] = {"S",  "T",  "V", "J1", "J2", "P", "Q1",
                                       "Q2", "Q3", "C", "A",  "",   NULL};

    return l->key && str_in(edit_status(r, l), work);
}

/* edit_ops_06 - a device or a source of radiation, and nobody put it in */
void edit_ops_06(struct edit_run *r)
{
    const struct edit_line *device = NULL;

    for (size_t i = 0; edit_is_opps(r->c) && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (is_work(r, l))
            return;
        if (l->key && !device && (has_status(r, l, "H") || has_status(r, l, "U")))
            device = l;
    }
    if (device)
        edit_found(r, in_opps(r, device), device->code,
                   "%s is implanted or administered, and no procedure on the bill does it",
                   device->code);
}
