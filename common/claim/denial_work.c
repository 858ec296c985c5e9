/* denial_work.c - categories, owners and proposed rules as rows */
#include "common/claim/denial_work.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/sys/digest.h"

/* SAMPLE_DAY: of the sample claims of payer_rule_tests.csv (docs/payer-rules.md). */
enum { CODE_SIZE = 8, VALUE_SIZE = 96, RULE_ID = 25, SAMPLE_DAY = 20260325 };

/* Reasons that belong together; the first row that names the reason counts. */
struct category_row {
    const char *reasons; /* with blanks around each */
    const char *category, *owner;
};

/* What a route asks for. */
struct route_row {
    const char *route, *category, *owner, *action;
};

/* What a reason teaches: a rule of this type with this condition and value. %c the line's code is
 * in `codes`; @place @units @dx are the claim's. */
struct lesson_row {
    const char *reasons, *remark; /* remark: the row counts only beside it; "" = always */
    const char *type, *severity, *condition, *value;
    const char *breaks; /* what makes the sample claim one that the rule is told of */
};

/* clang-format off */
static const struct category_row categories[] = {
    {" 15 39 197 198 210 243 284 288 296 ",                       "authorization",     "authorizations"},
    {" 29 B4 ",                                                    "timely filing",     "billing lead"},
    {" 11 50 55 56 150 151 152 167 186 272 273 ",                  "medical necessity", "clinical appeals"},
    {" 18 B13 ",                                                   "duplicate",         "billing"},
    {" 97 231 234 236 B10 B15 ",                                   "bundling",          "coding"},
    {" 4 5 6 7 8 9 10 54 58 146 181 182 199 222 282 B9 B14 B16 B20 ", "coding",         "coding"},
    {" 19 20 21 22 24 26 27 31 32 33 109 140 177 200 258 ",        "eligibility",       "registration"},
    {" 148 163 164 226 227 251 252 ",                              "documentation",     "medical records"},
    {" 170 171 172 183 184 185 206 207 208 242 B7 B23 ",           "provider",          "enrollment"},
};
static const struct route_row route_rows[] = {
    {"FIX",  "billing",     "billing",          "correct it and send it"},
    {"REC",  "documentation", "medical records", "send the records; no new claim"},
    {"APP",  "appeal",      "appeals",          "appeal with the evidence"},
    {"SEC",  "next payer",  "billing",          "bill the next payer, else the patient"},
    {"PAT",  "patient",     "patient accounts", "send the patient a statement"},
    {"WO",   "write-off",   "billing lead",     "propose a write-off"},
    {"ELIG", "eligibility", "registration",     "find the coverage that was in force and bill it"},
    {"INFO", "information", "billing",          "nothing to do but to look"},
};
static const struct lesson_row lessons[] = {
    {" 15 39 197 198 210 284 296 ", "",      "authorization",  "",     "",                       "",                   ""},
    {" 288 ",                       "",      "referral",       "",     "",                       "",                   ""},
    {" 5 58 ",                      "",      "condition",      "hold", "place = @place",         "",                   "place_of_service=@place"},
    {" 11 50 167 ",                 "",      "condition",      "hold", "pointed_dx in (@dx)",    "",                   "D1.code=@dx; L1.pointers=1"},
    {" 151 222 ",                   "",      "element",        "hold", "",                       "units < @units",     "L1.units_milli=@units000"},
    {" 4 ",                         "",      "condition",      "hold", "modifiers is missing",   "",                   "L1.modifiers="},
    {" 16 ",                        "N362",  "element",        "hold", "",                       "units < @units",     "L1.units_milli=@units000"},
    {" 16 A1 ",                     "M119",  "required-field", "",     "",                       "ndc",                ""},
    {" 16 A1 B23 ",                 "MA120", "required-field", "",     "",                       "clia",               "clia="},
    {" 16 A1 ",                     "M62",   "authorization",  "",     "",                       "",                   ""},
    {" 16 A1 ",                     "N290",  "required-field", "",     "",                       "rendering_npi",      "V2.npi="},
    {" 16 A1 183 ",                 "N286",  "required-field", "",     "",                       "referring_npi",      ""},
    {" 16 A1 184 ",                 "N265",  "required-field", "",     "",                       "ordering_npi",       ""},
    {" 16 A1 ",                     "M47",   "required-field", "",     "frequency in (7, 8)",    "original_reference", "frequency=7; original_reference="},
};
/* clang-format on */

/* names - does the list with blanks hold the reason? */
static bool names(const char *list, const char *reason)
{
    const char *at = reason[0] ? strstr(list, reason) : NULL;

    for (; at; at = strstr(at + 1, reason))
        if (at > list && at[-1] == ' ' && at[strlen(reason)] == ' ')
            return true;
    return false;
}

/* denial_work - see denial_work.h */
struct denial_work denial_work(const struct remit_outcome *o)
{
    struct denial_work w = {"", "billing", "a person looks"};
    const char *reason = o->reason ? o->reason->reason : "";

    for (size_t i = 0; i < sizeof(route_rows) / sizeof(route_rows[0]); i++)
        if (strcmp(route_rows[i].route, o->route) == 0)
            w = (struct denial_work){route_rows[i].category, route_rows[i].owner,
                                     route_rows[i].action};
    for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
        if (names(categories[i].reasons, reason)) {
            w.category = categories[i].category;
            w.owner = categories[i].owner;
            break;
        }
    return w;
}

/* has_remark - on the line of the reason, or on the claim */
static bool has_remark(const CcRemittance *r, const struct remit_outcome *o, const char *remark)
{
    for (size_t i = 0; o->line && i < o->line->n_remarks; i++)
        if (strcmp(o->line->remarks[i], remark) == 0)
            return true;
    for (size_t i = 0; i < r->n_remarks; i++)
        if (strcmp(r->remarks[i], remark) == 0)
            return true;
    return false;
}

/* lesson_of - the row that the reason teaches; NULL: none */
static const struct lesson_row *lesson_of(const CcRemittance *r, const struct remit_outcome *o)
{
    for (size_t i = 0; o->reason && i < sizeof(lessons) / sizeof(lessons[0]); i++)
        if (names(lessons[i].reasons, o->reason->reason) &&
            (!lessons[i].remark[0] || has_remark(r, o, lessons[i].remark)))
            return &lessons[i];
    return NULL;
}

/* line_of - of the claim, that the refused line speaks of; NULL: none */
static const CcServiceLine *line_of(const CcClaim *c, const struct remit_outcome *o)
{
    for (size_t i = 0; o->line && o->line->control[0] && i < c->n_lines; i++)
        if (strcmp(c->lines[i]->control, o->line->control) == 0)
            return c->lines[i];
    return c->n_lines == 1 ? c->lines[0] : NULL;
}

/* code_of - of a line, fit for the column `codes`; "": none */
static const char *code_of(const CcServiceLine *l)
{
    const CcCode *code = l->procedure ? l->procedure->code : NULL;

    return code && strlen(code->code) < CODE_SIZE && str_is_alnum_upper(code->code) ? code->code
                                                                                    : "";
}

/* first_dx - the diagnosis that the line points to first, without its dot; "": none */
static void first_dx(const CcClaim *c, const CcServiceLine *l, char *out, size_t size)
{
    const char *code = "";
    size_t n = 0;

    for (size_t i = 0; l->n_pointers && i < c->n_diagnoses; i++)
        if (c->diagnoses[i]->rank == l->pointers[0] && c->diagnoses[i]->assignment &&
            c->diagnoses[i]->assignment->code)
            code = c->diagnoses[i]->assignment->code->code;
    for (; *code && n + 1 < size; code++)
        if (*code != '.')
            out[n++] = *code;
    out[n] = '\0';
}

/* fill - a text with the claim's own values; "" when one that it asks for is not known */
static char *fill(struct arena *a, const char *text, const CcClaim *c, const CcServiceLine *l)
{
    const char *at = strchr(text, '@');
    char value[VALUE_SIZE] = "";
    size_t n;

    if (!at)
        return arena_strdup(a, text);
    n = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz");
    if (strncmp(at, "@place", n + 1) == 0)
        str_copy(value, sizeof(value),
                 l->place_of_service[0] ? l->place_of_service : c->place_of_service);
    else if (strncmp(at, "@units", n + 1) == 0 && l->units_milli >= 1000)
        snprintf(value, sizeof(value), "%lld", (long long)(l->units_milli / 1000));
    else if (strncmp(at, "@dx", n + 1) == 0)
        first_dx(c, l, value, sizeof(value));
    if (!value[0])
        return arena_strdup(a, "");
    return arena_printf(a, "%.*s%s%s", (int)(at - text), text, value, at + 1 + n);
}

/* payer_of - the destination's id; "": none that can stand in a file */
static const char *payer_of(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_coverages; i++)
        if (c->coverages[i]->destination && !strpbrk(c->coverages[i]->payer_id, ",\"\n"))
            return c->coverages[i]->payer_id;
    return "";
}

/* What is proposed, with the claim's own values. */
struct proposing {
    struct arena *a;
    const CcClaim *c;
    const CcRemittance *r;
    const struct remit_outcome *o;
    const CcServiceLine *l;
    const char *condition, *value, *breaks, *kind;
    char id[RULE_ID];
};

/* name - the rule's id: reason and code for people, and what else tells two lessons apart */
static bool name(struct proposing *p)
{
    char *all = arena_printf(p->a, "%s|%s|%s|%s", payer_of(p->c), p->kind, p->condition, p->value);
    char hex[DIGEST_TEXT];

    if (!all)
        return false;
    digest_hex(all, strlen(all), hex);
    str_upper(hex);
    snprintf(p->id, sizeof(p->id), "PROP-%.4s-%.7s-%.6s", p->o->reason->reason, code_of(p->l), hex);
    return true;
}

/* put_rule - the row */
static char *put_rule(const struct proposing *p, const struct lesson_row *lesson)
{
    char on[DATE_TEXT], from[DATE_TEXT];

    return arena_printf(p->a,
                        "%s,%s,,%s,%s,%s,%s,\"%s\",%s,this payer refused the same before "
                        "(%s%s),,remittance of %s,%s,",
                        p->id, payer_of(p->c), p->kind, lesson->severity, lesson->type,
                        code_of(p->l), p->condition, p->value, p->o->reason->group,
                        p->o->reason->reason, date_text(p->r->payment_date, on),
                        date_text(p->c->from_date, from));
}

/* put_tests - the sample claim on a day of the rule: as it was refused, and of another payer */
static char *put_tests(const struct proposing *p)
{
    const char *sample = p->kind[0] == 'I' ? "outpatient" : "professional";
    int32_t days = date_diff(p->c->from_date, SAMPLE_DAY);

    if (days < 0)
        days = 0;
    return arena_printf(p->a,
                        "%s REFUSED,%s,%s,fires,\"C1.payer_id=%s; L1.code=%s%s%s; @shift=%d\"\n"
                        "%s OTHER PAYER,%s,%s,silent,\"C1.payer_id=%sX; L1.code=%s%s%s; "
                        "@shift=%d\"",
                        p->id, p->id, sample, payer_of(p->c), code_of(p->l),
                        p->breaks[0] ? "; " : "", p->breaks, (int)days, p->id, p->id, sample,
                        payer_of(p->c), code_of(p->l), p->breaks[0] ? "; " : "", p->breaks,
                        (int)days);
}

/* is_whole - every value that the lesson asks for is known; false where memory is out, too */
static bool is_whole(struct proposing *p, const struct lesson_row *lesson)
{
    p->condition = fill(p->a, lesson->condition, p->c, p->l);
    p->value = fill(p->a, lesson->value, p->c, p->l);
    p->breaks = fill(p->a, lesson->breaks, p->c, p->l);
    return p->condition && p->value && p->breaks && (!lesson->condition[0] || p->condition[0]) &&
           (!lesson->value[0] || p->value[0]) && (!lesson->breaks[0] || p->breaks[0]);
}

/* denial_propose - see denial_work.h */
int denial_propose(struct arena *a, const CcClaim *c, const CcRemittance *r,
                   const struct remit_outcome *o, struct denial_proposal *out)
{
    const struct lesson_row *lesson = c ? lesson_of(r, o) : NULL;
    struct proposing p = {.a = a, .c = c, .r = r, .o = o};

    out->rule = out->tests = arena_strdup(a, "");
    p.l = lesson ? line_of(c, o) : NULL;
    if (!p.l || !code_of(p.l)[0] || !payer_of(c)[0] || !date_valid(c->from_date))
        return out->rule ? 0 : -1;
    p.kind = c->kind == CLAIM_KIND_INSTITUTIONAL ? "I" : "P";
    if (is_whole(&p, lesson) && name(&p)) {
        out->rule = put_rule(&p, lesson);
        out->tests = put_tests(&p);
    }
    return arena_exhausted(a) || !out->rule || !out->tests ? -1 : 0;
}
