/* lines.h - from what was done to what a line says: units, modifiers, what is part of what.
 *
 * One rule a function, rows in rules/line.c. A rule adds a modifier or changes units only where the
 * record shows why; what the record leaves open is a question or nothing, never the better paid
 * guess. No rule reads an amount. */
#ifndef CC_CODER_LINES_LINES_H
#define CC_CODER_LINES_LINES_H

#include "services/coder/payer.h"
#include "services/coder/place.h"
#include "services/coder/service.h"

/* facts.c: what the record says of a service, beside its code. */
bool fact_open(const struct service *s);  /* mapped, HCPCS or CPT, not yet ready */
bool fact_ready(const struct service *s); /* ready, HCPCS or CPT */
bool fact_in_range(const struct service *s, const char *from, const char *to);
/* Its code is between two; codes have five characters. (inline: most are told by the first) */
static inline bool fact_between(const struct service *s, const char *from, const char *to)
{
    char first = s->as->code->code[0];

    return first >= from[0] && first <= to[0] && fact_in_range(s, from, to);
}
bool fact_is(const struct service *s, const char *code);
bool fact_is_test(const struct service *s); /* of a laboratory */
bool fact_is_drug(const struct service *s); /* a drug of HCPCS */
bool fact_is_operation(const struct service *s);
bool fact_is_visit(const struct service *s); /* evaluation and management, 99202-99499 */
/* Documented minutes: of a quantity in time, else of start and end; 0: none. */
int64_t fact_minutes(const struct service *s);
bool fact_in_time(const struct service *s); /* is its quantity a time? */
/* Start and end in ms, of the charge or of what was done; false: no hours documented. */
bool fact_span(const struct service *s, int64_t *start_ms, int64_t *end_ms);
/* NPI of who did it: the charge's own, else what was done names, else the visit's; "": nobody. */
const char *fact_npi(struct work *w, const struct service *s);
/* The site in the record's words: of the charge, else of what was done; "". */
const char *fact_site(const struct service *s);
bool fact_says(const char *text, const char *word); /* whole words, any case */
char fact_side(const struct service *s);            /* 'L' 'R' 'B'; 0: not said */
/* The fee schedule's row of its day; false: none, or no edition. */
bool fact_fee(struct work *w, const struct service *s, struct table_row *row);
/* Is the bill's destination Medicare (filing indicator MA, MB)? */
bool fact_medicare(struct work *w, const struct service *s);
/* Does the payer that is billed first want it so? Its row's `coding` says WORD or no-WORD, else it
 * is as usual. */
bool fact_wants(struct work *w, const struct service *s, const char *word, bool usual);
/* Given where the facility bills what it gave (split.c). */
bool fact_in_facility(struct work *w, const struct service *s);
/* The service's diagnoses, as ranks; see claim_pointers. */
size_t fact_ranks(struct work *w, const struct service *s, uint32_t *out);
/* Same side of the bill, same day, same clinician where it is a clinician's. */
bool fact_together(struct work *w, const struct service *a, const struct service *b);
/* What a table decides nobody can tell on a day that none of its editions covers: a stop. */
void fact_no_edition(struct work *w, const struct rule *r, struct service *s, enum table_id table);
/* Adds a modifier with its reason. */
void fact_modify(struct work *w, const struct rule *r, struct service *s, const char *modifier);

/* Is one of these, up to NULL, on the line? (said.c) */
bool fact_has_any(const struct service *s, const char *const *modifiers);
/* Medicare has no benefit for it: a table says so, or the record (said.c). */
bool fact_excluded(struct work *w, const struct service *s);

/* said.c: what the record states in observations of its own. Does one with this beginning of its
 * code, not taken back, belong to the day? Its value as a word: coded, else plain. */
bool record_says(const struct work *w, const CcObservation *o, const char *prefix, int32_t day);
const char *record_word(const CcObservation *o);
/* The observation "SV-WORD" of the service, by its code and day; NULL: none. */
const CcObservation *said_of(const struct work *w, const struct service *s, const char *word);
/* A modifier with the observation as evidence. */
void said_modify(struct work *w, const struct rule *r, struct service *s, const CcObservation *o,
                 const char *modifier);
void rule_excluded(struct work *w, const struct rule *r);
void rule_notice_voluntary(struct work *w, const struct rule *r);
void rule_notice_required(struct work *w, const struct rule *r);
void rule_expected_denial(struct work *w, const struct rule *r);
void rule_attested(struct work *w, const struct rule *r);
void rule_two_surgeons(struct work *w, const struct rule *r);
void rule_team(struct work *w, const struct rule *r);
void rule_surgery_only(struct work *w, const struct rule *r);
void rule_after_only(struct work *w, const struct rule *r);
void rule_before_only(struct work *w, const struct rule *r);
void rule_outside_laboratory(struct work *w, const struct rule *r);

/* stated.c */
void rule_stated(struct work *w, const struct rule *r); /* one row a word */
void rule_physical_status(struct work *w, const struct rule *r);

/* facility.c */
void rule_off_campus(struct work *w, const struct rule *r);
void rule_died_before_stay(struct work *w, const struct rule *r);
void rule_trip(struct work *w, const struct rule *r);

/* rental.c. KH, KI or KJ of the line; "": none. */
const char *rental_month(const struct service *s);
void rule_rental_month(struct work *w, const struct rule *r);

/* anesthesia.c */
void rule_anesthesia_by(struct work *w, const struct rule *r);
void rule_anesthesia_by_whom(struct work *w, const struct rule *r);

/* several.c, lab.c */
void rule_several_operations(struct work *w, const struct rule *r);
void rule_several_visits(struct work *w, const struct rule *r);
void rule_waived(struct work *w, const struct rule *r);
void rule_screening_turned(struct work *w, const struct rule *r);

/* time.c */
void rule_timed_minutes(struct work *w, const struct rule *r);
void rule_eight_minutes(struct work *w, const struct rule *r);
void rule_anesthesia_time(struct work *w, const struct rule *r);
void rule_observation_hours(struct work *w, const struct rule *r);
void rule_time_of_no_rule(struct work *w, const struct rule *r);

/* dose.c */
void rule_dose_units(struct work *w, const struct rule *r);
void rule_waste(struct work *w, const struct rule *r);
void rule_no_waste(struct work *w, const struct rule *r);
void rule_whole_containers(struct work *w, const struct rule *r);
void rule_waste_unsaid(struct work *w, const struct rule *r);
void rule_lowered_price(struct work *w, const struct rule *r);
void rule_dose_of_no_rule(struct work *w, const struct rule *r);
/* One billing unit of a drug's code, with the table that says it; false: no table does. */
struct dosage;
bool dose_unit(struct work *w, const struct service *s, struct dosage *each, struct table_row *row);

/* split.c */
void rule_both_sides_bill(struct work *w, const struct rule *r);
void rule_reading_only(struct work *w, const struct rule *r);
void rule_reading_of_facility(struct work *w, const struct rule *r);
/* One more line of the same care; NULL: over the limit. Services move: point anew. */
struct service *split_service(struct work *w, size_t at);

/* site.c */
void rule_digit(struct work *w, const struct rule *r);
void rule_vessel(struct work *w, const struct rule *r);
void rule_one_side(struct work *w, const struct rule *r);
void rule_two_sides(struct work *w, const struct rule *r);
void rule_several_parts(struct work *w, const struct rule *r);
bool site_modified(const struct service *s); /* has it an anatomic modifier? */
bool site_word(const char *modifier);        /* says it where on the body: side, part, vessel? */

/* order.c */
void rule_modifiers_ordered(struct work *w, const struct rule *r);
void rule_modifiers_too_many(struct work *w, const struct rule *r);

/* again.c */
void rule_test_again(struct work *w, const struct rule *r);
void rule_again_same(struct work *w, const struct rule *r);
void rule_again_other(struct work *w, const struct rule *r);

/* course.c: what was stopped, who assisted, whose plan */
void rule_stopped(struct work *w, const struct rule *r);
void rule_stopped_facility(struct work *w, const struct rule *r);
void rule_assistant(struct work *w, const struct rule *r);
void rule_therapy_plan(struct work *w, const struct rule *r);
void rule_therapy_assistant(struct work *w, const struct rule *r);
void rule_unusual(struct work *w, const struct rule *r);
void rule_admitting(struct work *w, const struct rule *r);

/* global.c: a visit beside an operation. Global days of a clinician's service: 0, 10, 90; -1: none,
 * or not known. */
int global_days(struct work *w, const struct service *s);
/* Its code has global days, whoever bills it and whether it is ready yet. */
bool global_has_days(struct work *w, const struct service *s);
void rule_visit_own_problem(struct work *w, const struct rule *r);
/* Rank of a diagnosis of the first that the second is not for; 0: none, or one of the two names no
 * diagnosis. And its entry as evidence of a service. */
uint32_t other_reason(struct work *w, const struct service *a, const struct service *b);
void cite_reason(struct work *w, struct service *s, uint32_t rank);

/* after.c: what follows an operation */
void rule_visit_after(struct work *w, const struct rule *r);
void rule_staged(struct work *w, const struct rule *r);
void rule_return(struct work *w, const struct rule *r);
void rule_operation_after(struct work *w, const struct rule *r);

/* addon.c */
void rule_addon_alone(struct work *w, const struct rule *r);

/* pair.c */
void rule_pair_distinct(struct work *w, const struct rule *r);
void rule_pair_visit_own(struct work *w, const struct rule *r);
void rule_pair_visit(struct work *w, const struct rule *r);
void rule_pair_never(struct work *w, const struct rule *r);
void rule_pair_bundled(struct work *w, const struct rule *r);

#endif
