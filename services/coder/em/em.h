/* em.h - the level of a visit (evaluation and management), by medical decision making or by time.
 *
 * AMA CPT E/M guidelines of 2021 (office) and 2023 (hospital, emergency, consultations, nursing
 * facility, home): the level is what two of three elements reach (problems addressed, data, risk),
 * or what the clinician's total time of the day reaches; the higher of the two counts. Emergency
 * visits have no time. A facility's own visit level follows its own guideline and is not computed
 * here.
 *
 * The record documents a visit as observations whose code begins with "EM-" (Observation.code or
 * OBX-3), one fact each; the value is a word of the tables in facts.c or a number:
 *   EM-PROBLEM   a problem addressed       EM-DATA   "order:CODE", "result:CODE", "historian" …
 *   EM-RISK      a management decision     EM-NEW    Y or N: is the patient new to the group?
 *   EM-MINUTES   total time of the day     EM-MODE   video, audio or stored
 *   EM-CRITICAL-MINUTES, EM-DISCHARGE-MINUTES
 *   EM-PATIENT-AT  home or elsewhere     EM-SHARED Y   EM-TEACHING  present, exception, resident
 * Nothing is inferred: what is not documented so is not counted. */
#ifndef CC_CODER_EM_EM_H
#define CC_CODER_EM_EM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum em_level { EM_NONE, EM_STRAIGHTFORWARD, EM_LOW, EM_MODERATE, EM_HIGH, EM_LEVELS };

enum em_problem {
    EM_MINOR, /* self-limited */
    EM_CHRONIC_STABLE,
    EM_ACUTE_SIMPLE,   /* uncomplicated illness or injury, or stable */
    EM_ACUTE_HOSPITAL, /* the same, needing care of a hospital's level */
    EM_CHRONIC_WORSE,  /* exacerbation, progression, side effects */
    EM_UNDIAGNOSED,    /* new, of uncertain prognosis */
    EM_ACUTE_SYSTEMIC,
    EM_INJURY_COMPLICATED,
    EM_CHRONIC_SEVERE,
    EM_THREAT, /* to life or bodily function */
    EM_PROBLEMS
};

/* What a visit's record documents. */
struct em_facts {
    unsigned problems[EM_PROBLEMS]; /* how many of each were addressed */
    unsigned items;                 /* external notes, and tests, each test once */
    bool historian, interpretation, discussion;
    enum em_level risk;
    bool major_surgery;                                   /* decided on */
    int64_t minutes, critical_minutes, discharge_minutes; /* -1: not documented */
    char is_new;                                          /* 'Y' 'N', 0: not documented */
    char mode;     /* 'V' video, 'A' audio, 'S' stored and sent, 0 */
    char at;       /* 'H' home, 'O' elsewhere, 0 */
    char teaching; /* 'P' physician present, 'E' primary care exception, 'R' resident alone, 0 */
    bool shared;   /* with another practitioner, and the substantive part was the billing one's */
    bool any;      /* a fact of the level */
};

/* The three elements and what two of them reach; EM_NONE: not documented. */
struct em_mdm {
    enum em_level problems, data, risk, reached;
};
struct em_mdm em_mdm(const struct em_facts *f);
const char *em_level_name(enum em_level l);

/* A family of codes: one setting, a code for each level, the minutes that a level needs (0: no
 * time counts). Days of service in which it holds. */
struct em_family {
    const char *codes[EM_LEVELS]; /* from EM_STRAIGHTFORWARD; two levels may share one */
    int64_t minutes[EM_LEVELS];
    int32_t from, to; /* to 0 = open */
    char patient;     /* 'Y' new patients, 'N' established, 0 both */
};
/* The family of a code on a day and the highest level that has the code; NULL: none. */
const struct em_family *em_family_of(const char *code, int32_t on, enum em_level *level);
/* The same setting for the other kind of patients; f->patient is 'Y' or 'N'. */
const struct em_family *em_other_patients(const struct em_family *f);
/* The level that so many minutes reach in a family. */
enum em_level em_by_time(const struct em_family *f, int64_t minutes);
/* What the next higher level lacks, in words without patient data; "": there is none. */
const char *em_missing(const struct em_mdm *m, enum em_level next);

/* Units of an added code that the minutes support beside its primary; -1: no rule for the two. */
int64_t em_prolonged_units(const char *primary, const char *added, int64_t minutes);
/* The code that prolongs a visit, by AMA or by Medicare; NULL: none does. */
const char *em_prolonged_code(const char *primary, bool medicare);
/* Is it one of those? 'A' AMA's, 'M' Medicare's, 0. */
char em_prolonged_kind(const char *code);
/* The same for further critical care; Medicare counts whole half hours only. */
int64_t em_critical_units(int64_t minutes, bool medicare);
/* The preventive code of an age in the family of another one; NULL: not a preventive code. */
const char *em_preventive(const char *code, int age);

#endif
