/* validate_loose.c - what is wrong with an 837 besides its claims: envelopes, counts, the head of a
 * set; a line of its own with "claim": null */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "services/cleanclaim/validate.h"

/* edit_of - the edit that says it */
static const char *edit_of(const struct x12_finding *f)
{
    return f->snip == 1 ? "SYN-01" : "SYN-02";
}

/* in_list - is the id one of a list with commas? */
static bool in_list(const char *list, const char *id)
{
    const char *at = str_empty(list) ? NULL : strstr(list, id);

    return at != NULL;
}

/* wanted - is the edit applied? */
static bool wanted(const struct x12_finding *f, const char *only, const char *skip)
{
    return !f->note && (str_empty(only) || in_list(only, edit_of(f))) && !in_list(skip, edit_of(f));
}

/* element_of - "SE01", "GE" */
static const char *element_of(const struct x12_finding *f, char out[16])
{
    snprintf(out, 16, "%.3s", f->segment);
    if (f->element)
        snprintf(out, 16, "%.3s%02u", f->segment, f->element % 100u);
    return out;
}

/* message_of - place and rule */
static void message_of(const struct x12_finding *f, char out[X12_MESSAGE_TEXT + 64])
{
    const char *rule = strstr(f->message, ": ");

    snprintf(out, X12_MESSAGE_TEXT + 64, "byte %llu, segment %s: %s (%s)",
             (unsigned long long)f->offset, f->segment[0] ? f->segment : "-",
             rule ? rule + 2 : f->message, f->code);
}

/* finding_json - as of a claim */
static json_t *finding_json(const struct x12_finding *f)
{
    char element[16], message[X12_MESSAGE_TEXT + 64];
    struct validator_edit edit = {0};
    json_t *o = json_object();

    validator_edit_find(edit_of(f), &edit);
    message_of(f, message);
    json_object_set_new(o, "edit", json_string(edit_of(f)));
    json_object_set_new(o, "severity", json_string("reject"));
    json_object_set_new(o, "line", json_null());
    json_object_set_new(o, "codes", json_array());
    json_object_set_new(o, "segment", f->position ? json_integer(f->position) : json_null());
    json_object_set_new(o, "element", cmd_json_text(element_of(f, element)));
    json_object_set_new(o, "snip", json_integer(f->snip));
    json_object_set_new(o, "authority", cmd_json_text(edit.authority));
    json_object_set_new(o, "same_as", json_array());
    json_object_set_new(o, "table", json_null());
    json_object_set_new(o, "message", json_string(message));
    json_object_set_new(o, "fix", cmd_json_text(edit.fix));
    return o;
}

/* print_text - for people */
static void print_text(const char *source, const struct x12_finding *f)
{
    char element[16], message[X12_MESSAGE_TEXT + 64];

    message_of(f, message);
    printf("%s -: the file\n  reject %-7s %s: %s\n", source, edit_of(f), element_of(f, element),
           message);
}

/* validate_loose - see validate.h */
int validate_loose(const char *source, const struct x12_finding *f, size_t n, const char *only,
                   const char *skip, bool json)
{
    json_t *list = json_array(), *o = json_object();
    size_t told = 0;

    for (size_t i = 0; i < n; i++) {
        if (!wanted(&f[i], only, skip))
            continue;
        told++;
        if (json)
            json_array_append_new(list, finding_json(&f[i]));
        else
            print_text(source, &f[i]);
    }
    json_object_set_new(o, "source", json_string(source));
    json_object_set_new(o, "claim", json_null());
    json_object_set_new(o, "encounter", json_null());
    json_object_set_new(o, "kind", json_null());
    json_object_set_new(o, "clean", json_false());
    json_object_set_new(o, "findings", list);
    if (json && told)
        cmd_json(o);
    else
        json_decref(o);
    return told ? EXIT_FOUND : 0;
}
