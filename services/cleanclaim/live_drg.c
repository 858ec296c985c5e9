/* live_drg.c - the group of an inpatient claim, as it stands on claims and questions */
#include "services/cleanclaim/live.h"

#include <stdio.h>

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

/* live_print_drg - see live.h */
void live_print_drg(const json_t *drg, const char *indent)
{
    const char *first = text_of(drg, "initial_drg"), *last = text_of(drg, "drg");

    if (!json_is_object(drg))
        return;
    printf("%sDRG %s (v%s, MDC %lld, %s)", indent, last, text_of(drg, "version"),
           (long long)json_integer_value(json_object_get(drg, "mdc")), text_of(drg, "return_code"));
    if (strcmp(first, last) != 0)
        printf(", before hospital-acquired conditions %s", first);
    if (*text_of(drg, "single_driver"))
        printf(", rests on %s alone", text_of(drg, "single_driver"));
    putchar('\n');
}
