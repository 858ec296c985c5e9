/* payer_rule.c - a row of the payers' rules compiled, column by column */
#include "common/rules/payer_rule.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/rules/rule_value.h"

enum { RULE_ID_MAX = 24 };

struct what_row {
    rule_value *value;
    const char *edit; /* NULL: by severity, PAY-01 to PAY-03 */
    bool lines;       /* always asked of each line */
    bool whole;       /* always told of the claim */
    bool speaks;      /* the rule's own message is a must */
    const char *help;
};

/* clang-format off */
static const struct what_row whats[RULE_WHAT_MAX] = {
    [RULE_CONDITION] =         {rule_value_none,      NULL,     false, false, true,  "told when the condition holds"},
    [RULE_ELEMENT] =           {rule_value_must,      NULL,     false, false, true,  "what stands in value has to hold where the condition does"},
    [RULE_REQUIRED] =          {rule_value_fields,    NULL,     false, false, false, "the elements in value have to be there"},
    [RULE_FORBIDDEN] =         {rule_value_fields,    NULL,     false, false, false, "the elements in value may not be there"},
    [RULE_AUTHORIZATION] =     {rule_value_none,      "AUT-01", false, false, false, "a prior authorization number has to be there"},
    [RULE_REFERRAL] =          {rule_value_none,      "AUT-03", false, false, false, "a referral number has to be there"},
    [RULE_FILING_LIMIT] =      {rule_value_period,    "TFL-01", false, true,  false, "the payer has to have the claim by then"},
    [RULE_CORRECTION_LIMIT] =  {rule_value_period,    "TFL-03", false, true,  false, "the payer takes replacements and voids until then"},
    [RULE_FREQUENCY_LIMIT] =   {rule_value_frequency, "MED-02", true,  false, false, "so many services of these codes in the period, earlier claims counted"},
    [RULE_MODIFIER_ACCEPTED] = {rule_value_list,      "COD-06", true,  false, false, "no other modifiers on these lines"},
    [RULE_MODIFIER_REQUIRED] = {rule_value_list,      "COD-06", true,  false, false, "one of these modifiers on these lines"},
    [RULE_PLACE_ACCEPTED] =    {rule_value_list,      "POS-01", true,  false, false, "no other place of service for these lines"},
    [RULE_CLAIM_FREQUENCY] =   {rule_value_list,      "FRQ-02", false, true,  false, "no other claim frequency codes"},
    [RULE_MEMBER_PATTERN] =    {rule_value_pattern,   "IDN-02", false, true,  false, "member ids fit the regular expression"},
    [RULE_SPECIALTY] =         {rule_value_specialty, "PRV-14", true,  false, false, "who renders these lines has one of these specialties"},
    [RULE_SPAN_LIMIT] =        {rule_value_span,      "DAT-10", false, true,  false, "the claim does not cross a month or year, or is not longer"},
};
/* clang-format on */

static const char *const names[RULE_WHAT_MAX] = {
#define W(suffix, name) [RULE_##suffix] = name,
    RULE_WHAT_LIST(W)
#undef W
};

/* rule_what_name - as rules write it */
const char *rule_what_name(enum rule_what w)
{
    return names[w];
}

/* rule_what_help - in a line */
const char *rule_what_help(enum rule_what w)
{
    return whats[w].help;
}

/* payer_rule_release - frees */
void payer_rule_release(struct payer_rule *r)
{
    code_set_release(&r->codes);
    code_set_release(&r->accepted);
    cond_release(&r->when);
    cond_release(&r->must);
    for (size_t i = 0; i < r->n_texts; i++)
        free(r->texts[i]);
    free(r->pattern);
    *r = (struct payer_rule){0};
}

/* refused - one form for all refusals of a row */
static int refused(struct err *e, const char *column, const char *expected)
{
    return err_set(e, ERR_REJECT, "rule", "column %s: %s", column, expected);
}

/* in_column - what was wrong, with its column */
static int in_column(struct err *e, const char *column)
{
    return e->class == ERR_REJECT ? err_prefix(e, "column %s", column) : -1;
}

/* take_id - what people call it: it stands in findings and overrides */
static int take_id(struct payer_rule *r, struct err *e)
{
    struct span s = r->cells.rule;

    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
              (i && s.p[i] == '-')))
            s.n = 0;
    if (!s.n || s.n > RULE_ID_MAX)
        return refused(e, "rule", "expected an id of at most 24 of A-Z, 0-9 and -");
    return 0;
}

/* take_payer - an id, * for all, filing:MC, contractor:NAME */
static int take_payer(struct payer_rule *r, struct err *e)
{
    static const struct {
        const char *prefix;
        enum rule_scope scope;
    } rows[] = {{"filing:", RULE_OF_FILING}, {"contractor:", RULE_OF_CONTRACTOR}};
    struct span s = r->cells.payer;

    r->scope = RULE_OF_PAYER;
    r->whom = s;
    if (span_is(s, "*")) {
        r->scope = RULE_OF_ALL;
        r->whom.n = 0;
        return 0;
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t n = strlen(rows[i].prefix);

        if (s.n < n || strncasecmp(s.p, rows[i].prefix, n) != 0)
            continue;
        r->scope = rows[i].scope;
        r->whom = span_trim((struct span){s.p + n, s.n - n});
    }
    if (!r->whom.n || r->whom.n > 80)
        return refused(e, "payer", "expected a payer id, *, filing:CODE or contractor:NAME");
    return 0;
}

/* kind_of - one word; 0: none */
static unsigned kind_of(struct span word)
{
    static const struct {
        const char *word;
        unsigned kinds;
    } rows[] = {{"P", RULE_PROFESSIONAL},
                {"I", RULE_INPATIENT | RULE_OUTPATIENT},
                {"PI", RULE_ALL_KINDS},
                {"professional", RULE_PROFESSIONAL},
                {"institutional", RULE_INPATIENT | RULE_OUTPATIENT},
                {"inpatient", RULE_INPATIENT},
                {"outpatient", RULE_OUTPATIENT}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (span_is(word, rows[i].word))
            return rows[i].kinds;
    return 0;
}

/* take_kind - words joined by ; */
static int take_kind(struct payer_rule *r, struct err *e)
{
    struct span rest = r->cells.kind;

    while (rest.n) {
        const char *end = memchr(rest.p, ';', rest.n);
        struct span word = {rest.p, end ? (size_t)(end - rest.p) : rest.n};
        unsigned kinds = kind_of(span_trim(word));

        if (!kinds)
            return refused(e, "kind",
                           "expected P, I, professional, institutional, inpatient or outpatient");
        r->kinds |= kinds;
        rest.p += word.n + (end != NULL);
        rest.n -= word.n + (end != NULL);
    }
    r->kinds = r->kinds ? r->kinds : RULE_ALL_KINDS;
    return 0;
}

/* take_severity - reject, hold, note or nothing */
static int take_severity(struct payer_rule *r, struct err *e)
{
    static const char *const words[] = {"", "note", "hold", "reject"};

    for (int i = 0; i <= RULE_REJECT; i++)
        if (span_is(r->cells.severity, words[i])) {
            r->severity = i;
            return 0;
        }
    return refused(e, "severity", "expected reject, hold, note or nothing");
}

/* take_what - one of the list */
static int take_what(struct payer_rule *r, struct err *e)
{
    for (int i = 0; i < RULE_WHAT_MAX; i++)
        if (span_is(r->cells.what, names[i])) {
            r->what = (enum rule_what)i;
            return 0;
        }
    return refused(e, "what",
                   "expected condition, element, required-field, forbidden-field, authorization, "
                   "referral, filing-limit … (docs/payer-rules.md lists all)");
}

/* own_edit - the edit that asks for the first field; NULL: none */
static const char *own_edit(const struct payer_rule *r)
{
    return r->what == RULE_REQUIRED ? element_of(r->fields[0])->edit : NULL;
}

/* settle - under which edit it is told, and of what it is asked */
static void settle(struct payer_rule *r)
{
    static const char *const pay[] = {"PAY-01", "PAY-03", "PAY-02", "PAY-01"};
    const struct what_row *w = &whats[r->what];

    r->edit = w->edit ? w->edit : own_edit(r) ? own_edit(r) : pay[r->severity];
    r->by_line = w->lines || r->codes.n || r->when.uses_line || r->must.uses_line;
    r->of_claim = w->whole;
    r->once = w->whole || r->what == RULE_SPECIALTY;
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct element *x = element_of(r->fields[i]);

        r->by_line |= x->line;
        r->once |= !x->line || x->inherits;
    }
}

/* take_texts - a rule that has no words of its own needs them; all say on what they rest */
static int take_texts(const struct payer_rule *r, struct err *e)
{
    if (whats[r->what].speaks && !r->cells.message.n)
        return refused(e, "message", "expected what is told of the claim, without patient data");
    if (r->cells.message.n > 400 || r->cells.fix.n > 400 || r->cells.authority.n > 400)
        return refused(e, "message", "expected message, fix and authority of at most 400 bytes");
    if (!r->cells.authority.n)
        return refused(e, "authority", "expected the document that says so, with its section");
    return 0;
}

/* take_all - every column in its order */
static int take_all(struct payer_rule *r, struct err *e)
{
    if (take_id(r, e) != 0 || take_payer(r, e) != 0 || take_kind(r, e) != 0 ||
        take_severity(r, e) != 0 || take_what(r, e) != 0)
        return -1;
    if (code_set_parse(&r->codes, r->cells.codes, e) != 0)
        return in_column(e, "codes");
    if (cond_compile(&r->when, r->cells.condition, e) != 0)
        return in_column(e, "condition");
    if (r->what == RULE_CONDITION && r->when.first == COND_TRUE && !r->codes.n)
        return refused(e, "condition", "expected a condition or codes: this would always be told");
    if (whats[r->what].value(r, e) != 0)
        return in_column(e, "value");
    return take_texts(r, e);
}

/* payer_rule_compile - nothing of a row that is wrong is kept */
int payer_rule_compile(struct payer_rule *out, const struct payer_rule_cells *cells, struct err *e)
{
    struct payer_rule r = {.cells = *cells, .when.first = COND_TRUE, .must.first = COND_TRUE};

    if (take_all(&r, e) != 0) {
        payer_rule_release(&r);
        return -1;
    }
    settle(&r);
    *out = r;
    return 0;
}

/* rule_plan_fits - equal, or a prefix before * */
bool rule_plan_fits(struct span pattern, const char *text)
{
    bool prefix = pattern.n && pattern.p[pattern.n - 1] == '*';

    if (!pattern.n)
        return true;
    pattern.n -= prefix;
    return (prefix ? strlen(text) >= pattern.n : strlen(text) == pattern.n) &&
           strncasecmp(pattern.p, text, pattern.n) == 0;
}
