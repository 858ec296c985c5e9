/* validate_out.c - findings as JSON lines and for people */
#include "services/cleanclaim/validate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"

enum { REPAIR_SHOWN = 256 };

/* severity_word - reject hold note */
static const char *severity_word(CcSeverity s, char out[EVENT_WORD])
{
    return event_word(&cc_severity__descriptor, (int)s, false, out);
}

/* list_of - texts */
static json_t *list_of(char *const *list, size_t n)
{
    json_t *out = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(out, json_string(list[i]));
    return out;
}

/* number_or_null - 0 is not known */
static json_t *number_or_null(uint32_t n)
{
    return n ? json_integer(n) : json_null();
}

/* table_of - "ncci-ptp-practitioner@2024q3" */
static json_t *table_of(const CcFinding *f)
{
    return f->table ? json_sprintf("%s@%s", f->table->table, f->table->edition) : json_null();
}

/* finding_json - one of them */
static json_t *finding_json(const CcFinding *f)
{
    char word[EVENT_WORD];
    json_t *o = json_object();

    json_object_set_new(o, "edit", json_string(f->edit));
    json_object_set_new(o, "severity", json_string(severity_word(f->severity, word)));
    json_object_set_new(o, "line", number_or_null(f->line));
    json_object_set_new(o, "codes", list_of(f->codes, f->n_codes));
    json_object_set_new(o, "segment", number_or_null(f->segment));
    json_object_set_new(o, "element", cmd_json_text(f->element));
    json_object_set_new(o, "snip", json_integer(f->snip));
    json_object_set_new(o, "authority", cmd_json_text(f->authority));
    json_object_set_new(o, "same_as", list_of(f->same_as, f->n_same_as));
    json_object_set_new(o, "table", table_of(f));
    json_object_set_new(o, "message", json_string(f->message));
    json_object_set_new(o, "fix", cmd_json_text(f->fix));
    return o;
}

/* kind_of - professional, institutional */
static const char *kind_of(const CcClaim *c, char out[EVENT_WORD])
{
    return event_word(&cc_claim_kind__descriptor, (int)c->kind, false, out);
}

/* shown - a value of a repair; what is patient data as its pattern: letters A, digits 9 */
static const char *shown(const CcRepair *x, const char *value, bool phi, char out[REPAIR_SHOWN])
{
    str_copy(out, REPAIR_SHOWN, value);
    for (char *p = out; x->patient_data && !phi && *p; p++)
        *p = (char)(*p >= '0' && *p <= '9'     ? '9'
                    : (*p >= 'A' && *p <= 'Z') ? 'A'
                    : (*p >= 'a' && *p <= 'z') ? 'a'
                    : (unsigned char)*p > 0x7F ? '?'
                                               : *p);
    return out;
}

/* repairs_json - what was changed before the edits */
static json_t *repairs_json(const CcClaim *c, bool phi)
{
    char text[REPAIR_SHOWN];
    json_t *list = json_array();

    for (size_t i = 0; i < c->n_repairs; i++) {
        const CcRepair *x = c->repairs[i];
        json_t *o = json_object();

        json_object_set_new(o, "repair", json_string(x->id));
        json_object_set_new(o, "line", number_or_null(x->line));
        json_object_set_new(o, "segment", number_or_null(x->segment));
        json_object_set_new(o, "element", cmd_json_text(x->element));
        json_object_set_new(o, "before", json_string(shown(x, x->before, phi, text)));
        json_object_set_new(o, "after", json_string(shown(x, x->after, phi, text)));
        json_array_append_new(list, o);
    }
    return list;
}

/* validate_json - one claim, one line */
void validate_json(const char *source, const CcClaim *c, const struct validator_result *r, bool phi)
{
    char word[EVENT_WORD];
    json_t *o = json_object(), *list = json_array();

    for (size_t i = 0; i < r->n_findings; i++)
        json_array_append_new(list, finding_json(r->findings[i]));
    json_object_set_new(o, "source", json_string(source));
    json_object_set_new(o, "claim", cmd_json_text(c->claim_id));
    json_object_set_new(o, "encounter", cmd_json_text(c->encounter));
    json_object_set_new(o, "kind", json_string(kind_of(c, word)));
    json_object_set_new(o, "clean", json_boolean(r->worst < SEVERITY_HOLD));
    json_object_set_new(o, "filing_deadline", cmd_json_date(r->filing_deadline_date));
    json_object_set_new(o, "findings", list);
    json_object_set_new(o, "repairs", repairs_json(c, phi));
    cmd_json(o);
}

/* print_finding - one, with what to do */
static void print_finding(const CcFinding *f)
{
    char word[EVENT_WORD], line[24] = "";

    if (f->line)
        snprintf(line, sizeof(line), "line %u ", f->line);
    printf("  %-6s %-7s %s%s: %s\n", severity_word(f->severity, word), f->edit, line, f->element,
           f->message);
    if (f->fix[0])
        printf("                 -> %s\n", f->fix);
}

/* validate_text - one claim, a line, then its findings */
void validate_text(const char *source, const CcClaim *c, const struct validator_result *r, bool phi)
{
    char word[EVENT_WORD], before[REPAIR_SHOWN], after[REPAIR_SHOWN];

    printf("%s %s %s: %s\n", source, c->claim_id[0] ? c->claim_id : "-", kind_of(c, word),
           r->worst < SEVERITY_HOLD ? "clean" : "not clean");
    for (size_t i = 0; i < c->n_repairs; i++)
        printf("  repair %-7s %s: \"%s\" is now \"%s\"\n", c->repairs[i]->id,
               c->repairs[i]->element, shown(c->repairs[i], c->repairs[i]->before, phi, before),
               shown(c->repairs[i], c->repairs[i]->after, phi, after));
    for (size_t i = 0; i < r->n_findings; i++)
        print_finding(r->findings[i]);
}

/* validate_none - no claim, and why */
void validate_none(const char *source, const char *claim, const char *encounter, const char *code,
                   const char *why, bool json)
{
    const char *name = claim[0] ? claim : encounter[0] ? encounter : "-";
    json_t *o, *reason;

    if (!json) {
        printf("%s %s: no claim: %s\n", source, name, why);
        return;
    }
    o = json_object();
    reason = json_object();
    json_object_set_new(reason, "code", json_string(code));
    json_object_set_new(reason, "message", json_string(why));
    json_object_set_new(o, "source", json_string(source));
    json_object_set_new(o, "claim", cmd_json_text(claim));
    json_object_set_new(o, "encounter", cmd_json_text(encounter));
    json_object_set_new(o, "kind", json_null());
    json_object_set_new(o, "clean", json_false());
    json_object_set_new(o, "findings", json_array());
    json_object_set_new(o, "error", reason);
    cmd_json(o);
}
