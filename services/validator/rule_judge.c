/* rule_judge.c - what each type of rule finds, once it is clear that it applies */
#include "services/validator/rules.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/validator/pattern.h"

typedef void judge(struct edit_run *r, const struct payer_rule *rule, const struct edit_line *l);

/* rule_place - where the element stands; a claim's or inherited one is the claim's to correct */
struct place rule_place(const struct edit_run *r, enum element_id id, const struct edit_line *l)
{
    const struct element *x = element_of(id);
    const char *at = !r->c->professional && x->at_institutional ? x->at_institutional : x->at;

    switch (id) {
    case ELEMENT_FILING_INDICATOR:
    case ELEMENT_GROUP_NAME:
    case ELEMENT_GROUP_NUMBER:
    case ELEMENT_INSURANCE_TYPE:
    case ELEMENT_MEMBER_ID:
    case ELEMENT_SELF:
    case ELEMENT_SEQUENCE:
        return at_coverage(r->c->destination_index, at);
    case ELEMENT_AGE:
    case ELEMENT_AGE_DAYS:
    case ELEMENT_SEX:
    case ELEMENT_STATE:
    case ELEMENT_ZIP:
        return at_patient(at);
    case ELEMENT_PLACE:
        return l->line->place_of_service[0] ? at_line(l, at) : at_claim("CLM05-1");
    default:
        break;
    }
    return l && x->line ? at_line(l, at) : l ? at_code(r, l) : at_claim(at);
}

/* told - the rule has been told of the claim already */
static bool told(const struct edit_run *r, const struct payer_rule *rule, const char *element)
{
    for (size_t i = 0; i < r->c->n_hits; i++)
        if (r->c->hits[i]->rule == rule && strcmp(r->c->hits[i]->place.element, element) == 0)
            return true;
    return false;
}

/* rule_hit - one thing found; over the arena's limit the run ends as too large anyway */
void rule_hit(struct edit_run *r, const struct payer_rule *rule, const struct edit_line *l,
              struct place p, CcSeverity severity, const char *fmt, ...)
{
    struct edit_hit *h;
    const char *text;
    va_list ap;

    if (rule->once && told(r, rule, p.element))
        return;
    va_start(ap, fmt);
    text = arena_vprintf(r->arena, fmt, ap);
    va_end(ap);
    h = arena_alloc(r->arena, sizeof(*h));
    if (!h || !text)
        return;
    *h = (struct edit_hit){.rule = rule, .line = l, .place = p, .text = text, .severity = severity};
    event_push(r->arena, r->c, hits, h);
}

/* shown - the line's code, for texts */
static const char *shown(const struct edit_line *l)
{
    return l->code[0] ? edit_code_shown(l->code) : "the service";
}

/* judge_condition - it holds, and that is what is told */
static void judge_condition(struct edit_run *r, const struct payer_rule *rule,
                            const struct edit_line *l)
{
    enum element_id at = rule->when.n ? rule->when.tests[0].element : ELEMENT_CODE;

    rule_hit(r, rule, l, rule_place(r, at, l), 0, "%s", "");
}

/* judge_element - what has to hold does not */
static void judge_element(struct edit_run *r, const struct payer_rule *rule,
                          const struct edit_line *l)
{
    struct rule_claim x = {r->c, l};

    if (!cond_holds(&rule->must, rule_fetch, &x))
        rule_hit(r, rule, l, rule_place(r, rule->must.tests[0].element, l), 0, "%s", "");
}

/* judge_fields - each that is missing, or is there and may not be */
static void judge_fields(struct edit_run *r, const struct payer_rule *rule,
                         const struct edit_line *l)
{
    bool wanted = rule->what == RULE_REQUIRED;
    struct rule_claim x = {r->c, l};
    struct cond_value v;

    for (size_t i = 0; i < rule->n_fields; i++) {
        enum element_id id = rule->fields[i];

        if (rule_fetch(&x, id, 0, &v) != wanted)
            rule_hit(r, rule, l, rule_place(r, id, l), 0, "%s %s", element_of(id)->help,
                     wanted ? "is missing, and the payer wants it"
                            : "is there, and the payer does not take it");
    }
}

/* judge_number - a prior authorization or referral number is missing */
static void judge_number(struct edit_run *r, const struct payer_rule *rule,
                         const struct edit_line *l)
{
    enum element_id id =
        rule->what == RULE_AUTHORIZATION ? ELEMENT_AUTHORIZATION : ELEMENT_REFERRAL;
    struct rule_claim x = {r->c, l};
    struct cond_value v;

    if (!rule_fetch(&x, id, 0, &v))
        rule_hit(r, rule, l, rule_place(r, id, l), 0, "%s needs a %s number, and there is none",
                 l ? shown(l) : "the claim",
                 id == ELEMENT_REFERRAL ? "referral" : "prior authorization");
}

/* judge_filing - the earliest end of those that apply; TFL-01 judges it */
static void judge_filing(struct edit_run *r, const struct payer_rule *rule,
                         const struct edit_line *l)
{
    int32_t end = edit_limit_end(r, &rule->limit);

    (void)l;
    if (!end || (r->c->filing_end && r->c->filing_end <= end))
        return;
    r->c->filing_end = end;
    r->c->filing_rule = rule;
}

/* judge_correction - a replacement or void after its time; a day that nobody told is a note */
static void judge_correction(struct edit_run *r, const struct payer_rule *rule,
                             const struct edit_line *l)
{
    int32_t end = edit_limit_end(r, &rule->limit), received = r->o->received_date;
    char day[DATE_TEXT];

    if (!r->c->replaces || !date_valid(received))
        return;
    if (!end)
        rule_hit(r, rule, l, at_claim("CLM05-3"), SEVERITY_NOTE,
                 "the day from which the limit for corrections counts is not known here");
    else if (received > end)
        rule_hit(r, rule, l, at_claim("CLM05-3"), 0, "the payer took corrections until %s",
                 date_text(end, day));
}

/* judge_modifiers - one that is not accepted; none of those that are wanted */
static void judge_modifiers(struct edit_run *r, const struct payer_rule *rule,
                            const struct edit_line *l)
{
    bool any = false;

    for (size_t i = 0; i < l->line->n_modifiers; i++) {
        const char *m = l->line->modifiers[i];
        bool in = code_set_has(&rule->accepted, code_key(m));

        any |= in;
        if (in || rule->what == RULE_MODIFIER_REQUIRED)
            continue;
        rule_hit(r, rule, l, at_mods(r, l), 0, "the payer does not take modifier %s with %s",
                 edit_code_shown(m), shown(l));
        return;
    }
    if (rule->what == RULE_MODIFIER_REQUIRED && !any)
        rule_hit(r, rule, l, at_mods(r, l), 0, "%s lacks a modifier that the payer wants",
                 shown(l));
}

/* judge_place - another place of service than the payer pays the code in */
static void judge_place(struct edit_run *r, const struct payer_rule *rule,
                        const struct edit_line *l)
{
    struct rule_claim x = {r->c, l};
    struct cond_value v;

    if (rule_fetch(&x, ELEMENT_PLACE, 0, &v) && !code_set_has(&rule->accepted, v.key))
        rule_hit(r, rule, l, rule_place(r, ELEMENT_PLACE, l), 0,
                 "the payer does not take %s in place of service %s", shown(l),
                 edit_code_shown(v.text));
}

/* judge_claim_frequency - one the payer does not take */
static void judge_claim_frequency(struct edit_run *r, const struct payer_rule *rule,
                                  const struct edit_line *l)
{
    const char *f = r->c->claim->frequency;

    if (f[0] && !code_set_has(&rule->accepted, code_key(f)))
        rule_hit(r, rule, l, at_claim("CLM05-3"), 0, "the payer does not take claim frequency %s",
                 edit_code_shown(f));
}

/* judge_member - the member id is not of the payer's pattern; the id itself is never told */
static void judge_member(struct edit_run *r, const struct payer_rule *rule,
                         const struct edit_line *l)
{
    const char *id = r->c->destination->member_id;

    if (strlen(id) >= 2 && !pattern_fits(id, rule->pattern))
        rule_hit(r, rule, l, rule_place(r, ELEMENT_MEMBER_ID, NULL), 0,
                 "the member id is not of the payer's pattern");
}

/* judge_specialty - who renders it may not bill it to this payer; unknown is not wrong */
static void judge_specialty(struct edit_run *r, const struct payer_rule *rule,
                            const struct edit_line *l)
{
    struct rule_claim x = {r->c, l};
    struct cond_value v;

    if (!rule_fetch(&x, ELEMENT_RENDERING_TAXONOMY, 0, &v) &&
        !rule_fetch(&x, ELEMENT_BILLING_TAXONOMY, 0, &v))
        return;
    for (size_t i = 0; i < rule->n_texts; i++)
        if (cond_like(v.text, rule->texts[i]))
            return;
    rule_hit(r, rule, l, at_code(r, l), 0,
             "the rendering provider's specialty is none of those that bill %s to this payer",
             shown(l));
}

/* year_of - the benefit year a day is in, by the year it began */
static int32_t year_of(int32_t day, const struct rule_limit *l)
{
    int32_t begins = (l->month ? l->month : 1) * 100 + (l->day ? l->day : 1);

    return day / 10000 - (day % 10000 < begins);
}

/* judge_span - over the end of a month or year, or too long */
static void judge_span(struct edit_run *r, const struct payer_rule *rule, const struct edit_line *l)
{
    int32_t from = r->c->from, thru = r->c->thru;
    const struct rule_limit *x = &rule->limit;
    struct place p = at_claim(r->c->professional ? "DTP03*472" : "DTP03*434");

    if (!date_valid(thru) || thru < from)
        return;
    if (x->unit == RULE_CALENDAR_MONTH && from / 100 != thru / 100)
        rule_hit(r, rule, l, p, 0, "the claim goes on over the end of a month");
    else if (x->unit == RULE_CALENDAR_YEAR && year_of(from, x) != year_of(thru, x))
        rule_hit(r, rule, l, p, 0, "the claim goes on over the end of a %s year",
                 x->month ? "benefit" : "calendar");
    else if (x->unit == RULE_DAYS && date_diff(thru, from) + 1 > x->length)
        rule_hit(r, rule, l, p, 0, "the claim has %d days, the payer takes %d",
                 (int)date_diff(thru, from) + 1, (int)x->length);
}

/* clang-format off */
static judge *const judges[RULE_WHAT_MAX] = {
    [RULE_CONDITION] =         judge_condition,
    [RULE_ELEMENT] =           judge_element,
    [RULE_REQUIRED] =          judge_fields,
    [RULE_FORBIDDEN] =         judge_fields,
    [RULE_AUTHORIZATION] =     judge_number,
    [RULE_REFERRAL] =          judge_number,
    [RULE_FILING_LIMIT] =      judge_filing,
    [RULE_CORRECTION_LIMIT] =  judge_correction,
    [RULE_FREQUENCY_LIMIT] =   rule_judge_frequency,
    [RULE_MODIFIER_ACCEPTED] = judge_modifiers,
    [RULE_MODIFIER_REQUIRED] = judge_modifiers,
    [RULE_PLACE_ACCEPTED] =    judge_place,
    [RULE_CLAIM_FREQUENCY] =   judge_claim_frequency,
    [RULE_MEMBER_PATTERN] =    judge_member,
    [RULE_SPECIALTY] =         judge_specialty,
    [RULE_SPAN_LIMIT] =        judge_span,
};
/* clang-format on */

/* rule_judge - by its type */
void rule_judge(struct edit_run *r, const struct payer_rule *rule, const struct edit_line *l)
{
    judges[rule->what](r, rule, l);
}
