/* check.c - runs the edits over a claim, in the order of the list (cheap and structural first)
 *
 * A row is called when its kind and needs fit the claim, its validity holds the claim's last day
 * and, for a void, when it applies to voids. What a person has overridden for this version is found
 * again, marked, and does not count. */
#include "services/validator/edit.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "services/validator/deadline.h"
#include "services/validator/edits/edits.h"
#include "services/validator/rules.h"

enum { EDITS_MAX = 256 };

/* index_of - position of an id in the list; -1: no such edit */
static int index_of(const char *id, size_t n)
{
    for (int i = 0; edit_list[i].id; i++)
        if (edit_list[i].id[0] == id[0] && strncmp(edit_list[i].id, id, n) == 0 &&
            edit_list[i].id[n] == '\0')
            return i;
    return -1;
}

/* mark - every id of a list with commas gets `value`; -1: one is no edit */
static int mark(bool *on, const char *list, bool value, struct err *e)
{
    while (list && *list) {
        size_t n = strcspn(list, ",");
        int at = index_of(list, n);

        if (at < 0)
            return err_set(e, ERR_FATAL, "setting",
                           "\"%.*s\" is no edit; `cleanclaim edits` lists "
                           "them",
                           (int)(n < 40 ? n : 40), list);
        on[at] = value;
        list += n + (list[n] == ',');
    }
    return 0;
}

/* choose - which edits run: all or those of `only`, without those of `skip` */
static int choose(const struct validator_options *o, bool *on, struct err *e)
{
    bool all = str_empty(o->only);

    for (int i = 0; i < EDITS_MAX; i++)
        on[i] = all;
    if (mark(on, o->only, true, e) != 0)
        return -1;
    return mark(on, o->skip, false, e);
}

/* edit_ids_known - for a setting, before any claim comes */
int edit_ids_known(const char *list, struct err *e)
{
    bool on[EDITS_MAX];

    return mark(on, list, true, e);
}

/* applies - has the row a question about this claim */
static bool applies(const struct edit *row, const struct edit_claim *c)
{
    if (!(row->kinds & c->kind) || (row->needs & ~c->facts))
        return false;
    if (c->is_void && !row->on_void)
        return false;
    return (!row->valid_from || c->thru >= row->valid_from) &&
           (!row->valid_to || c->thru <= row->valid_to);
}

/* run_rows - the list, in its order; a payer's rule is told by its edit whatever the row asks for
 */
static void run_rows(struct edit_run *r, const bool *on)
{
    for (int i = 0; edit_list[i].id; i++)
        if (on[i]) {
            r->edit = &edit_list[i];
            if (applies(r->edit, r->c))
                r->edit->check(r);
            if (r->c->n_hits && (!r->c->is_void || r->edit->on_void))
                edit_rules_tell(r);
        }
}

/* Which edit a value that is none belongs to; the first row that fits. */
static const struct {
    const char *element; /* how it begins; "" = any */
    const char *rule;    /* a word of the reader's rule; "" = any */
    const char *edit;
} fault_rows[] = {
    {"DMG02", "", "DEM-02"}, {"DMG03", "", "DEM-03"}, {"SV107", "", "COD-16"},
    {"SV104", "", "CHG-04"}, {"SV205", "", "CHG-04"}, {"SV102", "", "CHG-02"},
    {"SV203", "", "CHG-02"}, {"CLM02", "", "CHG-03"}, {"CTP04", "", "NDC-02"},
    {"DTP", "", "DAT-01"},   {"", "day", "DAT-01"},   {"", "", "DEM-10"},
};

/* edit_of_fault - the row's edit */
static int edit_of_fault(const struct claim_oddity *f)
{
    size_t i = 0;

    while (!str_starts(f->element, fault_rows[i].element) || !strstr(f->rule, fault_rows[i].rule))
        i++;
    return index_of(fault_rows[i].edit, 6);
}

/* explained - the edit has found it already: on that segment, or as the same element of the claim
 */
static bool explained(const struct edit_run *r, const struct claim_oddity *f, const char *edit)
{
    for (size_t i = 0; i < r->out->n_findings; i++) {
        const CcFinding *x = r->out->findings[i];

        if (x->segment == f->position && !edit_is_syn(x->edit) &&
            (strcmp(x->edit, edit) == 0 || strcmp(x->element, f->element) == 0))
            return true;
    }
    return false;
}

/* add_faults - values of the source 837 that were none, where no edit has said so */
static void add_faults(struct edit_run *r, const bool *on)
{
    for (size_t i = 0; i < r->o->n_faults; i++) {
        const struct claim_oddity *fault = &r->o->faults[i];
        int at = edit_of_fault(fault);
        CcFinding *f;

        if (at < 0 || !on[at] || explained(r, fault, edit_list[at].id) ||
            edit_repaired(r->c->claim, fault->position, fault->element))
            continue;
        r->edit = &edit_list[at];
        f = edit_found(r, at_claim(fault->element[0] ? fault->element : fault->segment), NULL,
                       "loop %s, segment %s: %s", fault->loop, fault->segment, fault->rule);
        f->segment = fault->position;
        f->line = fault->line;
    }
}

/* same_codes - two findings name the same codes */
static bool same_codes(const CcFinding *a, const CcFinding *b)
{
    if (a->n_codes != b->n_codes)
        return false;
    for (size_t i = 0; i < a->n_codes; i++)
        if (strcmp(a->codes[i], b->codes[i]) != 0)
            return false;
    return true;
}

/* edit_may_override - as the header has it */
bool edit_may_override(const CcFinding *f)
{
    return f->severity <= SEVERITY_HOLD && strcmp(f->edit, "TAB-01") != 0;
}

/* same_rule - several rules of a payer are told under one edit: each is decided for itself */
static bool same_rule(const CcFinding *a, const CcFinding *b)
{
    return !b->table || strcmp(b->table->table, table_name(TABLE_PAYER_RULES)) != 0 ||
           strcmp(a->authority, b->authority) == 0;
}

/* confirms - is `old` a person's word on this finding of this version? What cannot go out is not a
 * person's to decide (billing §8.2), and what no table was there to ask is not known (TAB-01). */
static bool confirms(const CcClaim *claim, const CcFinding *old, const CcFinding *f)
{
    return old->overridden && old->override_version == claim->version && edit_may_override(f) &&
           strcmp(old->edit, f->edit) == 0 && old->line == f->line && same_codes(old, f) &&
           same_rule(old, f);
}

/* take_override - a hold that a person has confirmed for this version stays confirmed */
static void take_override(const CcClaim *claim, CcFinding *f)
{
    for (size_t i = 0; i < claim->n_findings; i++) {
        const CcFinding *old = claim->findings[i];

        if (!confirms(claim, old, f))
            continue;
        f->overridden = 1;
        f->override_reason = old->override_reason;
        f->override_role = old->override_role;
        f->override_version = old->override_version;
        f->override_ms = old->override_ms;
        return;
    }
}

struct ranked {
    CcFinding *f;
    size_t at;
};

/* by_rank - reject first, then the line, then the order in which they were found */
static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->f->severity != y->f->severity)
        return x->f->severity > y->f->severity ? -1 : 1;
    if (x->f->line != y->f->line)
        return x->f->line < y->f->line ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* settle - overrides, order, the worst of what is left */
static bool settle(struct edit_run *r)
{
    struct validator_result *out = r->out;
    struct ranked *list = arena_array(r->arena, out->n_findings + 1, sizeof(*list));

    for (size_t i = 0; list && i < out->n_findings; i++) {
        list[i] = (struct ranked){out->findings[i], i};
        take_override(r->c->claim, out->findings[i]);
        if (!out->findings[i]->overridden && out->findings[i]->severity > out->worst)
            out->worst = out->findings[i]->severity;
    }
    if (!list)
        return false;
    qsort(list, out->n_findings, sizeof(*list), by_rank);
    for (size_t i = 0; i < out->n_findings; i++)
        out->findings[i] = list[i].f;
    return !arena_exhausted(r->arena);
}

/* validator_check - digest, rows, what the reader could not read, order */
int validator_check(const CcClaim *claim, const struct tables *t, const struct validator_options *o,
                    struct arena *a, struct validator_result *out, struct err *e)
{
    static const struct validator_options none;
    struct validator_result result = {0};
    struct edit_claim c;
    struct edit_run r = {.c = &c, .tables = t, .o = o ? o : &none, .arena = a, .out = &result};
    bool on[EDITS_MAX];

    if (choose(r.o, on, e) != 0)
        return -1;
    if (edit_digest(claim, r.o, a, &c)) {
        edit_rules_ask(&r);
        result.filing_deadline_date = edit_deadline(&r);
        run_rows(&r, on);
        add_faults(&r, on);
        edit_syn_settle(&r);
        if (settle(&r)) {
            *out = result;
            return 0;
        }
    }
    return err_set(e, ERR_REJECT, "size",
                   "the claim and its findings are over the limit of a "
                   "message");
}
