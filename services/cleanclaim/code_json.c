/* code_json.c - one stage on one file: coding, lines, claims, questions of an encounter as JSON
 *
 * `coding` lists the diagnoses that go on the claim in their order, then everything else that was
 * seen: roles, procedures, what a person decides, what was rejected and why. */
#include "services/cleanclaim/code_out.h"

#include <string.h>

/* system_word - of a code */
static const char *system_word(const CcCode *c, char *out)
{
    return event_word(&cc_code_system__descriptor, c ? (int)c->system : 0, false, out);
}

/* rules_json - ids, each once */
static json_t *rules_json(CcRuleHit *const *rules, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        size_t k = 0;

        while (k < i && strcmp(rules[k]->rule, rules[i]->rule) != 0)
            k++;
        if (k == i)
            json_array_append_new(list, json_string(rules[i]->rule));
    }
    return list;
}

/* evidence_json - where in the record; a whole element has no span */
static json_t *evidence_json(CcEvidence *const *evidence, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *o = json_object();
        bool span = evidence[i]->end > 0;

        json_object_set_new(o, "ref", cmd_json_text(evidence[i]->ref));
        json_object_set_new(o, "start", span ? json_integer(evidence[i]->start) : json_null());
        json_object_set_new(o, "end", span ? json_integer(evidence[i]->end) : json_null());
        json_object_set_new(o, "text", cmd_json_text(evidence[i]->text));
        if (*evidence[i]->encounter)
            json_object_set_new(o, "encounter", json_string(evidence[i]->encounter));
        json_array_append_new(list, o);
    }
    return list;
}

/* confidence_json - parts of a million as a fraction */
static json_t *confidence_json(uint32_t ppm)
{
    return ppm % 1000000 == 0 ? json_integer(ppm / 1000000) : json_real((double)ppm / 1000000.0);
}

/* alternatives_json - what else it could be, and the detail that would decide */
static json_t *alternatives_json(const CcCodeAssignment *as)
{
    json_t *list = json_array();
    char w[EVENT_WORD];

    for (size_t i = 0; i < as->n_alternatives; i++) {
        const CcAlternative *a = as->alternatives[i];

        json_array_append_new(
            list, json_pack("{s:o,s:o,s:o}", "code",
                            cmd_json_code(system_word(a->code, w), a->code->code), "confidence",
                            a->confidence_ppm ? confidence_json(a->confidence_ppm) : json_null(),
                            "missing", cmd_json_text(a->missing)));
    }
    return list;
}

/* poa_json - Y N U W exempt, or null */
static json_t *poa_json(CcPoa poa)
{
    char w[EVENT_WORD];

    return poa ? json_string(event_word(&cc_poa__descriptor, (int)poa, poa != POA_EXEMPT, w))
               : json_null();
}

/* add_code - one line of `coding` */
static void add_code(json_t *list, const CcCodeAssignment *as, const char *role, uint32_t rank,
                     CcPoa poa)
{
    json_t *o = json_object();
    char w[EVENT_WORD];
    bool known = as->code && as->code->code[0];

    json_object_set_new(o, "system", known ? json_string(system_word(as->code, w)) : json_null());
    json_object_set_new(
        o, "code", known ? cmd_json_code(system_word(as->code, w), as->code->code) : json_null());
    json_object_set_new(o, "rank", rank ? json_integer(rank) : json_null());
    json_object_set_new(o, "role", cmd_json_text(role));
    json_object_set_new(o, "poa", poa_json(poa));
    json_object_set_new(
        o, "status",
        json_string(event_word(&cc_code_status__descriptor, (int)as->status, false, w)));
    json_object_set_new(o, "confidence", confidence_json(as->confidence_ppm));
    json_object_set_new(o, "origin",
                        json_string(event_word(&cc_origin__descriptor, (int)as->origin, false, w)));
    json_object_set_new(o, "rules", rules_json(as->rules, as->n_rules));
    json_object_set_new(o, "evidence", evidence_json(as->evidence, as->n_evidence));
    json_object_set_new(o, "alternatives", alternatives_json(as));
    json_array_append_new(list, o);
}

/* is_listed - stands among the diagnoses already */
static bool is_listed(const CcCodingResult *r, const CcCodeAssignment *as)
{
    for (size_t i = 0; i < r->n_diagnoses; i++)
        if (r->diagnoses[i]->assignment == as)
            return true;
    return false;
}

/* is_line - a service that became a line: it stands there */
static bool is_line(const CcCodeAssignment *as)
{
    return as->status == CODE_STATUS_UNKNOWN ||
           (as->status == CODE_STATUS_ACCEPTED && as->code->system != CODE_SYSTEM_ICD10CM &&
            as->code->system != CODE_SYSTEM_ICD10PCS);
}

/* coding_json - diagnoses in order, then the rest in the record's order */
static json_t *coding_json(const CcCodingResult *r)
{
    json_t *list = json_array();
    char w[EVENT_WORD];

    for (size_t i = 0; i < r->n_diagnoses; i++) {
        const CcClaimDiagnosis *d = r->diagnoses[i];

        add_code(list, d->assignment,
                 event_word(&cc_diagnosis_role__descriptor, (int)d->role, false, w), d->rank,
                 d->poa);
    }
    for (size_t i = 0; i < r->n_codes; i++)
        if (!is_listed(r, r->codes[i]) && !is_line(r->codes[i]))
            add_code(list, r->codes[i], "", 0, POA_UNKNOWN);
    return list;
}

/* strings - a list of them */
static json_t *strings(char *const *s, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_string(s[i]));
    return list;
}

/* units_json - thousandths as a number */
static json_t *units_json(int64_t milli)
{
    return milli % 1000 == 0 ? json_integer(milli / 1000) : json_real((double)milli / 1000.0);
}

/* line_evidence - of the code, or of the charges behind a line without one */
static json_t *line_evidence(const CcServiceLine *l)
{
    json_t *list;

    if (l->procedure)
        return evidence_json(l->procedure->evidence, l->procedure->n_evidence);
    list = json_array();
    for (size_t i = 0; i < l->n_charge_refs; i++)
        json_array_append_new(
            list, json_pack("{s:s,s:n,s:n,s:n}", "ref", l->charge_refs[i], "start", "end", "text"));
    return list;
}

/* line_json - one service line */
static json_t *line_json(const CcServiceLine *l)
{
    json_t *o = json_object(), *pointers = json_array();
    const CcCode *c = l->procedure ? l->procedure->code : NULL;
    char w[EVENT_WORD];

    for (size_t i = 0; i < l->n_pointers; i++)
        json_array_append_new(pointers, json_integer(l->pointers[i]));
    json_object_set_new(o, "line", json_integer(l->number));
    json_object_set_new(o, "control", cmd_json_text(l->control));
    json_object_set_new(o, "system", c ? json_string(system_word(c, w)) : json_null());
    json_object_set_new(o, "code", c ? json_string(c->code) : json_null());
    json_object_set_new(o, "modifiers", strings(l->modifiers, l->n_modifiers));
    json_object_set_new(o, "revenue", cmd_json_text(l->revenue));
    json_object_set_new(o, "units", units_json(l->units_milli));
    json_object_set_new(o, "unit", cmd_json_text(l->unit_code));
    json_object_set_new(o, "charge_cents", json_integer(l->charge_cents));
    json_object_set_new(o, "date", cmd_json_date(l->from_date));
    json_object_set_new(o, "pointers", pointers);
    json_object_set_new(o, "rules", rules_json(l->rules, l->n_rules));
    json_object_set_new(o, "evidence", line_evidence(l));
    return o;
}

/* options_json - what to choose from */
static json_t *options_json(const CcReviewItem *item)
{
    json_t *list = json_array();
    char w[EVENT_WORD];

    for (size_t i = 0; i < item->n_options; i++) {
        const CcReviewOption *o = item->options[i];
        json_t *v = json_object();

        json_object_set_new(v, "option", json_string(o->id));
        json_object_set_new(v, "text", cmd_json_text(o->text));
        json_object_set_new(v, "code",
                            o->code ? cmd_json_code(system_word(o->code, w), o->code->code)
                                    : json_null());
        json_array_append_new(list, v);
    }
    return list;
}

/* review_json - one question */
static json_t *review_json(const CcReviewItem *item)
{
    json_t *o = json_object();

    json_object_set_new(o, "reason", json_string(item->reason));
    json_object_set_new(o, "question", json_string(item->question));
    json_object_set_new(o, "rules", rules_json(item->rules, item->n_rules));
    json_object_set_new(o, "evidence", evidence_json(item->evidence, item->n_evidence));
    json_object_set_new(o, "options", options_json(item));
    return o;
}

/* put_result - of an encounter */
static void put_result(json_t *o, const CcCodingResult *r)
{
    json_t *lines = json_array(), *claims = json_array(), *review = json_array();

    for (size_t i = 0; i < r->n_lines; i++)
        json_array_append_new(lines, line_json(r->lines[i]));
    for (size_t i = 0; i < r->n_claims; i++)
        json_array_append_new(claims, json_string(r->claims[i]->claim_id));
    for (size_t i = 0; i < r->n_review; i++)
        json_array_append_new(review, review_json(r->review[i]));
    json_object_set_new(o, "coding", coding_json(r));
    json_object_set_new(o, "lines", lines);
    json_object_set_new(o, "claims", claims);
    json_object_set_new(o, "review", review);
    json_object_set_new(o, "unexplained", evidence_json(r->unexplained, r->n_unexplained));
    json_object_set_new(o, "cancelled", json_boolean(r->cancelled));
    json_object_set_new(o, "date", cmd_json_date(r->coding_date));
}

/* concept_json - a term where it stands */
static json_t *concept_json(const struct text_concept *c)
{
    static const char *const times[] = {"recent", "historical", "hypothetical"};
    json_t *o = json_object(), *text = json_stringn(c->quote, c->quote_len);

    json_object_set_new(o, "start", json_integer((json_int_t)c->start));
    json_object_set_new(o, "end", json_integer((json_int_t)c->end));
    json_object_set_new(o, "text", text ? text : json_null());
    json_object_set_new(o, "code", cmd_json_code("icd10cm", c->code ? c->code : c->node));
    json_object_set_new(o, "negated", json_boolean(c->negated));
    json_object_set_new(o, "temporality", json_string(times[c->time]));
    json_object_set_new(o, "experiencer", json_string(c->other_person ? "other" : "patient"));
    json_object_set_new(o, "certainty", json_string(c->uncertain ? "uncertain" : "certain"));
    return o;
}

/* code_json - one line */
void code_json(const struct coded_item *item, const struct text_reading *said)
{
    json_t *o = json_object(), *concepts = said ? json_array() : NULL;

    json_object_set_new(o, "source", json_string(item->source));
    json_object_set_new(o, "encounter", cmd_json_text(item->encounter));
    put_result(o, item->result);
    for (size_t i = 0; said && i < said->n_concepts; i++)
        if (said->concepts[i]->source != TEXT_HISTORY) /* the same words once more, as a code */
            json_array_append_new(concepts, concept_json(said->concepts[i]));
    if (concepts)
        json_object_set_new(o, "concepts", concepts);
    cmd_json(o);
}
