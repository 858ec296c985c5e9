/* encounter_json.c - an encounter event as the line of cli.md
 *
 * Fields may be added, never renamed, and keep their order. Record text, the member id and the
 * patient only with `phi`. */
#include "services/cleanclaim/encounter_out.h"

#include <string.h>

#include "common/codes/codes.h"
#include "services/cleanclaim/cmd.h"

/* text - or null, for what is no UTF-8 too */
static json_t *text(const char *s)
{
    json_t *v = cmd_json_text(s);

    return v ? v : json_null();
}

/* number - or null */
static json_t *number(bool given, int64_t n)
{
    return given ? json_integer(n) : json_null();
}

/* word - an enum's word, null for its unknown value */
static json_t *word(const ProtobufCEnumDescriptor *d, int value)
{
    char w[EVENT_WORD];

    return value ? json_string(event_word(d, value, false, w)) : json_null();
}

/* system_word - "icd10cm" …, "unknown" */
static const char *system_word(const CcCode *c, char *out)
{
    return event_word(&cc_code_system__descriptor, (int)c->system, false, out);
}

/* put_code - "system" and "code" of an entry; both null where there is no code */
static void put_code(json_t *o, const CcCode *c)
{
    char w[EVENT_WORD];
    bool known = c && !str_empty(c->code);

    json_object_set_new(o, "system", known ? json_string(system_word(c, w)) : json_null());
    json_object_set_new(o, "code", known ? cmd_json_code(system_word(c, w), c->code) : json_null());
}

/* also - the other codings */
static json_t *also(CcCode *const *codes, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *o = json_object();

        put_code(o, codes[i]);
        json_array_append_new(list, o);
    }
    return list;
}

/* strings - a list of them */
static json_t *strings(char *const *s, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, text(s[i]));
    return list;
}

/* record_text - text of the record, only where it is asked for */
static json_t *record_text(bool phi, const char *s)
{
    return phi ? text(s) : json_null();
}

/* diagnosis - one entry */
static json_t *diagnosis(bool phi, const CcProblem *p)
{
    json_t *o = json_object();
    bool exempt = p->poa == POA_EXEMPT;
    char w[EVENT_WORD];

    json_object_set_new(o, "ref", text(p->ref));
    put_code(o, p->code);
    json_object_set_new(o, "text", record_text(phi, p->code ? p->code->text : ""));
    json_object_set_new(o, "use", word(&cc_problem_use__descriptor, (int)p->use));
    json_object_set_new(o, "rank", number(p->rank != 0, p->rank));
    json_object_set_new(o, "poa",
                        p->poa
                            ? json_string(event_word(&cc_poa__descriptor, (int)p->poa, !exempt, w))
                            : json_null());
    json_object_set_new(o, "status", word(&cc_verification__descriptor, (int)p->verification));
    json_object_set_new(o, "date", cmd_json_date(p->problem_date));
    json_object_set_new(o, "action", word(&cc_action__descriptor, (int)p->action));
    json_object_set_new(o, "parent", text(p->parent));
    json_object_set_new(o, "also", also(p->also, p->n_also));
    return o;
}

/* procedure - one entry */
static json_t *procedure(bool phi, const CcProcedure *p)
{
    json_t *o = json_object();

    json_object_set_new(o, "ref", text(p->ref));
    put_code(o, p->code);
    json_object_set_new(o, "text", record_text(phi, p->code ? p->code->text : ""));
    json_object_set_new(o, "date", cmd_json_date(p->procedure_date));
    json_object_set_new(o, "modifiers", strings(p->modifiers, p->n_modifiers));
    json_object_set_new(o, "status", text(p->status));
    json_object_set_new(o, "parent", text(p->parent));
    json_object_set_new(o, "also", also(p->also, p->n_also));
    return o;
}

/* pointers - diagnosis codes with their dot, references as they are */
static json_t *pointers(const CcCharge *c)
{
    json_t *list = json_array();
    char shown[16];

    for (size_t i = 0; i < c->n_pointers; i++)
        json_array_append_new(list, icd10cm_form(c->pointers[i])
                                        ? json_string(icd10cm_display(c->pointers[i], shown))
                                        : text(c->pointers[i]));
    return list;
}

/* charge - one entry */
static json_t *charge(const CcCharge *c)
{
    json_t *o = json_object();

    json_object_set_new(o, "ref", text(c->ref));
    json_object_set_new(o, "kind", word(&cc_charge_kind__descriptor, (int)c->kind));
    json_object_set_new(o, "cdm", text(c->cdm));
    put_code(o, c->code);
    json_object_set_new(o, "modifiers", strings(c->modifiers, c->n_modifiers));
    json_object_set_new(o, "revenue", text(c->revenue));
    json_object_set_new(o, "units_milli", number(c->units_given, c->units_milli));
    json_object_set_new(o, "charge_cents", number(c->charge_given, c->charge_cents));
    json_object_set_new(o, "unit_cents", number(c->unit_given, c->unit_cents));
    json_object_set_new(o, "date", cmd_json_date(c->service_date));
    json_object_set_new(o, "pointers", pointers(c));
    json_object_set_new(o, "also", also(c->also, c->n_also));
    return o;
}

/* coverage - one entry */
static json_t *coverage(bool phi, const CcCoverage *c)
{
    json_t *o = json_object();

    json_object_set_new(o, "ref", text(c->ref));
    json_object_set_new(o, "order", number(c->order != 0, c->order));
    json_object_set_new(o, "payer", text(c->payer));
    json_object_set_new(o, "name", text(c->name));
    json_object_set_new(o, "relationship",
                        word(&cc_relationship__descriptor, (int)c->relationship));
    json_object_set_new(o, "from", cmd_json_date(c->from_date));
    json_object_set_new(o, "to", cmd_json_date(c->to_date));
    json_object_set_new(o, "member", record_text(phi, c->member_id));
    return o;
}

/* document - one entry; its text only where it is text and asked for */
static json_t *document(bool phi, const CcDocument *d)
{
    json_t *o = json_object(), *body = NULL;

    if (phi && d->text.len && strncmp(d->mime, "text/", 5) == 0)
        body = json_stringn((const char *)d->text.data, d->text.len);
    json_object_set_new(o, "ref", text(d->ref));
    json_object_set_new(o, "kind", text(d->kind));
    json_object_set_new(o, "loinc", text(d->loinc));
    json_object_set_new(o, "mime", text(d->mime));
    json_object_set_new(o, "bytes", json_integer((json_int_t)d->bytes));
    json_object_set_new(o, "sha256", text(d->sha256));
    json_object_set_new(o, "date", cmd_json_date(d->document_date));
    json_object_set_new(o, "text", body ? body : json_null());
    return o;
}

/* counted - mapped, or with why ignored */
static json_t *counted(CcCounted *const *rows, size_t n, bool why)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *o =
            json_pack("{s:o, s:i}", "name", text(rows[i]->name), "count", (int)rows[i]->count);

        if (why)
            json_object_set_new(o, "why", text(rows[i]->why));
        json_array_append_new(list, o);
    }
    return list;
}

/* problems - of intake */
static json_t *problems(const CcEncounter *ev)
{
    json_t *list = json_array();

    for (size_t i = 0; i < ev->n_problems; i++) {
        const CcIntakeProblem *p = ev->problems[i];

        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "severity", text(p->severity),
                                              "code", text(p->code), "ref", text(p->ref), "message",
                                              text(p->message)));
    }
    return list;
}

/* address - of the patient */
static json_t *address(const CcAddress *a)
{
    if (!a)
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "line1", text(a->line1), "line2",
                     text(a->line2), "city", text(a->city), "state", text(a->state), "zip",
                     text(a->zip), "country", text(a->country));
}

/* patient - only with --phi */
static json_t *patient(const CcEncounter *ev)
{
    const CcPatient *p = ev->patient;
    json_t *ids = json_array();

    if (!p) {
        json_decref(ids);
        return json_null();
    }
    for (size_t i = 0; i < p->n_ids; i++)
        json_array_append_new(ids, json_pack("{s:o, s:o, s:o}", "value", text(p->ids[i]->value),
                                             "type", text(p->ids[i]->type), "assigner",
                                             text(p->ids[i]->assigner)));
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "key", text(ev->patient_key),
        "mrn", text(p->mrn), "ids", ids, "last", text(p->name ? p->name->last : ""), "first",
        text(p->name ? p->name->first : ""), "middle", text(p->name ? p->name->middle : ""),
        "birth", cmd_json_date(p->birth_date), "death", cmd_json_date(p->death_date), "sex",
        word(&cc_sex__descriptor, (int)p->sex), "address", address(p->address), "phone",
        text(p->phone));
}

/* put_head - what the message is and whom it is about */
static void put_head(json_t *o, const CcEncounter *ev)
{
    const CcVisit *v = ev->visit;
    char w[EVENT_WORD];

    json_object_set_new(o, "source", text(ev->source));
    json_object_set_new(o, "message", json_integer(ev->message));
    json_object_set_new(o, "offset", json_integer((json_int_t)ev->offset));
    json_object_set_new(o, "format", text(ev->format));
    json_object_set_new(o, "type", text(ev->type));
    json_object_set_new(o, "version", text(ev->version));
    json_object_set_new(o, "control", text(ev->control));
    json_object_set_new(
        o, "event", json_string(event_word(&cc_event_kind__descriptor, (int)ev->event, false, w)));
    json_object_set_new(o, "encounter", text(ev->encounter));
    json_object_set_new(o, "account", text(v ? v->account : ""));
    json_object_set_new(
        o, "class",
        v ? json_string(event_word(&cc_encounter_class__descriptor, (int)v->class_, false, w))
          : json_null());
    json_object_set_new(o, "class_source", text(v ? v->class_source : ""));
    json_object_set_new(o, "status",
                        v ? word(&cc_visit_status__descriptor, (int)v->status) : json_null());
    json_object_set_new(o, "admit", cmd_json_date(v ? v->admit_date : 0));
    json_object_set_new(o, "discharge", cmd_json_date(v ? v->discharge_date : 0));
    json_object_set_new(o, "merged", strings(ev->merged, ev->n_merged));
}

/* put_lists - what it says */
static void put_lists(json_t *o, bool phi, const CcEncounter *ev)
{
    json_t *dx = json_array(), *px = json_array(), *ch = json_array(), *cov = json_array(),
           *doc = json_array();

    for (size_t i = 0; i < ev->n_diagnoses; i++)
        json_array_append_new(dx, diagnosis(phi, ev->diagnoses[i]));
    for (size_t i = 0; i < ev->n_procedures; i++)
        json_array_append_new(px, procedure(phi, ev->procedures[i]));
    for (size_t i = 0; i < ev->n_charges; i++)
        json_array_append_new(ch, charge(ev->charges[i]));
    for (size_t i = 0; i < ev->n_coverages; i++)
        json_array_append_new(cov, coverage(phi, ev->coverages[i]));
    for (size_t i = 0; i < ev->n_documents; i++)
        json_array_append_new(doc, document(phi, ev->documents[i]));
    json_object_set_new(o, "diagnoses", dx);
    json_object_set_new(o, "procedures", px);
    json_object_set_new(o, "charges", ch);
    json_object_set_new(o, "coverages", cov);
    json_object_set_new(o, "documents", doc);
}

/* encounter_json - see encounter_out.h */
void encounter_json(const CcEncounter *ev, bool phi)
{
    json_t *o = json_object();

    put_head(o, ev);
    put_lists(o, phi, ev);
    json_object_set_new(o, "mapped", counted(ev->mapped, ev->n_mapped, false));
    json_object_set_new(o, "ignored", counted(ev->ignored, ev->n_ignored, true));
    json_object_set_new(o, "problems", problems(ev));
    json_object_set_new(o, "ack", text(ev->ack));
    json_object_set_new(o, "event_id", text(ev->event_id));
    if (phi)
        json_object_set_new(o, "patient", patient(ev));
    cmd_json(o);
}
