/* bundle.c - a Bundle's entries as an index, and references resolved */
#include "services/intake/fhir/fhir.h"

#include <string.h>

/* fhir_find - the entry that a reference calls */
const struct fhir_entry *fhir_find(const struct fhir *f, const char *reference)
{
    size_t i = fhir_index_find(f->index, reference);

    return i == SIZE_MAX ? NULL : &f->entries[i];
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

/* add_entry - one resource, under its names */
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
    if (resource && !e->duplicate)
        fhir_index_add(f->index, f->a, resource, url, f->n);
    f->n++;
}

/* resource_at - of entry i; of a lone resource itself */
static json_t *resource_at(const struct fhir *f, bool bundle, size_t i)
{
    return bundle ? js_get(js_nth(f->root, "entry", i), "resource") : (json_t *)(uintptr_t)f->root;
}

/* fhir_index - of a Bundle, or a lone resource. False: out of the arena's memory */
bool fhir_index(struct fhir *f)
{
    bool bundle = strcmp(js_text(f->root, "resourceType"), "Bundle") == 0;
    size_t n = bundle ? js_count(f->root, "entry") : 1, identifiers = 0;

    for (size_t i = 0; i < n; i++)
        identifiers += js_count(resource_at(f, bundle, i), "identifier");
    f->entries = arena_array(f->a, n ? n : 1, sizeof(*f->entries));
    f->index = fhir_index_new(f->a, n, identifiers);
    if (!f->entries || !f->index)
        return false;
    for (size_t i = 0; i < n; i++)
        add_entry(f, resource_at(f, bundle, i),
                  bundle ? js_text(js_nth(f->root, "entry", i), "fullUrl") : "");
    return !arena_exhausted(f->a);
}
