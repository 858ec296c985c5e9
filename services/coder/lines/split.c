/* split.c - one charge, two bills: the facility's line and the clinician's
 *
 * The charge master says that both bill it. The facility's line stands for what the place gave, the
 * clinician's for his work; where the fee schedule tells a test's reading from its making (PC/TC
 * indicator 1), the clinician in a facility bills the reading alone. */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/lines/lines.h"

/* Places where the facility bills what it gave (CMS fee schedule, facility rate). */
static const char *const facilities[] = {"19", "21", "22", "23", "24", "26", "31",
                                         "34", "51", "52", "53", "56", "61", NULL};

/* split_service - the same care once more, with a line of its own in the result */
struct service *split_service(struct work *w, size_t at)
{
    struct service *grown = arena_grow(w->a, w->services, w->n_services, sizeof(*grown)), *s;

    if (!grown)
        return NULL;
    w->services = grown;
    s = &grown[w->n_services];
    *s = grown[at];
    s->as = event_copy(w->a, &grown[at].as->base);
    if (!s->as)
        return NULL;
    w->n_services++;
    event_push(w->a, w->out, codes, s->as);
    return s;
}

/* has_part - 26 or TC stands there already */
static bool has_part(const struct service *s)
{
    return service_has_modifier(s, "26") || service_has_modifier(s, "TC");
}

/* is_mine - a clinician's line of the same care, split off */
static bool is_mine(const struct service *s, const struct service *mine)
{
    return mine->professional && !mine->institutional && mine->charge == s->charge &&
           mine->procedure == s->procedure && fact_ready(mine);
}

/* drop_modifier - from the line */
static void drop_modifier(struct service *s, const char *modifier)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n_modifiers; i++)
        if (strcmp(s->modifiers[i], modifier) != 0)
            s->modifiers[n++] = s->modifiers[i];
    s->n_modifiers = n;
}

/* rule_reading_of_facility - 26 and TC are a clinician's: a facility's line stands for what the
 * place gave. Where both bill, 26 stays on the clinician's; else whose line is it? */
void rule_reading_of_facility(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        bool split = false;

        if (!fact_ready(s) || !s->institutional || !has_part(s) ||
            (strcmp(s->revenue, "0960") >= 0 && strcmp(s->revenue, "0989") <= 0))
            continue; /* professional fees may stand on some hospitals' bills */
        for (size_t k = 0; k < w->n_services; k++)
            split = split || is_mine(s, &w->services[k]);
        if (split || service_has_modifier(s, "TC")) {
            drop_modifier(s, "26");
            drop_modifier(s, "TC");
            work_cite(w, s->as, r);
        } else {
            work_ask_service(w, r, s, "undocumented",
                             "The facility's line says that it is the reading alone (26). Does the "
                             "facility bill it?");
        }
    }
}

/* rule_both_sides_bill - the clinician's part becomes a line of its own, at his price */
void rule_both_sides_bill(struct work *w, const struct rule *r)
{
    for (size_t i = 0, n = w->n_services; i < n; i++) {
        struct service *mine;

        if (w->services[i].state != SERVICE_READY || !w->services[i].professional ||
            !w->services[i].institutional)
            continue;
        mine = split_service(w, i);
        if (!mine)
            return;
        mine->institutional = false;
        if (mine->fee_cents)
            mine->charge_cents = mine->fee_cents;
        w->services[i].professional = false;
        work_cite(w, mine->as, r);
        work_cite(w, w->services[i].as, r);
    }
}

/* fact_in_facility - where the facility bills what it gave */
bool fact_in_facility(struct work *w, const struct service *s)
{
    return str_in(place_of(w, s), facilities);
}

/* rule_reading_only - a test made in a facility: the clinician bills its reading */
void rule_reading_only(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;

        if (!fact_ready(s) || !s->professional || has_part(s) || !fact_in_facility(w, s))
            continue;
        if (fact_fee(w, s, &row) && table_col_is(&row, "pctc", "1")) {
            fact_modify(w, r, s, "26");
            work_cite_table(w, s->as, r, row.edition);
        }
    }
}
