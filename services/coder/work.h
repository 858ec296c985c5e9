/* work.h - one visit being coded: what the rules read and change
 *
 * Rules run in phases (rule_list.c), in the order of their rows (rules/); a rule is a row with a
 * function. It looks at what is there and changes diagnoses, services or the claims; running a
 * phase twice changes nothing. Whatever a rule does not decide it asks: a question (work_ask)
 * blocks the claims of the visit unless its row in question.c says that it cannot touch them.
 *
 * Memory: work_new and work_text never give NULL. When the arena is over its limit they give a
 * spare that is thrown away, and coder_code refuses the visit at the end. */
#ifndef CC_CODER_WORK_H
#define CC_CODER_WORK_H

#include <stdalign.h>

#include "common/tables/site.h"
#include "common/tables/tabular.h"
#include "services/coder/coder.h"

enum phase {
    PHASE_RECORD,    /* what the record itself takes back: errors, refuted, history */
    PHASE_CERTAINTY, /* what was only suspected */
    PHASE_LEGAL,     /* each diagnosis a billable code of the date */
    PHASE_TEXT,      /* what notes and reports say beside the record */
    PHASE_CONFLICT,  /* the same thing twice, superseded */
    PHASE_COMBINE,   /* what goes together in one code, what not at all */
    PHASE_SEQUENCE,  /* which is first, which roles */
    PHASE_POA,       /* present on admission */
    PHASE_SERVICE,   /* charges and procedures become services */
    PHASE_LINE,      /* amounts, units, pointers, merging */
    PHASE_CLAIM,     /* who bills whom for which lines */
    PHASE_MAX
};

struct work;
struct rule;

/* Facts of a visit, as bits. */
#define WITH_STAY (UINT64_C(1) << 0)    /* inpatient */
#define WITH_RESULTS (UINT64_C(1) << 1) /* observations */
#define WITH_DRUGS (UINT64_C(1) << 2)   /* medications */
#define WITH_ANSWERS (UINT64_C(1) << 3) /* people decided something */
#define WITH_EARLIER (UINT64_C(1) << 4) /* the patient's other encounters */
#define WITH_SAID (UINT64_C(1) << 5)    /* words about a service (lines/said.c) */
#define WITH_ORDERS (UINT64_C(1) << 6)  /* orders */
/* Of its services, from PHASE_LINE on, by their codes (kinds.c). */
#define WITH_ANESTHESIA (UINT64_C(1) << 7)
#define WITH_OPERATIONS (UINT64_C(1) << 8)
#define WITH_THERAPY (UINT64_C(1) << 9) /* and what else is counted by time */
#define WITH_INFUSIONS (UINT64_C(1) << 10)
#define WITH_VACCINES (UINT64_C(1) << 11)
#define WITH_DRUG_CODES (UINT64_C(1) << 12)
#define WITH_HOSPITAL_CARE (UINT64_C(1) << 13) /* visits in hospitals, consultations */
#define WITH_PREVENTION (UINT64_C(1) << 14)
#define WITH_PROLONGED (UINT64_C(1) << 15)
#define WITH_ASSISTANTS (UINT64_C(1) << 16)  /* a charge names one */
#define WITH_GLOBAL_DAYS (UINT64_C(1) << 17) /* by the fee schedule */
#define WITH_MODIFIERS (UINT64_C(1) << 18)   /* two on a line */
#define WITH_EQUIPMENT (UINT64_C(1) << 19)   /* durable */

/* A rule gets its own row, to cite it. It can have a say only where the visit has one of the facts,
 * and a diagnosis, kept or not, coded in a category that the references name (tabular.h). */
struct rule {
    const char *id, *guideline;
    void (*apply)(struct work *w, const struct rule *r);
    const char *summary;
    uint64_t with;     /* 0: whatever the facts */
    const char *codes; /* a literal; NULL: whatever the diagnoses */
};

struct rule_phase {
    const char *name;
    const struct rule *rows; /* end with a row without id */
};

extern const struct rule_phase rule_phases[PHASE_MAX];
const struct rule *rule_by_id(const char *id); /* a bug if there is none: aborts */

/* Rules, counted through all phases, as bits. */
enum { RULE_WORDS = 8 };
struct rule_set {
    uint64_t bits[RULE_WORDS];
};

/* gate.c: the rules that can have a say in the visit. What was opened stays open. */
void gate_begin(struct work *w); /* before anything else of it */
void gate_facts(struct work *w, uint64_t with);
void gate_code(struct work *w, uint64_t code); /* of a diagnosis; code_key of code_set.h */
/* Calls the open rules of a phase in the order of their rows. */
void gate_run(struct work *w, enum phase phase);

enum dx_state { DX_OPEN, DX_CODED, DX_REJECTED, DX_ASKED };

enum { DX_CODE = 16 };

/* A diagnosis on its way to a claim. */
struct dx {
    const CcProblem *problem; /* never NULL; made up for a code that only a charge names */
    const char *given;        /* its ICD-10-CM code, plain; NULL: it gives none */
    CcCodeAssignment *as;     /* its line in the result */
    enum dx_state state;
    char code[DX_CODE];        /* ICD-10-CM, plain; "" until found */
    uint64_t key;              /* of the code (code_set.h); 0 until found */
    struct tabular_walk climb; /* where the notes of the code begin, once asked (dx_climb) */
    struct span title;         /* of the code, once asked; p NULL: not yet */
    CcPoa poa;
    bool poa_ruled;   /* by a rule or a person's word of the POA phase, not by the record */
    unsigned order;   /* kind of diagnosis: lower goes first */
    size_t position;  /* in the record */
    uint32_t rank;    /* among the coded ones, 1 = first; 0 = not ranked */
    size_t whole;     /* 1 + place in work.dx of the code that tells this one too; 0: none */
    bool external;    /* V00-Y99 */
    bool only_role;   /* admitting diagnosis or reason for visit: never among the ranked */
    bool from_charge; /* no diagnosis of the visit says it, a charge does */
    bool addressed;   /* of the problem list, and the visit did something for it */
};

enum service_state {
    SERVICE_OPEN,
    SERVICE_READY,
    SERVICE_MERGED, /* part of an earlier service's line */
    SERVICE_REJECTED,
    SERVICE_ASKED,
};

/* On a line (837 SV101, SV202), and found before a person chooses (MOD-MAX). */
enum { LINE_MODIFIERS = 4, SERVICE_MODIFIERS = 16 };

/* A charge, or a procedure without one, on its way to a line. */
struct service {
    const CcCharge *charge;       /* or NULL */
    const CcProcedure *procedure; /* or NULL */
    const char *event_id, *ref;
    CcCodeAssignment *as; /* code, rules, evidence; its code is empty on revenue-only services */
    enum service_state state;
    const char *revenue; /* four digits or "" */
    const char *modifiers[SERVICE_MODIFIERS];
    size_t n_modifiers;
    bool chosen;     /* a person said which modifiers: no rule adds one */
    const char *pos; /* place of service or "" */
    const char *unit_code;
    int64_t units_milli, charge_cents;
    int64_t
        fee_cents; /* of the clinician's line where the facility bills the charge's own amount */
    bool priced;
    bool own_price;          /* the charge gives its amount or its unit price itself */
    int64_t price_cents;     /* of one unit by the charge master; -1: none */
    int64_t gone_milli;      /* units that a person says were discarded; 0: nobody did */
    const CcProcedure *done; /* what was done, in the record's words; or NULL */
    int32_t from_date, thru_date;
    unsigned related; /* of an ICD-10-PCS code: 1 is done for the principal diagnosis (PCS-15) */
    bool professional, institutional, mapped;
    const char *fee_of; /* the code whose row of the fee schedule was asked for; NULL: none yet */
    bool has_fee;
    struct table_row fee; /* where it has one */
    const char *ptp_of;   /* the code that was looked up in a table of pairs; NULL: none */
    enum table_id ptp_table;
    struct table_code ptp; /* its number there */
};

/* The facility's row and the settings of its kind. */
struct place {
    const struct provider_row *row; /* of providers; NULL: not known */
    bool hospital;                  /* bills institutional claims for what happens in it */
    bool poa_exempt;                /* hospital kinds that do not report POA */
    const char *bill;               /* first three digits of the type of bill, "013"; "" = none */
    const char *pos;                /* its usual place of service; "" = by class */
};

/* A question that the visit asks, and the person's word on it (answer.c). */
struct answered {
    const CcReviewItem *item;
    const CcReviewAnswer *answer;
};

/* What the table of codes says of one on the coding date. */
struct work_code {
    uint64_t key; /* 0: nothing yet */
    enum lookup found;
    bool billable;
    struct table_row row;
};
enum { WORK_CODES = 16 };

struct work {
    struct arena *a;
    const struct tables *t;
    const struct coder_visit *visit;
    const CcEncounter *enc;
    CcCodingResult *out;
    int32_t coding_date; /* of the diagnosis codes; 0 = unknown */
    bool inpatient;
    struct place place;
    struct dx *dx;
    size_t n_dx;
    struct rule_set by_facts, by_codes; /* open rules (gate.c) */
    struct tabular_places places;       /* of the visit's codes; never taken back */
    bool moved;                         /* a rule of this pass changed the ranks */
    struct service *services;
    size_t n_services, service_room; /* service_room: as many as the record names have room */
    struct text_shelf *shelf;        /* NULL: texts are not read, and a question says so */
    struct text_find *finds;         /* what the texts say (text.h) */
    size_t n_finds;
    bool texts_read; /* into finds, questions and what nothing explains */
    bool little;     /* show codes that the texts support too little, too */
    struct err stop; /* class not ERR_NONE: nothing is decided, coder_code gives it back */
    bool blocked;    /* an open question touches the claims */
    bool self_pay;   /* a person says that the patient pays: there is no claim */
    struct work_code codes[WORK_CODES]; /* asked already, by the code's hash (term.c) */
    struct party_named *parties;        /* found already (party.c) */
    struct party_row *party_rows;       /* made already */
    const struct provider_row *group; /* who bills the clinicians' work; NULL: none, or not asked */
    bool group_asked;
    bool no_pairs;            /* no two services are a pair of NCCI, as they are (pair.c) */
    struct payer *coverages;  /* of the record, with their payers: asked once (payer.c) */
    struct payers *payers[2]; /* of clinicians', of facilities' claims: found already (payer.c) */
    const struct answered *answered;
    size_t n_answered;
    struct work_spares *spares;
};

/* A spare of each kind of message that rules make: nobody touches it while there is memory. */
enum { WORK_KINDS = 30 };
struct work_spares {
    alignas(ARENA_ALIGN) unsigned char kinds[WORK_KINDS][sizeof(CcClaim)];
};

/* kinds.c: what the service is joins the facts of the visit. PHASE_LINE moves no code to another
 * kind. */
void work_has_service(struct work *w, const struct service *s);

/* Never NULL (see above). */
void *work_new(struct work *w, const ProtobufCMessageDescriptor *d);
char *work_text(struct work *w, const char *s);
/* A text that lives as long as the result: a constant, of the record or of the tables. */
static inline char *work_kept(const char *s)
{
    return (char *)(uintptr_t)s;
}
char *work_printf(struct work *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A word of the record as a key of our own tables: upper case, single blanks; false: empty, or too
 * long. */
bool work_key(char *out, size_t size, const char *word);
void *work_array(struct work *w, size_t count, size_t size); /* may be NULL: then count as none */

/* The rule had a say in this assignment; with an edition when a table was consulted. Twice is
 * once. */
void work_cite(struct work *w, CcCodeAssignment *as, const struct rule *r);
void work_cite_table(struct work *w, CcCodeAssignment *as, const struct rule *r,
                     const struct edition_info *edition);
/* The texts are the record's own. */
void work_evidence(struct work *w, CcCodeAssignment *as, const char *event_id, const char *ref,
                   const char *text);
/* One place; twice is once. */
void work_evidence_once(struct work *w, CcCodeAssignment *to, CcEvidence *ev);
/* Something of another encounter of the patient, marked as such. */
void work_evidence_past(struct work *w, CcCodeAssignment *as, const CcPastService *past);
/* All that another line rests on, places in texts too; twice is once. */
void work_evidence_of(struct work *w, CcCodeAssignment *to, const CcCodeAssignment *from);
/* A new line of the result; the code is a text that lives as long as it. */
CcCodeAssignment *work_assignment(struct work *w, CcCodeSystem system, const char *code,
                                  CcOrigin origin);

/* A question about a diagnosis, a service, or the visit. `reason` is a row of question.c. The
 * question is in plain words, without patient data. Returns the item to add options to. */
CcReviewItem *work_ask(struct work *w, const struct rule *r, const char *reason,
                       const char *question);
/* A person's answer stands: nothing is asked. */
bool work_settled(const CcReviewItem *item);
/* The same with the evidence of a line of the result, which stays as it is. */
CcReviewItem *work_ask_about(struct work *w, const struct rule *r, const char *reason,
                             const char *question, CcCodeAssignment *about);
CcReviewItem *work_ask_dx(struct work *w, const struct rule *r, struct dx *d, const char *reason,
                          const char *question);
CcReviewItem *work_ask_service(struct work *w, const struct rule *r, struct service *s,
                               const char *reason, const char *question);
/* Does the claim wait for the answer, by the reason's row in question.c? */
bool work_blocks(const char *reason);
/* Tells of a service what a person may look at; the service stays as it is. */
CcReviewItem *work_tell_service(struct work *w, const struct rule *r, struct service *s,
                                const char *reason, const char *question);
void work_option(struct work *w, CcReviewItem *item, CcCodeSystem system, const char *code,
                 const char *text);
/* One without a code, by an id of its own: what it does is a row of answer.c, or the id is a
 * modifier (questions "modifier" and "bundled"). */
CcReviewOption *work_choice(struct work *w, CcReviewItem *item, const char *id, const char *text);

/* question.c: the answers that every question leaves open, once each, behind its own options. */
#define OPTION_OTHER "other"
#define OPTION_UNDETERMINED "undetermined" /* cannot be determined */
#define OPTION_AGAIN "again"               /* a table was loaded: once more, nothing is kept */
#define OPTION_DISCARDED "discarded"       /* so many units of a container (UNI-12) */
#define OPTION_SELF "self"                 /* the patient pays: there is nothing to claim */
void question_open_answers(struct work *w, CcReviewItem *item);
/* What a person names with the option, blank separated, where it is not as the reason's row says.
 */
void work_takes(struct work *w, CcReviewOption *o, const char *words);
/* Nothing but a row of a table answers it: "other" says so, and once it is loaded the visit is
 * looked at again. */
void question_of_table(struct work *w, CcReviewItem *item);
/* Does who answers "other" name such a thing? */
bool question_takes(const CcReviewItem *item, const char *word);
/* The reasons, one after the other; NULL: no more. */
const char *question_reason(size_t i);
/* What each question of the result carries beside its words: open answers, evidence, the money at
 * stake, and until when. Claims are made by now, also those that a question keeps back. */
void question_complete(struct work *w);

/* earlier.c: operations and visits of the encounter into the result, for the patient's next ones.
 */
void earlier_tell(struct work *w);

/* answer.c. After a run: answers of the visit to questions that the run asked join the list; false:
 * none did. The answers are taken in the next run. */
bool answer_collect(struct work *w, struct answered **list, size_t *n);
/* answer_visit.c: facts of the visit that people gave, into w->enc; before anything looks at it. */
void answer_visit(struct work *w);
/* The person's word is that it stands as it is, or that it goes: the question is not asked. */
bool answer_settles(struct work *w, const CcReviewItem *item, CcCodeAssignment *about);
/* Options of the question's kind, where it has none of its own. */
void answer_offer(struct work *w, CcReviewItem *item);
void rule_answered(struct work *w, const struct rule *r);
void rule_answered_first(struct work *w, const struct rule *r);
void rule_answered_poa(struct work *w, const struct rule *r);
/* Did a person say that this code is the reason of the visit? */
bool answer_is_first(const struct work *w, const char *code);

/* Seen and not coded, with the rule that says why. */
void work_reject_dx(struct work *w, const struct rule *r, struct dx *d);
void work_reject_service(struct work *w, const struct rule *r, struct service *s);

/* The beginning: candidates from the folded encounter. */
void work_begin_dx(struct work *w);
void work_begin_services(struct work *w);
struct dx *work_add_dx(struct work *w, const CcProblem *p);
/* The diagnosis is this entry of the record. */
void work_dx_is(struct work *w, struct dx *d, const CcProblem *p);
/* One more procedure; the list of services may move. NULL: no memory. */
struct service *work_add_procedure(struct work *w, const CcProcedure *p);

/* The diagnosis that a pointer of the record (ref, id or code) names; NULL: none. */
struct dx *work_pointed(struct work *w, const char *pointer);
/* Is an uncertain word enough here? Inpatient at the end of the stay: coded as if established. */
bool work_uncertain(const struct dx *d);

#endif
