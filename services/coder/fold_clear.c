/* fold_clear.c - what a sender takes back with HL7's `""`: the value goes, and what was made of it
 *
 * Intake names the fields as paths ("visit.discharge_date", "providers.attending"). Who speaks for
 * the visit empties what those beside a charge or a document said before, too: they repeat it. What
 * comes later counts again. */
#include "services/coder/fold.h"

#include <string.h>

enum { PARTS_MAX = 3 };

/* Values that intake made of one field of the sender. */
static const struct {
    const char *field, *parts[PARTS_MAX];
} made_of[] = {
    {"admit_date", {"admit_ms", "admit_tz_min", "admit_hour"}},
    {"discharge_date", {"discharge_ms", "discharge_tz_min", "discharge_hour"}},
};

/* empty - one value as if nobody had given it */
static void empty(ProtobufCMessage *m, const char *name)
{
    const ProtobufCFieldDescriptor *f =
        protobuf_c_message_descriptor_get_field_by_name(m->descriptor, name);
    char *at;

    if (!f || f->label == PROTOBUF_C_LABEL_REPEATED || f->type == PROTOBUF_C_TYPE_BYTES)
        return;
    at = (char *)m + f->offset;
    if (f->type == PROTOBUF_C_TYPE_STRING)
        *(const char **)(void *)at = "";
    else
        memset(at, 0, fold_value_size(f));
}

/* empty_all - with what was made of it */
static void empty_all(ProtobufCMessage *m, const char *field)
{
    empty(m, field);
    for (size_t i = 0; i < sizeof(made_of) / sizeof(made_of[0]); i++)
        for (size_t k = 0; strcmp(made_of[i].field, field) == 0 && k < PARTS_MAX; k++)
            empty(m, made_of[i].parts[k]);
}

/* fold_clear - see fold.h */
void fold_clear(const struct fold_event *e, const char *part, ProtobufCMessage *strong,
                ProtobufCMessage *weak)
{
    size_t n = strlen(part);

    for (size_t i = 0; i < e->event->n_cleared; i++) {
        const char *path = e->event->cleared[i];

        if (strncmp(path, part, n) != 0 || path[n] != '.')
            continue;
        if (e->strong)
            empty_all(strong, path + n + 1);
        empty_all(weak, path + n + 1);
    }
}

/* fold_clears_role - see fold.h */
bool fold_clears_role(const CcEncounter *e, CcProviderRole role)
{
    static const char part[] = "providers.";
    const size_t n = sizeof(part) - 1;
    char word[EVENT_WORD];

    event_word(&cc_provider_role__descriptor, (int)role, false, word);
    for (size_t i = 0; i < e->n_cleared; i++)
        if (strncmp(e->cleared[i], part, n) == 0 && strcmp(e->cleared[i] + n, word) == 0)
            return true;
    return false;
}
