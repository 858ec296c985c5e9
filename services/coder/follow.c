/* follow.c - conventions that order two diagnoses, whatever rank the record gave them
 *
 * The record ranks first (sequence.c); then what the classification commands: cause before what it
 * causes, and who may not stand first. Nothing looks at payment. */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/str.h"
#include "common/rules/code_set.h"
#include "common/tables/tabular.h"

/* What the record ranks first and a use-additional note does not move: a visit for the addiction
 * itself, whatever it has harmed. */
static const char own_reason[] = "F10-F19";

/* stays - a use-additional note does not put d before x: a visit's own addiction, and a disease
 * before what a Z code says of it */
static bool stays(const struct dx *x, const struct dx *d)
{
    return (x->rank == 1 && dx_in(x, own_reason)) || (d->code[0] == 'Z' && x->code[0] != 'Z');
}

/* named - a listed diagnosis that the note names and that stands on the wrong side of d */
static struct dx *named(struct work *w, const struct dx *d, const struct tabular_note *note,
                        bool behind)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *x = &w->dx[i];

        if (x != d && x->rank && dx_listed(x) && (x->rank > d->rank) == behind &&
            tabular_note_names(note, x->key) && !tabular_note_names(note, d->key) &&
            (behind || !stays(x, d)))
            return x;
    }
    return NULL;
}

/* follow_note - one diagnosis by its notes of a part: code-first brings the named ones before it,
 * use-additional puts it before them; true: something moved */
static bool follow_note(struct work *w, const struct rule *r, struct dx *d, enum tabular_part part)
{
    bool first = part == TABULAR_CODE_FIRST, moved = false;
    const struct tabular_note *note;
    struct tabular_walk walk = dx_climb(w, d);
    struct dx *x;

    walk.among = &w->places;
    while ((note = tabular_note_next(w->t, d->code, part, w->coding_date, &walk)))
        while ((x = named(w, d, note, first)) &&
               (first ? dx_before(w, r, x, d) : dx_before(w, r, d, x))) {
            work_cite_table(w, d->as, r,
                            tables_edition(w->t, TABLE_ICD10CM_TABULAR, w->coding_date));
            moved = true;
        }
    return moved;
}

/* follow - until nothing moves; notes that send two codes before each other end by the count */
static void follow(struct work *w, const struct rule *r, enum tabular_part part)
{
    bool moved = true;

    for (size_t pass = 0; moved && pass <= w->n_dx; pass++) {
        moved = false;
        for (uint32_t rank = 1; rank <= w->n_dx; rank++) {
            struct dx *d = dx_ranked(w, rank);

            if (d && !d->external)
                moved |= follow_note(w, r, d, part);
        }
    }
}

/* rule_code_first - the cause before what it causes */
void rule_code_first(struct work *w, const struct rule *r)
{
    follow(w, r, TABULAR_CODE_FIRST);
}

/* rule_use_additional - what only adds to a code stands behind it */
void rule_use_additional(struct work *w, const struct rule *r)
{
    follow(w, r, TABULAR_USE_ADDITIONAL);
}

/* is_manifestation - by its title */
static bool is_manifestation(struct work *w, const struct dx *d)
{
    char title[DX_TITLE];

    return strstr(dx_title(w, d->code, title, sizeof(title)), "in diseases classified elsewhere") ||
           strstr(title, "in other diseases classified elsewhere");
}

/* ask_first - nothing else of the visit may stand first; where another diagnosis waits for its
 * answer that one comes first */
static void ask_first(struct work *w, const struct rule *r, struct dx *d)
{
    CcReviewItem *item;

    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_ASKED)
            return;
    item = work_ask_dx(
        w, r, d, "no-principal",
        work_printf(w, "%s never stands first. Which condition was cared for?", d->code));

    if (!item->n_options)
        dx_open_options(w, item);
}

const char dx_only_adds[] = "B90-B97;E64;O94;R297;R4021-R4024;R65;S00-T88@7S;T36-T50@i56;T8112;"
                            "Z16;Z283;Z331;Z37;Z3A;Z55-Z65;Z68";

/* step_back - d stands behind the first diagnosis that may stand first; else a question */
static void step_back(struct work *w, const struct rule *r, struct dx *d)
{
    for (uint32_t rank = 2; rank <= w->n_dx; rank++) {
        struct dx *x = dx_ranked(w, rank);

        if (!x || x->external || dx_in(x, dx_only_adds) || is_manifestation(w, x))
            continue;
        dx_before(w, r, x, d);
        return;
    }
    ask_first(w, r, d);
}

/* dx_never_first - codes of a set */
void dx_never_first(struct work *w, const struct rule *r, const char *refs)
{
    struct dx *d = dx_ranked(w, 1);

    if (d && dx_in(d, refs))
        step_back(w, r, d);
}

/* rule_manifestation - a manifestation is never first, and never alone */
void rule_manifestation(struct work *w, const struct rule *r)
{
    struct dx *d = dx_ranked(w, 1);

    if (d && is_manifestation(w, d))
        step_back(w, r, d);
}

/* rule_organism_second - an organism or its resistance only adds to the infection */
void rule_organism_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "B95-B97;Z16");
}

/* rule_severe_second - severe sepsis and shock stand behind the infection */
void rule_severe_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "R652;T8112");
}

/* rule_adverse_second - the drug stands behind what it did */
void rule_adverse_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "T36-T50@i5");
}

/* rule_underdosing_second - never first */
void rule_underdosing_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "T36-T50@i6");
}

/* rule_sequela_second - what remained stands before what it remained of */
void rule_sequela_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "S00-T88@7S;B90-B94;E64;O94");
}

/* rule_pump_first - the failed pump before too much or too little insulin, and the diabetes */
void rule_pump_first(struct work *w, const struct rule *r)
{
    struct dx *pump = dx_among(w, "T85614;T85624;T85633;T85694");

    for (uint32_t rank = 1; pump && dx_among(w, "T383X1;T383X6") && rank < pump->rank; rank++) {
        struct dx *d = dx_ranked(w, rank);

        if (d && dx_in(d, "T383X1;T383X6;E08-E11;E13"))
            dx_before(w, r, pump, d);
    }
}

/* rule_adding_second - weight, weeks, outcome, scales, alcohol level, social circumstances only add
 */
void rule_adding_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "Z3A;Z68;Z37;R4021-R4024;R297;Y90;Z55-Z65;Z283");
}

/* is_poisoning - or toxic effect, under active treatment */
static bool is_poisoning(const struct dx *d)
{
    return (dx_in(d, "T36-T50@i1;T36-T50@i2;T36-T50@i3;T36-T50@i4") || dx_in(d, "T51-T65")) &&
           strlen(d->code) == 7 && d->code[6] == 'A';
}

/* rule_poisoning_first - the poisoning before what it caused; an injury may be the graver */
void rule_poisoning_first(struct work *w, const struct rule *r)
{
    struct dx *first = dx_ranked(w, 1);

    if (!first || is_poisoning(first) || dx_in(first, "O00-O9A") ||
        (dx_in(first, "S00-T35") && !dx_in(first, "S00-T35@7S")))
        return;
    for (uint32_t rank = 2; rank <= w->n_dx; rank++) {
        struct dx *d = dx_ranked(w, rank);

        if (d && is_poisoning(d)) {
            dx_before(w, r, d, first);
            return;
        }
    }
}

/* degree - of a burn or corrosion; 0: none, or not said */
static int degree(const struct dx *d)
{
    return dx_in(d, "T20-T25") && d->code[3] >= '1' && d->code[3] <= '7' ? (d->code[3] - '0') % 4
                                                                         : 0;
}

/* rule_burns - the highest degree first among the burns */
void rule_burns(struct work *w, const struct rule *r)
{
    for (uint32_t i = 1; i <= w->n_dx; i++)
        for (uint32_t k = i + 1; k <= w->n_dx; k++) {
            struct dx *a = dx_ranked(w, i), *b = dx_ranked(w, k);

            if (a && b && degree(a) && degree(b) > degree(a))
                dx_before(w, r, b, a);
        }
}

static const char sepsis[] = "A021;A227;A267;A327;A40-A41;A427;A5486;B377";
static const char local_infection[] = "J12-J18;K65;L03;N10;N12;N30;N390;A09;K57;K81;L02;M00;I33";

/* rule_sepsis_order - both there on admission: sepsis first; sepsis that came later: the local
 * infection first */
void rule_sepsis_order(struct work *w, const struct rule *r)
{
    struct dx *s = dx_among(w, sepsis), *first = dx_ranked(w, 1), *local;

    if (!s || !first)
        return;
    local = dx_among(w, local_infection);
    if (first == s && w->inpatient && s->poa == POA_N && local && local->poa == POA_Y)
        dx_before(w, r, local, s);
    else if (first != s && dx_in(first, local_infection) && (!w->inpatient || s->poa == POA_Y))
        dx_before(w, r, s, first);
}

/* rule_pregnancy_first - chapter 15 before other chapters */
void rule_pregnancy_first(struct work *w, const struct rule *r)
{
    struct dx *first = dx_ranked(w, 1);

    if (!first || dx_in(first, "O00-O9A;Z331-Z332;Z34"))
        return;
    for (uint32_t rank = 2; rank <= w->n_dx; rank++) {
        struct dx *d = dx_ranked(w, rank);

        if (d && d->code[0] == 'O') {
            dx_before(w, r, d, first);
            return;
        }
    }
}

/* Z codes that are first or not there at all (I.C.21.c.15). */
static const char first_only[] = "Z000-Z005;Z007-Z008;Z01-Z02;Z04;Z3181;Z3183-Z3184;Z332;Z34;Z38;"
                                 "Z39;Z40;Z42;Z510-Z511;Z520-Z528;"
                                 "Z761-Z762;Z9912";

/* ask_reason - a stay that another condition occasioned, or one for this? */
static void ask_reason(struct work *w, const struct rule *r, struct dx *d, const struct dx *first)
{
    const char *const options[] = {d->code, first->code, NULL};

    dx_ask(w, r, d, "no-principal",
           work_printf(w,
                       "%s is only coded as the reason of a stay, and %s is ranked first. Which "
                       "occasioned the admission?",
                       d->code, first->code),
           options);
}

/* rule_first_only - first, or on a stay a question; a birth is always first */
void rule_first_only(struct work *w, const struct rule *r)
{
    struct dx *first = dx_ranked(w, 1), *d = dx_among(w, first_only);

    if (!first || !d || !d->rank || first == d || dx_in(first, first_only) ||
        dx_asked(w, first_only))
        return;
    if (answer_is_first(w, first->code)) {
        work_reject_dx(w, r, d);
        dx_leave_ranks(w, d);
    } else if (!w->inpatient || dx_in(d, "Z38")) {
        dx_before(w, r, d, first);
    } else {
        ask_reason(w, r, d, first);
    }
}

/* rule_acute_first - the acute form of the same disease before the chronic one */
void rule_acute_first(struct work *w, const struct rule *r)
{
    char rest[DX_TITLE];

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *acute = &w->dx[i], *chronic = dx_chronic_of(w, acute, rest);

        if (chronic)
            dx_before(w, r, acute, chronic);
    }
}
