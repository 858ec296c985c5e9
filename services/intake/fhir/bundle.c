/* bundle.c - a Bundle's entries as an index, and references resolved */
#include "services/intake/fhir/fhir.h"

#include <stdio.h>
#include <string.h>

/* local_part - the last "Type/id" of an absolute URL, without history; the reference itself when it
 * is relative */
static const char *local_part(const char *reference)
{
    const char *slash = strrchr(reference, '/'), *before;

    if (!slash)
        return reference;
    for (before = slash; before > reference && before[-1] != '/'; before--)
        ;
    return before;
}

/* without_version - length of a reference up to "/_history/…" */
static size_t without_version(const char *reference)
{
    const char *history = strstr(reference, "/_history/");

    return history ? (size_t)(history - reference) : strlen(reference);
}

/* fhir_find - by full URL, by Type/id, by the end of an absolute URL */
const struct fhir_entry *fhir_find(const struct fhir *f, const char *reference)
{
    char plain[512];
    const char *local;

    if (!*reference || without_version(reference) >= sizeof(plain))
        return NULL;
    snprintf(plain, sizeof(plain), "%.*s", (int)without_version(reference), reference);
    local = local_part(plain);
    for (size_t i = 0; i < f->n; i++) {
        const struct fhir_entry *e = &f->entries[i];

        if (e->duplicate || !e->resource)
            continue;
        if ((*e->url && strcmp(e->url, plain) == 0) || (*e->id && strcmp(e->ref, local) == 0) ||
            (strncmp(plain, "urn:uuid:", 9) == 0 && *e->id && strcmp(e->id, plain + 9) == 0))
            return e;
    }
    return NULL;
}

/* contained - "#id" inside the resource that refers to it */
static const json_t *contained(const json_t *from, const char *id)
{
    for (size_t i = 0; i < js_count(from, "contained"); i++)
        if (strcmp(js_text(js_nth(from, "contained", i), "id"), id) == 0)
            return js_nth(from, "contained", i);
    return NULL;
}

/* fhir_resolve - to a resource, or NULL */
const json_t *fhir_resolve(const struct fhir *f, const json_t *from, const char *reference)
{
    const struct fhir_entry *e;

    if (reference[0] == '#')
        return contained(from, reference + 1);
    e = fhir_find(f, reference);
    return e ? e->resource : NULL;
}

/* fhir_resolve_at - the reference that stands at a path of a resource */
const json_t *fhir_resolve_at(const struct fhir *f, const json_t *from, const char *path)
{
    return fhir_resolve(f, from, js_text(from, path));
}

/* add_entry - one resource into the index */
static void add_entry(struct fhir *f, json_t *resource, const char *url)
{
    struct fhir_entry *e = &f->entries[f->n];

    e->resource = resource;
    e->url = url;
    e->type = js_text(resource, "resourceType");
    e->id = js_text(resource, "id");
    e->ref = *e->id ? arena_printf(f->a, "%s/%s", e->type, e->id)
                    : arena_printf(f->a, "%s[%zu]", e->type, f->n + 1);
    if (!e->ref)
        e->ref = "";
    e->duplicate = *e->id && fhir_find(f, e->ref) != NULL;
    f->n++;
}

/* fhir_index - of a Bundle, or a lone resource. False: out of the arena's memory */
bool fhir_index(struct fhir *f)
{
    bool bundle = strcmp(js_text(f->root, "resourceType"), "Bundle") == 0;
    size_t n = bundle ? js_count(f->root, "entry") : 1;

    f->entries = arena_array(f->a, n ? n : 1, sizeof(*f->entries));
    if (!f->entries)
        return false;
    for (size_t i = 0; i < n; i++) {
        json_t *entry = bundle ? js_nth(f->root, "entry", i) : NULL;

        add_entry(f, bundle ? js_get(entry, "resource") : (json_t *)(uintptr_t)f->root,
                  js_text(entry, "fullUrl"));
    }
    return !arena_exhausted(f->a);
}
