/* live_drg.c - the group of an inpatient claim, as it stands on claims and questions */
#include "services/cleanclaim/live.h"

#include <stdio.h>
#include <string.h>

/* number_or_null - three digits; null: none */
static json_t *number_or_null(uint32_t drg)
{
    return drg ? json_sprintf("%03u", drg) : json_null();
}

/* dx_or_null - a diagnosis; null: none */
static json_t *dx_or_null(const char *code)
{
    return *code ? cmd_json_code("icd10cm", code) : json_null();
}

/* diagnosis_json - what it does to the group */
static json_t *diagnosis_json(const CcDrgDiagnosis *d, bool principal)
{
    json_t *o = json_object();

    json_object_set_new(o, "code", cmd_json_code("icd10cm", d->code));
    json_object_set_new(o, "principal", json_boolean(principal));
    json_object_set_new(o, "poa", cmd_json_text(d->poa));
    json_object_set_new(o, "known", json_boolean(d->known));
    json_object_set_new(o, "severity", json_string(d->severity));
    json_object_set_new(o, "used", json_boolean(d->used));
    json_object_set_new(o, "excluded_by", cmd_json_text(d->excluded_by));
    json_object_set_new(o, "hac", d->hac ? json_integer(d->hac) : json_null());
    json_object_set_new(o, "hac_met", json_boolean(strcmp(d->hac_why, "met") == 0));
    json_object_set_new(o, "hac_why", cmd_json_text(d->hac_why));
    return o;
}

/* procedure_json - the same of a procedure */
static json_t *procedure_json(const CcDrgProcedure *p)
{
    json_t *o = json_object();

    json_object_set_new(o, "code", json_string(p->code));
    json_object_set_new(o, "known", json_boolean(p->known));
    json_object_set_new(o, "or", json_string(p->kind));
    json_object_set_new(o, "cluster", cmd_json_text(p->cluster));
    json_object_set_new(o, "used", json_boolean(p->used));
    json_object_set_new(o, "formula", cmd_json_text(p->formula));
    return o;
}

/* add_if - one line of what if; nothing where it was not asked */
static void add_if(json_t *list, const char *name, const char *code, uint32_t drg)
{
    if (drg)
        json_array_append_new(list,
                              json_pack("{s:s, s:o}", name, code, "drg", number_or_null(drg)));
}

/* set_what_if - the group without each code, with another indicator, with another principal */
static void set_what_if(json_t *o, const CcDrgResult *d)
{
    json_t *without = json_array(), *poa = json_array(), *first = json_array();

    for (size_t i = 0; i < d->n_diagnoses; i++) {
        const CcDrgDiagnosis *x = d->diagnoses[i];

        add_if(without, "without", x->code, x->without_drg);
        add_if(first, "principal", x->code, x->as_principal_drg);
        if (*x->other_poa)
            json_array_append_new(poa,
                                  json_pack("{s:s, s:s, s:o}", "code", x->code, "poa", x->other_poa,
                                            "drg", number_or_null(x->other_poa_drg)));
    }
    for (size_t i = 0; i < d->n_procedures; i++)
        add_if(without, "without", d->procedures[i]->code, d->procedures[i]->without_drg);
    json_object_set_new(o, "what_if", without);
    json_object_set_new(o, "what_if_poa", poa);
    json_object_set_new(o, "what_if_principal", first);
}

/* set_codes - each with what it does */
static void set_codes(json_t *o, const CcDrgResult *d)
{
    json_t *dx = json_array(), *px = json_array();

    for (size_t i = 0; i < d->n_diagnoses; i++)
        json_array_append_new(
            dx, diagnosis_json(d->diagnoses[i], i == 0 && !d->diagnoses[i]->without_drg));
    for (size_t i = 0; i < d->n_procedures; i++)
        json_array_append_new(px, procedure_json(d->procedures[i]));
    json_object_set_new(o, "diagnoses", dx);
    json_object_set_new(o, "procedures", px);
    set_what_if(o, d);
}

/* live_drg_json - see live.h */
json_t *live_drg_json(const CcDrgResult *d)
{
    json_t *o, *drivers;

    if (!d)
        return json_null();
    o = json_object();
    drivers = json_array();
    json_object_set_new(o, "drg", number_or_null(d->drg));
    json_object_set_new(o, "initial_drg", number_or_null(d->initial_drg));
    json_object_set_new(o, "mdc", json_integer(d->mdc));
    json_object_set_new(o, "medical_surgical", cmd_json_text(d->medical_surgical));
    json_object_set_new(o, "base_drg", number_or_null(d->base_drg));
    json_object_set_new(o, "version", json_string(d->version));
    json_object_set_new(o, "return_code", json_string(d->return_code));
    json_object_set_new(o, "severity", json_string(d->severity));
    json_object_set_new(o, "severity_by", dx_or_null(d->severity_by));
    json_object_set_new(o, "severity_next", dx_or_null(d->severity_next));
    json_object_set_new(o, "single_driver", dx_or_null(d->single_driver));
    for (size_t i = 0; i < d->n_drivers; i++)
        json_array_append_new(drivers, json_string(d->drivers[i]));
    json_object_set_new(o, "drivers", drivers);
    set_codes(o, d);
    json_object_set_new(o, "table",
                        d->table ? json_sprintf("%s@%s", d->table->table, d->table->edition)
                                 : json_null());
    return o;
}

/* text_of - a member; "": null */
static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

/* print_dx - one diagnosis, with what became of it */
static void print_dx(const json_t *d, const char *indent)
{
    json_t *hac = json_object_get(d, "hac");

    printf("%s  %-8s %s%s%s", indent, text_of(d, "code"),
           json_is_true(json_object_get(d, "known")) ? text_of(d, "severity") : "unknown",
           json_is_true(json_object_get(d, "principal")) ? " principal" : "",
           json_is_true(json_object_get(d, "used")) ? " used" : "");
    if (*text_of(d, "excluded_by"))
        printf(" excluded by %s", text_of(d, "excluded_by"));
    if (json_is_integer(hac))
        printf(" HAC %lld %s", (long long)json_integer_value(hac), text_of(d, "hac_why"));
    putchar('\n');
}

/* print_px - one procedure */
static void print_px(const json_t *p, const char *indent)
{
    printf("%s  %-8s %s%s%s%s\n", indent, text_of(p, "code"),
           json_is_true(json_object_get(p, "known")) ? text_of(p, "or") : "unknown",
           json_is_true(json_object_get(p, "used")) ? " used" : "",
           *text_of(p, "cluster") ? " part of " : "", text_of(p, "cluster"));
}

/* print_ifs - what would make it another group: "without J9601 293", "with J9601 first 189" */
static void print_ifs(const json_t *drg, const char *indent)
{
    static const struct {
        const char *list, *code, *say, *behind;
    } rows[] = {{"what_if", "without", "without ", ""},
                {"what_if_poa", "code", "with another indicator of ", ""},
                {"what_if_principal", "principal", "with ", " first"}};
    json_t *x;
    size_t k;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        json_array_foreach(json_object_get(drg, rows[i].list), k,
                           x) if (strcmp(text_of(x, "drg"), text_of(drg, "drg")) != 0)
            printf("%s  %s%s%s: DRG %s\n", indent, rows[i].say, text_of(x, rows[i].code),
                   rows[i].behind, text_of(x, "drg"));
}

/* live_print_drg - see live.h */
void live_print_drg(const json_t *drg, const char *indent)
{
    const char *first = text_of(drg, "initial_drg"), *last = text_of(drg, "drg");
    json_t *x;
    size_t i;

    if (!json_is_object(drg))
        return;
    printf("%sDRG %s (v%s, MDC %lld, %s)", indent, last, text_of(drg, "version"),
           (long long)json_integer_value(json_object_get(drg, "mdc")), text_of(drg, "return_code"));
    if (strcmp(first, last) != 0)
        printf(", before hospital-acquired conditions %s", first);
    if (*text_of(drg, "single_driver"))
        printf(", rests on %s alone", text_of(drg, "single_driver"));
    putchar('\n');
    json_array_foreach(json_object_get(drg, "diagnoses"), i, x) print_dx(x, indent);
    json_array_foreach(json_object_get(drg, "procedures"), i, x) print_px(x, indent);
    print_ifs(drg, indent);
}
