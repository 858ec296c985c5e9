/* def.h - a version of the definitions in memory (inside this room only).
 *
 * An *atom* is a question that a formula asks and that is one bit of a stay: a test (word 0) or
 * "some procedure (principal, secondary, any code) carries this attribute". Attributes that no
 * formula asks for have no atom. Codes with the same properties share one *definition*; codes with
 * the same attributes one *set*, whose atoms are ready as words to be or-ed into the stay. */
#ifndef CC_DRG_DEF_H
#define CC_DRG_DEF_H

#include "common/drg/drg.h"

enum {
    ATOM_WORDS = 12,
    ATOMS_MAX = ATOM_WORDS * 64,
    MDC_MAX = 100,
    MDC_UNRELATED = 29, /* "OR procedure unrelated to the principal diagnosis" */
    SUPPRESS_MAX = 64,
    CODE_CHARS = 7,
    HAC_MAX = 16,
    HAC_CATHETER = 6,
};

/* Tests: atoms of word 0. T(enum suffix, name in formulas); OR-ed names of several words come from
 * the parser. */
#define DRG_TESTS(T)                                                                               \
    T(MCC, "MCC")                                                                                  \
    T(CC, "CC")                                                                                    \
    T(NONE, "NONE")                                                                                \
    T(ALIVE, "ALIVE")                                                                              \
    T(DIED, "DIED")                                                                                \
    T(AMA, "AMA")                                                                                  \
    T(XFRNBA, "XFRNBA")                                                                            \
    T(ANYDX, "ANYDX")                                                                              \
    T(MULTST, "MULTST")                                                                            \
    T(BILATERAL, "BILATERAL")                                                                      \
    T(FOUR_VESSELS, "FOUR_VESSELS")                                                                \
    T(FOUR_STENTS, "FOUR_STENTS")                                                                  \
    T(SINGLEFUSIONCTR, "SINGLEFUSIONCTR")                                                          \
    T(MULTFUSE, "MULTFUSE")                                                                        \
    T(SGLANTCTR, "SGLANTCTR")                                                                      \
    T(SGLPOST1CTR, "SGLPOST1CTR")                                                                  \
    T(SGLANTSECTXCTR, "SGLANTSECTXCTR")                                                            \
    T(SGLPOSTFUSECTR, "SGLPOSTFUSECTR")                                                            \
    T(ONLY_INCIDENT, "ONLY:incident")                                                              \
    T(PDX_ECODE, "PDX_ECODE")                                                                      \
    T(INVALID_PDX, "INVALID_PDX")                                                                  \
    T(INVALID_SEX, "INVALID_SEX")                                                                  \
    T(INVALID_DSTAT, "INVALID_DSTAT")                                                              \
    T(NEVER, "ERRORDRG")

enum test {
#define T(suffix, name) TEST_##suffix,
    DRG_TESTS(T)
#undef T
        TEST_MAX
};
enum { TEST_SEVERITIES = 1 << TEST_MCC | 1 << TEST_CC | 1 << TEST_NONE };

/* How a formula looks at an attribute. */
enum asks { ASKS_PX, ASKS_PDX, ASKS_SDX, ASKS_ANY, ASKS_MAX };

/* A formula as a tree, for the reasons; as a program, for speed. */
enum node_op { NODE_ATOM, NODE_NOT, NODE_AND, NODE_OR };
struct node {
    uint8_t op;
    uint16_t a, b; /* atom, or nodes */
};

/* One step: any (or all) of the mask's bits set? Then where to go on. */
enum { STEP_FALSE = 0xFFFE, STEP_TRUE = 0xFFFF };
struct step {
    uint64_t mask;
    uint8_t word;
    bool all;
    uint16_t yes, no;
};

struct formula {
    uint16_t start; /* step */
    uint16_t root;  /* node */
    uint16_t mdc, rank, base_drg, drg, reroute_mdc;
    uint8_t type, suppress; /* DRG_MEDICAL …; set of suppressed attributes, 0: none */
    uint8_t ret;            /* what a refusal by it returns */
    bool severity;          /* asks for MCC, CC or NONE */
    uint32_t text;          /* offset in texts */
    uint32_t order;
    int line;
};

/* Where the formulas of an MDC stand: by rank, beginning at a word of 64. */
struct mdc_range {
    uint16_t word, words;
};

struct hac_formula {
    uint16_t hac, start, root;
};

enum { ST_LISTS = 8, SIDES = 6, FUSIONS = 4 };
enum fusion { FUSION_ANT, FUSION_POST, FUSION_POST1, FUSION_ANTSECTX };

enum dx_flag { DX_ALIVE_ONLY = 1, DX_INCIDENT = 2, DX_HAC_SHOW = 4 };

struct dx_def {
    uint64_t suppress; /* bit n: carries an attribute of suppression set n */
    uint32_t set;
    uint16_t collection; /* 0: none */
    uint16_t hacs;       /* bit n: HAC n */
    uint8_t mdc, male, female, severity;
    uint8_t flags, injuries; /* injuries: bit per list of sthead … */
};

struct px_def {
    uint32_t set;
    uint32_t first, n;       /* memberships */
    uint8_t sides, fusions;  /* bit per list */
    uint8_t vessels, stents; /* n */
    uint8_t kind;            /* DRG_EXTENSIVE … */
};

struct membership {
    uint16_t cluster;
    uint8_t choice; /* bit number */
};

struct cluster {
    uint64_t mdcs; /* where its parts are hidden */
    uint32_t choices;
    uint32_t set;
    char name[8];
};

/* Codes to definitions: open addressing; a slot holds the packed code and the definition, 0 is
 * empty. */
enum { SLOT_DEF_BITS = 27 };
struct code_table {
    uint64_t *slots;
    size_t n_slots; /* a power of two */
};

struct drg {
    struct code_table dx, px;
    struct dx_def *dx_defs;
    struct px_def *px_defs;
    uint64_t (*principal)[ATOM_WORDS]; /* by set */
    uint64_t (*secondary)[ATOM_WORDS];
    uint64_t (*procedure)[ATOM_WORDS];
    size_t n_dx_sets, n_px_sets, n_dx_defs, n_px_defs;
    uint32_t *excluded;    /* slots of dx, by collection, ascending */
    uint32_t *collections; /* collection n: from [n] to [n + 1] */
    size_t n_collections;
    struct membership *memberships; /* of a code: ascending */
    size_t n_memberships;
    struct cluster *clusters;
    size_t n_clusters;
    struct formula
        *formulas;  /* by MDC and rank; gaps up to a word have drg 0 and are never asked */
    size_t n_words; /* of 64 formulas */
    struct mdc_range mdcs[MDC_MAX];
    uint64_t *always;                /* by word: no attribute tells whether to look */
    uint64_t (*triggers)[ATOMS_MAX]; /* by word and atom */
    struct step *steps;
    struct node *nodes;
    size_t n_steps, n_nodes;
    struct hac_formula *hacs;
    size_t n_hacs;
    char *texts;
    size_t texts_n;
    size_t n_atoms, atom_words; /* words in use */
    uint8_t suppressed;         /* suppression sets in use, with 0 */
};

/* --- codes.c */
uint64_t code_pack(const char *code, size_t n); /* 0: not a code */
int code_table_make(struct code_table *t, const uint64_t *packed, const uint32_t *defs, size_t n);
/* The slot of a code; -1: unknown. */
int32_t code_slot(const struct code_table *t, const char *code);
static inline uint32_t code_def(const struct code_table *t, int32_t slot)
{
    return (uint32_t)(t->slots[slot] & ((1u << SLOT_DEF_BITS) - 1));
}

/* --- names.c: texts to small numbers */
struct names {
    struct span *texts;
    uint32_t *slots; /* number + 1 */
    size_t n, cap, n_slots;
};
void names_release(struct names *s);
int32_t names_find(const struct names *s, struct span text); /* -1: not there */
int32_t names_add(struct names *s, struct span text);        /* -1: out of memory */

/* --- parse.c: text to tree. Atoms are numbered as they are met. */
struct atoms {
    struct names attributes; /* all that codes carry */
    int16_t *atom[ASKS_MAX]; /* of an attribute; -1: none yet */
    size_t n;                /* atoms in use */
};
struct parser {
    struct atoms *atoms;
    struct node *nodes;
    size_t n, cap;
    bool failed; /* memory */
};
/* Root of the tree, or -1 with the reason. */
int32_t parse_formula(struct parser *p, struct span text, struct err *e);

/* --- compile.c: tree to program and triggers */
struct compiler {
    const struct node *nodes;
    struct step *steps;
    size_t n, cap;
    bool failed;
};
uint16_t compile_formula(struct compiler *c, uint16_t root); /* its first step */
/* Sets bits of atoms of which one must be there for the formula to be true; false: there are none
 * such. */
bool compile_triggers(const struct node *nodes, uint16_t root, uint64_t out[ATOM_WORDS]);

/* atoms_or - a set of atoms into another */
static inline void atoms_or(uint64_t out[ATOM_WORDS], const uint64_t in[ATOM_WORDS])
{
    for (unsigned w = 0; w < ATOM_WORDS; w++)
        out[w] |= in[w];
}

/* --- stay.c: a claim looked up */
struct stay {
    const struct drg *d;
    const struct drg_claim *c;
    int32_t slot[DRG_DX_MAX];
    const struct dx_def *dx[DRG_DX_MAX]; /* NULL: unknown */
    uint8_t excluded[DRG_DX_MAX];        /* enum drg_excluded */
    uint8_t hac[DRG_DX_MAX];             /* number */
    uint8_t hac_why[DRG_DX_MAX];
    const struct px_def *px[DRG_PX_MAX];
    uint64_t hidden[DRG_PX_MAX];  /* MDCs */
    uint16_t part_of[DRG_PX_MAX]; /* first cluster + 1; 0: none */
    uint16_t found[64];           /* clusters that are there; more are in `fixed` all the same */
    size_t n_found;
    uint64_t any_hidden;
    uint64_t fixed[ATOM_WORDS];   /* of diagnoses, clusters, sex and status */
    uint64_t visible[ATOM_WORDS]; /* with the procedures that the MDC in hand sees */
    unsigned mdc;                 /* of the principal */
    unsigned mdc_seen;            /* visible is for this one; MDC_MAX: none yet */
    bool met;                     /* some HAC is met: those codes have no severity */
    uint64_t suppressible;        /* sets that some counted code belongs to */
    uint8_t top;                  /* severity without suppression */
};
void stay_look(struct stay *s, const struct drg *d, const struct drg_claim *c);
void stay_see(struct stay *s, unsigned mdc);
void stay_clusters(struct stay *s); /* parts.c: into fixed, hidden, part_of, found */
/* Does a secondary diagnosis count, and does it for a suppression set? */
bool stay_counts(const struct stay *s, size_t i);
void stay_weigh(struct stay *s); /* sets top and suppressible */
enum drg_severity stay_severity(const struct stay *s, unsigned suppress);
bool run(const struct drg *d, uint16_t start, const uint64_t *v);

/* Of codes that do as well: a comes before b in the order of severity, then code. */
bool stay_before(const struct stay *s, size_t a, size_t b);
/* The secondary diagnosis that gives the severity for a suppression set; -1: none. `without` (-1:
 * none) is left out. */
int stay_level_by(const struct stay *s, unsigned suppress, int without);

/* --- group.c */
int claim_fits(const struct drg_claim *c, struct err *e);
void group_stay(struct stay *s, struct drg_result *out);
/* Severity tests of a formula into the visible bits. */
void weigh_for(struct stay *s, const struct formula *f);
/* --- hac.c: true: refused for a missing POA */
bool hac_judge(struct stay *s);

#endif
