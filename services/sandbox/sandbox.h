/* sandbox.h - a pretend payer: takes files out of a mailbox, checks them for real, answers as a
 * payer would.
 *
 * What it answers depends on nothing but the bytes it got, its seed and its mix: dates are the
 * interchange's own, control numbers follow from the interchange's. So a file that is taken up
 * again after a crash is answered with the same bytes under the same names. Order: answers are
 * written, then remembered, then the file is moved to <mailbox>/.taken/. */
#ifndef CC_SANDBOX_SANDBOX_H
#define CC_SANDBOX_SANDBOX_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/event/event.h"
#include "common/sys/conf.h"
#include "common/tables/tables.h"
#include "common/x12/check.h"
#include "common/x12/x12.h"
#include "services/sandbox/journal.h"

enum {
    SANDBOX_ID = 16,
    SANDBOX_HASH = 17,
    SANDBOX_KEY = 256,
    SANDBOX_FILE_LIMIT = 256 << 20,
    SANDBOX_ICN = 24
};

/* What becomes of a claim. */
enum fate { FATE_PAID, FATE_REDUCED, FATE_DENIED, FATE_REJECTED, FATE_MAX };

struct mix {
    unsigned weight[FATE_MAX], sum;
};

/* "paid=70,reduced=15,denied=10,rejected=5": every word at most once, weights 0-1000, not all 0. */
int mix_parse(const char *text, struct mix *out, struct err *e);

/* One seed, one number for each thing decided about a claim. */
uint64_t sandbox_number(const char *seed, const char *claim_id, const char *what);
enum fate fate_of(const struct mix *m, const char *seed, const char *claim_id);

/* How the payer behaves; all 0: as a payer should. Percents: of the claims, by the seed. */
struct scenario {
    int64_t share[FATE_MAX];            /* instead of the mix, when any is given */
    int64_t ack_after_ms, pay_after_ms; /* instead of the settings; 0: theirs */
    int64_t repeat;                     /* every answer comes so many times more */
    int64_t no_999, no_277ca, no_835;   /* 1: silent */
    int64_t out_of_order;               /* 1: 835, then 277CA, then TA1 and 999 */
    int64_t together;   /* 1: all that is due in one file; 2: and in one interchange */
    int64_t refuse_set; /* that set of an interchange is refused by the 999 */
    int64_t note_sets;  /* 1: sets are accepted with errors noted */
    int64_t reject_percent, reject_provider, reject_batch; /* by the 277CA: claims; 1: the first
                                                              provider of each set; all */
    int64_t interest_cents, takeback_cents;                /* PLB L6 and WO of each payment */
    int64_t reverse_percent; /* claims whose payment is taken back and decided anew */
    int64_t reverse_later;   /* 1: in a payment of its own */
    int64_t forward_percent; /* claims with a next payer: forwarded, and decided by that one too */
    int64_t zero_percent;    /* all that is allowed is the patient's deductible */
    int64_t bundle_percent;  /* the second line is paid with the first */
    int64_t split_percent;   /* the first line comes back as two */
    int64_t no_modifiers, no_line_numbers; /* 1: lines come back without */
};
/* A word of a scenario file; the last row has no name. */
struct scenario_word {
    const char *name;
    size_t offset; /* of an int64_t in struct scenario, 0 to max */
    int64_t max;
    const char *help;
};
extern const struct scenario_word scenario_words[];
/* Lines "word value" (scenario.c). ERR_FATAL "setting"; scenario_read also file_read's. */
int scenario_parse(const char *text, size_t n, struct scenario *out, struct err *e);
int scenario_read(const char *path, struct scenario *out, struct err *e);

struct sandbox {
    struct scenario scenario;
    const char *seed;
    struct mix mix;
    int64_t ack_after_ms, pay_after_ms; /* 277CA and 835, counted from the taking */
};

/* Takes the scenario's shares and times over, where it gives them. */
void scenario_apply(struct sandbox *s);

/* One mailbox with its replies. */
struct box {
    const struct sandbox *sandbox;
    bool gathering;      /* replies are gathered, not written */
    struct buf gathered; /* whole interchanges, one behind the other */
    char gathered_name[SANDBOX_KEY];
    char mailbox[PATH_MAX], taken[PATH_MAX], replies[PATH_MAX];
    struct journal *journal;
    int lock;
};

/* Makes the folders, takes the lock, reads the journal. 1 open, 0 another sandbox holds it, -1
 * ERR_RETRY. */
int box_open(struct box *b, const struct sandbox *s, const char *mailbox, const char *replies,
             struct err *e);
void box_close(struct box *b);
/* One look: new files are answered, payments that are due are sent. *did (may be NULL): something
 * was done. */
int box_turn(struct box *b, int64_t now_ms, bool *did, struct err *e);

/* An interchange that was met: who answers whom, with which numbers. */
struct met {
    char sender[SANDBOX_ID], receiver[SANDBOX_ID], sender_qualifier[3], receiver_qualifier[3],
        isa13[10];
    int32_t date;
    int hhmm;
    bool test;
    uint32_t control; /* of the first answer; the others follow: TA1, 999, 277CA, 835 */
    bool accepted;    /* neither damaged, nor refused, nor a duplicate */
    bool duplicate;
};

/* A file in hand. */
struct taking {
    struct box *box;
    const char *name;
    struct span data;
    char hash[SANDBOX_HASH]; /* of the bytes */
    struct arena *arena;
    struct met *met;
    size_t n_met;
    bool silent; /* its TA1 and 999 go out at another time */
    bool mute;   /* its 277CA does */
    char **sets; /* "ISA13/GS06/ST02" of the sets that a 999 accepted */
    size_t n_sets;
    size_t sets_seen; /* of the interchange in hand */
};

/* take.c - a file of the mailbox: TA1 and 999, remembered, moved away. */
int take_file(struct box *b, const char *name, int64_t now_ms, struct err *e);
/* Of a file that was taken: judged without a word; TA1 and 999; 277CA; all of them and the 835. */
int judge_file(struct box *b, const char *hash, const char *name, struct err *e);
int read_file(struct box *b, const char *hash, const char *name, struct err *e);
int ack_file(struct box *b, const char *hash, const char *name, struct err *e);
int answer_file(struct box *b, const char *hash, const char *name, struct err *e);
/* syntax.c - TA1 and 999 into the replies; fills met and sets. */
int answer_syntax(struct taking *t, struct err *e);
/* refuse.c - what the 999 says of a set in which nothing is wrong: *shown is *r, or *r with the
 * finding *f that the scenario wants. Returns shown or r. */
const struct x12_result *syntax_by_scenario(const struct taking *t, const struct x12_result *r,
                                            struct x12_result *shown, struct x12_finding *f);
/* claims.c - 277CA into the replies; accepted claims into the journal. */
int answer_claims(struct taking *t, struct err *e);
/* status.c - the 277 to the questions (276) of the file. */
int answer_questions(struct taking *t, struct err *e);
/* gather.c - from now on every reply goes into one file; and that file is written. */
void gather_begin(struct box *b);
int gather_end(struct box *b, struct err *e);
/* pay.c - the 835 of a taken file; and the one that comes later: of the next payer, and of what was
 * taken back. */
int pay_file(struct box *b, const char *hash, const char *name, struct err *e);
int pay_later(struct box *b, const char *hash, const char *name, struct err *e);

/* What a claim check says: NULL = accepted. */
struct refusal {
    const char *category, *code, *entity; /* STC01 */
};
const struct refusal *sandbox_check(const struct taking *t, const CcClaim *c, int32_t today);

/* What is said of one claim. */
struct ack_claim {
    const char *isa13, *set, *bht03;
    const char *npi, *provider;
    const char *last, *first, *middle, *member;
    const char *claim_id, *tob, *trace;
    int64_t charge_cents;
    int32_t from_date, thru_date;
    const struct refusal *refused;  /* NULL: accepted under icn */
    bool with_provider, with_batch; /* refused as part of the whole: no level of its own */
    char icn[SANDBOX_ICN];
};
/* write277.c - one set of a 277CA: claims [from, to) of one set of ours. */
void write_277ca(struct x12_writer *w, const struct ack_claim *all, const struct met *m,
                 size_t from, size_t to, unsigned number);

/* adjudicate.c - what the payer decides of a claim, balanced to the cent; `icn` is the number it
 * goes under. NULL: over the arena. */
CcRemittance *adjudicate(struct arena *a, const struct sandbox *s, const CcClaim *c,
                         const char *icn);
/* One CAS amount of a line; nothing for 0. The claim as the sum of its lines. */
void sandbox_adjust(struct arena *a, CcRemittanceLine *l, const char *group, const char *code,
                    int64_t cents);
void sandbox_add_up(CcRemittance *r);
/* reshape.c - the second line is paid with the first; the first comes back as two of its number. */
void line_bundle(struct arena *a, CcRemittance *r);
void line_split(struct arena *a, CcRemittance *r);
/* The same with every amount negated: a reversal. */
CcRemittance *reversal_of(struct arena *a, const CcRemittance *r);
/* What the next payer decides of a claim that was forwarded to it: it pays the patient's part. */
CcRemittance *forwarded_of(struct arena *a, const CcRemittance *r, const CcClaimCoverage *next,
                           const char *icn);
/* By the scenario: is this claim one of that many percent? */
bool sandbox_chosen(const struct sandbox *s, const CcClaim *c, const char *what, int64_t percent);
/* The payer's number for a claim: follows from the seed, the claim's number and what it replaces.
 */
void icn_of(const struct sandbox *s, const CcClaim *c, char out[SANDBOX_ICN]);

/* coverage of a claim that is billed now, and the one behind it; NULL: none. */
const CcClaimCoverage *sandbox_coverage(const CcClaim *c);
const CcClaimCoverage *sandbox_next_coverage(const CcClaim *c);
const CcProvider *sandbox_provider(const CcClaim *c, CcProviderRole role);

/* A decided claim, with what an 835 says beside the money. */
struct decided {
    CcRemittance *r;
    const char *last, *first, *middle, *member, *rendering; /* rendering: an NPI or "" */
    const char *payer_id, *payer_name, *npi, *payee, *tax_id;
    const char *next_id, *next_name; /* of the payer that it was forwarded to, or "" */
    bool institutional, bare;        /* bare: without modifiers */
    bool unnumbered;                 /* without REF 6R */
    int32_t from_date, thru_date;
    bool written;
};
/* What the payments of a file have in common. */
struct payments {
    const struct sandbox *sandbox;
    const struct met *met;
    const char *trace;     /* begins every TRN02 */
    const char *taken_icn; /* the claim that a takeback names; "": one of the payment's own */
};
/* write835.c - one set: those of `all` that are not written yet, of the same payer and provider as
 * the first of them. Marks them. False: none was left. */
bool write_835(struct x12_writer *w, const struct payments *p, struct decided *all, size_t n,
               unsigned number);

/* envelope.c - from the receiver back to the sender. */
void sandbox_begin(struct x12_writer *w, const struct met *m, const char *gs01, const char *version,
                   uint32_t control);
void sandbox_end(struct x12_writer *w, unsigned sets, uint32_t control);
void sandbox_set(struct x12_writer *w, const char *st01, unsigned number,
                 const char *version); /* version NULL: no ST03 */
void sandbox_set_end(struct x12_writer *w, unsigned number);
/* Writes KIND_<sender>_<ISA13>[_extra].x12 into the replies. */
int sandbox_reply(struct box *b, const struct met *m, const char *kind, const char *extra,
                  const void *p, size_t n, struct err *e);

extern const struct conf_row sandbox_settings[];

#endif
