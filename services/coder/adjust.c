/* adjust.c - from what the payer has and what the record wants to what goes out */
#include "services/coder/adjust.h"

#include <string.h>

#include "common/base/str.h"
#include "common/claim/destination.h"

static const char waits[] = "the payer has not decided the version that it has: a replacement or "
                            "void before that would be refused";

/* clang-format off */
/* billing §8.4, §8.5: a 7 or 8 only of what was decided, an original of what was refused before. */
const struct adjust_row adjust_rows[] = {
    {STANDING_NONE,          WANT_SAME,      STEP_ORIGINAL, ""},
    {STANDING_NONE,          WANT_MORE,      STEP_ORIGINAL, ""},
    {STANDING_NONE,          WANT_OTHER,     STEP_ORIGINAL, ""},
    {STANDING_NONE,          WANT_ELSEWHERE, STEP_ORIGINAL, ""},
    {STANDING_NONE,          WANT_GONE,      STEP_DROP,     "nothing was sent"},
    {STANDING_REJECTED,      WANT_SAME,      STEP_KEEP,     ""},
    {STANDING_REJECTED,      WANT_MORE,      STEP_ORIGINAL, "the payer refused it before adjudication: an original again"},
    {STANDING_REJECTED,      WANT_OTHER,     STEP_ORIGINAL, "the payer refused it before adjudication: an original again"},
    {STANDING_REJECTED,      WANT_ELSEWHERE, STEP_ORIGINAL, "the payer refused it before adjudication: an original again"},
    {STANDING_REJECTED,      WANT_GONE,      STEP_DROP,     "the payer refused it before adjudication: nothing is there to void"},
    {STANDING_UNPROCESSABLE, WANT_SAME,      STEP_KEEP,     ""},
    {STANDING_UNPROCESSABLE, WANT_MORE,      STEP_ORIGINAL, "the payer did not process it: an original again"},
    {STANDING_UNPROCESSABLE, WANT_OTHER,     STEP_ORIGINAL, "the payer did not process it: an original again"},
    {STANDING_UNPROCESSABLE, WANT_ELSEWHERE, STEP_ORIGINAL, "the payer did not process it: an original again"},
    {STANDING_UNPROCESSABLE, WANT_GONE,      STEP_DROP,     "the payer did not process it: nothing is there to void"},
    {STANDING_UNDECIDED,     WANT_SAME,      STEP_KEEP,     ""},
    {STANDING_UNDECIDED,     WANT_MORE,      STEP_WAIT,     waits},
    {STANDING_UNDECIDED,     WANT_OTHER,     STEP_WAIT,     waits},
    {STANDING_UNDECIDED,     WANT_ELSEWHERE, STEP_WAIT,     waits},
    {STANDING_UNDECIDED,     WANT_GONE,      STEP_WAIT,     waits},
    {STANDING_DECIDED,       WANT_SAME,      STEP_KEEP,     ""},
    {STANDING_DECIDED,       WANT_MORE,      STEP_LATE,     "charges after the bill that the payer decided"},
    {STANDING_DECIDED,       WANT_OTHER,     STEP_REPLACE,  "replaces the claim that the payer decided"},
    {STANDING_DECIDED,       WANT_ELSEWHERE, STEP_MOVE,     "billed to the wrong payer, member or provider: void, and a new claim"},
    {STANDING_DECIDED,       WANT_GONE,      STEP_VOID,     ""},
    {STANDING_VOIDED,        WANT_SAME,      STEP_RENEW,    "the claim before it is void: a new claim"},
    {STANDING_VOIDED,        WANT_MORE,      STEP_RENEW,    "the claim before it is void: a new claim"},
    {STANDING_VOIDED,        WANT_OTHER,     STEP_RENEW,    "the claim before it is void: a new claim"},
    {STANDING_VOIDED,        WANT_ELSEWHERE, STEP_RENEW,    "the claim before it is void: a new claim"},
    {STANDING_VOIDED,        WANT_GONE,      STEP_KEEP,     ""},
};

/* What the payer's states leave of a claim; a state without a row: not decided. */
static const struct {
    CcClaimState state;
    enum standing standing;
} standings[] = {
    {CLAIM_STATE_REJECTED,    STANDING_REJECTED},
    {CLAIM_STATE_PAID,        STANDING_DECIDED},
    {CLAIM_STATE_PARTIAL,     STANDING_DECIDED},
    {CLAIM_STATE_DENIED,      STANDING_DECIDED},
    {CLAIM_STATE_COB_WAIT,    STANDING_DECIDED},
    {CLAIM_STATE_PATIENT_DUE, STANDING_DECIDED},
    {CLAIM_STATE_APPEALED,    STANDING_UNDECIDED},
    {CLAIM_STATE_CLOSED,      STANDING_DECIDED},
    {CLAIM_STATE_WRITTEN_OFF, STANDING_DECIDED},
    {CLAIM_STATE_VOIDED,      STANDING_VOIDED},
};

/* The condition code of a Medicare adjustment, by what changed; several kinds of change: D9. */
static const struct {
    const char *what, *code;
} reasons[] = {
    {"line",             "D2"},
    {"diagnosis",        "D4"},
    {"procedure",        "D4"},
    {"drg",              "D4"},
    {"admit_date",       "D0"},
    {"discharge_date",   "D0"},
    {"discharge_status", "E0"},
    {NULL, NULL},
};
/* clang-format on */

/* adjust_standing - see adjust.h */
enum standing adjust_standing(const CcMadeClaim *m)
{
    if (!m->sent_version)
        return STANDING_NONE;
    for (size_t i = 0; i < sizeof(standings) / sizeof(standings[0]); i++)
        if (standings[i].state == (CcClaimState)m->payer_state)
            return standings[i].standing == STANDING_DECIDED && m->unprocessable
                       ? STANDING_UNPROCESSABLE
                       : standings[i].standing;
    return STANDING_UNDECIDED;
}

/* adjust_step - see adjust.h */
enum step adjust_step(enum standing standing, enum want want, bool late_bill, const char **why)
{
    const struct adjust_row *row = adjust_rows;

    while (row->standing != standing || row->want != want)
        row++;
    *why = row->why;
    return row->step == STEP_LATE && !late_bill ? STEP_REPLACE : row->step;
}

/* adjust_late_bill - see adjust.h */
bool adjust_late_bill(const struct tables *t, const CcClaim *c)
{
    const CcClaimCoverage *to = claim_destination(c);
    struct table_row row;

    if (c->kind != CLAIM_KIND_INSTITUTIONAL || !to ||
        tables_find(t, TABLE_PAYERS, to->payer_id, NULL, c->thru_date, &row) != LOOKUP_FOUND)
        return false;
    return table_col_is(&row, "late_charges", "5") ||
           (table_col_is(&row, "late_charges", "5-outpatient") && !c->admit_date);
}

/* adjust_is_reason - see adjust.h */
bool adjust_is_reason(const char *condition)
{
    return (condition[0] == 'D' && condition[1] >= '0' && condition[1] <= '9' && !condition[2]) ||
           strcmp(condition, "E0") == 0;
}

/* reason_of - one kind of change has its code */
static const char *reason_of(const CcClaim *c)
{
    const char *found = NULL;

    for (size_t i = 0; i < c->n_changes; i++) {
        size_t k = 0;

        if (strcmp(c->changes[i]->what, "total") == 0)
            continue;
        while (reasons[k].what && strcmp(reasons[k].what, c->changes[i]->what) != 0)
            k++;
        if (!reasons[k].what || (found && strcmp(found, reasons[k].code) != 0))
            return "D9";
        found = reasons[k].code;
    }
    return found ? found : "D1";
}

/* put_reason - exactly one; D9 is told in the remarks */
static bool put_reason(struct arena *a, CcClaim *c, const char *code)
{
    size_t kept = 0;
    char *copy = arena_strdup(a, code);

    for (size_t i = 0; i < c->n_conditions; i++)
        if (!adjust_is_reason(c->conditions[i]))
            c->conditions[kept++] = c->conditions[i];
    c->n_conditions = kept;
    if (strcmp(code, "D9") == 0 && !c->billing_note[0]) {
        char *note = arena_strdup(a, adjust_words(a, c));

        if (!note)
            return false;
        str_upper(note);
        c->billing_note = note;
    }
    return copy && event_push(a, c, conditions, copy);
}

/* adjust_mark - see adjust.h */
bool adjust_mark(struct arena *a, CcClaim *c, char frequency, const char *payer_claim, bool moved)
{
    const CcClaimCoverage *to = claim_destination(c);
    bool adjusts = frequency == '7' || frequency == '8';

    c->frequency = arena_printf(a, "%c", frequency);
    c->original_reference = arena_strdup(a, adjusts ? payer_claim : "");
    if (!c->frequency || !c->original_reference)
        return false;
    if (c->kind != CLAIM_KIND_INSTITUTIONAL)
        return true;
    if (strlen(c->type_of_bill) == 4 &&
        !(c->type_of_bill = arena_printf(a, "%.3s%c", c->type_of_bill, frequency)))
        return false;
    if (!adjusts || !to || strcmp(to->filing_indicator, "MA") != 0)
        return true;
    return put_reason(a, c, frequency == '7' ? reason_of(c) : moved ? "D5" : "D6");
}

/* counted - how many changes of this kind and action stand before and at i; 0: told already */
static size_t counted(const CcClaim *c, size_t i)
{
    size_t n = 0;

    for (size_t k = 0; k < c->n_changes; k++) {
        if (strcmp(c->changes[k]->what, c->changes[i]->what) != 0 ||
            strcmp(c->changes[k]->action, c->changes[i]->action) != 0)
            continue;
        if (k < i)
            return 0;
        n++;
    }
    return n;
}

/* adjust_words - each kind of change once, with how many; the total with its difference */
const char *adjust_words(struct arena *a, const CcClaim *c)
{
    const char *text = "";

    for (size_t i = 0; i < c->n_changes && text; i++) {
        const CcClaimChange *x = c->changes[i];
        int64_t cents = x->after_cents - x->before_cents;
        uint64_t size = (uint64_t)(cents < 0 ? -cents : cents);
        size_t n = counted(c, i);
        const char *comma = *text ? ", " : "";

        if (strcmp(x->what, "total") == 0)
            text = arena_printf(a, "%s%stotal %c%llu.%02u", text, comma, cents < 0 ? '-' : '+',
                                (unsigned long long)(size / 100), (unsigned)(size % 100));
        else if (n)
            text = arena_printf(a, "%s%s%s %s %zu", text, comma, x->what, x->action, n);
    }
    return text;
}
