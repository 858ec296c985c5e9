/* job.h - one claim at work in the worker: what validator.c, history.c and say.c share. */
#ifndef CC_VALIDATOR_JOB_H
#define CC_VALIDATOR_JOB_H

#include "services/validator/validator.h"

/* The worker's settings, read once: a lookup by name for each claim shows. svc_user of the context.
 */
struct job_settings {
    bool repair;
    int warn_days;
    int32_t history_days;
    const char *skip; /* the settings' own */
};

struct job {
    struct svc_ctx *x;
    struct arena *a;
    CcClaim *claim;
    struct validator_result found;
    const CcBilledLine *
        *history; /* lines of the patient's claims, this one's earlier version too */
    size_t n_history;
    CcBilledClaim *own;         /* what is remembered of this claim; NULL: nothing */
    const CcDecision *decision; /* a person's, that brought the claim here again; NULL: coded */
    const CcDecision
        *carried;          /* that brought a coded claim from a key that ended; NULL: none did */
    uint64_t coded_digest; /* of what was carried */
    const CcBilledClaim *alias; /* where the patient's record went; NULL: it is here */
    const struct svc_message *message;
};

/* --- validator.c */
int job_no_memory(struct err *e); /* ERR_REJECT "size" */
/* Recalls, checks, and sends the claim on or to people. */
int job_run(struct job *j, struct err *e);
/* A copy in the arena; protobuf text is never NULL. */
char *job_text(struct job *j, const char *s);
const struct job_settings *job_settings(const struct job *j);

/* --- history.c: the state, a BilledClaim a claim under "patient key/claim id" */
/* Claim and patient make a key of the state. */
int job_check_key(const CcClaim *c, struct err *e);
/* What was billed for this patient, and what is remembered of the claim itself. */
int job_recall(struct job *j, struct err *e);
/* What is remembered of the claim alone. */
int job_recall_own(struct job *j, struct err *e);
/* The same of the claim that the decision names; j->claim then has no more than its keys. */
int job_recall_named(struct job *j, struct err *e);
/* Where the patient's record went: j->alias. */
int job_recall_alias(struct job *j, const char *patient_key, struct err *e);
/* And back, as it is in hand. */
int job_remember_own(struct job *j, struct err *e);
/* This version's lines in place of the earlier one's; of a void nothing stays billed. */
int job_remember(struct job *j, const struct validator_billed *billed, struct err *e);
/* A question is open about this version; what an earlier one billed stays billed. */
int job_remember_held(struct job *j, struct err *e);

/* First eight bytes of the SHA-256 of a claim as it was coded: what a decision must be about. */
int job_digest(struct job *j, const CcClaim *coded, uint64_t *out, struct err *e);

/* --- arrive.c: a claim that came as such, of an 837, with no coder before */
/* Where it goes: the receiver of its payer, as the payers table has it. */
void job_route(struct job *j);
/* Was this very claim passed on before? Then it came twice and nothing is to be done; else its life
 * begins here, with the status that a coder would have written. */
int job_known(struct job *j, bool *known, struct err *e);

/* --- decide.c: a record of claims.decisions */
int job_decision(struct svc_ctx *x, const struct svc_message *m, struct err *e);

/* --- moved.c: a merge of two records (j->decision says so, or was carried by one) */
/* What is remembered under the key that ends goes on, and what comes later will. */
int job_end_key(struct job *j, struct err *e);
/* Has the record's key ended? What a later merge carried here says that the key is in use again. */
int job_ended(struct job *j, const CcDecision *d, bool *ended, struct err *e);
/* A record, or the claim in hand as it was coded, to where j->alias says. */
int job_send_on(struct job *j, CcDecision *d, struct err *e);
int job_send_claim(struct job *j, struct err *e);
/* An entry that another key's worker sent. */
int job_take_moved(struct job *j, struct err *e);

/* --- say.c: claims.status and work.review */
/* It is there, coded elsewhere. */
int job_say_coded(struct job *j, struct err *e);
int job_say_clean(struct job *j, struct err *e);
int job_say_held(struct job *j, struct err *e);
/* The question of an earlier version, or of this one, is answered. */
int job_say_answered(struct job *j, struct err *e);
/* Where the claim lies as it was coded; NULL: nobody said, or the arena is exhausted. */
CcPlace *job_place(struct job *j);
/* A decision that is about nothing that waits: recorded, nothing changes. */
int job_say_refused(struct job *j, const char *why, struct err *e);

#endif
