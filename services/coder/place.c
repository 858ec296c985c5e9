/* place.c - the facility and the class of the visit: who bills, on what form, where it was
 *
 * What a facility is follows from its taxonomy in the providers table, what a class means from the
 * rows below. Neither is guessed: a class or facility without a row is a question. */
#include "services/coder/place.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"

enum { PLACE_KEY = 256 };

/* Facilities by NUCC taxonomy, longest prefix first. Bills: NUBC type of bill, facility digits.
 * POA-exempt hospitals: CMS (critical access, long-term, children's, psychiatric, rehabilitation,
 * religious). */
/* clang-format off */
static const struct kind {
    const char *taxonomy;
    bool hospital, poa_exempt;
    const char *inpatient, *outpatient; /* "011"; "" = this facility has none */
    const char *pos;                    /* of an outpatient visit */
} kinds[] = {
    {"282NC0060X", true,  true,  "011", "085", "22"}, /* critical access hospital */
    {"282NC2000X", true,  true,  "011", "013", "22"}, /* children's hospital */
    {"282E",       true,  true,  "011", "013", "22"}, /* long-term care hospital */
    {"282J",       true,  true,  "041", "",    ""},   /* religious non-medical */
    {"282N",       true,  false, "011", "013", "22"}, /* general acute care hospital */
    {"283Q",       true,  true,  "011", "013", "22"}, /* psychiatric hospital */
    {"283X",       true,  true,  "011", "013", "22"}, /* rehabilitation hospital */
    {"284300000X", true,  false, "011", "013", "22"}, /* special hospital */
    {"286500000X", true,  true,  "011", "013", "22"}, /* military hospital */
    {"273",        true,  true,  "011", "013", "22"}, /* psychiatric or rehabilitation unit */
    {"314000000X", false, true,  "021", "023", "31"}, /* skilled nursing facility */
    {"251E",       false, true,  "",    "032", "12"}, /* home health agency */
    {"251G",       false, true,  "",    "081", "34"}, /* hospice */
    {"261QA1903X", false, true,  "",    "083", "24"}, /* ambulatory surgical centre */
    {"261QF0400X", false, true,  "",    "077", "50"}, /* federally qualified health centre */
    {"261QR1300X", false, true,  "",    "071", "72"}, /* rural health clinic */
    {"261QE0700X", false, true,  "",    "072", "65"}, /* dialysis */
    {"261QU0200X", false, true,  "",    "",    "20"}, /* urgent care */
    {"",           false, true,  "",    "",    "11"}, /* a practice */
};

/* Classes: inpatient or not, place of service of a clinician's line; "" = by the facility. */
static const struct class_row {
    CcEncounterClass class;
    bool inpatient;
    const char *pos;
} classes[] = {
    {ENCOUNTER_CLASS_INPATIENT,   true,  "21"},
    {ENCOUNTER_CLASS_NEWBORN,     true,  "21"},
    {ENCOUNTER_CLASS_OBSERVATION, false, "22"},
    {ENCOUNTER_CLASS_EMERGENCY,   false, "23"},
    {ENCOUNTER_CLASS_OUTPATIENT,  false, ""},
    {ENCOUNTER_CLASS_RECURRING,   false, ""},
    {ENCOUNTER_CLASS_HOME,        false, "12"},
    {ENCOUNTER_CLASS_VIRTUAL,     false, NULL}, /* 02 or 10: where the patient was, only the record knows */
};

/* Words of FHIR and HL7 that mean exactly one UB-04 code. Others are a question. */
struct word {
    const char *word, *code;
};
static const struct word statuses[] = {
    {"home", "01"}, {"snf", "03"}, {"aadvice", "07"}, {"exp", "20"}, {"rehab", "62"}, {"psy", "65"}, {NULL, NULL},
};
static const struct word admit_types[] = { /* HL7 0007, FHIR priority */
    {"E", "1"}, {"U", "2"}, {"C", "3"}, {"N", "4"}, {"EM", "1"}, {"UR", "2"}, {"EL", "3"}, {NULL, NULL},
};
static const struct word admit_sources[] = {
    {"hosp-trans", "4"}, {"outp", "2"}, {"nursing", "5"}, {NULL, NULL},
};
/* clang-format on */

/* by_word - the code of a word; NULL: none */
static const char *by_word(const struct word *words, const char *word)
{
    for (; words->word; words++)
        if (strcmp(words->word, word) == 0)
            return words->code;
    return NULL;
}

/* class_row_of - NULL: a class that says nothing about the bill */
static const struct class_row *class_row_of(CcEncounterClass class)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (classes[i].class == class)
            return &classes[i];
    return NULL;
}

/* class_is_inpatient - by the rows */
bool class_is_inpatient(CcEncounterClass class)
{
    const struct class_row *c = class_row_of(class);

    return c && c->inpatient;
}

/* kind_of - of a taxonomy */
static const struct kind *kind_of(const char *taxonomy)
{
    const struct kind *k = kinds;

    while (!str_starts(taxonomy, k->taxonomy))
        k++;
    return k;
}

/* find_named - the row of one name */
static bool find_named(struct work *w, const char *name, struct table_row *row)
{
    static const char kind[] = "facility:";
    char key[PLACE_KEY];

    memcpy(key, kind, sizeof(kind));
    if (!work_key(key + sizeof(kind) - 1, sizeof(key) - sizeof(kind) + 1, name))
        return false;
    return tables_find(w->t, TABLE_PROVIDERS, key, NULL, w->coding_date, row) == LOOKUP_FOUND;
}

/* place_begin - by the visit's name for the facility, else by the sender's; and what kind it is */
void place_begin(struct work *w)
{
    struct table_row row;
    const struct kind *k;

    w->inpatient = class_is_inpatient(w->enc->visit->class_);
    w->place = (struct place){.bill = "", .pos = ""};
    if (!find_named(w, w->enc->visit->facility, &row) && !find_named(w, w->enc->facility, &row))
        return;
    w->place.row = site_provider(&row);
    k = kind_of(w->place.row->taxonomy);
    w->place.hospital = k->hospital;
    w->place.poa_exempt = k->poa_exempt;
    w->place.bill = w->inpatient ? k->inpatient : k->outpatient;
    w->place.pos = k->pos;
}

/* any_side - is there a line that one side bills? */
static bool any_side(const struct work *w, bool institutional)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if (s->state == SERVICE_READY && (institutional ? s->institutional : s->professional))
            return true;
    }
    return false;
}

/* rule_facility - without its row nobody bills */
void rule_facility(struct work *w, const struct rule *r)
{
    if (w->place.row || !w->coding_date)
        return;
    if (!tables_edition(w->t, TABLE_PROVIDERS, w->coding_date))
        work_ask(w, r, "no-table", "No edition of providers covers the day of the visit. Load it.");
    else
        work_ask(w, r, "no-facility",
                 "Which facility is this? Its name has no row \"facility:NAME\" in providers.");
}

/* rule_class - a class that no row knows decides nothing */
void rule_class(struct work *w, const struct rule *r)
{
    if (!class_row_of(w->enc->visit->class_))
        work_ask(w, r, "no-class",
                 "What kind of visit was it: inpatient, observation, emergency, outpatient …?");
}

/* rule_not_over - a visit that is not over is not billed, except an interim bill of a patient who
 * is still in (status 30) that the source asks for */
void rule_not_over(struct work *w, const struct rule *r)
{
    const CcVisit *v = w->enc->visit;

    if (!w->visit->finished && !w->visit->ready) {
        work_ask(w, r, "not-ready",
                 "Is this visit complete? No discharge, end or final bill has come.");
        return;
    }
    if (w->inpatient && !v->discharge_date && strcmp(v->discharge_status, "30") != 0)
        work_ask(w, r, "no-discharge",
                 "When was the patient discharged? The bill is asked for, the stay has no end.");
}

/* place_status - as given when it is a code of the list; an outpatient who leaves goes home (01,
 * the routine discharge of the list) when nothing else is said */
const char *place_status(struct work *w)
{
    const CcVisit *v = w->enc->visit;
    const char *given = v->discharge_status, *code = by_word(statuses, given);
    struct table_row row;

    if (code)
        return code;
    if (str_is_digits(given, 1, 1))
        given = work_printf(w, "0%s", given);
    if (given[0] && tables_find(w->t, TABLE_DISCHARGE_STATUS, given, NULL, w->coding_date, &row) ==
                        LOOKUP_FOUND)
        return given;
    return given[0] || w->inpatient ? "" : "01";
}

/* rule_discharge_status - a bill of a facility needs one */
void rule_discharge_status(struct work *w, const struct rule *r)
{
    if (!any_side(w, true) || !w->coding_date || place_status(w)[0])
        return;
    if (!tables_edition(w->t, TABLE_DISCHARGE_STATUS, w->coding_date))
        work_ask(w, r, "no-table",
                 "No edition of discharge-status covers the day of discharge. Load it.");
    else
        work_ask(w, r, "discharge-status",
                 "How did the patient leave (UB-04 FL 17)? The record has no code of the list.");
}

/* place_admit_type - as given when it is one of the list's, else 9: information not available */
const char *place_admit_type(struct work *w)
{
    const char *given = w->enc->visit->admit_type, *code = by_word(admit_types, given);

    if (code)
        return code;
    if (strlen(given) == 1 && strchr("123459", given[0]))
        return given;
    return w->inpatient ? "9" : "";
}

/* place_admit_source - the same for the point of origin */
const char *place_admit_source(struct work *w)
{
    const char *given = w->enc->visit->admit_source, *code = by_word(admit_sources, given);

    if (code)
        return code;
    if (strlen(given) == 1 && strchr("1245689DEFG", given[0]))
        return given;
    return w->inpatient ? "9" : "";
}

/* place_of - of a line: its own, the visit's, the class's, the facility's */
const char *place_of(struct work *w, const struct service *s)
{
    const CcVisit *v = w->enc->visit;
    const struct class_row *c = class_row_of(v->class_);

    if (s && s->pos[0])
        return s->pos;
    if (str_is_digits(v->place_of_service, 2, 2))
        return v->place_of_service;
    if (!c || !c->pos)
        return "";
    return c->pos[0] ? c->pos : w->place.pos;
}

/* rule_place_of_service - a clinician's line needs one */
void rule_place_of_service(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_READY || !s->professional || place_of(w, s)[0] || !w->place.row ||
            !class_row_of(w->enc->visit->class_))
            continue;
        work_ask(w, r, "no-place",
                 "Where was the patient when the care was given (place of service)?");
        return;
    }
}

/* frequency_of - 1 admit through discharge; 2 first interim while the patient is still in */
static char frequency_of(const struct work *w)
{
    return w->inpatient && strcmp(w->enc->visit->discharge_status, "30") == 0 ? '2' : '1';
}

/* place_bill - the visit's own, else by facility and setting */
const char *place_bill(struct work *w)
{
    const char *given = w->enc->visit->type_of_bill;

    if (str_is_digits(given, 4, 4) && given[0] == '0')
        return given;
    if (str_is_digits(given, 3, 3))
        return work_printf(w, "0%s", given);
    if (!w->place.bill[0])
        return "";
    return work_printf(w, "%s%c", w->place.bill, frequency_of(w));
}

/* rule_type_of_bill - a facility's bill needs one */
void rule_type_of_bill(struct work *w, const struct rule *r)
{
    if (any_side(w, true) && w->place.row && class_row_of(w->enc->visit->class_) &&
        !place_bill(w)[0])
        work_ask(w, r, "type-of-bill",
                 "Which type of bill is this? The facility's kind has none for such a visit.");
}
