/* document.c - documents: the text of one OBR or TXA, and encapsulated ones
 *
 * The text (TX, FT; in an MDM also ST) of one OBR or TXA is one document: its OBX-5 joined in
 * order, a line each, a line per repetition. An encapsulated document (ED) is one of its own, and
 * so is what a pointer (RP) names. */
#include "services/intake/hl7/map.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/sys/digest.h"

/* TXA-2 (HL7 table 0270). */
static const struct {
    const char *type, *kind;
} kinds[] = {{"AR", "report"}, {"CD", "report"},  {"DI", "report"},  {"OP", "report"},
             {"SP", "report"}, {"DS", "summary"}, {"TS", "summary"}, {"CN", "note"},
             {"ED", "note"},   {"HP", "note"},    {"PC", "note"},    {"PH", "note"},
             {"PN", "note"},   {"PR", "note"}};

/* kind_of - of the document in hand */
static const char *kind_of(struct hl7_map *x)
{
    char *type = x->txa ? hl7_first(x->m, x->txa, 2, 1) : NULL;

    for (size_t i = 0; type && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcasecmp(type, kinds[i].type) == 0)
            return kinds[i].kind;
    return x->obr && !x->txa ? "report" : "note";
}

/* loinc_of - OBX-3 if it is one, else OBR-4 */
static char *loinc_of(struct hl7_map *x)
{
    const struct hl7_segment *from[] = {strcmp(x->seg->name, "OBX") == 0 ? x->seg : NULL, x->obr};
    static const unsigned fields[] = {3, 4};

    for (size_t i = 0; i < 2; i++) {
        CcCode *c = from[i] ? hl7_code(x, hl7_repetition(x->m, hl7_field(from[i], fields[i]), 0),
                                       CODE_SYSTEM_UNKNOWN, VOCAB_OTHER, NULL, NULL)
                            : NULL;

        if (c && c->system == CODE_SYSTEM_LOINC)
            return c->code;
    }
    return arena_strdup(x->a, "");
}

/* day_at - a day of another segment than the one in hand; what is none is not told twice */
static int32_t day_at(struct hl7_map *x, const struct hl7_segment *s, unsigned field)
{
    struct span v =
        hl7_sub(x->m, hl7_component(x->m, hl7_repetition(x->m, hl7_field(s, field), 0), 1), 1);
    struct value_time t;

    return value_time(x->conf, v, NULL, &t) == VALUE_OK ? t.day : 0;
}

/* document_day - TXA-4, TXA-6, OBX-14, OBR-7, OBR-22: the first that is one */
static int32_t document_day(struct hl7_map *x)
{
    const struct {
        const struct hl7_segment *s;
        unsigned field;
    } places[] = {{x->txa, 4},
                  {x->txa, 6},
                  {strcmp(x->seg->name, "OBX") == 0 ? x->seg : NULL, 14},
                  {x->obr, 7},
                  {x->obr, 22}};
    int32_t day = 0;

    for (size_t i = 0; !day && i < sizeof(places) / sizeof(places[0]); i++)
        if (places[i].s)
            day = day_at(x, places[i].s, places[i].field);
    return day;
}

/* put - only what could be had */
static void put(char **slot, char *value)
{
    if (value)
        *slot = value;
}

/* hl7_describe - what TXA, OBR and OBX say of a document */
void hl7_describe(struct hl7_map *x, CcDocument *d)
{
    put(&d->kind, arena_strdup(x->a, kind_of(x)));
    put(&d->loinc, loinc_of(x));
    d->document_date = document_day(x);
    if (x->txa) {
        put(&d->id, hl7_first(x->m, x->txa, 12, 1));
        put(&d->parent, hl7_first(x->m, x->txa, 13, 1));
        put(&d->status, hl7_first(x->m, x->txa, 17, 1));
        put(&d->author_npi, hl7_npi(x, hl7_field(x->txa, 9)));
    } else if (x->obr) {
        put(&d->id, hl7_first(x->m, x->obr, 3, 1));
        put(&d->status, hl7_first(x->m, x->obr, 25, 1));
        put(&d->author_npi, hl7_npi(x, hl7_field(x->obr, 32)));
    }
    if (x->trigger->flags & HL7_WITHDRAWN)
        put(&d->status, arena_strdup(x->a, "cancelled"));
}

/* new_document - of the segment in hand, in the event */
static CcDocument *new_document(struct hl7_map *x)
{
    CcDocument *d = event_new(x->a, &cc_document__descriptor);
    char *ref = hl7_ref(x);

    if (!d || !ref || !event_push(x->a, x->ev, documents, d))
        return NULL;
    d->ref = ref;
    hl7_describe(x, d);
    return d;
}

/* set_content - the bytes, how many, and their hash */
static void set_content(struct hl7_map *x, CcDocument *d, const void *p, size_t n)
{
    char hex[DIGEST_TEXT];
    void *copy = arena_memdup(x->a, p, n ? n : 1);

    if (!copy)
        return;
    d->text.data = copy;
    d->text.len = n;
    d->bytes = n;
    put(&d->sha256, arena_strdup(x->a, digest_hex(p, n, hex)));
}

/* hl7_end_text - see map.h */
void hl7_end_text(struct hl7_map *x)
{
    struct hl7_text_run *r = &x->run;

    if (r->document) {
        if (r->last != r->first)
            put(&r->document->ref, arena_printf(x->a, "OBX[%u]-OBX[%u]", r->first, r->last));
        if (r->text.failed)
            arena_give_out(x->a);
        set_content(x, r->document, r->text.data ? r->text.data : "", r->text.len);
    }
    buf_wipe(&r->text);
    r->document = NULL;
}

/* hl7_take_text - OBX-5 of the segment in hand to the document that is open */
bool hl7_take_text(struct hl7_map *x, struct span value)
{
    struct hl7_text_run *r = &x->run;
    struct span rep;

    if (!r->document) {
        if (hl7_empty(value) || !(r->document = new_document(x)))
            return false;
        put(&r->document->mime, arena_strdup(x->a, "text/plain"));
        r->first = x->seg->nth;
    } else {
        buf_addc(&r->text, '\n');
    }
    for (size_t at = 0; hl7_next_repetition(x->m, value, &at, &rep);) {
        if (rep.p != value.p)
            buf_addc(&r->text, '\n');
        hl7_add_text(x->m, rep, &r->text);
    }
    r->last = x->seg->nth;
    return true;
}

/* ED-4 (HL7 table 0299). */
static const struct encoding {
    const char *name;
    enum value_digits digits;
} encodings[] = {{"Base64", VALUE_BASE64}, {"Hex", VALUE_HEX}};

/* ED-2 (HL7 table 0191) as the first half of a media type. */
static const struct {
    const char *type, *media;
} media[] = {{"AP", "application"}, {"A", "application"}, {"AU", "audio"}, {"IM", "image"},
             {"NS", "image"},       {"SI", "image"},      {"TX", "text"},  {"FT", "text"},
             {"TEXT", "text"},      {"SD", "application"}};

/* media_of - of a word; the word itself where it is a media type already */
static const char *media_of(const char *type)
{
    for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++)
        if (strcasecmp(type, media[i].type) == 0)
            return media[i].media;
    return *type ? type : "application";
}

/* mime_of - of a type and subtype of data (ED-2 and 3, RP-3 and 4) */
static char *mime_of(struct hl7_map *x, struct span of_type, struct span of_subtype)
{
    char *type = hl7_id(x->m, of_type), *subtype = hl7_id(x->m, of_subtype);
    const char *first = media_of(type ? type : "");
    char *mime;

    if (str_empty(subtype))
        return arena_strdup(x->a, strcasecmp(first, "text") == 0 ? "text/plain"
                                                                 : "application/octet-stream");
    mime = strchr(subtype, '/') ? subtype : arena_printf(x->a, "%s/%s", first, subtype);
    for (char *p = mime; p && *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return mime;
}

/* decode - ED-5 by ED-4, or as it is; line breaks in it are escaped as in any text */
static bool decode(struct hl7_map *x, struct span rep, struct buf *out)
{
    const char *name = hl7_id(x->m, hl7_component(x->m, rep, 4));
    const struct encoding *how = NULL;
    struct buf raw;
    bool whole = true;

    for (size_t i = 0; name && i < sizeof(encodings) / sizeof(encodings[0]); i++)
        if (strcasecmp(name, encodings[i].name) == 0)
            how = &encodings[i];
    buf_init(&raw);
    hl7_add_text(x->m, hl7_component(x->m, rep, 5), how ? &raw : out);
    if (how)
        whole = value_bytes(how->digits, (struct span){raw.data ? raw.data : "", raw.len}, out);
    out->failed = out->failed || raw.failed;
    buf_wipe(&raw);
    return whole;
}

/* take_data - of an ED */
static void take_data(struct hl7_map *x, CcDocument *d, struct span rep)
{
    struct buf content;

    buf_init(&content);
    put(&d->mime, mime_of(x, hl7_component(x->m, rep, 2), hl7_component(x->m, rep, 3)));
    if (decode(x, rep, &content)) {
        set_content(x, d, content.data ? content.data : "", content.len);
    } else {
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_CHARSET, "not in the encoding that it names");
        d->bytes = hl7_component(x->m, rep, 5).n; /* there is something, and nobody has read it */
    }
    if (strncmp(d->mime, "text/", 5) == 0 && !utf8_valid((const char *)d->text.data, d->text.len))
        put(&d->mime, arena_strdup(x->a, "application/octet-stream"));
    if (content.failed)
        arena_give_out(x->a);
    buf_wipe(&content);
}

/* take_address - of an RP: what is kept elsewhere, without its bytes */
static void take_address(struct hl7_map *x, CcDocument *d, struct span rep)
{
    put(&d->mime, mime_of(x, hl7_component(x->m, rep, 3), hl7_component(x->m, rep, 4)));
    d->bytes = rep.n; /* there is something, and nobody has read it */
    hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_REFERENCE, "a document that is kept elsewhere");
}

/* take_each - OBX-5 repeats: each a document of its own, the second named by its place */
static bool take_each(struct hl7_map *x, struct span value,
                      void (*take)(struct hl7_map *x, CcDocument *d, struct span rep))
{
    struct span rep;
    unsigned nth = 0;
    bool any = false;

    for (size_t at = 0; hl7_next_repetition(x->m, value, &at, &rep);) {
        CcDocument *d = hl7_empty(rep) ? NULL : new_document(x);

        nth++;
        if (!d)
            continue;
        if (nth > 1)
            put(&d->ref, arena_printf(x->a, "%s-5[%u]", d->ref, nth));
        take(x, d, rep);
        any = true;
    }
    return any;
}

/* hl7_take_encapsulated - see map.h */
bool hl7_take_encapsulated(struct hl7_map *x, struct span value)
{
    return take_each(x, value, take_data);
}

/* hl7_take_pointer - see map.h */
bool hl7_take_pointer(struct hl7_map *x, struct span value)
{
    return take_each(x, value, take_address);
}
