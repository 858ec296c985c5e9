/* cmd_status.c - cleanclaim status: TA1, 999, 277CA, 277 as one line a thing answered, with the
 * state it leads to */
#include <stdio.h>
#include <string.h>

#include "common/claim/lifecycle.h"
#include "common/claim/readack.h"
#include "services/cleanclaim/answers.h"

/* leads_to - the one state that an event may lead to; false: none, or it depends */
static bool leads_to(enum life_event event, CcClaimState *out)
{
    for (const struct life_row *r = life_rows; r->event != LIFE_NONE; r++)
        if (r->event == event && r->to && (r->to & (r->to - 1)) == 0) {
            *out = (CcClaimState)__builtin_ctz(r->to);
            return true;
        }
    return false;
}

/* control_of - what names the thing answered, when it is no claim */
static const char *control_of(const CcAnswer *a)
{
    static const struct {
        const char *level;
        size_t offset;
    } rows[] = {
        {"interchange", offsetof(CcAnswer, isa13)}, {"set", offsetof(CcAnswer, st02)},
        {"group", offsetof(CcAnswer, gs06)},        {"batch", offsetof(CcAnswer, bht03)},
        {"provider", offsetof(CcAnswer, npi)},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(rows[i].level, a->level) == 0)
            return *(char *const *)(const void *)((const char *)a + rows[i].offset);
    return "";
}

/* event_of - of billing §8.2; part of a group's sets refused leaves those that are not listed
 * accepted */
static enum life_event event_of(const CcAnswer *a)
{
    return strcmp(a->event, "999_P") == 0 ? LIFE_999_A : life_event_of(a->event, a->category);
}

/* answer_json - one line */
static void answer_json(const struct answers_job *job, const CcAnswer *a)
{
    bool claim = strcmp(a->level, "claim") == 0;
    json_t *out =
        json_pack("{s:s, s:s, s:o, s:s, s:o, s:o}", "source", job->file->name, "kind", a->kind,
                  claim ? "claim" : "control", cmd_json_text(claim ? a->claim_id : control_of(a)),
                  "event", a->event, "category", cmd_json_text(a->category), "codes",
                  answers_texts(a->codes, a->n_codes));
    CcClaimState state;
    bool known = leads_to(event_of(a), &state);
    char word[EVENT_WORD];

    json_object_set_new(
        out, "state",
        known ? json_string(event_word(&cc_claim_state__descriptor, (int)state, true, word))
              : json_null());
    json_object_set_new(out, "next", known ? json_string(life_state(state)->next) : json_null());
    json_object_set_new(out, "level", json_string(a->level));
    json_object_set_new(out, "reason", cmd_json_text(a->reason));
    if (a->gs06[0])
        json_object_set_new(out, "group", json_string(a->gs06));
    if (a->payer_claim[0])
        json_object_set_new(out, "payer_claim", json_string(a->payer_claim));
    if (a->n_culprits)
        json_object_set_new(out, "claims", answers_texts(a->culprits, a->n_culprits));
    cmd_json(out);
}

/* answer_text - for people */
static void answer_text(const CcAnswer *a)
{
    CcClaimState state;
    char word[EVENT_WORD] = "";

    if (leads_to(event_of(a), &state))
        event_word(&cc_claim_state__descriptor, (int)state, true, word);
    printf("%-6s %-11s %-20s %-10s %-4s %-13s", a->kind, a->level,
           strcmp(a->level, "claim") == 0 ? a->claim_id : control_of(a), a->event, a->category,
           word);
    for (size_t i = 0; i < a->n_codes; i++)
        printf(" %s", a->codes[i]);
    printf("%s%s\n", a->reason[0] ? "  " : "", a->reason);
}

/* unreadable - a line for what could not be read */
static void unreadable(struct answers_job *job, uint64_t offset, const char *why)
{
    job->result = EXIT_FOUND;
    if (job->json)
        cmd_json(json_pack("{s:s, s:s, s:n, s:s, s:n, s:[], s:n, s:s, s:I, s:s}", "source",
                           job->file->name, "kind", "damaged", "control", "event", "refused",
                           "category", "codes", "state", "next", "a person looks at the file",
                           "offset", (json_int_t)offset, "reason", why));
    else
        printf("%s: byte %llu: %s\n", job->file->name, (unsigned long long)offset, why);
}

/* one_item - its answers, or what it is instead */
static void one_item(struct answers_job *job, struct arena *a, const struct reply_item *item)
{
    struct reply_answers answers = {0};
    struct err e = {0};

    if (!readack_reads(item))
        unreadable(job, item->offset, "not a TA1, 999, 277CA or 277");
    else if (readack(a, item, &answers, &e) != 0)
        unreadable(job, item->offset, e.text);
    for (size_t i = 0; i < answers.n_item; i++) {
        if (job->json)
            answer_json(job, answers.item[i]);
        else
            answer_text(answers.item[i]);
    }
}

/* cmd_status - all files */
int cmd_status(int argc, char **argv)
{
    static const struct answers_kind kind = {one_item, unreadable, "no answer in it"};

    return cmd_answers(argc, argv, &kind);
}
