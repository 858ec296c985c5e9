/* spoil.c - which editions a refused file keeps out */
#include "common/tables/spoil.h"

#include <string.h>

/* comes_in_pieces - several files make one edition */
static bool comes_in_pieces(enum table_id t)
{
    static const enum table_id tables[] = {
        TABLE_PTP_PRACTITIONER, TABLE_PTP_HOSPITAL, TABLE_MCE, TABLE_MSDRG, TABLE_HCC,
        TABLE_BILL_TYPE};

    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
        if (tables[i] == t)
            return true;
    return false;
}

/* spoil_note - by table and edition; the editor's edition is known only when its rows are read, and
 * a file may be refused for what says its edition: then all of the table stay out */
void spoil_note(struct spoils *s, const struct job *j)
{
    enum table_id t = j->layout->tables[0];
    const char *edition = t == TABLE_MCE ? "" : j->period.edition;

    if (!comes_in_pieces(t) || spoil_has(s, t, edition))
        return;
    if (s->n == SPOILS_MAX)
        edition = ""; /* so many: the last one stands for all of its table */
    else
        s->n++;
    s->rows[s->n - 1].table = t;
    str_copy(s->rows[s->n - 1].edition, sizeof(s->rows[0].edition), edition);
}

/* spoil_has - with or without "-seed" behind its name */
bool spoil_has(const struct spoils *s, enum table_id t, const char *edition)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t n = strlen(s->rows[i].edition);

        if (s->rows[i].table == t && strncmp(edition, s->rows[i].edition, n) == 0 &&
            (!n || !edition[n] || strcmp(edition + n, "-seed") == 0))
            return true;
    }
    return false;
}
