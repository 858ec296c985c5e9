/* beside.c - procedures of one day beside each other: what one contains of another, what two are
 * together
 *
 * A row is two patterns of codes and the characters in which both must agree. "." is any character,
 * "[AB]" one of these, "[^A]" none of them. */
#include "services/coder/work.h"

#include <string.h>

#include "services/coder/answer.h"
#include "services/coder/pcs/pcs.h"

/* clang-format off */
/* One code contains the other: the part is not coded. */
static const struct within {
    const char *rule, *whole, *part;
    const char *same; /* positions, from 1 */
} withins[] = {
    {"PCS-03", "0.[^J]....", "0.J....", "245"},                 /* B3.11a: on the way */
    {"PCS-04", "0.S..[^Z].", "0.H....", "246"},                 /* B3.15: what holds the fracture */
    {"PCS-05", "0RG[0146A].A.", "0RG[0146A].[7KJ].", "457"},    /* B3.10c: a cage before a graft, */
    {"PCS-05", "0SG[03].A.", "0SG[03].[7KJ].", "457"},
    {"PCS-05", "0RG[0146A].7.", "0RG[0146A].K.", "457"},        /* own graft before another's, */
    {"PCS-05", "0SG[03].7.", "0SG[03].K.", "457"},              /* where it is one joint (B3.10b) */
};

/* Both stand in the record, and one is wrong or they are one code. `asked`: 1 or 2; it may have
 * another character at `position` (0: no code is offered). */
static const struct clash {
    const char *rule, *first, *second, *same;
    int asked, position;
    const char *question;
} clashes[] = {
    {"PCS-04", "0.S..Z.", "0.H....", "24", 1, 6,
     "A bone was put in place without a device, and a device was put into it that day. Which code "
     "does the record support?"},
    {"PCS-06", "0.T....", "0.B...[^X]", "24", 2, 0,
     "A part of a body part and all of it were taken on one day. Does the record support both?"},
    {"PCS-07", "021[0-3]...", "021[0-3]...", "567", 1, 4,
     "Two codes say a bypass of coronary arteries with the same device from the same source. How "
     "many arteries does the record support?"},
};

/* Bones of one side, and the regions where what immobilizes them lies. */
static const struct {
    char system;
    const char *bones, *regions;
} limbs[] = {
    {'P', "9CF57", "A8"}, {'P', "BDG68", "B9"}, {'P', "HK", "C8"},   {'P', "JL", "D9"},
    {'P', "MP", "EC8"},   {'P', "NQ", "FD9"},   {'P', "R", "GEC8"},  {'P', "S", "HFD9"},
    {'P', "T", "JEC8"},   {'P', "V", "KFD9"},   {'Q', "68B", "NL"},  {'Q', "79C", "PM"},
    {'Q', "DGJ", "QLN"},  {'Q', "FHK", "RMP"},  {'Q', "LN", "SQL"},  {'Q', "MP", "TRM"},
    {'Q', "Q", "USQL"},   {'Q', "R", "VTRM"},
};
/* clang-format on */

/* in_class - "[^AB]": is the character one of them? Moves to what follows */
static bool in_class(const char **pattern, char c)
{
    const char *at = *pattern + 1;
    bool not = *at == '^', found = false;

    for (at += not ; *at && *at != ']'; at++) {
        if (at[1] == '-' && at[2]) {
            found = found || (c >= at[0] && c <= at[2]);
            at += 2;
        } else {
            found = found || *at == c;
        }
    }
    *pattern = *at ? at + 1 : at;
    return found != not ;
}

/* pcs_like - see pcs.h */
bool pcs_like(const char *code, const char *pattern)
{
    for (; *pattern && *code; code++) {
        if (*pattern == '[') {
            if (!in_class(&pattern, *code))
                return false;
        } else if (*pattern != '.' && *pattern != *code) {
            return false;
        } else {
            pattern++;
        }
    }
    return !*pattern;
}

/* pcs_ready - see pcs.h */
bool pcs_ready(const struct service *s)
{
    return s->state == SERVICE_READY && s->as->code->system == CODE_SYSTEM_ICD10PCS &&
           strlen(s->as->code->code) == PCS_CODE - 1;
}

/* agree - in these positions */
static bool agree(const char *a, const char *b, const char *positions)
{
    for (; *positions; positions++)
        if (a[*positions - '1'] != b[*positions - '1'])
            return false;
    return true;
}

/* both_ready - two accepted codes of one day */
static bool both_ready(const struct service *a, const struct service *b)
{
    return a != b && pcs_ready(a) && pcs_ready(b) && a->from_date == b->from_date;
}

/* contained - by a row of the rule, in any other code of the day */
static bool contained(const struct work *w, const struct rule *r, const struct service *s)
{
    for (size_t i = 0; i < sizeof(withins) / sizeof(withins[0]); i++)
        for (size_t k = 0; k < w->n_services && strcmp(withins[i].rule, r->id) == 0; k++) {
            const struct service *x = &w->services[k];

            if (both_ready(s, x) && pcs_like(s->as->code->code, withins[i].part) &&
                pcs_like(x->as->code->code, withins[i].whole) &&
                agree(s->as->code->code, x->as->code->code, withins[i].same))
                return true;
        }
    return false;
}

/* reject_contained - parts of other codes */
static void reject_contained(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (contained(w, r, &w->services[i]))
            work_reject_service(w, r, &w->services[i]);
}

/* pcs_decided - see pcs.h */
bool pcs_decided(const struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_answered; i++)
        if (w->answered[i].answer->n_codes && answer_is_about(w->answered[i].item, s->as))
            return true;
    return false;
}

/* offer_codes - those that differ in one character, as the tables have them */
static void offer_codes(struct work *w, CcReviewItem *item, const char *code, int position)
{
    static const char values[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    char other[PCS_CODE];
    struct table_row row;
    struct pcs_fault fault;

    memcpy(other, code, PCS_CODE);
    for (const char *v = values; position && *v; v++) {
        other[position - 1] = *v;
        if (pcs_check(w->t, other, w->coding_date, &row, &fault) == PCS_LEGAL)
            work_option(w, item, CODE_SYSTEM_ICD10PCS, other, other);
    }
}

/* ask - about the one that the row names; a person's code stands for both */
static void ask(struct work *w, const struct rule *r, const struct clash *c, struct service *first,
                struct service *second)
{
    struct service *s = c->asked == 1 ? first : second, *other = c->asked == 1 ? second : first;
    CcReviewItem *item;

    if (pcs_decided(w, s)) {
        if (c->position && !pcs_decided(w, other))
            work_reject_service(w, r, other);
        return;
    }
    item = work_ask_service(w, r, s, "procedure", c->question);
    offer_codes(w, item, s->as->code->code, c->position);
    work_choice(w, item, "both", "both, as they are");
    if (!c->position)
        work_choice(w, item, "none", "it is part of the other");
}

/* once - both patterns are one: a pair is not asked about from its other end */
static bool once(const struct clash *c)
{
    return strcmp(c->first, c->second) == 0;
}

/* ask_clashes - each pair once */
static void ask_clashes(struct work *w, const struct rule *r)
{
    for (size_t n = 0; n < sizeof(clashes) / sizeof(clashes[0]); n++)
        for (size_t i = 0; i < w->n_services && strcmp(clashes[n].rule, r->id) == 0; i++)
            for (size_t k = once(&clashes[n]) ? i : 0; k < w->n_services; k++) {
                struct service *a = &w->services[i], *b = &w->services[k];

                if (both_ready(a, b) && pcs_like(a->as->code->code, clashes[n].first) &&
                    pcs_like(b->as->code->code, clashes[n].second) &&
                    agree(a->as->code->code, b->as->code->code, clashes[n].same))
                    ask(w, r, &clashes[n], a, b);
            }
}

/* rule_pcs_inspection - looking on the way to another procedure on the same part, by the same
 * approach (B3.11a) */
void rule_pcs_inspection(struct work *w, const struct rule *r)
{
    reject_contained(w, r);
}

/* rule_pcs_reposition - putting a bone in place includes what holds it there (B3.15) */
void rule_pcs_reposition(struct work *w, const struct rule *r)
{
    reject_contained(w, r);
    ask_clashes(w, r);
}

/* rule_pcs_fusion - of one joint one device (B3.10c) */
void rule_pcs_fusion(struct work *w, const struct rule *r)
{
    reject_contained(w, r);
}

/* rule_pcs_resection - all of a body part includes each part of it (B3.8) */
void rule_pcs_resection(struct work *w, const struct rule *r)
{
    ask_clashes(w, r);
}

/* rule_pcs_bypass - coronary arteries with the same device and source are one code (B3.6c) */
void rule_pcs_bypass(struct work *w, const struct rule *r)
{
    ask_clashes(w, r);
}

/* holds - does what lies on the region immobilize the bone? */
static bool holds(char system, char bone, char region)
{
    for (size_t i = 0; i < sizeof(limbs) / sizeof(limbs[0]); i++)
        if (limbs[i].system == system && strchr(limbs[i].bones, bone) &&
            strchr(limbs[i].regions, region))
            return true;
    return false;
}

/* rule_pcs_cast - a cast or splint of a fracture that was put in place (B3.15) */
void rule_pcs_cast(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = 0; k < w->n_services; k++) {
            struct service *s = &w->services[i], *x = &w->services[k];
            const char *a = s->as->code->code, *b = x->as->code->code;

            if (both_ready(s, x) && pcs_like(a, "2W3.X[123].") && pcs_like(b, "0[PQ]S....") &&
                holds(b[1], b[3], a[3]))
                work_reject_service(w, r, s);
        }
}
