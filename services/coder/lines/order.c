/* order.c - modifiers in the order in which payers read them, and no more than a line takes
 *
 * What is paid differently stands first, then what only informs, then where on the body it was done
 * (coding §1.6). A line takes four (837 SV101-3 to -6, SV202-3 to -6): of more a person chooses,
 * for none of them may go without a word. The question is about this line with these modifiers, so
 * that the answer stays true as long as they are the same. */
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/answer.h"
#include "services/coder/lines/lines.h"

enum { OPTIONS_OF = 6 }; /* of more modifiers the person names four */

/* Words that inform. What stands in neither list may change what is paid. */
static const char *const informing[] = {"23", "47", "93", "95", "96", "97", "99", "AI", "CT",
                                        "ER", "ET", "FS", "G0", "GC", "GE", "GQ", "GT", "GX",
                                        "JA", "JB", "P1", "P2", "P3", "P4", "P5", "P6", "Q0",
                                        "Q1", "Q5", "Q6", "QS", "QW", "TB", NULL};

/* part - 0: changes what is paid, 1: informs, 2: where on the body */
static int part(const char *modifier)
{
    return site_word(modifier) ? 2 : str_in(modifier, informing) ? 1 : 0;
}

/* rule_modifiers_ordered - those of one kind stay as they stood */
void rule_modifiers_ordered(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        bool moved = false;

        for (size_t k = 1; fact_ready(s) && k < s->n_modifiers; k++)
            for (size_t at = k; at && part(s->modifiers[at - 1]) > part(s->modifiers[at]); at--) {
                const char *before = s->modifiers[at - 1];

                s->modifiers[at - 1] = s->modifiers[at];
                s->modifiers[at] = before;
                moved = true;
            }
        if (moved)
            work_cite(w, s->as, r);
    }
}

/* words - the modifiers whose bits are set, with a sign between them */
static const char *words(struct work *w, const struct service *s, unsigned set, char between)
{
    const char *list = "";

    for (size_t i = 0; i < s->n_modifiers; i++)
        if (set >> i & 1U)
            list =
                *list ? work_printf(w, "%s%c%s", list, between, s->modifiers[i]) : s->modifiers[i];
    return list;
}

/* paying - bits of those that may change what is paid */
static unsigned paying(const struct service *s)
{
    unsigned set = 0;

    for (size_t i = 0; i < s->n_modifiers; i++)
        if (part(s->modifiers[i]) == 0)
            set |= 1U << i;
    return set;
}

/* count - of the bits set */
static size_t count(unsigned set)
{
    return (size_t)__builtin_popcount(set);
}

/* offer - every four; where that is possible, such as leave out nothing that may change what is
 * paid */
static void offer(struct work *w, CcReviewItem *item, const struct service *s)
{
    unsigned all = (1U << s->n_modifiers) - 1, paid = paying(s);

    if (count(paid) > LINE_MODIFIERS)
        paid = 0;
    for (unsigned set = 0; s->n_modifiers <= OPTIONS_OF && set <= all; set++)
        if (count(set) == LINE_MODIFIERS && (set & paid) == paid)
            work_choice(w, item, words(w, s, set, '.'),
                        work_printf(w, "%s, without %s", words(w, s, set, ' '),
                                    words(w, s, all & ~set, ' ')));
    work_takes(w, work_choice(w, item, OPTION_OTHER, "other"), "modifiers");
}

/* take - the four of a choice, "25.59.LT.RT" */
static void take(struct work *w, struct service *s, const char *choice)
{
    struct span list = span_of(choice);

    s->n_modifiers = 0;
    while (list.n && s->n_modifiers < LINE_MODIFIERS) {
        struct span one = span_cut(&list, '.');

        s->modifiers[s->n_modifiers++] = work_printf(w, "%.*s", (int)one.n, one.p);
    }
}

/* settle - as the person answered */
static void settle(struct work *w, struct service *s, const CcReviewAnswer *answer)
{
    s->chosen = true;
    if (!answer->n_modifiers) {
        take(w, s, answer->choice);
        return;
    }
    s->n_modifiers = 0;
    for (size_t i = 0; i < answer->n_modifiers && i < LINE_MODIFIERS; i++)
        s->modifiers[s->n_modifiers++] = answer->modifiers[i];
}

/* rule_modifiers_too_many - which four? */
void rule_modifiers_too_many(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcReviewAnswer *answer;
        CcReviewItem *item;

        if (!fact_ready(s) || s->n_modifiers <= LINE_MODIFIERS)
            continue;
        item = work_ask_service(
            w, r, s, "modifier",
            work_printf(
                w, "%s has %zu modifiers (%s%s), and a line takes %d. Which?", s->as->code->code,
                s->n_modifiers, words(w, s, (1U << s->n_modifiers) - 1, ' '),
                s->n_modifiers == SERVICE_MODIFIERS ? " and maybe more" : "", LINE_MODIFIERS));
        answer = work_settled(item) ? answer_given(w, item) : NULL;
        if (answer)
            settle(w, s, answer);
        else if (!item->n_options)
            offer(w, item, s);
    }
}
