/* relate.h - several diagnoses together: what the rules of combining and ordering share
 *
 * Sets of codes are literals: references in the tabular list's normal form
 * (common/tables/tabular.h), compiled at their first look: "I50;I514-I517;T36-T50@i5". */
#ifndef CC_CODER_RELATE_H
#define CC_CODER_RELATE_H

#include "services/coder/dx.h"

enum { DX_TITLE = 512 };

/* Coded, and a diagnosis of the visit: no mere reason for it. */
bool dx_listed(const struct dx *d);
bool dx_in(const struct dx *d, const char *refs);
/* Do two codes begin with the same n characters (up to 8; a code that ends before them has ends
 * there)? */
static inline bool dx_same_head(const struct dx *a, const struct dx *b, int n)
{
    return (a->key ^ b->key) >> (64 - 8 * n) == 0;
}
bool dx_code_in(const char *code, const char *refs);
/* The first listed diagnosis of the set, or NULL. dx_sure: of the ones that are not uncertain. */
struct dx *dx_among(struct work *w, const char *refs);
struct dx *dx_sure(struct work *w, const char *refs);
/* The listed diagnosis of a rank, external causes included; NULL: none. */
struct dx *dx_ranked(struct work *w, uint32_t rank);

/* The diagnosis and another one are this code together: the code changes, the old one stays in the
 * result as rejected. False: the code is not billable on the day, nothing changes. */
bool dx_recode(struct work *w, const struct rule *r, struct dx *d, const char *code,
               const struct dx *with);
/* The diagnosis is this code, by itself; told by another one of the visit that has it already.
 * False: not billable on the day. */
bool dx_become(struct work *w, const struct rule *r, struct dx *d, const char *code);
/* One more code that follows from two diagnoses; it stands behind the first. May move w->dx. False:
 * as above. */
bool dx_derive(struct work *w, const struct rule *r, const struct dx *from, const struct dx *with,
               const char *code);
/* The whole rests on one more diagnosis: evidence and present on admission. */
void dx_part(struct work *w, const struct rule *r, struct dx *whole, const struct dx *part);
/* What a part says is said by the whole. */
void dx_absorb(struct work *w, const struct rule *r, struct dx *whole, struct dx *part);
/* A walk over the notes of its code. */
struct tabular_walk dx_climb(const struct work *w, struct dx *d);
/* Does a use-additional note of the diagnosis ask for the code beside it? */
bool dx_wants(struct work *w, struct dx *d, const char *code);
/* Every listed code of `refs` is told by the first sure one of `by`. */
void dx_said_by(struct work *w, const struct rule *r, const char *refs, const char *by);
/* Every listed code of the set is seen and not coded. */
void dx_reject_set(struct work *w, const struct rule *r, const char *refs);
/* Present on admission, of one code for two entries: only if both were. */
CcPoa dx_poa_of_both(CcPoa a, CcPoa b);

/* Has the visit a sign, as a diagnosis or its reason, that is routinely part of this disease? */
bool sign_of(const struct work *w, const char *disease);

/* Puts a directly before b when it stands behind it; both cite the rule then. */
bool dx_before(struct work *w, const struct rule *r, struct dx *a, struct dx *b);
/* A final result of this LOINC code. */
bool dx_is_result(const CcObservation *o, const char *loinc);
/* Days of the pregnancy when the visit began, as recorded or measured; 0: not said. */
uint32_t dx_gestation(const struct work *w);
/* Ranked before, and not coded any more. */
void dx_leave_ranks(struct work *w, struct dx *d);
/* Codes that only add to another one, by their rules: none of them stands first. */
extern const char dx_only_adds[];
/* A code of the set never stands first: the first other one does; without one, a question. */
void dx_never_first(struct work *w, const struct rule *r, const char *refs);
/* A question about a diagnosis with its options, up to NULL: codes by their form, else words;
 * "other" and "cannot be determined" are added. `reason` is a row of question.c. */
void dx_ask(struct work *w, const struct rule *r, struct dx *d, const char *reason,
            const char *question, const char *const *options);
/* Which of two codes that deny each other does the record support? `third`: one more answer, or
 * NULL. */
void dx_ask_two(struct work *w, const struct rule *r, struct dx *a, struct dx *b, const char *why,
                const char *third);
/* The same without stopping anything: the diagnosis stays as it is. */
void dx_tell(struct work *w, const struct rule *r, const struct dx *d, const char *reason,
             const char *question, const char *const *options);
/* One of the set waits for an answer: another question about the set comes after it. */
bool dx_asked(const struct work *w, const char *refs);
/* Coded, or waiting for its own answer. */
bool dx_known(const struct work *w, const char *refs);
/* "other code", "cannot be determined" */
void dx_open_options(struct work *w, CcReviewItem *item);
/* The code's full title, "" = none; at most size - 1 bytes of it. */
const char *dx_title(struct work *w, const char *code, char *out, size_t size);
/* The listed chronic form of a disease whose acute form this is, by their titles ("Acute X, …",
 * "Chronic X, …"), or NULL; rest (DX_TITLE bytes): X. */
struct dx *dx_chronic_of(struct work *w, struct dx *acute, char *rest);

#endif
