/* map.h - segments to events: one table of rows per segment, and the walk that hands each segment
 * to its table.
 *
 * A row says which field it reads; a field without a row is by that the one that goes to `ignored`.
 * The walk keeps what segments hang under: the charge of a procedure, the coverage of an IN2, the
 * order of a result. */
#ifndef CC_INTAKE_HL7_MAP_H
#define CC_INTAKE_HL7_MAP_H

#include "services/intake/hl7/reader.h"
#include "services/intake/hl7/trigger.h"
#include "services/intake/intake.h"
#include "services/intake/note.h"
#include "services/intake/value.h"
#include "services/intake/vocab.h"

/* Text of one OBR or TXA on its way to a document. */
struct hl7_text_run {
    CcDocument *document; /* NULL: none is open */
    struct buf text;
    unsigned first, last; /* OBX[first]-OBX[last] */
};

struct hl7_map {
    const struct intake_conf *conf;
    struct arena *a;
    const struct hl7_message *m;
    const struct hl7_trigger *trigger;
    struct span identity; /* the message as ids are made of it */
    CcEncounter *header;  /* what MSH and EVN say; each event starts as a copy */
    CcEncounter **events;
    size_t n_events;

    CcEncounter *ev;               /* the event in hand; its visit is always there */
    bool has_pid, has_pv1;         /* in it */
    const struct hl7_segment *seg; /* the segment in hand, */
    unsigned field;                /* its field, */
    void *target;                  /* and the struct that its rows with an offset fill */
    int zone;                      /* MSH-7's, minutes east of UTC */
    bool zone_known;
    bool zone_said; /* a problem told that UTC was assumed */

    CcCoverage *coverage; /* what a following segment belongs to; NULL: none */
    CcProcedure *procedure;
    CcCharge *charge;
    CcOrder *order;
    bool order_open; /* from an ORC that waits for its OBR */
    const struct hl7_segment *obr, *txa;
    struct hl7_text_run run;
};

struct hl7_row {
    unsigned field;
    /* NULL: the field is read together with another one. Not called for empty fields and for `""`.
     */
    void (*set)(struct hl7_map *x, const struct hl7_row *row, struct span value);
    size_t at;          /* offset in x->target, for the shared setters below */
    const char *clears; /* path that `""` empties; NULL: none */
};

struct hl7_table {
    const char *name;
    bool (*open)(struct hl7_map *x); /* makes the target; false: the segment is not used (why).
                                        NULL: nothing to make */
    const struct hl7_row *rows;      /* ends with field 0; NULL: the segment is not read (why) */
    void (*close)(struct hl7_map *x);
    bool fields; /* filled fields without row are listed */
    enum note_why why;
};

extern const struct hl7_table hl7_msh, hl7_evn, hl7_pid, hl7_mrg, hl7_pv1, hl7_pv2, hl7_dg1,
    hl7_drg, hl7_pr1, hl7_ft1, hl7_in1, hl7_in2, hl7_in3, hl7_gt1, hl7_acc, hl7_ub2, hl7_orc,
    hl7_obr, hl7_obx, hl7_txa, hl7_rol, hl7_prt;

/* Maps all segments of a message whose trigger is known. x->conf, a, m, trigger, header are set;
 * events come out. */
void hl7_map_all(struct hl7_map *x);
/* Starts the next event of the message, as a copy of the header (and of the patient with
 * `same_patient`). */
void hl7_next_event(struct hl7_map *x, bool same_patient);
/* Ranks, orders, keys and ids of every event, once all is mapped. */
void hl7_finish(struct hl7_map *x);
/* Ends the document whose text is being collected. */
void hl7_end_text(struct hl7_map *x);
/* OBX-5 of the segment in hand: to the document that is open (or a new one), or a document of its
 * own. false: there is nothing in it. */
bool hl7_take_text(struct hl7_map *x, struct span value);
bool hl7_take_encapsulated(struct hl7_map *x, struct span value);
bool hl7_take_pointer(struct hl7_map *x, struct span value);
/* Fills a document with what the TXA, OBR or OBX in hand says of it. */
void hl7_describe(struct hl7_map *x, CcDocument *d);

/* Setters of rows with an offset into x->target. */
void hl7_set_id(struct hl7_map *x, const struct hl7_row *row,
                struct span value); /* component 1 of repetition 1 */
void hl7_set_text(struct hl7_map *x, const struct hl7_row *row,
                  struct span value); /* the whole field */
void hl7_set_name2(struct hl7_map *x, const struct hl7_row *row,
                   struct span value); /* component 2, else 1 */
void hl7_set_day(struct hl7_map *x, const struct hl7_row *row, struct span value);

/* Data types (type.c). Problems go to the event in hand with the field in hand as place. */
void hl7_problem(struct hl7_map *x, enum note_severity s, enum note_code c, const char *text);
bool hl7_when(struct hl7_map *x, struct span value,
              struct value_time *out); /* TS, DTM, DT: component 1 */
int32_t hl7_day(struct hl7_map *x, struct span value);
bool hl7_cents(struct hl7_map *x, struct span repetition, int64_t *out); /* CP, MO, NM */
bool hl7_milli(struct hl7_map *x, struct span value, int64_t *out);
CcCode *hl7_code(struct hl7_map *x, struct span repetition, CcCodeSystem otherwise,
                 enum vocab_use use, CcCode ***also, size_t *n_also);
CcName *hl7_name(struct hl7_map *x, struct span repetition);       /* XPN */
CcAddress *hl7_address(struct hl7_map *x, struct span repetition); /* XAD */
/* XCN: repetitions of one person become one provider with several ids. */
void hl7_providers(struct hl7_map *x, struct span field, CcProviderRole role, CcProvider ***list,
                   size_t *n);
char *hl7_npi(struct hl7_map *x, struct span field); /* of the first XCN that has one; "" */
char *hl7_ref(struct hl7_map *x);                    /* "DG1[1]" */
/* PR1-3, FT1-25: as hl7_code; a code without system that has the form of CPT or HCPCS is one (HL7
 * table 0088). */
CcCode *hl7_procedure_code(struct hl7_map *x, struct span repetition, CcCodeSystem otherwise,
                           CcCode ***also, size_t *n_also);
/* Each repetition's code, upper case. */
void hl7_modifiers(struct hl7_map *x, struct span field, char ***list, size_t *n);
/* Diagnosis codes pointed at, in our form. */
void hl7_pointers(struct hl7_map *x, struct span field, char ***list, size_t *n);
/* The id of a CX list for one of these types, in their order; NULL-ended. "" in `types` = a
 * repetition without type. */
char *hl7_cx(struct hl7_map *x, struct span field, const char *const *types);

#endif
