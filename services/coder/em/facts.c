/* facts.c - observations of a visit's documentation become facts */
#include "services/coder/em/facts.h"

#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/coder/lines/lines.h"

enum { TESTS_MAX = 64 };

/* clang-format off */
static const struct {
    const char *word;
    enum em_problem problem;
} problems[] = {
    {"minor", EM_MINOR},                        {"chronic-stable", EM_CHRONIC_STABLE},
    {"acute-uncomplicated", EM_ACUTE_SIMPLE},   {"acute-stable", EM_ACUTE_SIMPLE},
    {"acute-hospital", EM_ACUTE_HOSPITAL},      {"chronic-worse", EM_CHRONIC_WORSE},
    {"undiagnosed", EM_UNDIAGNOSED},            {"acute-systemic", EM_ACUTE_SYSTEMIC},
    {"injury-complicated", EM_INJURY_COMPLICATED}, {"chronic-severe", EM_CHRONIC_SEVERE},
    {"threat", EM_THREAT},
};

static const struct {
    const char *word;
    enum em_level level;
    bool major_surgery;
} risks[] = {
    {"minimal", EM_STRAIGHTFORWARD, false},       {"low", EM_LOW, false},
    {"over-the-counter", EM_LOW, false},          {"prescription", EM_MODERATE, false},
    {"minor-surgery", EM_LOW, false},             {"minor-surgery-risk", EM_MODERATE, false},
    {"major-surgery", EM_MODERATE, true},         {"social", EM_MODERATE, false},
    {"major-surgery-risk", EM_HIGH, true},        {"major-surgery-emergency", EM_HIGH, true},
    {"toxicity-monitoring", EM_HIGH, false},      {"hospitalization", EM_HIGH, false},
    {"less-care", EM_HIGH, false},                {"parenteral-controlled", EM_HIGH, false},
};
/* clang-format on */

/* Tests and notes counted so far: each code once, ordered or reviewed. */
struct items {
    const char *names[TESTS_MAX];
    size_t n;
};

/* em_day_of - by the clock of the visit */
int32_t em_day_of(const struct work *w, const CcObservation *o)
{
    return o->at_ms ? date_of_ms(o->at_ms, w->enc->visit->admit_tz_min) : 0;
}

/* is_fact - documentation of a visit that day, not taken back */
static bool is_fact(const struct work *w, const CcObservation *o, int32_t day)
{
    return record_says(w, o, "EM-", day);
}

/* number - a whole number of minutes; -1: none */
static int64_t number(const char *s)
{
    int64_t n;

    return str_to_i64(s, &n) && n >= 0 && n <= 24 * 60 ? n : -1;
}

/* add_item - a note of a source, a test of a code: once each */
static void add_item(struct items *items, const char *name)
{
    for (size_t i = 0; i < items->n; i++)
        if (strcasecmp(items->names[i], name) == 0)
            return;
    if (items->n < TESTS_MAX)
        items->names[items->n++] = name;
}

/* take_data - "order:CODE" and "result:CODE" are one test; "note:SOURCE" */
static void take_data(struct em_facts *f, struct items *items, const char *word)
{
    const char *name = strchr(word, ':');

    if (strcasecmp(word, "historian") == 0)
        f->historian = true;
    else if (strcasecmp(word, "interpretation") == 0)
        f->interpretation = true;
    else if (strcasecmp(word, "discussion") == 0)
        f->discussion = true;
    else if (name && name[1] &&
             (strncasecmp(word, "order:", 6) == 0 || strncasecmp(word, "result:", 7) == 0))
        add_item(items, name + 1);
    else if (name && name[1] && strncasecmp(word, "note:", 5) == 0)
        add_item(items, word);
}

/* take_problem - one of the table */
static void take_problem(struct em_facts *f, const char *word)
{
    for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++)
        if (strcasecmp(problems[i].word, word) == 0) {
            f->problems[problems[i].problem]++;
            f->any = true;
        }
}

/* take_risk - the highest of the table */
static void take_risk(struct em_facts *f, const char *word)
{
    for (size_t i = 0; i < sizeof(risks) / sizeof(risks[0]); i++)
        if (strcasecmp(risks[i].word, word) == 0) {
            f->risk = risks[i].level > f->risk ? risks[i].level : f->risk;
            f->major_surgery = f->major_surgery || risks[i].major_surgery;
            f->any = true;
        }
}

/* take_word - one letter of an answer */
static char take_word(const char *value, const char *a, char x, const char *b, char y)
{
    return strcasecmp(value, a) == 0 ? x : strcasecmp(value, b) == 0 ? y : 0;
}

/* take - one fact */
static void take(struct em_facts *f, struct items *items, const char *key, const char *value)
{
    if (strcmp(key, "PROBLEM") == 0)
        take_problem(f, value);
    else if (strcmp(key, "DATA") == 0)
        take_data(f, items, value);
    else if (strcmp(key, "RISK") == 0)
        take_risk(f, value);
    else if (strcmp(key, "MINUTES") == 0)
        f->minutes = number(value);
    else if (strcmp(key, "CRITICAL-MINUTES") == 0)
        f->critical_minutes = number(value);
    else if (strcmp(key, "DISCHARGE-MINUTES") == 0)
        f->discharge_minutes = number(value);
    else if (strcmp(key, "NEW") == 0)
        f->is_new = take_word(value, "Y", 'Y', "N", 'N');
    else if (strcmp(key, "MODE") == 0)
        f->mode =
            strcasecmp(value, "stored") == 0 ? 'S' : take_word(value, "video", 'V', "audio", 'A');
    else if (strcmp(key, "PATIENT-AT") == 0)
        f->at = take_word(value, "home", 'H', "elsewhere", 'O');
    else if (strcmp(key, "SHARED") == 0)
        f->shared = strcasecmp(value, "Y") == 0;
    else if (strcmp(key, "TEACHING") == 0)
        f->teaching = strcasecmp(value, "resident") == 0
                          ? 'R'
                          : take_word(value, "present", 'P', "exception", 'E');
}

/* em_facts_of - see facts.h */
struct em_facts em_facts_of(struct work *w, int32_t day)
{
    struct em_facts f = {.minutes = -1, .critical_minutes = -1, .discharge_minutes = -1};
    struct items items;

    items.n = 0; /* the names behind it are not read before they are written */
    for (size_t i = 0; i < w->enc->n_observations; i++) {
        const CcObservation *o = w->enc->observations[i];

        if (is_fact(w, o, day))
            take(&f, &items, o->code->code + 3, record_word(o));
    }
    f.items = (unsigned)items.n;
    f.any = f.any || f.minutes >= 0;
    return f;
}

/* em_evidence - where it stands in the record */
void em_evidence(struct work *w, CcCodeAssignment *as, int32_t day)
{
    for (size_t i = 0; i < w->enc->n_observations; i++)
        if (is_fact(w, w->enc->observations[i], day))
            work_evidence(w, as, w->enc->observations[i]->event_id, w->enc->observations[i]->ref,
                          "");
}
