/* doubt.c - what the record leaves open or contradicts, chapter by chapter: a question
 *
 * A question names the codes and what each says, leads to none of them, and leaves "other" and
 * "cannot be determined" (dx_ask). */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"

/* ask_about - one code whose other part the record does not have */
static void ask_about(struct work *w, const struct rule *r, struct dx *d, const char *reason,
                      const char *question)
{
    static const char *const options[] = {NULL};
    char shown[16];

    dx_ask(w, r, d, reason, work_printf(w, "%s: %s", icd10cm_display(d->code, shown), question),
           options);
}

/* each_doubt - every two listed diagnoses of the set that deny each other */
static void each_doubt(struct work *w, const struct rule *r, const char *refs,
                       bool (*denies)(const struct dx *a, const struct dx *b), const char *why,
                       const char *third)
{
    for (size_t i = 0; dx_among(w, refs) && i < w->n_dx; i++)
        for (size_t k = i + 1; k < w->n_dx; k++) {
            struct dx *a = &w->dx[i], *b = &w->dx[k];

            if (dx_listed(a) && dx_listed(b) && dx_in(a, refs) && dx_in(b, refs) &&
                (denies(a, b) || denies(b, a)))
                dx_ask_two(w, r, a, b, why, third);
        }
}

/* late_of - a is a sequela, b the same injury itself; burns heal at different rates */
static bool late_of(const struct dx *a, const struct dx *b)
{
    return strlen(a->code) == 7 && strlen(b->code) == 7 && strncmp(a->code, b->code, 6) == 0 &&
           a->code[6] == 'S' && b->code[6] != 'S' && !dx_in(a, "T20-T32");
}

/* rule_acute_and_late - the acute phase is never coded with its late effect */
void rule_acute_and_late(struct work *w, const struct rule *r)
{
    each_doubt(w, r, "S00-T88", late_of, "an injury, and what remained of it.",
               "both, of different injuries");
}

/* rule_therapy_of_what - chemotherapy, immunotherapy and radiation treat a neoplasm */
void rule_therapy_of_what(struct work *w, const struct rule *r)
{
    struct dx *therapy = dx_among(w, "Z510-Z511");

    if (therapy && !dx_asked(w, "Z510-Z511") && !dx_known(w, "C00-D49;O9A1"))
        ask_about(w, r, therapy, "incomplete",
                  "which neoplasm was treated? The record has none for this visit.");
}

/* remission_of - a is in remission, b is not, of one leukemia or myeloma */
static bool remission_of(const struct dx *a, const struct dx *b)
{
    return strlen(a->code) == 5 && strlen(b->code) == 5 && strncmp(a->code, b->code, 4) == 0 &&
           a->code[4] == '1' && b->code[4] != '1';
}

/* rule_leukemia - in remission or not */
void rule_leukemia(struct work *w, const struct rule *r)
{
    each_doubt(w, r, "C90-C95", remission_of, "one disease, in remission and not in remission.",
               NULL);
}

/* rule_lymphoma_spread - its spread beyond the lymph nodes is told by its own code */
void rule_lymphoma_spread(struct work *w, const struct rule *r)
{
    struct dx *lymphoma = dx_among(w, "C81-C85"), *spread = dx_among(w, "C78-C79");

    if (lymphoma && spread && !dx_among(w, "C00-C76;C7A;C80;Z85"))
        dx_ask_two(w, r, lymphoma, spread,
                   "a lymphoma beyond the lymph nodes is a code of the lymphoma.",
                   "both, of different neoplasms");
}

/* any_cause - another diagnosis that is no status, history or other Z code */
static bool any_cause(struct work *w, const struct dx *of, const char *family)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (&w->dx[i] != of && dx_listed(&w->dx[i]) && !dx_in(&w->dx[i], family) &&
            !w->dx[i].external && w->dx[i].code[0] != 'Z')
            return true;
    return false;
}

/* rule_secondary_diabetes - always of another condition */
void rule_secondary_diabetes(struct work *w, const struct rule *r)
{
    struct dx *d = dx_among(w, "E08");

    if (d && !any_cause(w, d, "E08"))
        ask_about(w, r, d, "incomplete", "which underlying condition was the diabetes due to?");
}

/* substance_remission - a in remission, b the same pattern of the same substance, active */
static bool substance_remission(const struct dx *a, const struct dx *b)
{
    return strlen(a->code) == 5 && a->code[4] == '1' && strncmp(a->code, b->code, 4) == 0 &&
           b->code[4] != '1';
}

/* rule_remission - only by the provider's judgment */
void rule_remission(struct work *w, const struct rule *r)
{
    each_doubt(w, r, "F10-F19", substance_remission,
               "one pattern of use, in remission and not in remission.", NULL);
}

/* rule_secondary_pressure - two codes are required */
void rule_secondary_pressure(struct work *w, const struct rule *r)
{
    struct dx *d = dx_among(w, "I150-I158");

    if (d && !any_cause(w, d, "I15"))
        ask_about(w, r, d, "incomplete", "which underlying condition was the hypertension due to?");
}

/* rule_retinopathy - of hypertension: with its code */
void rule_retinopathy(struct work *w, const struct rule *r)
{
    struct dx *d = dx_among(w, "H3503");

    if (d && !dx_asked(w, "H3503") && !dx_known(w, "I10-I16;I1A;O10-O11;O13-O16"))
        ask_about(w, r, d, "incomplete", "which hypertension does the patient have?");
}

/* scored - eyes, speech and movement, each at this time */
static bool scored(const struct work *w, char when)
{
    bool parts[3] = {false};

    for (size_t i = 0; i < w->n_dx; i++) {
        const struct dx *d = &w->dx[i];

        if (dx_listed(d) && dx_in(d, "R4021-R4023") && d->code[6] == when)
            parts[d->code[4] - '1'] = true;
    }
    return parts[0] && parts[1] && parts[2];
}

/* rule_coma_scale - one code each of eyes, speech and movement of one time, or the total */
void rule_coma_scale(struct work *w, const struct rule *r)
{
    for (size_t i = 0; !dx_asked(w, "R4021-R4023") && i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (!dx_listed(d) || !dx_in(d, "R4021-R4023") || scored(w, d->code[6]) ||
            dx_among(w, "R4024"))
            continue;
        ask_about(w, r, d, "incomplete",
                  "the scale needs a score each of eyes, speech and movement at one time. Which "
                  "are missing?");
        return;
    }
}

enum { INFARCTION_DAYS = 28 };

/* rule_old_infarction - four weeks after it began an infarction has another code */
void rule_old_infarction(struct work *w, const struct rule *r)
{
    int32_t start = w->enc->visit->admit_date;
    struct dx *d = dx_among(w, "I21-I22");

    if (d && date_valid(start) && date_valid(d->problem->onset_date) &&
        date_diff(start, d->problem->onset_date) > INFARCTION_DAYS) {
        static const char *const options[] = {"I252", "an infarction of the last four weeks", NULL};

        dx_ask(w, r, d, "no-code",
               work_printf(w,
                           "%s began more than four weeks before this visit. What was it cared "
                           "for as?",
                           d->code),
               options);
    }
}

/* High energy: no one asks whether a healthy bone would have broken. */
static const char violent[] = "V00-V99;W10-W17;W20-W40;X34-X39;X92-Y09;Y35-Y38";

static const char fractures[] =
    "S12@7AB;S22@7AB;S32@7AB;S42@7AB;S52@7ABC;S62@7AB;S72@7ABC;S82@7ABC;S92@7AB";

/* rule_bone - a fracture of who has osteoporosis, by a minor fall or by none said */
void rule_bone(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"of the blow, which would break a healthy bone", NULL};
    char shown[16];

    if (!dx_among(w, "M80-M81") || dx_among(w, violent))
        return;
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (dx_listed(d) && dx_in(d, fractures))
            dx_ask(w, r, d, "excludes",
                   work_printf(w,
                               "%s is a fracture of an injury, and the patient has osteoporosis: a "
                               "fracture by what would not break a healthy bone is coded to M80. "
                               "Which does the record support?",
                               icd10cm_display(d->code, shown)),
                   options);
    }
}

/* two_stages - of the kidney disease */
static bool two_stages(const struct dx *a, const struct dx *b)
{
    return a->code[3] != b->code[3];
}

/* rule_kidney_stages - one stage at a time */
void rule_kidney_stages(struct work *w, const struct rule *r)
{
    each_doubt(w, r, "N181-N185", two_stages, "two stages of the kidney disease.", NULL);
}

/* rule_finding_missing - with abnormal findings, and none is coded */
void rule_finding_missing(struct work *w, const struct rule *r)
{
    struct dx *d = dx_among(w, "Z0001;Z00121;Z0101;Z01118;Z01411");

    if (d && !any_cause(w, d, "Z00"))
        ask_about(w, r, d, "incomplete", "which abnormal finding did the examination have?");
}

/* rule_finding_there - without abnormal findings, and one is coded */
void rule_finding_there(struct work *w, const struct rule *r)
{
    static const char *const exams[][2] = {
        {"Z0000", "Z0001"}, {"Z00129", "Z00121"}, {"Z01419", "Z01411"}};
    const struct dx *finding = dx_sure(w, "R030;R70-R94");
    char x[16], y[16];

    for (size_t i = 0; finding && i < sizeof(exams) / sizeof(exams[0]); i++) {
        struct dx *exam = dx_among(w, exams[i][0]);
        const char *const options[] = {exams[i][1], "the finding was known before", NULL};

        if (exam)
            dx_ask(w, r, exam, "conflict",
                   work_printf(w,
                               "%s is an examination without abnormal findings, and %s is coded. "
                               "Which does the record support?",
                               icd10cm_display(exam->code, x), icd10cm_display(finding->code, y)),
                   options);
    }
}

/* rule_one_activity - one activity, one status, and of an outpatient one place */
void rule_one_activity(struct work *w, const struct rule *r)
{
    static const char *const sets[] = {"Y93", "Y99", "Y92"};

    for (size_t s = 0; s < (w->inpatient ? 2 : 3); s++)
        for (size_t k = 0; dx_among(w, sets[s]) && k < w->n_dx; k++) {
            struct dx *first = dx_among(w, sets[s]), *d = &w->dx[k];

            if (first && d != first && dx_listed(d) && dx_in(d, sets[s]))
                dx_ask_two(w, r, first, d, "a record has one of them.", NULL);
        }
}

/* ask_cause_first - one of these stands first, and the disease that goes before its manifestations
 * stands behind it: whether it is one, the record says */
static void ask_cause_first(struct work *w, const struct rule *r, const char *manifestations,
                            const char *cause)
{
    struct dx *first = dx_ranked(w, 1), *d = dx_among(w, cause);
    const char *const options[] = {cause, first ? first->code : NULL, NULL};
    char shown[16];

    if (!first || !d || !dx_in(first, manifestations) || (w->inpatient && d->poa == POA_N) ||
        answer_is_first(w, first->code))
        return;
    dx_ask(w, r, first, "no-principal",
           work_printf(w,
                       "%s is ranked before %s, which goes first where the other is its "
                       "manifestation. Which occasioned the visit?",
                       first->code, icd10cm_display(cause, shown)),
           options);
}

/* rule_covid_first - COVID-19 before what it did to the lungs */
void rule_covid_first(struct work *w, const struct rule *r)
{
    ask_cause_first(w, r, "J208;J22;J40;J80;J960;J988;M3581", "U071");
}

/* rule_hiv_first - HIV disease before an infection or tumor that is rare without it */
void rule_hiv_first(struct work *w, const struct rule *r)
{
    ask_cause_first(w, r, "A31;A812;B25;B371;B3781;B45;B582;B59;C46", "B20");
}

/* rule_equal_principal - of a stay: two diagnoses that the record ranks first, among others that it
 * ranks behind. Either may be; a person may say which */
void rule_equal_principal(struct work *w, const struct rule *r)
{
    struct dx *first = dx_ranked(w, 1), *second = dx_ranked(w, 2), *third = dx_ranked(w, 3);
    CcReviewItem *item;

    if (!w->inpatient || !first || !second || !third || first->problem->rank != 1 ||
        second->problem->rank != 1 || third->problem->rank <= 1 || first->order != second->order ||
        first->problem == second->problem || answer_is_first(w, first->code) ||
        answer_is_first(w, second->code))
        return;
    item =
        work_ask_about(w, r, "equal-principal",
                       work_printf(w,
                                   "The record ranks both %s and %s first. Which condition, after "
                                   "study, occasioned the admission?",
                                   first->code, second->code),
                       first->as);
    if (item->n_options)
        return;
    work_option(w, item, CODE_SYSTEM_ICD10CM, first->code, first->code);
    work_option(w, item, CODE_SYSTEM_ICD10CM, second->code, second->code);
    dx_open_options(w, item);
}

/* course_of - A while treatment is active, D while it heals, S what remained; 0: not said */
static char course_of(const struct dx *d)
{
    if (strlen(d->code) != 7)
        return 0;
    return strchr("ABC", d->code[6]) ? 'A' : d->code[6] == 'S' ? 'S' : 'D';
}

/* common_course - of all injuries and the like; 0: none, or several */
static char common_course(const struct work *w)
{
    char course = 0;

    for (size_t i = 0; i < w->n_dx; i++) {
        const struct dx *d = &w->dx[i];

        if (!dx_listed(d) || (d->code[0] != 'S' && d->code[0] != 'T') || !course_of(d))
            continue;
        if (course && course != course_of(d))
            return 0;
        course = course_of(d);
    }
    return course;
}

/* rule_cause_course - the cause's 7th character is the injury's; between an injury and what
 * remained of one the record decides */
void rule_cause_course(struct work *w, const struct rule *r)
{
    char course = common_course(w), code[DX_CODE];

    for (size_t i = 0; course && i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];
        char is = dx_listed(d) && dx_in(d, "V00-Y38") ? course_of(d) : 0;

        if (!is || is == course)
            continue;
        if (is == 'S' || course == 'S') {
            ask_about(w, r, d, "excludes",
                      "the cause and the injury differ in whether this visit is for the injury or "
                      "for what remained of it. Which does the record support?");
            continue;
        }
        memcpy(code, d->code, 8);
        code[6] = course;
        dx_become(w, r, d, code);
    }
}
