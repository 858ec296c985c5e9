/* edit.h - what an edit is: a row and a pure, short check; and the claim as the check sees it.
 *
 * A claim is digested once (digest.c): codes become numbers, modifiers bits, lines are grouped by
 * code, day and provider, dates that pick the tables are settled. Checks then ask with integers
 * only; a check whose `needs` the claim does not meet is never called. What a table says of a code
 * is asked once and kept in the digest. */
#ifndef CC_VALIDATOR_EDIT_H
#define CC_VALIDATOR_EDIT_H

#include "common/mce/mce.h"
#include "common/rules/code_set.h"
#include "common/tables/tabular.h"
#include "services/validator/validator.h"

/* Kinds of claim. Inpatient: bill types 11x 18x 21x 28x 41x 65x 66x 86x; all other institutional
 * claims are outpatient. */
enum { KIND_P = 1, KIND_IN = 2, KIND_OUT = 4, KIND_I = 6, KIND_ALL = 7 };

/* What a claim must hold for an edit to have a question. */
enum {
    NEED_DX = 1 << 0,
    NEED_LINES = 1 << 1,
    NEED_CODES = 1 << 2, /* a line with a procedure code */
    NEED_MODS = 1 << 3,
    NEED_PCS = 1 << 4,
    NEED_COB = 1 << 5, /* a coverage besides the destination */
    NEED_DRUG = 1 << 6,
    NEED_HISTORY = 1 << 7,
    NEED_REPLACES = 1 << 8, /* frequency 7 or 8 */
    NEED_MEDICARE = 1 << 9, /* the destination is Medicare (filing indicator MA or MB) */
    NEED_ACUTE = 1 << 10,   /* bill type 11x */
    NEED_PAYER = 1 << 11,   /* a destination with a payer id */
    NEED_REVENUE = 1 << 12,
    NEED_BIRTH = 1 << 13, /* age known */
};

/* The date that picks an edition. */
enum edit_date {
    ON_NOTHING,
    ON_SERVICE,  /* the line's first day */
    ON_CODES,    /* diagnoses, PCS: discharge or statement thru (inpatient), else day of service */
    ON_THRU,     /* statement thru, last day of service */
    ON_RECEIVED, /* day the payer gets the claim */
};

struct edit_run;
typedef void edit_check(struct edit_run *r);

struct edit_table {
    enum edit_date on;
    enum table_id table;
};

enum { EDIT_TABLES = 4 };

struct edit {
    const char *id;
    CcSeverity severity;
    unsigned snip, kinds;
    uint32_t needs;
    edit_check *check;
    bool on_void; /* applies to a void (frequency 8) too */
    int32_t valid_from, valid_to;
    const char *authority, *same_as;
    struct edit_table tables[EDIT_TABLES];
    const char *summary, *fix;
};

extern const struct edit edit_list[]; /* ends with a row without id */

/* Modifiers as bits: what the checks ask of them. */
enum {
    MOD_OPENS_PTP = 1 << 0, /* the 44 of billing §7.4 */
    MOD_LEFT = 1 << 1,
    MOD_RIGHT = 1 << 2,
    MOD_REPEAT = 1 << 3, /* 76 77 91, and 59 XE XS XP XU */
    MOD_59 = 1 << 4,
    MOD_X = 1 << 5, /* XE XS XP XU */
    MOD_25 = 1 << 6,
    MOD_50 = 1 << 7,
    MOD_26 = 1 << 8,
    MOD_TC = 1 << 9,
    MOD_24 = 1 << 10, /* 24 FT */
    MOD_57 = 1 << 11,
    MOD_54 = 1 << 12,
    MOD_55 = 1 << 13,
    MOD_56 = 1 << 14,
    MOD_KX = 1 << 15,
    MOD_NONCOVERED = 1 << 16, /* GY GX GZ GA */
    MOD_TELEHEALTH = 1 << 17, /* 93 95 GT GQ G0 */
    MOD_ANESTHESIA = 1 << 18, /* AA AD QK QX QY QZ */
    MOD_ANATOMIC = 1 << 19,
    MOD_AT = 1 << 20,
    MOD_QW = 1 << 21,
    MOD_DME = 1 << 22, /* NU UE RR and the rental months */
    MOD_CA = 1 << 23,
    MOD_OPENS_FIRST = 1 << 24, /* opens a PTP pair from column 1 too, whatever the day */
    MOD_APART = 1 << 25,       /* 58 79: an operation apart from the one before */
    MOD_78 = 1 << 26,
    MOD_ASSISTANT = 1 << 27, /* 80 81 82 AS */
    MOD_SIDE = MOD_LEFT | MOD_RIGHT,
};
uint32_t edit_modifier_bits(const char *m);

/* What was asked of a table once and is kept. */
enum asked { ASKED_NOT, ASKED_FOUND, ASKED_ABSENT, ASKED_NO_TABLE };

/* Notes of the tabular list that apply to a diagnosis (common/tables/tabular.h). */
struct edit_notes {
    bool asked;
    const struct tabular_note **list;
    size_t n_list;
};

struct edit_dx {
    const CcClaimDiagnosis *dx;
    const char *code; /* plain: upper case, no dot */
    size_t index;     /* in the claim */
    uint32_t rank;    /* what a pointer names, from 1 */
    uint64_t key;
    int32_t on, last; /* first and last day the code is used on */
    enum asked valid, mce;
    uint32_t flags;                    /* MCE_… (common/mce/mce.h) */
    bool again;                        /* an earlier one is equal, and was judged */
    struct tabular_walk climb;         /* where its notes begin, once asked */
    struct edit_notes excludes, first; /* Excludes1, code first */
    bool side_asked;
    unsigned side; /* bits of edits/lat.c */
};

struct edit_line {
    const CcServiceLine *line;
    const char *code;  /* "" = none */
    size_t index;      /* in the claim */
    uint32_t number;   /* LX */
    uint64_t key;      /* of the code; 0 = none */
    uint64_t provider; /* equal numbers: same provider, or same group and specialty */
    uint32_t mods;     /* MOD_… of all modifiers */
    int32_t from, thru;
    unsigned days; /* thru - from + 1, at least 1 */
    unsigned revenue, pos;
    unsigned group; /* in edit_claim.groups */
};

/* Lines with the same code on the same first day by the same provider. `first`, `n`: a stretch of
 * edit_claim.order. Groups are sorted by day, provider, code. What the MUE and add-on tables say is
 * asked once (edits/mue.c). */
struct edit_group {
    uint64_t key, provider;
    int32_t from, thru;
    size_t first, n;
    enum asked mue, aoc;
    struct table_code ptp; /* the code's number in the PTP table of the first day (edits/ncc.c) */
    int64_t mue_value, mue_mai;
    const struct edition_info *mue_edition;
    unsigned aoc_types; /* bit n: the code is an add-on of type n that day */
    enum asked fee, opps;
    struct table_row schedule; /* where fee is ASKED_FOUND */
    char status[3];            /* OPPS status indicator */
};

struct edit_pcs {
    const CcClaimProcedure *procedure;
    const char *code;
    size_t index;
    enum asked mce;
    uint32_t flags;
};

/* Two lines that the PTP table knows: column 1 is paid, column 2 is not. */
struct edit_pair {
    const struct edit_line *column1, *column2;
    int indicator; /* 0, 1 */
    const struct edition_info *edition;
};

/* A remembered line of an earlier claim of this patient. */
struct edit_past {
    const CcBilledLine *line;
    uint64_t key, provider; /* as of an edit_line */
};

struct edit_claim {
    const CcClaim *claim;
    unsigned kind;
    uint32_t facts; /* NEED_… that hold */
    bool professional, inpatient, acute, is_void, replaces, bare, medicare, medicaid;
    unsigned facility;  /* bill type: first two digits after the leading zero, 11 13 85 */
    int32_t from, thru; /* statement, or first and last day of service */
    int32_t codes_on;   /* ON_CODES */
    int32_t arrived;    /* admission, else first day: the day ages are taken on */
    int age;            /* full years; -1 = unknown */
    int age_days;       /* -1 = unknown */
    enum table_id ptp, mue;
    const CcProvider *billing, *rendering, *referring, *ordering, *supervising, *place, *attending,
        *operating;
    const CcClaimCoverage *destination;
    size_t destination_index;
    struct edit_dx *dx;
    size_t n_dx;
    struct edit_dx *principal; /* NULL: none */
    struct edit_line *lines;
    size_t n_lines;
    size_t *order; /* line indexes, sorted as the groups */
    struct edit_group *groups;
    size_t n_groups;
    struct edit_pcs *pcs;
    size_t n_pcs;
    struct edit_past
        *past; /* that stand: not refused, denied or taken back; none of this claim's */
    size_t n_past;
    enum asked
        mce_lists[2]; /* FOUND: the MCE's edition of codes_on lists every dx, every PCS code */
    enum asked payer; /* the destination's row in the payers table, asked once */
    struct table_row payer_row;
    const struct payer_names *names; /* of the payer, asked once (rules.h) */
    const CcProvider **providers;    /* one of each NPI, and all without one */
    size_t n_providers;
    const struct edition_info *rules_edition; /* what the payers' rules found (rules.h) */
    struct edit_hit **hits;
    size_t n_hits;
    int32_t filing_end; /* of the rules about filing limits, the earliest; 0: none */
    const struct payer_rule *filing_rule;
    bool pairs_known;
    struct edit_pair **pairs; /* asked once by the first check that needs them (edits/ncc.c) */
    size_t n_pairs;
};

/* A table that has no edition for some day. */
struct edit_missing {
    enum table_id table;
    int32_t first, last; /* days asked in vain */
};

struct edit_run {
    struct edit_claim *c;
    const struct tables *tables;
    const struct validator_options *o;
    struct arena *arena;
    const struct edit *edit; /* the row in hand */
    struct validator_result *out;
    struct edit_missing missing[TABLE_MAX];
    size_t n_missing;
    CcFinding spare;
};

/* --- check.c: are all ids of a list with commas edits? ERR_FATAL "setting" */
int edit_ids_known(const char *list, struct err *e);

/* Thousandths of a unit as whole units, begun ones counted; any int64. */
static inline int64_t edit_units(int64_t milli)
{
    return milli / 1000 + (milli % 1000 > 0);
}

/* --- digest.c: false: the arena is exhausted */
bool edit_digest(const CcClaim *claim, const struct validator_options *o, struct arena *a,
                 struct edit_claim *out);
/* Condition code 51: the hospital attests that the services have nothing to do with a stay. */
bool edit_says_unrelated(const CcClaim *claim);
const char *edit_code_of(const CcCodeAssignment *a); /* "" when unset */
const CcProvider *edit_provider(CcProvider *const *list, size_t n, CcProviderRole role);
const CcProvider *edit_line_provider(const struct edit_claim *c, const struct edit_line *l,
                                     CcProviderRole role); /* the line's, else the claim's */

/* --- find.c: what a check says. A place is made by the at_… functions and may be changed. */
struct place {
    enum claim_part part;
    size_t index;
    uint32_t line; /* LX; 0 = the claim */
    char element[16];
    const struct edition_info *edition;
};
struct place at_claim(const char *element);
struct place at_patient(const char *element);
struct place at_coverage(size_t index, const char *element);
struct place at_provider(const struct edit_run *r, const CcProvider *p, const char *element);
struct place at_dx(const struct edit_run *r, const struct edit_dx *d);
struct place at_pcs(const struct edit_pcs *p);
struct place at_line(const struct edit_line *l, const char *element);
/* At the procedure code: SV101-2 or SV202-2. */
struct place at_code(const struct edit_run *r, const struct edit_line *l);
struct place at_mods(const struct edit_run *r, const struct edit_line *l);
struct place at_units(const struct edit_run *r, const struct edit_line *l);
struct place at_charge(const struct edit_run *r, const struct edit_line *l);
struct place in_edition(struct place p, const struct edition_info *edition);

/* Adds a finding of the row in hand. codes: "93000 93010", "E11.9", or NULL. Never NULL: over the
 * arena's limit a spare one is given, and the run ends with ERR_REJECT. */
CcFinding *edit_found(struct edit_run *r, struct place p, const char *codes, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with a severity other than the row's. */
CcFinding *edit_found_as(struct edit_run *r, CcSeverity severity, struct place p, const char *codes,
                         const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* The edition of a table that a finding rests on, after it was added. */
void edit_in_table(struct edit_run *r, CcFinding *f, const struct edition_info *edition);
/* Another list of the same edits of CMS's editors than the row's; "": none. Returns the finding. */
CcFinding *edit_same_as(struct edit_run *r, CcFinding *f, const char *list);

/* Codes as texts show them: diagnoses with their dot; what is no code is not repeated. */
const char *edit_code_shown(const char *code);
const char *edit_dx_shown(struct edit_run *r, const struct edit_dx *d);
const char *edit_pair_of(struct edit_run *r, const char *a, const char *b); /* "a b" */

/* --- ask.c: the tables. A table without an edition for the day is remembered for TAB-01. */
enum asked edit_ask(struct edit_run *r, enum table_id t, const char *key, const char *key2,
                    int32_t on, struct table_row *row);
/* The same of a table that a deployment may do without: only where some edition of it is loaded is
 * a day without one remembered. */
enum asked edit_ask_if_loaded(struct edit_run *r, enum table_id t, const char *key,
                              const char *key2, int32_t on, struct table_row *row);
/* Is a code in a list that a deployment may do without? A seed edition is a few codes of the list:
 * what is not in it is not absent. */
enum asked edit_ask_list(struct edit_run *r, enum table_id t, const char *code, int32_t on);
/* Could it be looked at all on this day? Remembers if not. */
bool edit_ask_table(struct edit_run *r, enum table_id t, int32_t on);
const struct edition_info *edit_edition(const struct edit_run *r, enum table_id t, int32_t on);
enum asked edit_ask_dx(struct edit_run *r, struct edit_dx *d); /* billable on both of its days */
/* MCE flags of a diagnosis or procedure; 0 when the table does not know it. */
uint32_t edit_dx_flags(struct edit_run *r, struct edit_dx *d);
uint32_t edit_pcs_flags(struct edit_run *r, struct edit_pcs *p);
/* May the code (of TABLE_ICD10CM or TABLE_ICD10PCS) stand on a claim of that day? */
enum asked edit_ask_billable(struct edit_run *r, enum table_id t, const char *code, int32_t on);
/* The edition of the Medicare Code Editor that judges this claim: acute stays (11x) by the day of
 * discharge. NULL: no stay, or no edition of that day. */
const struct edition_info *edit_mce(const struct edit_run *r);
/* The destination's row in the payers table; false: none, or no table. */
bool edit_ask_payer(struct edit_run *r, struct table_row *row);
bool edit_payer_takes(const struct table_row *payer, bool professional);

#endif
