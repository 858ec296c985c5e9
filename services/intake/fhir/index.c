/* index.c - the entries of a Bundle under every name that a reference may call them by
 *
 * A resource is called by its full URL, by Type/id, by the id behind "urn:uuid:", and, in a
 * transaction, by a search that must find one ("Practitioner?identifier=SYSTEM|VALUE"). A bundle
 * has as many references as resources: they are looked up in a table, not one after another. */
#include "services/intake/fhir/index.h"

#include <stdio.h>
#include <string.h>

#include "services/intake/fhir/json.h"

enum { NAMES_EACH = 4, NAMES_IDENTIFIER = 2 };

struct slot {
    const char *name; /* NULL: free */
    size_t entry;
};

struct fhir_index {
    struct slot *slots;
    size_t mask;
};

/* hash - FNV-1a */
static size_t hash(const char *s)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return (size_t)(h ^ h >> 32);
}

/* fhir_index_new - room for twice the names of these resources */
struct fhir_index *fhir_index_new(struct arena *a, size_t resources, size_t identifiers)
{
    size_t names = resources * NAMES_EACH + identifiers * NAMES_IDENTIFIER, size = 16;
    struct fhir_index *x = arena_array(a, 1, sizeof(*x));

    while (size < names * 2)
        size *= 2;
    if (!x || !(x->slots = arena_array(a, size, sizeof(*x->slots))))
        return NULL;
    x->mask = size - 1;
    return x;
}

/* slot_of - where a name stands, or would */
static struct slot *slot_of(const struct fhir_index *x, const char *name)
{
    size_t i = hash(name) & x->mask;

    while (x->slots[i].name && strcmp(x->slots[i].name, name) != 0)
        i = (i + 1) & x->mask;
    return &x->slots[i];
}

/* add - the first entry of a name keeps it */
static void add(struct fhir_index *x, const char *name, size_t entry)
{
    struct slot *s = name && *name ? slot_of(x, name) : NULL;

    if (s && !s->name)
        *s = (struct slot){name, entry};
}

/* local_part - the last "Type/id" of a URL; the text itself when it is no URL */
static const char *local_part(const char *reference)
{
    const char *slash = strrchr(reference, '/'), *before;

    if (!slash)
        return reference;
    for (before = slash; before > reference && before[-1] != '/'; before--)
        ;
    return before;
}

/* add_identifiers - as a conditional reference writes them, with and without their system */
static void add_identifiers(struct fhir_index *x, struct arena *a, const json_t *r, size_t entry)
{
    const char *type = js_text(r, "resourceType");

    for (size_t i = 0; i < js_count(r, "identifier"); i++) {
        const json_t *id = js_nth(r, "identifier", i);

        if (!*js_text(id, "value"))
            continue;
        add(x,
            arena_printf(a, "%s?identifier=%s|%s", type, js_text(id, "system"),
                         js_text(id, "value")),
            entry);
        add(x, arena_printf(a, "%s?identifier=%s", type, js_text(id, "value")), entry);
    }
}

/* fhir_index_add - under all its names */
void fhir_index_add(struct fhir_index *x, struct arena *a, const json_t *resource, const char *url,
                    size_t entry)
{
    const char *type = js_text(resource, "resourceType"), *id = js_text(resource, "id");

    add(x, url, entry);
    if (strncmp(url, "urn:", 4) != 0)
        add(x, local_part(url), entry);
    if (*id) {
        add(x, arena_printf(a, "%s/%s", type, id), entry);
        add(x, arena_printf(a, "urn:uuid:%s", id), entry);
    }
    add_identifiers(x, a, resource, entry);
}

/* look - a name's entry; SIZE_MAX: nobody is called so */
static size_t look(const struct fhir_index *x, const char *name)
{
    const struct slot *s = slot_of(x, name);

    return s->name ? s->entry : SIZE_MAX;
}

/* hex - of a digit, not a text's end; -1: none */
static int hex(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = strchr(digits, c);

    return at ? (int)(at - digits) % 16 : -1;
}

/* plain - a reference without percent signs and without "/_history/…"; false: too long for one */
static bool plain(const char *reference, char *out, size_t size)
{
    const char *end = strstr(reference, "/_history/");
    size_t n = end ? (size_t)(end - reference) : strlen(reference), to = 0;

    for (size_t i = 0; i < n && to + 1 < size; i++) {
        bool escape = reference[i] == '%' && i + 2 < n && hex(reference[i + 1]) >= 0 &&
                      hex(reference[i + 2]) >= 0;

        out[to++] =
            (char)(escape ? hex(reference[i + 1]) << 4 | hex(reference[i + 2]) : reference[i]);
        i += escape ? 2 : 0;
    }
    out[to] = '\0';
    return to + 1 < size;
}

/* conditional - "Type?identifier=…", behind a base URL too; NULL: the reference is none */
static const char *conditional(const char *reference)
{
    const char *question = strstr(reference, "?identifier="), *start = question;

    while (start && start > reference && start[-1] != '/')
        start--;
    return start;
}

/* fhir_index_find - see index.h */
size_t fhir_index_find(const struct fhir_index *x, const char *reference)
{
    char name[512];
    const char *search;
    size_t entry;

    if (!*reference || !plain(reference, name, sizeof(name)))
        return SIZE_MAX;
    search = conditional(name);
    if (search)
        return look(x, search);
    entry = look(x, name);
    return entry != SIZE_MAX ? entry : look(x, local_part(name));
}

/* fhir_reference_identifier - see index.h */
bool fhir_reference_identifier(const char *reference, const char *system, char *out, size_t size)
{
    char name[512];
    const char *search = plain(reference, name, sizeof(name)) ? conditional(name) : NULL,
               *value = search ? strchr(search, '=') + 1 : "";
    size_t n = strlen(system);

    if (!search || strncmp(value, system, n) != 0 || value[n] != '|' || !value[n + 1])
        return false;
    return str_copy(out, size, value + n + 1);
}
