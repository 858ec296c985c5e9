/* course.c - where in the course of a disease or pregnancy the visit stands: sequelae, history,
 * trimester, first and later care */
#include "services/coder/relate.h"

#include <ctype.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

/* rule_normal_delivery - entirely normal is a delivery without any other code of the chapter */
void rule_normal_delivery(struct work *w, const struct rule *r)
{
    struct dx *normal = dx_sure(w, "O80"), *other = dx_sure(w, "O00-O79;O82-O9A");

    if (normal && other)
        dx_absorb(w, r, other, normal);
}

/* rule_first_care - place, activity and status are told once, when treatment begins */
void rule_first_care(struct work *w, const struct rule *r)
{
    struct dx *later = dx_sure(w, "S00-T88@7DEFGHJKMNPQRS"), *place;

    if (!later || dx_known(w, "S00-T88@7ABC"))
        return;
    while ((place = dx_among(w, "Y92-Y93;Y99")))
        work_reject_dx(w, r, place);
}

/* rule_second_infarction - a subsequent infarction stands with the first, four weeks long; both are
 * of type 1 or of no type said */
void rule_second_infarction(struct work *w, const struct rule *r)
{
    struct dx *second = dx_sure(w, "I22");
    CcReviewItem *item;

    if (!second || dx_asked(w, "I22") || dx_known(w, "I210-I214;I219;I21B"))
        return;
    item = work_ask_dx(w, r, second, "no-code",
                       "A subsequent myocardial infarction is recorded without the first one of "
                       "the last four weeks. What does the record support?");
    if (!item->n_options)
        dx_open_options(w, item);
}

/* is_active - the disease that a history code tells of, by the title of its category: "Personal
 * history of malignant neoplasm of breast", "Malignant neoplasm of breast" */
static bool is_active(struct work *w, const char *history, const struct dx *d)
{
    char head[DX_CODE], title[DX_TITLE];

    str_copy(head, sizeof(head), d->code);
    head[3] = '\0';
    dx_title(w, head, title, sizeof(title));
    title[0] = (char)tolower((unsigned char)title[0]);
    return title[0] && strcmp(title, history) == 0;
}

/* ask_history - gone, or still there? */
static void ask_history(struct work *w, const struct rule *r, struct dx *history, struct dx *active)
{
    const char *const options[] = {history->code, active->code, "both, of different occurrences",
                                   NULL};
    char x[16], y[16];

    work_cite(w, active->as, r);
    dx_ask(w, r, history, "excludes",
           work_printf(w,
                       "%s says that the disease is past, %s that it is there. Which does the "
                       "record support?",
                       icd10cm_display(history->code, x), icd10cm_display(active->code, y)),
           options);
}

/* rule_history - a history code beside the disease itself */
void rule_history(struct work *w, const struct rule *r)
{
    static const char words[] = "Personal history of ";
    char title[DX_TITLE];

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *h = &w->dx[i];

        if (!dx_listed(h) || !dx_in(h, "Z85-Z87") ||
            !str_starts(dx_title(w, h->code, title, sizeof(title)), words))
            continue;
        for (size_t k = 0; k < w->n_dx && h->state == DX_CODED; k++)
            if (dx_listed(&w->dx[k]) && !work_uncertain(&w->dx[k]) &&
                is_active(w, title + sizeof(words) - 1, &w->dx[k]))
                ask_history(w, r, h, &w->dx[k]);
    }
}
