/* dx.h - the rules about diagnoses, one function each; rules/ holds their rows */
#ifndef CC_CODER_DX_H
#define CC_CODER_DX_H

#include "services/coder/work.h"

/* record.c: what the record takes back, what was only suspected */
void rule_entered_in_error(struct work *w, const struct rule *r);
void rule_refuted(struct work *w, const struct rule *r);
void rule_previous_condition(struct work *w, const struct rule *r);
void rule_reported(struct work *w, const struct rule *r);
void rule_finding_alone(struct work *w, const struct rule *r);
void rule_problem_list(struct work *w, const struct rule *r);
void rule_uncertain_outpatient(struct work *w, const struct rule *r);
void rule_uncertain_inpatient(struct work *w, const struct rule *r);
void rule_entry_dates(struct work *w, const struct rule *r);
void rule_contradicted(struct work *w, const struct rule *r);

/* legal.c: a billable code of the date for each */
void rule_visit_date(struct work *w, const struct rule *r);
void rule_visit_order(struct work *w, const struct rule *r);
void rule_code_given(struct work *w, const struct rule *r);
void rule_other_coding(struct work *w, const struct rule *r);
void rule_unnamed_system(struct work *w, const struct rule *r);
void rule_title(struct work *w, const struct rule *r);
void rule_index_term(struct work *w, const struct rule *r);
void rule_reason_without_code(struct work *w, const struct rule *r);
void rule_old_system(struct work *w, const struct rule *r);
void rule_no_code(struct work *w, const struct rule *r);

/* sequence.c: once each, which first, which roles */
void rule_unidentified(struct work *w, const struct rule *r);
void rule_confirmed_only(struct work *w, const struct rule *r);
void rule_same_code(struct work *w, const struct rule *r);
void rule_postoperative(struct work *w, const struct rule *r);
void rule_superseded(struct work *w, const struct rule *r);
void rule_reason_as_diagnosis(struct work *w, const struct rule *r);
void rule_principal(struct work *w, const struct rule *r);
void rule_first_listed(struct work *w, const struct rule *r);
void rule_external_cause(struct work *w, const struct rule *r);
void rule_no_diagnosis(struct work *w, const struct rule *r);

/* combine.c: several that are one code */
void rule_pressure_heart(struct work *w, const struct rule *r);
void rule_pressure_kidney(struct work *w, const struct rule *r);
void rule_pressure_both(struct work *w, const struct rule *r);
void rule_diabetes_with(struct work *w, const struct rule *r);
void rule_diabetes_plain(struct work *w, const struct rule *r);
void rule_diabetes_insulin(struct work *w, const struct rule *r);
void rule_lung_infection(struct work *w, const struct rule *r);
void rule_angina(struct work *w, const struct rule *r);
void rule_kidney_end(struct work *w, const struct rule *r);
void rule_substance(struct work *w, const struct rule *r);

/* together.c: what does not stand beside what, what is added */
void rule_both_sides(struct work *w, const struct rule *r);
void rule_acute_on_chronic(struct work *w, const struct rule *r);
void rule_body_mass(struct work *w, const struct rule *r);
void rule_no_notes(struct work *w, const struct rule *r);
void rule_excludes1(struct work *w, const struct rule *r);

/* sign.c: what is part of a disease */
void rule_sign(struct work *w, const struct rule *r);

/* follow.c: who goes before whom */
void rule_code_first(struct work *w, const struct rule *r);
void rule_use_additional(struct work *w, const struct rule *r);
void rule_manifestation(struct work *w, const struct rule *r);
void rule_organism_second(struct work *w, const struct rule *r);
void rule_severe_second(struct work *w, const struct rule *r);
void rule_adverse_second(struct work *w, const struct rule *r);
void rule_underdosing_second(struct work *w, const struct rule *r);
void rule_sequela_second(struct work *w, const struct rule *r);
void rule_pump_first(struct work *w, const struct rule *r);
void rule_adding_second(struct work *w, const struct rule *r);
void rule_poisoning_first(struct work *w, const struct rule *r);
void rule_burns(struct work *w, const struct rule *r);
void rule_sepsis_order(struct work *w, const struct rule *r);
void rule_pregnancy_first(struct work *w, const struct rule *r);
void rule_first_only(struct work *w, const struct rule *r);
void rule_acute_first(struct work *w, const struct rule *r);

/* beside.c: what another code says already, or denies */
void rule_hiv(struct work *w, const struct rule *r);
void rule_covid_contact(struct work *w, const struct rule *r);
void rule_sepsis_named(struct work *w, const struct rule *r);
void rule_shock_says(struct work *w, const struct rule *r);
void rule_procedure_shock(struct work *w, const struct rule *r);
void rule_severe_cause(struct work *w, const struct rule *r);
void rule_puerperal_sepsis(struct work *w, const struct rule *r);
void rule_pregnant_state(struct work *w, const struct rule *r);
void rule_transplant(struct work *w, const struct rule *r);
void rule_aftercare(struct work *w, const struct rule *r);

/* told.c: what one code tells, another does not say again */
void rule_organism_named(struct work *w, const struct rule *r);
void rule_open_code(struct work *w, const struct rule *r);
void rule_symptom_in_both(struct work *w, const struct rule *r);
void rule_resistance_named(struct work *w, const struct rule *r);
void rule_one_response(struct work *w, const struct rule *r);
void rule_contact(struct work *w, const struct rule *r);
void rule_unnamed_cancer(struct work *w, const struct rule *r);
void rule_implant_lymphoma(struct work *w, const struct rule *r);
void rule_obesity_class(struct work *w, const struct rule *r);
void rule_pain_mind(struct work *w, const struct rule *r);
void rule_pain_site(struct work *w, const struct rule *r);
void rule_infarction_kind(struct work *w, const struct rule *r);
void rule_demand(struct work *w, const struct rule *r);
void rule_asthma(struct work *w, const struct rule *r);
void rule_ventilator(struct work *w, const struct rule *r);
void rule_osteoporosis(struct work *w, const struct rule *r);
void rule_kidney_stage(struct work *w, const struct rule *r);
void rule_supervision(struct work *w, const struct rule *r);
void rule_gestational(struct work *w, const struct rule *r);
void rule_obstetric_wound(struct work *w, const struct rule *r);
void rule_abortion_bleeding(struct work *w, const struct rule *r);
void rule_delivery_care(struct work *w, const struct rule *r);
void rule_newborn_record(struct work *w, const struct rule *r);
void rule_coma(struct work *w, const struct rule *r);
void rule_no_site(struct work *w, const struct rule *r);
void rule_ruled_out(struct work *w, const struct rule *r);
void rule_physeal(struct work *w, const struct rule *r);
void rule_attention(struct work *w, const struct rule *r);
void rule_status(struct work *w, const struct rule *r);
void rule_routine_smear(struct work *w, const struct rule *r);
void rule_unspecific(struct work *w, const struct rule *r);
void rule_findings(struct work *w, const struct rule *r);

/* degree.c: the same thing in two degrees; what is coded only beside what it measures */
void rule_side_said(struct work *w, const struct rule *r);
void rule_ulcer_stage(struct work *w, const struct rule *r);
void rule_dementia(struct work *w, const struct rule *r);
void rule_glaucoma(struct work *w, const struct rule *r);
void rule_burn_site(struct work *w, const struct rule *r);
void rule_superficial(struct work *w, const struct rule *r);
void rule_mass_severest(struct work *w, const struct rule *r);
void rule_mass_pregnant(struct work *w, const struct rule *r);
void rule_stroke_scale(struct work *w, const struct rule *r);
void rule_alcohol_level(struct work *w, const struct rule *r);
void rule_weeks_over(struct work *w, const struct rule *r);
void rule_burn_extent(struct work *w, const struct rule *r);
void rule_suspected_abuse(struct work *w, const struct rule *r);
void rule_place_unsaid(struct work *w, const struct rule *r);
void rule_activity(struct work *w, const struct rule *r);
void rule_status_alone(struct work *w, const struct rule *r);
void rule_unknown_death(struct work *w, const struct rule *r);

/* lead.c: who stands before whom, by chapters */
void rule_wound_first(struct work *w, const struct rule *r);
void rule_covid_symptom(struct work *w, const struct rule *r);
void rule_lung_transplant(struct work *w, const struct rule *r);
void rule_infarction_first(struct work *w, const struct rule *r);
void rule_ventilator_later(struct work *w, const struct rule *r);
void rule_vaping_first(struct work *w, const struct rule *r);
void rule_weight_first(struct work *w, const struct rule *r);
void rule_extent_behind(struct work *w, const struct rule *r);
void rule_abuse_first(struct work *w, const struct rule *r);
void rule_device_pain(struct work *w, const struct rule *r);
void rule_body_complication(struct work *w, const struct rule *r);
void rule_rehabilitation(struct work *w, const struct rule *r);
void rule_screening_first(struct work *w, const struct rule *r);
void rule_status_behind(struct work *w, const struct rule *r);
void rule_history_behind(struct work *w, const struct rule *r);
void rule_not_carried_out(struct work *w, const struct rule *r);
void rule_inflammation_second(struct work *w, const struct rule *r);
void rule_pregnant_second(struct work *w, const struct rule *r);
void rule_cause_order(struct work *w, const struct rule *r);

/* doubt.c: what the record leaves open or contradicts */
void rule_acute_and_late(struct work *w, const struct rule *r);
void rule_therapy_of_what(struct work *w, const struct rule *r);
void rule_leukemia(struct work *w, const struct rule *r);
void rule_lymphoma_spread(struct work *w, const struct rule *r);
void rule_secondary_diabetes(struct work *w, const struct rule *r);
void rule_remission(struct work *w, const struct rule *r);
void rule_secondary_pressure(struct work *w, const struct rule *r);
void rule_retinopathy(struct work *w, const struct rule *r);
void rule_coma_scale(struct work *w, const struct rule *r);
void rule_old_infarction(struct work *w, const struct rule *r);
void rule_bone(struct work *w, const struct rule *r);
void rule_kidney_stages(struct work *w, const struct rule *r);
void rule_finding_missing(struct work *w, const struct rule *r);
void rule_one_activity(struct work *w, const struct rule *r);
void rule_hiv_first(struct work *w, const struct rule *r);
void rule_equal_principal(struct work *w, const struct rule *r);
void rule_finding_there(struct work *w, const struct rule *r);
void rule_covid_first(struct work *w, const struct rule *r);
void rule_cause_course(struct work *w, const struct rule *r);

/* lack.c: what stands only with another code */
void rule_lacking(struct work *w, const struct rule *r);
void rule_pressure_parts(struct work *w, const struct rule *r);
void rule_chemotherapy_drug(struct work *w, const struct rule *r);
void rule_severe_organ(struct work *w, const struct rule *r);
void rule_sepsis_organ(struct work *w, const struct rule *r);

/* aim.c: what the visit was for */
void rule_neoplasm_aim(struct work *w, const struct rule *r);
void rule_neoplasm_sign(struct work *w, const struct rule *r);
void rule_sign_principal(struct work *w, const struct rule *r);
void rule_admitted_complication(struct work *w, const struct rule *r);
void rule_surgery_first(struct work *w, const struct rule *r);
void rule_trauma_pain(struct work *w, const struct rule *r);
void rule_known_pain(struct work *w, const struct rule *r);

/* deny.c: codes that deny each other */
void rule_hiv_illness(struct work *w, const struct rule *r);
void rule_covid_again(struct work *w, const struct rule *r);
void rule_recurred(struct work *w, const struct rule *r);
void rule_twins(struct work *w, const struct rule *r);
void rule_normal_term(struct work *w, const struct rule *r);

/* weeks.c: how far the pregnancy is */
void rule_weeks(struct work *w, const struct rule *r);
void rule_trimester(struct work *w, const struct rule *r);
void rule_trimester_stay(struct work *w, const struct rule *r);
void rule_trimester_known(struct work *w, const struct rule *r);
void rule_childbirth(struct work *w, const struct rule *r);

/* birth.c: mother and child */
void rule_birth_record(struct work *w, const struct rule *r);
void rule_maternal_record(struct work *w, const struct rule *r);
void rule_perinatal_record(struct work *w, const struct rule *r);
void rule_stillbirth(struct work *w, const struct rule *r);
void rule_newborn_sepsis(struct work *w, const struct rule *r);
void rule_newborn_default(struct work *w, const struct rule *r);
void rule_birth_missing(struct work *w, const struct rule *r);
void rule_normal_outcome(struct work *w, const struct rule *r);
void rule_outcome(struct work *w, const struct rule *r);
void rule_other_diabetes(struct work *w, const struct rule *r);
void rule_pregnancy_detail(struct work *w, const struct rule *r);
void rule_pregnancy_disease(struct work *w, const struct rule *r);

/* seventh.c: characters that complete a code of the record */
void rule_seventh(struct work *w, const struct rule *r);
void rule_fetus(struct work *w, const struct rule *r);
void rule_dominance(struct work *w, const struct rule *r);

/* measured.c: what the record measures, where a coded diagnosis asks for it */
void rule_mass_measured(struct work *w, const struct rule *r);
void rule_alcohol_measured(struct work *w, const struct rule *r);
void rule_stroke_measured(struct work *w, const struct rule *r);
void rule_drugs_taken(struct work *w, const struct rule *r);

/* course.c: where in the course of a disease the visit stands */
void rule_normal_delivery(struct work *w, const struct rule *r);
void rule_first_care(struct work *w, const struct rule *r);
void rule_second_infarction(struct work *w, const struct rule *r);
void rule_history(struct work *w, const struct rule *r);

/* poa.c */
void rule_poa_exempt(struct work *w, const struct rule *r);
void rule_poa_given(struct work *w, const struct rule *r);
void rule_poa_newborn(struct work *w, const struct rule *r);
void rule_poa_later(struct work *w, const struct rule *r);
void rule_poa_before(struct work *w, const struct rule *r);
void rule_poa_suspected(struct work *w, const struct rule *r);
void rule_poa_organism(struct work *w, const struct rule *r);
void rule_poa_ulcer(struct work *w, const struct rule *r);
void rule_poa_delivery(struct work *w, const struct rule *r);
void rule_poa_chronic(struct work *w, const struct rule *r);
void rule_poa_cause(struct work *w, const struct rule *r);
void rule_poa_missing(struct work *w, const struct rule *r);

/* The diagnosis of the record is this code of an edition. */
void dx_accept(struct work *w, const struct rule *r, struct dx *d, const char *code,
               const struct edition_info *edition);
/* The diagnosis has this code: at the legal phase, or derived. */
void dx_code(struct work *w, struct dx *d, const char *code);

/* term.c: the one place where words meet index terms and titles */
enum term { TERM_NONE, TERM_ONE, TERM_SEVERAL, TERM_NO_EDITION };
/* The one billable code that a text names exactly: by the titles, or by the alphabetic index.
 * `row`: the table row that said so; its key or column is the code, copied to `code` (DX_CODE
 * bytes). */
enum term term_by_title(struct work *w, const char *text, char *code, struct table_row *row);
enum term term_by_index(struct work *w, const char *text, char *code, struct table_row *row);
/* The code's row on the coding date. */
enum lookup dx_row(struct work *w, const char *code, struct table_row *row);
/* Is the code billable on the coding date? */
enum lookup dx_billable(struct work *w, const char *code, struct table_row *row, bool *billable);

#endif
