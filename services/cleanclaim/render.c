/* render.c - claims of one route and kind gathered into interchanges of at most RENDER_CLAIMS_MAX
 * claims
 *
 * Nothing here looks at a clock: the date is asked for, or that of the input, so that the same
 * input gives the same bytes. */
#include "services/cleanclaim/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/file.h"

#define GROUP_MEMORY ((size_t)4 << 30)

enum { NAME_SIZE = 40, FILE_SIZE = 128, PREFIX_SIZE = 64 };

/* Claims of one route, kind and source date. */
struct render_group {
    struct render_group *next;
    struct arena *claims_of; /* emptied with each interchange */
    struct arena *own;       /* the route's strings */
    struct claim_route route;
    char receiver[NAME_SIZE];
    CcClaimKind kind;
    int32_t date;
    int hhmm;
    const CcClaim **claims;
    size_t n;
};

/* render_say - see render.h */
void render_say(struct render *r, const char *what, const char *id, const char *text)
{
    if (id[0])
        fprintf(stderr, "error: %s: %s %s: %s\n", r->source, what, id, text);
    else
        fprintf(stderr, "error: %s: %s\n", r->source, text);
    r->result = cmd_worse(r->result, EXIT_FOUND);
}

/* write_out - a file whole or not at all, or standard output */
static int write_out(struct render *r, const char *name, const struct buf *bytes)
{
    struct err e = {0};

    if (r->folder) {
        if (file_write(r->folder, name, bytes->data, bytes->len, &e) < 0)
            return cmd_fail(&e);
        return 0;
    }
    if (fwrite(bytes->data, 1, bytes->len, stdout) != bytes->len || putchar('\n') == EOF)
        return EXIT_GONE;
    return 0;
}

/* take_out - the claim that cannot be written */
static void take_out(struct render *r, struct render_group *g, size_t i, const struct err *e)
{
    render_say(r, "claim", g->claims[i]->claim_id, e->text);
    for (g->n--; i < g->n; i++)
        g->claims[i] = g->claims[i + 1];
}

/* render_claims - without those that cannot be written; 0: there are some */
static int render_claims(struct render *r, struct render_group *g, struct claim_batch *b,
                         struct buf *bytes, struct claim_rendered *out)
{
    struct err e = {0};

    while (g->n > 0) {
        b->claims = g->claims;
        b->n_claims = g->n;
        if (claim_render(g->claims_of, b, bytes, out, &e) == 0)
            return 0;
        if (e.class != ERR_REJECT || out->failed >= g->n) {
            r->result = cmd_worse(r->result, cmd_fail(&e));
            return -1;
        }
        take_out(r, g, out->failed, &e);
    }
    return -1;
}

/* flush - what the group holds, as one interchange */
static void flush(struct render *r, struct render_group *g)
{
    char name[FILE_SIZE], prefix[PREFIX_SIZE];
    struct claim_batch b = {.route = &g->route,
                            .control = r->control,
                            .bht_prefix = prefix,
                            .date = r->date ? r->date : g->date,
                            .hhmm = r->date ? 0 : g->hhmm};
    struct claim_rendered out = {0};
    struct buf bytes;

    snprintf(prefix, sizeof(prefix), "%s-%09u-", g->receiver, (unsigned)r->control);
    snprintf(name, sizeof(name), "%c_%s_837%c_%08d_%09u.x12", g->route.test ? 'T' : 'P',
             g->receiver, g->kind == CLAIM_KIND_PROFESSIONAL ? 'P' : 'I', (int)b.date,
             (unsigned)r->control);
    buf_init(&bytes);
    if (render_claims(r, g, &b, &bytes, &out) == 0) {
        r->result = cmd_worse(r->result, write_out(r, name, &bytes));
        fprintf(stderr, "%s: %zu claims in %u sets, %zu bytes\n", name, g->n, (unsigned)out.sets,
                bytes.len);
        r->control++;
    }
    buf_wipe(&bytes);
    arena_reset(g->claims_of);
    g->claims = NULL;
    g->n = 0;
}

/* same - NULL and "" are the same */
static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* same_route - may their claims stand in one interchange? */
static bool same_route(const struct claim_route *a, const struct claim_route *b)
{
    return same(a->sender_qualifier, b->sender_qualifier) && same(a->sender_id, b->sender_id) &&
           same(a->receiver_qualifier, b->receiver_qualifier) &&
           same(a->receiver_id, b->receiver_id) && same(a->submitter_name, b->submitter_name) &&
           same(a->submitter_contact, b->submitter_contact) &&
           same(a->submitter_phone, b->submitter_phone) &&
           same(a->receiver_name, b->receiver_name) && a->test == b->test;
}

/* receiver_name - as it may stand in a file's name and in BHT03 */
static void receiver_name(const char *receiver, char out[NAME_SIZE])
{
    size_t n = 0;

    for (; *receiver && n < 30; receiver++) {
        const bool plain = (*receiver >= 'A' && *receiver <= 'Z') ||
                           (*receiver >= '0' && *receiver <= '9') || *receiver == '-';

        out[n++] = plain ? *receiver : '-';
    }
    out[n] = '\0';
}

/* copy_route - into the group's own memory */
static bool copy_route(struct render_group *g, const struct claim_route *route)
{
    const char **const texts[] = {
        &g->route.sender_qualifier, &g->route.sender_id,      &g->route.receiver_qualifier,
        &g->route.receiver_id,      &g->route.submitter_name, &g->route.submitter_contact,
        &g->route.submitter_phone,  &g->route.receiver_name,
    };

    g->route = *route;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        *texts[i] = arena_strdup(g->own, *texts[i] ? *texts[i] : "");
        if (!*texts[i])
            return false;
    }
    return true;
}

/* free_group - accepts NULL */
static void free_group(struct render_group *g)
{
    if (!g)
        return;
    arena_free(g->claims_of);
    arena_free(g->own);
    free(g);
}

/* new_group - NULL: out of memory */
static struct render_group *new_group(const struct render_claim *c)
{
    struct render_group *g = calloc(1, sizeof(*g));

    if (!g)
        return NULL;
    g->claims_of = arena_new(GROUP_MEMORY);
    g->own = arena_new(1 << 16);
    g->kind = c->claim->kind;
    g->date = c->date;
    g->hhmm = c->hhmm;
    receiver_name(c->receiver, g->receiver);
    if (g->claims_of && g->own && copy_route(g, c->route))
        return g;
    free_group(g);
    return NULL;
}

/* group_of - the one of this route and kind, made at its first claim; NULL: out of memory */
static struct render_group *group_of(struct render *r, const struct render_claim *c)
{
    struct render_group **at = &r->groups;

    for (; *at; at = &(*at)->next)
        if ((*at)->kind == c->claim->kind && same_route(&(*at)->route, c->route))
            return *at;
    *at = new_group(c);
    return *at;
}

/* out_of_memory - says so */
static void out_of_memory(struct render *r)
{
    fprintf(stderr, "error: out of memory\n");
    r->result = cmd_worse(r->result, EXIT_GONE);
}

/* render_add - see render.h */
void render_add(struct render *r, const struct render_claim *c)
{
    struct render_group *g = group_of(r, c);
    const CcClaim **grown, *copy;

    if (!g) {
        out_of_memory(r);
        return;
    }
    copy = event_copy(g->claims_of, &c->claim->base);
    grown = copy ? arena_grow(g->claims_of, g->claims, g->n, sizeof(CcClaim *)) : NULL;
    if (!grown) {
        out_of_memory(r);
        return;
    }
    g->claims = grown;
    g->claims[g->n++] = copy;
    if (c->date > g->date) {
        g->date = c->date;
        g->hhmm = c->hhmm;
    }
    if (g->n == RENDER_CLAIMS_MAX)
        flush(r, g);
}

/* render_end - see render.h */
void render_end(struct render *r)
{
    for (struct render_group *g = r->groups, *next; g; g = next) {
        next = g->next;
        if (g->n > 0)
            flush(r, g);
        free_group(g);
    }
    r->groups = NULL;
}
