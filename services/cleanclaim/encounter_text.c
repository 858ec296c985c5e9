/* encounter_text.c - an encounter event for people: a head line, then a line for each thing that it
 * says */
#include "services/cleanclaim/encounter_out.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"
#include "common/codes/codes.h"

/* or_dash - what is not known */
static const char *or_dash(const char *s)
{
    return str_empty(s) ? "-" : s;
}

/* day - or a dash */
static const char *day(int32_t ymd, char *out)
{
    return ymd ? date_text(ymd, out) : "-";
}

/* shown_code - with its dot */
static const char *shown_code(const CcCode *c, char out[64])
{
    char dotted[16];

    if (!c || str_empty(c->code))
        return "-";
    if (c->system == CODE_SYSTEM_ICD10CM && strlen(c->code) <= 8)
        str_copy(out, 64, icd10cm_display(c->code, dotted));
    else
        str_copy(out, 64, c->code);
    return out;
}

/* system_of - of a code, or a dash */
static const char *system_of(const CcCode *c, char out[EVENT_WORD])
{
    if (!c || str_empty(c->code))
        return "-";
    return event_word(&cc_code_system__descriptor, (int)c->system, false, out);
}

/* print_row - one thing: what, where, system, code, day, the rest */
static void print_row(const char *what, const char *ref, const CcCode *c, int32_t on,
                      const char *rest)
{
    char code[64], system[EVENT_WORD], date[DATE_TEXT];

    printf("  %-10s %-18s %-9s %-10s %-10s %s\n", what, or_dash(ref), system_of(c, system),
           shown_code(c, code), day(on, date), rest);
}

/* words_of - the record's own words, only where they are asked for */
static const char *words_of(const CcCode *c, bool phi)
{
    return phi && c ? c->text : "";
}

/* print_diagnoses - use and rank behind the code */
static void print_diagnoses(const CcEncounter *ev, bool phi)
{
    char rest[256], use[EVENT_WORD], status[EVENT_WORD];

    for (size_t i = 0; i < ev->n_diagnoses; i++) {
        const CcProblem *p = ev->diagnoses[i];

        snprintf(rest, sizeof(rest), "%s, rank %u, %s %s",
                 event_word(&cc_problem_use__descriptor, (int)p->use, false, use), p->rank,
                 event_word(&cc_verification__descriptor, (int)p->verification, false, status),
                 words_of(p->code, phi));
        print_row("diagnosis", p->ref, p->code, p->problem_date, rest);
    }
}

/* print_procedures - with modifiers */
static void print_procedures(const CcEncounter *ev, bool phi)
{
    char rest[256];

    for (size_t i = 0; i < ev->n_procedures; i++) {
        const CcProcedure *p = ev->procedures[i];

        snprintf(rest, sizeof(rest), "%s %s %s", p->status, p->n_modifiers ? p->modifiers[0] : "",
                 words_of(p->code, phi));
        print_row("procedure", p->ref, p->code, p->procedure_date, rest);
    }
}

/* print_charges - charge code, units, amount */
static void print_charges(const CcEncounter *ev)
{
    char rest[256], units[DECIMAL_TEXT], amount[DECIMAL_TEXT], kind[EVENT_WORD];

    for (size_t i = 0; i < ev->n_charges; i++) {
        const CcCharge *c = ev->charges[i];

        snprintf(rest, sizeof(rest), "cdm %s, %s x, $ %s", or_dash(c->cdm),
                 c->units_given ? decimal_text(c->units_milli, 3, units) : "-",
                 c->charge_given ? decimal_text(c->charge_cents, 2, amount) : "-");
        print_row(event_word(&cc_charge_kind__descriptor, (int)c->kind, false, kind), c->ref,
                  c->code, c->service_date, rest);
    }
}

/* print_coverages - in their order */
static void print_coverages(const CcEncounter *ev, bool phi)
{
    char word[EVENT_WORD];

    for (size_t i = 0; i < ev->n_coverages; i++) {
        const CcCoverage *c = ev->coverages[i];

        printf("  %-10s %-18s %u. %s %s, %s %s\n", "coverage", c->ref, c->order, or_dash(c->payer),
               c->name, event_word(&cc_relationship__descriptor, (int)c->relationship, false, word),
               phi ? c->member_id : "");
    }
}

/* print_documents - size, not text */
static void print_documents(const CcEncounter *ev)
{
    char date[DATE_TEXT];

    for (size_t i = 0; i < ev->n_documents; i++) {
        const CcDocument *d = ev->documents[i];

        printf("  %-10s %-18s %s %s, %llu bytes, %s\n", "document", d->ref, or_dash(d->kind),
               or_dash(d->mime), (unsigned long long)d->bytes, day(d->document_date, date));
    }
}

/* print_counts - "PID 1, PV1 1" */
static void print_counts(const char *what, CcCounted *const *rows, size_t n)
{
    if (!n)
        return;
    printf("  %-10s", what);
    for (size_t i = 0; i < n; i++)
        printf("%s %s %u%s%s%s", i ? "," : "", rows[i]->name, rows[i]->count,
               rows[i]->why[0] ? " (" : "", rows[i]->why, rows[i]->why[0] ? ")" : "");
    putchar('\n');
}

/* encounter_text - see encounter_out.h */
void encounter_text(const CcEncounter *ev, bool phi)
{
    char event[EVENT_WORD], class[EVENT_WORD], from[DATE_TEXT], to[DATE_TEXT];
    const CcVisit *v = ev->visit;

    printf("%s #%u  %s  %s  %s  account %s  %s  %s to %s  %s\n", or_dash(ev->source), ev->message,
           or_dash(ev->type), event_word(&cc_event_kind__descriptor, (int)ev->event, false, event),
           or_dash(ev->encounter), or_dash(v ? v->account : ""),
           v ? event_word(&cc_encounter_class__descriptor, (int)v->class_, false, class) : "-",
           day(v ? v->admit_date : 0, from), day(v ? v->discharge_date : 0, to), or_dash(ev->ack));
    for (size_t i = 0; i < ev->n_merged; i++)
        printf("  %-10s %s\n", "ends", ev->merged[i]);
    print_diagnoses(ev, phi);
    print_procedures(ev, phi);
    print_charges(ev);
    print_coverages(ev, phi);
    print_documents(ev);
    print_counts("mapped", ev->mapped, ev->n_mapped);
    print_counts("ignored", ev->ignored, ev->n_ignored);
    for (size_t i = 0; i < ev->n_problems; i++)
        printf("  %-10s %-18s %s: %s\n", ev->problems[i]->severity, or_dash(ev->problems[i]->ref),
               ev->problems[i]->code, ev->problems[i]->message);
}
