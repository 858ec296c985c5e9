/* amend.c - the next version of a claim: is there one, and what is it to the payer?
 *
 * The table of adjust.c decides; here it is carried out and remembered. What is compared is what
 * the payer has, once it has something, else what was made last. */
#include "services/coder/amend.h"

#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "services/coder/adjust.h"
#include "services/coder/quality.h"

enum { CLAIM_ID_MAX = 20 };

/* own - a copy of a message to be changed, its parts shared; NULL of NULL, or over the arena */
static void *own(struct arena *a, const void *message)
{
    const ProtobufCMessage *m = message;

    return m ? arena_memdup(a, m, m->descriptor->sizeof_message) : NULL;
}

/* bare - an assignment without where it was read: the same code said again is no difference */
static CcCodeAssignment *bare(struct arena *a, const CcCodeAssignment *as)
{
    CcCodeAssignment *b = own(a, as);

    if (b)
        b->n_evidence = b->n_rules = b->n_alternatives = 0;
    return b;
}

/* bare_diagnoses - of a claim of our own */
static void bare_diagnoses(struct arena *a, CcClaim *c)
{
    CcClaimDiagnosis **list = arena_array(a, c->n_diagnoses + 1, sizeof(*list));

    for (size_t i = 0; list && i < c->n_diagnoses; i++)
        if ((list[i] = own(a, c->diagnoses[i])))
            list[i]->assignment = bare(a, list[i]->assignment);
    c->diagnoses = list;
}

/* bare_procedures - the same */
static void bare_procedures(struct arena *a, CcClaim *c)
{
    CcClaimProcedure **list = arena_array(a, c->n_procedures + 1, sizeof(*list));

    for (size_t i = 0; list && i < c->n_procedures; i++)
        if ((list[i] = own(a, c->procedures[i])))
            list[i]->assignment = bare(a, list[i]->assignment);
    c->procedures = list;
}

/* bare_lines - the same, without how a line came about */
static void bare_lines(struct arena *a, CcClaim *c)
{
    CcServiceLine **list = arena_array(a, c->n_lines + 1, sizeof(*list));

    for (size_t i = 0; list && i < c->n_lines; i++)
        if ((list[i] = own(a, c->lines[i]))) {
            list[i]->procedure = bare(a, list[i]->procedure);
            list[i]->n_rules = list[i]->n_charge_refs = 0;
        }
    c->lines = list;
}

/* content_sha - of what a payer would see of a claim */
static int content_sha(struct room *r, const CcClaim *claim, char out[DIGEST_TEXT], struct err *e)
{
    CcClaim *c = own(r->a, claim);
    uint8_t *bytes;
    size_t n;

    if (!c)
        return room_no_memory(e);
    c->version = 0;
    c->created_ms = 0;
    c->created_date = 0;
    c->n_tables = 0;
    c->n_considered = 0;
    c->drg_result = NULL;
    bare_diagnoses(r->a, c);
    bare_procedures(r->a, c);
    bare_lines(r->a, c);
    if (arena_exhausted(r->a))
        return room_no_memory(e);
    if (event_pack(r->a, &c->base, &bytes, &n, e) != 0)
        return -1;
    digest_hex(bytes, n, out);
    return 0;
}

/* unpack - a version that is remembered; one that is not there has no fields */
static CcClaim *unpack(struct room *r, ProtobufCBinaryData bytes, struct err *e)
{
    ProtobufCMessage *p;

    if (event_unpack(r->a, &cc_claim__descriptor, bytes.data, bytes.len, &p, e) != 0)
        return NULL;
    return (CcClaim *)(void *)p;
}

/* pack - a version to remember */
static int pack(struct room *r, const CcClaim *c, ProtobufCBinaryData *out, struct err *e)
{
    uint8_t *bytes;
    size_t n;

    if (event_pack(r->a, &c->base, &bytes, &n, e) != 0)
        return -1;
    *out = (ProtobufCBinaryData){n, bytes};
    return 0;
}

/* find_made - the newest claim that goes out for this one of the coding; NULL: never made */
static CcMadeClaim *find_made(const CcEncounterState *s, const char *coded_id)
{
    for (size_t i = s->n_made; i-- > 0;) {
        CcMadeClaim *m = s->made[i];

        if (!m->adds_to[0] && strcmp(m->base_id[0] ? m->base_id : m->claim_id, coded_id) == 0)
            return m;
    }
    return NULL;
}

/* new_made - remembered from now on; `letter` and number behind the id: a claim beside it */
static CcMadeClaim *new_made(struct room *r, CcEncounterState *s, const char *id, char letter)
{
    CcMadeClaim *m = event_new(r->a, &cc_made_claim__descriptor);
    unsigned n = 1;

    if (!m)
        return NULL;
    for (size_t i = 0; i < s->n_made && letter; i++)
        n += strncmp(s->made[i]->claim_id, id, strlen(id)) == 0 &&
             s->made[i]->claim_id[strlen(id)] == letter;
    m->claim_id = letter ? arena_printf(r->a, "%s%c%u", id, letter, n) : arena_strdup(r->a, id);
    return m->claim_id && event_push(r->a, s, made, m) ? m : NULL;
}

/* rename_claim - to the number under which it goes out, its lines too */
static bool rename_claim(struct room *r, CcClaim *c, const char *id)
{
    if (strcmp(c->claim_id, id) == 0)
        return true;
    c->claim_id = arena_strdup(r->a, id);
    for (size_t i = 0; i < c->n_lines; i++)
        c->lines[i]->control = arena_printf(r->a, "%sL%u", id, c->lines[i]->number);
    return !arena_exhausted(r->a);
}

/* let_go - nothing of the claim waits for the payer any more; told where it did */
static int let_go(struct room *r, const CcEncounterState *s, CcMadeClaim *m, struct err *e)
{
    bool told = m->waits[0] != '\0';
    const char *text = arena_printf(r->a, "claim %s waits no more", m->claim_id);

    m->waits = (char *)(uintptr_t) "";
    if (!told)
        return 0;
    return text ? room_note(r, s, "released", text, false, e) : room_no_memory(e);
}

/* wait - told once, on the encounter's line: the claim's own is at the payer */
static int wait(struct room *r, const CcEncounterState *s, CcMadeClaim *m, const char *why,
                struct err *e)
{
    bool told = m->waits[0] != '\0';
    const char *text = arena_printf(r->a, "claim %s: %s", m->claim_id, why);

    m->waits = arena_strdup(r->a, why);
    if (!text || !m->waits)
        return room_no_memory(e);
    return told ? 0
                : room_say(r, s, CLAIM_STATE_HELD, "waits_payer", text, "the payer's decision", e);
}

/* reason_of - why there is a next version: what changed, and what it is to the payer */
static const char *reason_of(struct room *r, const CcClaim *c, const char *why)
{
    const char *words = adjust_words(r->a, c);
    const char *text = !words ? NULL
                              : arena_printf(r->a, "the record changed%s%s%s%s", *words ? ": " : "",
                                             words, *why ? "; " : "", why);

    return text ? text : "the record changed";
}

/* go_out - the next version; what was made before it is kept until it is known which one was sent
 */
static int go_out(struct room *r, CcEncounterState *s, CcMadeClaim *m, CcClaim *c, const char *why,
                  struct err *e)
{
    bool first = m->version == 0;

    if (let_go(r, s, m, e) != 0)
        return -1;
    c->after_version = m->sent_version;
    m->previous = m->claim;
    m->voided = c->void_of_claim;
    m->refused = false;
    if (room_emit(r, m, c, c->void_of_claim ? CLAIM_STATE_VOID_PENDING : CLAIM_STATE_CODED,
                  c->void_of_claim ? "void" : "coded",
                  c->void_of_claim ? why
                  : first          ? ""
                                   : reason_of(r, c, why),
                  e) != 0)
        return -1;
    if (c->version > s->version)
        s->version = c->version;
    return first && !c->void_of_claim ? quality_sample(r, s, c, e) : 0;
}

/* is_on_its_way - a version made in the knowledge of what the payer has, with this content, goes
 * there already */
static int is_on_its_way(struct room *r, const CcMadeClaim *m, const char *sha, bool *out,
                         struct err *e)
{
    const CcClaim *last;

    *out = false;
    if (m->voided || m->version <= m->sent_version || strcmp(m->sha256, sha) != 0)
        return 0;
    if (!(last = unpack(r, m->claim, e)))
        return -1;
    *out = last->after_version == m->sent_version;
    return 0;
}

/* original - the first version, or the next of a claim that no payer has */
static int original(struct room *r, CcEncounterState *s, CcMadeClaim *m, CcClaim *c,
                    const char *why, struct err *e)
{
    const CcClaim *before = m->version ? unpack(r, m->claim, e) : NULL;

    if (m->version && !before)
        return -1;
    if (before && !m->voided)
        adjust_difference(r->a, before, c, c);
    m->billed = (ProtobufCBinaryData){0, NULL};
    return go_out(r, s, m, c, why, e);
}

/* replace - all lines, in the place of what the payer decided; late-charge bills of it are void
 * then (publish.c) */
static int replace(struct room *r, CcEncounterState *s, CcMadeClaim *m, CcClaim *c, const char *why,
                   struct err *e)
{
    m->billed = (ProtobufCBinaryData){0, NULL};
    if (!adjust_mark(r->a, c, '7', m->payer_claim, false))
        return room_no_memory(e);
    return go_out(r, s, m, c, why, e);
}

/* late - a bill of the added lines alone, under a number of its own */
static int late(struct room *r, CcEncounterState *s, CcMadeClaim *m, const CcClaim *was, CcClaim *c,
                const char *why, struct err *e)
{
    CcClaim *bill = adjust_late_lines(r->a, was, c);
    CcMadeClaim *own;

    if (!bill || !(own = new_made(r, s, m->claim_id, 'L')))
        return room_no_memory(e);
    if (strlen(own->claim_id) > CLAIM_ID_MAX) {
        s->n_made--;
        return replace(r, s, m, c, why, e);
    }
    own->adds_to = m->claim_id;
    own->sha256 = (char *)(uintptr_t) "";
    bill->adds_to = m->claim_id;
    if (let_go(r, s, m, e) != 0)
        return -1;
    if (!rename_claim(r, bill, own->claim_id) || !adjust_mark(r->a, bill, '5', "", false))
        return room_no_memory(e);
    bill->changes = c->changes;
    bill->n_changes = c->n_changes;
    return pack(r, c, &m->billed, e) != 0 ? -1 : go_out(r, s, own, bill, why, e);
}

/* send_void - what the payer has, with nothing changed but that (billing §8.5) */
static int send_void(struct room *r, CcEncounterState *s, CcMadeClaim *m, enum step step,
                     const char *why, struct err *e)
{
    bool at_payer = step == STEP_VOID || step == STEP_MOVE;
    CcClaim *c = unpack(r, at_payer ? m->sent_claim : m->claim, e);

    if (!c)
        return -1;
    c->n_changes = 0;
    c->void_of_claim = true;
    if (!adjust_mark(r->a, c, '8', at_payer ? m->payer_claim : "", step == STEP_MOVE))
        return room_no_memory(e);
    return go_out(r, s, m, c, why, e);
}

/* amend_void - see amend.h */
int amend_void(struct room *r, CcEncounterState *s, CcMadeClaim *m, const char *why, struct err *e)
{
    const char *more;
    enum step step = adjust_step(adjust_standing(m), WANT_GONE, false, &more);

    if (step == STEP_WAIT)
        return wait(r, s, m, more, e);
    return step == STEP_KEEP || m->refused ? 0 : send_void(r, s, m, step, why, e);
}

/* renew - an original under a new number: the old one is used up */
static int renew(struct room *r, CcEncounterState *s, const CcMadeClaim *old, CcClaim *c,
                 const char *sha, const char *why, struct err *e)
{
    const char *base = old->base_id[0] ? old->base_id : old->claim_id;
    CcMadeClaim *m = new_made(r, s, base, 'R');

    if (!m || !(m->base_id = arena_strdup(r->a, base)) || !(m->sha256 = arena_strdup(r->a, sha)) ||
        !rename_claim(r, c, m->claim_id))
        return room_no_memory(e);
    c->n_changes = 0;
    return original(r, s, m, c, why, e);
}

/* carry_out - the step */
static int carry_out(struct room *r, CcEncounterState *s, CcMadeClaim *m, const CcClaim *was,
                     CcClaim *c, enum step step, const char *sha, const char *why, struct err *e)
{
    switch (step) {
    case STEP_ORIGINAL:
        return original(r, s, m, c, why, e);
    case STEP_REPLACE:
        return replace(r, s, m, c, why, e);
    case STEP_LATE:
        return late(r, s, m, was, c, why, e);
    case STEP_MOVE:
        return send_void(r, s, m, step, why, e) != 0 ? -1 : renew(r, s, m, c, sha, why, e);
    case STEP_WAIT:
        return wait(r, s, m, why, e);
    default:
        return let_go(r, s, m, e);
    }
}

/* against_payer - what the payer has against what the record wants */
static int against_payer(struct room *r, CcEncounterState *s, CcMadeClaim *m, CcClaim *c,
                         const char *sha, struct err *e)
{
    const CcClaim *was = unpack(r, m->billed.len ? m->billed : m->sent_claim, e);
    const char *why;
    bool going;
    enum step step;
    enum want want;

    if (!was || is_on_its_way(r, m, sha, &going, e) != 0)
        return -1;
    if (going || (m->refused && strcmp(m->sha256, sha) == 0))
        return 0;
    want = adjust_difference(r->a, was, c, c);
    if (m->voided && want < WANT_OTHER)
        want = WANT_OTHER; /* taken back before, wanted again */
    step = adjust_step(adjust_standing(m), want, adjust_late_bill(svc_tables(r->x), c), &why);
    if (arena_exhausted(r->a) || !(m->sha256 = arena_strdup(r->a, sha)))
        return room_no_memory(e);
    return carry_out(r, s, m, was, c, step, sha, why, e);
}

/* amend_claim - see amend.h */
int amend_claim(struct room *r, CcEncounterState *s, CcClaim *c, struct err *e)
{
    CcMadeClaim *m = find_made(s, c->claim_id);
    char sha[DIGEST_TEXT];

    if (!m && !(m = new_made(r, s, c->claim_id, 0)))
        return room_no_memory(e);
    if (!rename_claim(r, c, m->claim_id) || content_sha(r, c, sha, e) != 0)
        return arena_exhausted(r->a) ? room_no_memory(e) : -1;
    if (adjust_standing(m) == STANDING_VOIDED ||
        (m->voided && m->sent_version && adjust_standing(m) == STANDING_DECIDED))
        return renew(r, s, m, c, sha, "the claim before it is void: a new claim", e);
    if (m->sent_version)
        return against_payer(r, s, m, c, sha, e);
    if (m->version && !m->voided && strcmp(m->sha256, sha) == 0)
        return 0;
    if (!(m->sha256 = arena_strdup(r->a, sha)))
        return room_no_memory(e);
    return original(r, s, m, c, "", e);
}
