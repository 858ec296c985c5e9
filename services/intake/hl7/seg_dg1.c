/* seg_dg1.c - DG1, DRG, PR1: diagnoses and procedures */
#include "services/intake/hl7/map.h"

#include <string.h>
#include <strings.h>

#include "common/codes/codes.h"

/* Words for what is done to an entry (HL7 table 0206 and 0287, and what senders write). */
static const struct {
    const char *word;
    CcAction action;
} actions[] = {{"A", ACTION_ADD},      {"ADD", ACTION_ADD},      {"AD", ACTION_ADD},
               {"U", ACTION_UPDATE},   {"UP", ACTION_UPDATE},    {"UPDATE", ACTION_UPDATE},
               {"C", ACTION_UPDATE},   {"D", ACTION_DELETE},     {"DE", ACTION_DELETE},
               {"DEL", ACTION_DELETE}, {"DELETE", ACTION_DELETE}};

/* DG1-6 (HL7 table 0052). What is no row stays unknown. */
static const struct {
    const char *word;
    CcProblemUse use;
} uses[] = {{"A", PROBLEM_USE_ADMITTING}, {"ADMITTING", PROBLEM_USE_ADMITTING},
            {"W", PROBLEM_USE_WORKING},   {"WORKING", PROBLEM_USE_WORKING},
            {"F", PROBLEM_USE_FINAL},     {"FINAL", PROBLEM_USE_FINAL}};

/* action_of - of a word; unspecified: no row */
static CcAction action_of(const char *word)
{
    for (size_t i = 0; word && i < sizeof(actions) / sizeof(actions[0]); i++)
        if (strcasecmp(word, actions[i].word) == 0)
            return actions[i].action;
    return ACTION_UNSPECIFIED;
}

/* open_dg1 - a diagnosis needs a code, words, or an id to be told by */
static bool open_dg1(struct hl7_map *x)
{
    CcProblem *p;
    char *ref = hl7_ref(x);

    if (hl7_empty(hl7_field(x->seg, 3)) && hl7_empty(hl7_field(x->seg, 4)) &&
        hl7_empty(hl7_field(x->seg, 20)))
        return false;
    p = event_new(x->a, &cc_problem__descriptor);
    x->target = p;
    if (!p || !ref)
        return false;
    p->ref = ref;
    p->code = event_new(x->a, &cc_code__descriptor);
    if (x->charge && (x->trigger->flags & HL7_GROUPED))
        p->parent = x->charge->ref;
    return p->code != NULL && event_push(x->a, x->ev, diagnoses, p);
}

/* set_diagnosis - DG1-3; its system is DG1-3.3, else DG1-2 */
static void set_diagnosis(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = x->target;
    CcCodeSystem method = vocab_system(hl7_component(x->m, hl7_field(x->seg, 2), 1));
    CcCode *c =
        hl7_code(x, hl7_repetition(x->m, value, 0), method, VOCAB_DIAGNOSIS, &p->also, &p->n_also);

    (void)row;
    if (c)
        p->code = c;
}

/* set_words - DG1-4 where DG1-3 has none */
static void set_words(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = x->target;
    char *text = hl7_text(x->m, value);

    (void)row;
    if (text && str_empty(p->code->text))
        p->code->text = text;
}

/* set_use - DG1-6; only a final diagnosis is said to be confirmed */
static void set_use(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = x->target;
    char *word = hl7_id(x->m, hl7_component(x->m, value, 1));

    (void)row;
    for (size_t i = 0; word && i < sizeof(uses) / sizeof(uses[0]); i++)
        if (strcasecmp(word, uses[i].word) == 0)
            p->use = uses[i].use;
    if (p->use == PROBLEM_USE_FINAL)
        p->verification = VERIFICATION_CONFIRMED;
}

/* set_priority - DG1-15: 1 is the principal, 0 means not ranked (HL7 table 0418); hl7_finish makes
 * ranks of it */
static void set_priority(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = x->target;
    char *word = hl7_id(x->m, hl7_component(x->m, value, 1));
    int64_t n;

    (void)row;
    if (word && str_to_i64(word, &n) && n >= 0 && n <= 999)
        p->rank = n ? (uint32_t)n : UINT32_MAX;
}

/* set_clinician - DG1-16 */
static void set_clinician(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = x->target;
    char *npi = hl7_npi(x, value);

    (void)row;
    if (npi)
        p->asserter_npi = npi;
}

/* set_dx_action - DG1-21 */
static void set_dx_action(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = x->target;

    (void)row;
    p->action = action_of(hl7_id(x->m, hl7_component(x->m, value, 1)));
}

/* set_poa - DG1-26 */
static void set_poa(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = x->target;

    (void)row;
    p->poa = vocab_poa(hl7_component(x->m, value, 1));
}

/* set_drg - DG1-8 and DRG-1, as the source says */
static void set_drg(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *drg = hl7_id(x->m, hl7_component(x->m, value, 1));

    (void)row;
    if (!str_empty(drg))
        x->ev->visit->drg = drg;
}

/* open_pr1 - a procedure, under the charge that it follows */
static bool open_pr1(struct hl7_map *x)
{
    CcProcedure *p;
    char *ref = hl7_ref(x);

    x->procedure = NULL;
    if (hl7_empty(hl7_field(x->seg, 3)) && hl7_empty(hl7_field(x->seg, 4)) &&
        hl7_empty(hl7_field(x->seg, 19)))
        return false;
    p = event_new(x->a, &cc_procedure__descriptor);
    x->target = p;
    if (!p || !ref)
        return false;
    p->ref = ref;
    p->code = event_new(x->a, &cc_code__descriptor);
    p->status = arena_strdup(x->a, "completed");
    if (x->charge)
        p->parent = x->charge->ref;
    x->procedure = p;
    return p->code != NULL && event_push(x->a, x->ev, procedures, p);
}

/* by_table_0088 - PR1-3 and FT1-25 hold CPT and HCPCS; a code that names no system but has their
 * form is one of them */
static void by_table_0088(CcCode *c)
{
    if (c->system == CODE_SYSTEM_UNKNOWN && cpt_form(c->code))
        c->system = CODE_SYSTEM_CPT;
    else if (c->system == CODE_SYSTEM_UNKNOWN && hcpcs2_form(c->code))
        c->system = CODE_SYSTEM_HCPCS;
}

/* hl7_procedure_code - see map.h */
CcCode *hl7_procedure_code(struct hl7_map *x, struct span rep, CcCodeSystem otherwise,
                           CcCode ***also, size_t *n_also)
{
    CcCode *c = hl7_code(x, rep, otherwise, VOCAB_PROCEDURE, also, n_also);

    if (c && hl7_empty(hl7_component(x->m, rep, 3)))
        by_table_0088(c);
    return c;
}

/* set_procedure - PR1-3; its system is PR1-3.3, else PR1-2 */
static void set_procedure(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;
    CcCodeSystem method = vocab_system(hl7_component(x->m, hl7_field(x->seg, 2), 1));
    CcCode *c = hl7_procedure_code(x, hl7_repetition(x->m, value, 0), method, &p->also, &p->n_also);

    (void)row;
    if (c)
        p->code = c;
}

/* set_procedure_words - PR1-4 where PR1-3 has none */
static void set_procedure_words(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;
    char *text = hl7_text(x->m, value);

    (void)row;
    if (text && str_empty(p->code->text))
        p->code->text = text;
}

/* minutes - a whole number of them, 0: none */
static uint32_t minutes(struct hl7_map *x, struct span value)
{
    char *text = hl7_id(x->m, hl7_component(x->m, value, 1));
    int64_t n;

    return text && str_to_i64(text, &n) && n > 0 && n < 100000 ? (uint32_t)n : 0;
}

/* set_start - PR1-5, and with PR1-7 the end */
static void set_start(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;
    uint32_t long_min = minutes(x, hl7_field(x->seg, 7));
    struct value_time t;

    (void)row;
    if (!hl7_when(x, value, &t))
        return;
    p->procedure_date = t.day;
    p->start_ms = t.clock ? t.ms : 0;
    p->end_ms = t.clock && long_min ? t.ms + (int64_t)long_min * 60000 : 0;
}

/* set_anesthesia - PR1-10 */
static void set_anesthesia(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;

    (void)row;
    p->anesthesia_min = minutes(x, value);
}

/* set_performers - PR1-8, 11, 12 in their roles */
static void set_performers(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;
    CcProviderRole role = row->field == 8    ? PROVIDER_ROLE_ANESTHESIA
                          : row->field == 11 ? PROVIDER_ROLE_OPERATING
                                             : PROVIDER_ROLE_RENDERING;

    hl7_providers(x, value, role, &p->performers, &p->n_performers);
}

/* set_procedure_rank - PR1-14: 1 is the primary procedure (HL7 table 0418) */
static void set_procedure_rank(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;
    char *word = hl7_id(x->m, hl7_component(x->m, value, 1));
    int64_t n;

    (void)row;
    if (word && str_to_i64(word, &n) && n > 0 && n <= 999)
        p->rank = (uint32_t)n;
}

/* set_reasons - PR1-15 */
static void set_reasons(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;

    (void)row;
    hl7_pointers(x, value, &p->reasons, &p->n_reasons);
}

/* set_modifiers - PR1-16 */
static void set_modifiers(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;

    (void)row;
    hl7_modifiers(x, value, &p->modifiers, &p->n_modifiers);
}

/* set_procedure_action - PR1-20 */
static void set_procedure_action(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProcedure *p = x->target;

    (void)row;
    p->action = action_of(hl7_id(x->m, hl7_component(x->m, value, 1)));
}

/* clang-format off */
static const struct hl7_row dg1_rows[] = {
    {1,  NULL,          0, NULL},
    {2,  NULL,          0, NULL},
    {3,  set_diagnosis, 0, NULL},
    {4,  set_words,     0, NULL},
    {5,  hl7_set_day,   offsetof(CcProblem, problem_date), NULL},
    {6,  set_use,       0, NULL},
    {8,  set_drg,       0, NULL},
    {15, set_priority,  0, NULL},
    {16, set_clinician, 0, NULL},
    {20, hl7_set_id,    offsetof(CcProblem, id), NULL},
    {21, set_dx_action, 0, NULL},
    {26, set_poa,       0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row drg_rows[] = {{1, set_drg, 0, NULL}, {0, NULL, 0, NULL}};
static const struct hl7_row pr1_rows[] = {
    {1,  NULL,                 0, NULL},
    {2,  NULL,                 0, NULL},
    {3,  set_procedure,        0, NULL},
    {4,  set_procedure_words,  0, NULL},
    {5,  set_start,            0, NULL},
    {6,  hl7_set_id,           offsetof(CcProcedure, functional_type), NULL},
    {7,  NULL,                 0, NULL},
    {8,  set_performers,       0, NULL},
    {10, set_anesthesia,       0, NULL},
    {11, set_performers,       0, NULL},
    {12, set_performers,       0, NULL},
    {14, set_procedure_rank,   0, NULL},
    {15, set_reasons,          0, NULL},
    {16, set_modifiers,        0, NULL},
    {19, hl7_set_id,           offsetof(CcProcedure, id), NULL},
    {20, set_procedure_action, 0, NULL},
    {0, NULL, 0, NULL},
};

const struct hl7_table hl7_dg1 = {"DG1", open_dg1, dg1_rows, NULL, true,  NOTE_NOT_BILLING};
const struct hl7_table hl7_drg = {"DRG", NULL,     drg_rows, NULL, false, NOTE_NOT_BILLING};
const struct hl7_table hl7_pr1 = {"PR1", open_pr1, pr1_rows, NULL, true,  NOTE_NOT_BILLING};
/* clang-format on */
