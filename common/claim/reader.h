/* reader.h - the state of reading an 837: between read837.c, hl837.c and walk837.c only */
#ifndef CC_CLAIM_READER_H
#define CC_CLAIM_READER_H

#include "common/claim/guide.h"

enum { READER_TEXT = 64 };

struct marks {
    size_t places, faults, extras;
};

struct reader {
    struct take t;
    struct arena *of_billing, *of_subscriber, *of_patient, *of_claim;
    CcClaim *billing, *subscriber, *patient; /* templates; NULL: not reached */
    CcClaim *claim;                          /* in hand; NULL: none */
    struct marks marks[LEVEL_CLAIM];         /* what was noted above a claim, level by level */
    bool above_full;                         /* a template did not fit into its arena */
    uint32_t hl_position, claim_position, last_position;
    struct oddities faults, extras;
    char sender[READER_TEXT], receiver[READER_TEXT], isa13[READER_TEXT], gs06[READER_TEXT];
    char gs08[READER_TEXT], st02[READER_TEXT], bht03[READER_TEXT], guide[READER_TEXT];
    char sender_qualifier[READER_TEXT], receiver_qualifier[READER_TEXT];
    char submitter_name[READER_TEXT], submitter_contact[READER_TEXT];
    char submitter_phone[READER_TEXT], receiver_name[READER_TEXT];
    char claim_id[READER_TEXT]; /* CLM01 of the claim in hand */
    bool in_set;                /* between ST and SE */
    int32_t date;
    int hhmm;
    bool test;
    claim_read_fn fn;
    void *arg;
    struct err *e; /* the caller's */
};

/* --- hl837.c */
void reader_begin_provider(struct reader *r, CcProviderRole role);
void reader_begin_level(struct reader *r, enum level level, enum loop loop);
void reader_begin_hl(struct reader *r, const struct x12_segment *s);
struct marks reader_marks(const struct reader *r); /* how much is noted */

/* One segment between ST and SE, HL, CLM and all. */
void reader_segment(struct reader *r, const struct x12_segment *s);
/* A segment was lost to damage: a fault of the level in hand, and of each claim under it. */
void reader_lost(struct reader *r, uint32_t position, struct span id);
/* Nothing of a set is known yet. */
void reader_begin_set(struct reader *r, unsigned kind);

#endif
