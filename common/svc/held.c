/* held.c - how much waits for people, and for what: every question that is opened, counted by the
 * families of the rules that speak in it ("NCC" of NCC-02), or by its reason where none does */
#include <string.h>

#include "common/event/event.h"
#include "common/svc/work.h"
#include "common/sys/metric.h"

enum { GROUP = 32 };

/* group_of - a word of few letters: what else might stand there never becomes a label */
static const char *group_of(const char *text, char end, char out[GROUP])
{
    size_t n = 0;

    while (text[n] && text[n] != end) {
        char c = text[n];

        if (n == GROUP - 1 || !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                                (c >= '0' && c <= '9')))
            return "other";
        out[n++] = c;
    }
    out[n] = '\0';
    return n ? out : "other";
}

/* first_of_family - was no finding before i of its family? */
static bool first_of_family(const CcReviewItem *item, size_t i)
{
    char mine[GROUP], other[GROUP];

    group_of(item->findings[i]->edit, '-', mine);
    for (size_t k = 0; k < i; k++)
        if (strcmp(group_of(item->findings[k]->edit, '-', other), mine) == 0)
            return false;
    return true;
}

/* held_count - those that are open; a done one only ends what was counted */
void held_count(const ProtobufCMessage *m)
{
    const CcReviewItem *item = (const CcReviewItem *)m;
    char group[GROUP];

    if (strcmp(item->state, "open") != 0)
        return;
    for (size_t i = 0; i < item->n_findings; i++)
        if (first_of_family(item, i))
            metric_add(metric_with(METRIC_EVENTS_REJECTED, "rule_group",
                                   group_of(item->findings[i]->edit, '-', group)),
                       1);
    if (item->n_findings == 0)
        metric_add(
            metric_with(METRIC_EVENTS_REJECTED, "rule_group", group_of(item->reason, '\0', group)),
            1);
}
