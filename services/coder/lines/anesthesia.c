/* anesthesia.c - who gave anesthesia, and who directed whom
 *
 * A physician says AA for what he gave himself, QY for one anesthetist directed, QK for two to four
 * cases at once, AD for more; a nurse anesthetist or an anesthesiologist's assistant QX when
 * directed, QZ when not (CMS claims manual ch. 12, 50 and 140). How many cases ran at once no
 * record of one patient shows, and that nobody else is named does not say that nobody was there:
 * the record says it in a word, or a person does. */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/lines/said.h"
#include "services/coder/party.h"

/* A word, and what it is on the line of a physician and of another; NULL: it is none. */
static const struct direction {
    const char *word, *physician, *other;
    const char *text; /* of the physician's part */
} directions[] = {
    {"ANESTHESIA-PERSONAL", "AA", NULL, "given by the physician alone"},
    {"ANESTHESIA-DIRECTED-ONE", "QY", "QX", "one anesthetist directed"},
    {"ANESTHESIA-DIRECTED", "QK", "QX", "two to four cases at once directed"},
    {"ANESTHESIA-SUPERVISED", "AD", NULL, "more than four cases at once supervised"},
    {"ANESTHESIA-ALONE", NULL, "QZ", NULL},
};
enum { DIRECTIONS = sizeof(directions) / sizeof(directions[0]) };

static const char *const told[] = {"AA", "AD", "QK", "QX", "QY", "QZ", NULL};

/* is_untold - a clinician's anesthesia without a word of it on the line */
static bool is_untold(struct work *w, const struct service *s)
{
    return fact_ready(s) && said_of_anesthesia(w, s) && !fact_has_any(s, told);
}

/* giver - 'P' a physician, 'O' a nurse anesthetist or an assistant of anesthesiologists, 0: the
 * taxonomy does not say */
static char giver(struct work *w, const struct service *s)
{
    const CcProvider *p = party_rendering(w, s);

    if (!p)
        return 0;
    if (str_starts(p->taxonomy, "3675") || str_starts(p->taxonomy, "367H"))
        return 'O';
    return str_starts(p->taxonomy, "20") ? 'P' : 0;
}

/* rule_anesthesia_by - by the record's word and the clinician's kind */
void rule_anesthesia_by(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        char who = is_untold(w, s) ? giver(w, s) : 0;

        for (size_t k = 0; who && k < DIRECTIONS; k++) {
            const char *modifier = who == 'P' ? directions[k].physician : directions[k].other;
            const CcObservation *o = modifier ? said_of(w, s, directions[k].word) : NULL;

            if (o && !fact_has_any(s, told))
                said_modify(w, r, s, o, modifier);
        }
    }
}

/* offer - what a clinician of this kind can have done; of no known kind: all */
static void offer(struct work *w, CcReviewItem *item, char who)
{
    for (size_t k = 0; who != 'O' && k < DIRECTIONS; k++)
        if (directions[k].physician)
            work_choice(w, item, directions[k].physician,
                        work_printf(w, "%s (%s)", directions[k].text, directions[k].physician));
    if (who != 'P') {
        work_choice(w, item, "QX", "given by an anesthetist under a physician's direction (QX)");
        work_choice(w, item, "QZ", "given by an anesthetist without direction (QZ)");
    }
}

/* rule_anesthesia_by_whom - it decides what each of two is paid */
void rule_anesthesia_by_whom(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        CcReviewItem *item;

        if (!is_untold(w, s) || fact_is(s, "01996") || fact_is(s, "01953") ||
            !fact_wants(w, s, "AA", fact_medicare(w, s)))
            continue;
        item = work_ask_service(
            w, r, s, "modifier",
            work_printf(w, "Who gave the anesthesia %s, and did a physician direct it?",
                        s->as->code->code));
        if (!item->n_options)
            offer(w, item, giver(w, s));
    }
}
