/* syntax.c - TA1 and 999 for a file, from what the checker finds (billing §4.2, 4.3)
 *
 * The 999 rests on SNIP 1 and 2, as a receiver's translator does; what goes deeper is answered
 * claim by claim in the 277CA. An ISA13 that this sender used before is refused with note 025 and
 * nothing of it is read. */
#include <string.h>

#include "common/base/date.h"
#include "common/x12/ack.h"
#include "services/sandbox/sandbox.h"

enum { SNIP_OF_999 = 2, ANSWERS_PER_FILE = 8, CONTROL_SPACE = 124999999 };

struct syntax {
    struct taking *t;
    struct x12_ack *ack; /* of the interchange in hand; NULL between two */
    bool duplicate;
    size_t first_set; /* of the interchange, in t->sets */
    uint32_t refused; /* sets of the group that only the scenario refuses */
    struct err *e;
};

/* text_of - an element of the envelope, blanks trimmed */
static void text_of(struct span s, char *out, size_t size)
{
    size_t n;

    s = span_trim(s);
    n = s.n < size - 1 ? s.n : size - 1;
    if (n)
        memcpy(out, s.p, n);
    out[n] = '\0';
}

/* number_of - digits as a number; 0: none */
static uint32_t number_of(const char *s)
{
    int64_t v;

    return str_to_i64(s, &v) && v > 0 && v <= 999999999 ? (uint32_t)v : 0;
}

/* met_of - the interchange that this envelope begins; NULL: out of memory */
static struct met *met_of(struct taking *t, const struct x12_envelope *env)
{
    struct met *grown = arena_grow(t->arena, t->met, t->n_met, sizeof(*grown)), *m;
    char date[9] = "20", time[5];

    if (!grown)
        return NULL;
    t->met = grown;
    m = &t->met[t->n_met++];
    memset(m, 0, sizeof(*m));
    text_of(env->isa[5], m->sender_qualifier, sizeof(m->sender_qualifier));
    text_of(env->isa[6], m->sender, sizeof(m->sender));
    text_of(env->isa[7], m->receiver_qualifier, sizeof(m->receiver_qualifier));
    text_of(env->isa[8], m->receiver, sizeof(m->receiver));
    text_of(env->isa[13], m->isa13, sizeof(m->isa13));
    text_of(env->isa[9], date + 2, sizeof(date) - 2);
    text_of(env->isa[10], time, sizeof(time));
    m->date = date_parse(date);
    if (!m->date)
        m->date = 20000101; /* the interchange's own date is none: any fixed day, so that the answer
                               is the same again */
    m->hhmm = (int)number_of(time) % 2400;
    m->test = span_is(span_trim(env->isa[15]), "T");
    m->control = number_of(m->isa13) % CONTROL_SPACE * ANSWERS_PER_FILE + 1;
    return m;
}

/* isa_key - of an interchange in the journal */
static void isa_key(const struct met *m, char out[SANDBOX_KEY])
{
    snprintf(out, SANDBOX_KEY, "isa/%s/%s/%s", m->sender, m->receiver, m->isa13);
    for (char *p = out; *p; p++)
        *p = *p == ' ' ? '_' : *p;
}

/* is_duplicate - another file, or this one after it was taken, used the number; a crash before it
 * was moved is none */
static bool is_duplicate(const struct taking *t, const struct met *m)
{
    char key[SANDBOX_KEY], own[SANDBOX_KEY];
    const char *before;

    isa_key(m, key);
    before = journal_find(t->box->journal, key);
    snprintf(own, sizeof(own), "%s %s", t->hash, t->name);
    return before && strcmp(before, own) != 0;
}

/* begin - the first result of an interchange */
static int begin(struct syntax *s, const struct x12_envelope *env)
{
    struct met *m = met_of(s->t, env);
    struct x12_ack_options o = {0};

    if (!m)
        return err_set(s->e, ERR_RETRY, "size", "sandbox: a file with too many interchanges");
    o.date = m->date;
    o.hhmm = m->hhmm;
    o.control = m->control;
    s->ack = x12_ack_new(&o);
    s->first_set = s->t->n_sets;
    s->t->sets_seen = 0;
    s->refused = 0;
    s->duplicate = m->duplicate = is_duplicate(s->t, m);
    return s->ack ? 0 : err_set(s->e, ERR_RETRY, "memory", "out of memory");
}

/* keep_set - one that the 999 accepts */
static void keep_set(struct syntax *s, const struct x12_result *r)
{
    char gs06[16], st02[16];
    const char *isa13 = s->t->met[s->t->n_met - 1].isa13;

    text_of(r->envelope->gs[6], gs06, sizeof(gs06));
    text_of(r->envelope->st[2], st02, sizeof(st02));
    event_push(s->t->arena, s->t, sets, arena_printf(s->t->arena, "%s/%s/%s", isa13, gs06, st02));
}

/* send - an answer into the replies, when there is one */
static int send(struct syntax *s, const char *kind, struct span bytes)
{
    const struct met *m = &s->t->met[s->t->n_met - 1];

    if (bytes.n == 0 || s->t->silent || s->t->box->sandbox->scenario.no_999)
        return 0;
    return sandbox_reply(s->t->box, m, kind, m->duplicate ? s->t->hash : NULL, bytes.p, bytes.n,
                         s->e);
}

/* end - the interchange is over: its answers, and what of it is read on */
static int end(struct syntax *s, const struct x12_result *r)
{
    static const struct x12_finding again = {
        .snip = 1, .code = "TA105=025", .message = "duplicate interchange control number"};
    struct met *m = &s->t->met[s->t->n_met - 1];
    struct x12_result shown = *r;
    int bad;

    m->accepted = r->accepted && !r->damaged && !s->duplicate;
    if (s->duplicate) {
        shown.accepted = false;
        shown.findings = &again;
        shown.count = 1;
    }
    if (!m->accepted)
        s->t->n_sets = s->first_set;
    x12_ack_add(s->ack, &shown);
    if (x12_ack_failed(s->ack))
        return err_set(s->e, ERR_RETRY, "memory", "out of memory");
    bad = send(s, "TA1", x12_ack_ta1(s->ack)) != 0 || send(s, "999", x12_ack_999(s->ack)) != 0;
    x12_ack_free(s->ack);
    s->ack = NULL;
    return bad ? -1 : 0;
}

/* each_result - of the checker */
static int each_result(void *arg, const struct x12_result *r)
{
    struct syntax *s = arg;
    struct x12_result shown;
    struct x12_finding f;

    if (r->envelope->isa[13].n == 0)
        return 0; /* no address to answer to */
    if (!s->ack && begin(s, r->envelope) != 0)
        return -1;
    if (r->level == X12_INTERCHANGE)
        return end(s, r);
    if (s->duplicate)
        return 0;
    if (r->level == X12_GROUP) {
        shown = *r;
        shown.sets_accepted -= s->refused;
        s->refused = 0;
        x12_ack_add(s->ack, &shown);
        return 0;
    }
    s->t->sets_seen++;
    s->refused += r->accepted;
    r = syntax_by_scenario(s->t, r, &shown, &f);
    s->refused -= r->accepted;
    x12_ack_add(s->ack, r);
    if (r->accepted)
        keep_set(s, r);
    return 0;
}

/* remember_numbers - so that they are known as used */
static int remember_numbers(struct taking *t, struct err *e)
{
    char key[SANDBOX_KEY], own[SANDBOX_KEY];

    snprintf(own, sizeof(own), "%s %s", t->hash, t->name);
    for (size_t i = 0; i < t->n_met; i++) {
        if (t->met[i].duplicate)
            continue;
        isa_key(&t->met[i], key);
        if (journal_add(t->box->journal, key, own, e) != 0)
            return -1;
    }
    return 0;
}

/* answer_syntax - the whole file */
int answer_syntax(struct taking *t, struct err *e)
{
    const struct x12_check_options o = {.snip = SNIP_OF_999};
    struct syntax s = {.t = t, .e = e};
    int r = x12_check(t->data.p, t->data.n, &o, each_result, &s, e);

    x12_ack_free(s.ack);
    return r != 0 ? -1 : remember_numbers(t, e);
}
