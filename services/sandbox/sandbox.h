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

/* How the payer misbehaves; all 0: it does not. */
struct scenario {
    int64_t repeat;                         /* every answer comes so many times more */
    int64_t no_999, no_277ca, no_835;       /* 1: silent */
    int64_t interest_cents, takeback_cents; /* PLB L6 and WO of each payment */
    int64_t reverse_percent; /* claims whose payment is taken back and decided anew */
};
/* Lines "word value" (scenario.c). ERR_FATAL "setting"; scenario_read also file_read's. */
int scenario_parse(const char *text, size_t n, struct scenario *out, struct err *e);
int scenario_read(const char *path, struct scenario *out, struct err *e);

struct sandbox {
    struct scenario scenario;
    const char *seed;
    struct mix mix;
    int64_t ack_after_ms, pay_after_ms; /* 277CA and 835, counted from the taking */
};

/* One mailbox with its replies. */
struct box {
    const struct sandbox *sandbox;
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
    bool silent; /* its TA1 and 999 went out before */
    char **sets; /* "ISA13/GS06/ST02" of the sets that a 999 accepted */
    size_t n_sets;
};

/* take.c - a file of the mailbox: TA1 and 999, remembered, moved away; later its 277CA. */
int take_file(struct box *b, const char *name, int64_t now_ms, struct err *e);
int ack_file(struct box *b, const char *hash, const char *name, struct err *e);
/* syntax.c - TA1 and 999 into the replies; fills met and sets. */
int answer_syntax(struct taking *t, struct err *e);
/* claims.c - 277CA into the replies; accepted claims into the journal. */
int answer_claims(struct taking *t, struct err *e);
/* status.c - the 277 to the questions (276) of the file. */
int answer_questions(struct taking *t, struct err *e);
/* pay.c - the 835 of a taken file. */
int pay_file(struct box *b, const char *hash, const char *name, struct err *e);

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
    const struct refusal *refused; /* NULL: accepted under icn */
    char icn[SANDBOX_ICN];
};
/* write277.c - one set of a 277CA: claims [from, to) of one set of ours. */
void write_277ca(struct x12_writer *w, const struct ack_claim *all, const struct met *m,
                 size_t from, size_t to, unsigned number);

/* adjudicate.c - what the payer decides of a claim, balanced to the cent; `icn` is the number it
 * goes under. NULL: over the arena. */
CcRemittance *adjudicate(struct arena *a, const struct sandbox *s, const CcClaim *c,
                         const char *icn);
/* The same with every amount negated: a reversal. */
CcRemittance *reversal_of(struct arena *a, const CcRemittance *r);
/* The payer's number for a claim: follows from the seed, the claim's number and what it replaces.
 */
void icn_of(const struct sandbox *s, const CcClaim *c, char out[SANDBOX_ICN]);

/* coverage of a claim that is billed now; NULL: none. */
const CcClaimCoverage *sandbox_coverage(const CcClaim *c);
const CcProvider *sandbox_provider(const CcClaim *c, CcProviderRole role);

/* A decided claim, with what an 835 says beside the money. */
struct decided {
    CcRemittance *r;
    const char *last, *first, *middle, *member, *rendering; /* rendering: an NPI or "" */
    const char *payer_id, *payer_name, *npi, *payee, *tax_id;
    bool institutional;
    int32_t from_date, thru_date;
    bool written;
};
/* write835.c - one set: those of `all` that are not written yet, of the same payer and provider as
 * the first of them. Marks them. False: none was left. */
bool write_835(struct x12_writer *w, const struct met *m, const char *hash, struct decided *all,
               size_t n, unsigned number, const struct sandbox *s);

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
