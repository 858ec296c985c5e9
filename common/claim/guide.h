/* guide.h - the 837 guides as tables of segments: a row writes a segment and reads it back. Private
 * to common/claim.
 *
 * A loop is an ordered list of rows (billing §2.2-2.5, §3): the writer walks it from top to bottom,
 * the reader looks a row up by segment and qualifier. A later segment is one more row. */
#ifndef CC_CLAIM_GUIDE_H
#define CC_CLAIM_GUIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/claim/read837.h"
#include "common/claim/write837.h"
#include "common/event/event.h"
#include "common/x12/x12.h"

/* Which guide a row belongs to. */
enum { GUIDE_P = 1, GUIDE_I = 2, GUIDE_PI = 3 };

enum loop {
    LOOP_NONE,
    LOOP_HEAD, /* BHT, 1000A, 1000B */
    LOOP_2000A,
    LOOP_2010AA,
    LOOP_2010AB,
    LOOP_2000B,
    LOOP_2010BA,
    LOOP_2010BB,
    LOOP_2000C,
    LOOP_2010CA,
    LOOP_2300,
    LOOP_2320,
    LOOP_2330A,
    LOOP_2330B,
    LOOP_2400,
    LOOP_2410,
    LOOP_2430,
    LOOP_2440,
    LOOP_PARTY, /* a provider of 2310, 2330 or 2420: struct party says which */
    LOOP_MAX
};

/* What the loop in hand hangs under. */
enum level {
    LEVEL_HEAD,
    LEVEL_BILLING,
    LEVEL_SUBSCRIBER,
    LEVEL_PATIENT,
    LEVEL_CLAIM,
    LEVEL_OTHER,
    LEVEL_LINE,
    LEVEL_MAX
};

/* How a provider's loop looks. */
enum {
    PARTY_PERSON = 1 << 0, /* NM102 = 1 is possible */
    PARTY_ORG = 1 << 1,    /* NM102 = 2 is possible */
    PARTY_NAME = 1 << 2,   /* NM103 required */
    PARTY_TITLE = 1 << 3,  /* NM103 situational */
    PARTY_NPI = 1 << 4,
    PARTY_ADDRESS = 1 << 5, /* N3, N4 required */
    PARTY_PLACE = 1 << 6,   /* N3, N4 situational */
    PARTY_CONTACT = 1 << 7,
};

struct party {
    enum level level;
    unsigned kinds;
    const char *loop, *entity; /* NM101 */
    CcProviderRole role;
    unsigned max, flags;
    const char *specialty; /* PRV01 */
    const char *ids;       /* REF01 of numbers besides the NPI */
    unsigned max_ids;
};

extern const struct party guide_parties[]; /* in the guides' order; ends with a row without loop */

/* Where the writer stands. */
struct put {
    struct x12_writer w;
    struct arena *arena;
    const struct claim_route *route;
    unsigned kind; /* GUIDE_P or GUIDE_I */
    const CcClaim *claim;
    const CcClaimCoverage *destination;
    const CcClaimCoverage *coverage; /* in hand: the destination, or one of 2320 */
    const CcServiceLine *line;       /* NULL above 2400 */
    const CcLineAdjudication *adjudication;
    const CcProvider *provider;
    const struct party *party;
    const CcClaimDiagnosis **dx; /* in the order of the pointers */
    const void *base;            /* message that a row's `field` is an offset into */
    uint32_t number;             /* LX01 */
    const char *loop, *segment;  /* for errors */
    struct err *e;
    bool failed;
};

/* Where the reader stands. */
struct take {
    struct arena *arena; /* of the message in hand */
    unsigned kind;
    enum loop loop;
    enum level level;
    const struct party *party;
    const struct x12_segment *s;
    CcClaim *claim; /* or what is known of one so far, above CLM */
    CcClaimCoverage *coverage;
    CcServiceLine *line;
    CcLineAdjudication *adjudication;
    CcProvider *provider;
    CcFormAnswer *form; /* LQ in hand */
    void *base;
    enum claim_part part; /* of the segment in hand */
    size_t index;
    struct claim_places *places;
    struct oddities *faults, *extras;
    bool full; /* over the arena's limit */
};

struct seg {
    const char *segment;
    const char *qualifier; /* element 1; NULL = any */
    unsigned kinds, max;
    size_t field; /* offset in the loop's message; 0 = none */
    unsigned width;
    size_t (*count)(const struct put *p, const struct seg *r); /* how many to write; NULL: none */
    void (*write)(struct put *p, const struct seg *r, size_t i);
    void (*read)(struct take *t, const struct seg *r); /* NULL: known, nothing to keep */
};

enum { LOOP_TABLES = 6 };

/* A loop's rows, in up to LOOP_TABLES tables that end with a row without segment. */
struct guide_loop {
    const char *name;
    const struct seg *rows[LOOP_TABLES];
};
extern const struct guide_loop guide_loops[LOOP_MAX];

extern const struct seg rows_2000a[], rows_2010aa[], rows_2010ab[], rows_2000b[], rows_2010ba[],
    rows_2010bb[], rows_2000c[], rows_2010ca[], rows_head[];
extern const struct seg rows_2300[], rows_2300_dates[], rows_2300_more[], rows_2300_notes[],
    rows_2300_signs[];
extern const struct seg rows_2320[], rows_2330a[], rows_2330b[], rows_2430[];
extern const struct seg rows_2400[], rows_2400_supply[], rows_2400_signs[], rows_2400_more[],
    rows_2410[], rows_2440[];
extern const struct seg rows_party[];

/* The string of an offset in a message. */
#define FIELD_TEXT(base, offset) (*(char *const *)(const void *)((const char *)(base) + (offset)))

/* --- put.c */
void put_loop(struct put *p, enum loop loop, const char *name, const void *base);
int put_fail(struct put *p, const char *code, const char *element, const char *rule);
void put_begin(struct put *p, const char *segment,
               const char *qualifier); /* qualifier NULL: none */
void put_end(struct put *p);
void put_text(struct put *p, const char *s, size_t max);
void put_need(struct put *p, unsigned element, const char *s, size_t max); /* required */
void put_key(struct put *p, unsigned element, const char *s, size_t max);  /* required, unchanged */
void put_code(struct put *p, unsigned element, const char *s);             /* required */
void put_sub(struct put *p, const char *s, size_t max);
void put_money(struct put *p, unsigned element, int64_t cents);
void put_units(struct put *p, unsigned element, int64_t milli);
void put_number(struct put *p, int64_t n);
void put_period(struct put *p, int32_t from, int32_t thru); /* D8 or RD8, and the day or days */
void put_sub_period(struct put *p, int32_t from, int32_t thru);
size_t seg_always(const struct put *p, const struct seg *r);
size_t seg_has_text(const struct put *p, const struct seg *r);
void seg_write_text(struct put *p, const struct seg *r, size_t i); /* qualifier and the field */
void seg_read_text(struct take *t, const struct seg *r);           /* element 2 into the field */

/* --- take.c: values of the segment in hand; what is none becomes a fault */
char *take_text(struct take *t, unsigned element);
char *take_part(struct take *t, unsigned element, unsigned component);
char *take_span(struct take *t, struct span s);
int64_t take_decimal(struct take *t, unsigned element, struct span s, int places);
int64_t take_money(struct take *t, unsigned element);
int64_t take_units(struct take *t, unsigned element);
uint32_t take_number(struct take *t, unsigned element);
int32_t take_day(struct take *t, unsigned element, struct span s);
void take_period(struct take *t, unsigned element, struct span format, struct span value,
                 int32_t *from, int32_t *thru);
bool take_is(const struct take *t, unsigned element, const char *s);
void take_fault(struct take *t, unsigned element, const char *rule);
void take_extra(struct take *t);
/* A new message; NULL when the arena is full (t->full), and the claim is refused in the end. */
void *take_new(struct take *t, const ProtobufCMessageDescriptor *d);
/* Appends and remembers if the arena is full. */
#define take_push(t, msg, field, item) ((t)->full |= !event_push((t)->arena, (msg), field, (item)))

/* --- places.c */
struct oddities;
struct claim_places *places_new(void);
void places_free(struct claim_places *p); /* accepts NULL */
size_t places_mark(const struct claim_places *p);
void places_cut(struct claim_places *p, size_t mark);
void places_note(struct claim_places *p, enum claim_part part, size_t index,
                 const struct x12_segment *s);
bool places_failed(const struct claim_places *p);
/* Notes the segment in hand for a part besides its own. */
void take_place(struct take *t, enum claim_part part, size_t index);

struct oddities {
    struct claim_oddity *item;
    size_t n, cap;
    bool failed;
};
void oddities_add(struct oddities *o, const struct claim_oddity *x);

/* --- seg_name.c: pieces that loops share */
void put_name(struct put *p, const char *entity, bool organization, const CcName *n, bool required);
void put_npi(struct put *p, const char *npi);
size_t guide_has_address(const CcAddress *a);
void put_street(struct put *p, const CcAddress *a);
void put_city(struct put *p, const CcAddress *a);
CcName *take_name(struct take *t);
void take_street(struct take *t, CcAddress **a);
void take_city(struct take *t, CcAddress **a);
void put_contact(struct put *p, const char *name, const char *phone, const char *extension);
void take_contact(struct take *t, CcProvider *provider);
void street_write(struct put *p, const struct seg *r, size_t i); /* of the provider in hand */
void street_read(struct take *t, const struct seg *r);
void city_write(struct put *p, const struct seg *r, size_t i);
void city_read(struct take *t, const struct seg *r);
const CcIdentifier *guide_id_at(CcIdentifier *const *list, size_t n, const char *type, size_t i);
size_t guide_id_count(CcIdentifier *const *list, size_t n, const char *type);
void put_id(struct put *p, const CcIdentifier *id);
CcIdentifier *take_id(struct take *t);

/* --- seg_party.c */
void put_parties(struct put *p, enum level level);
const struct party *guide_party(enum level level, unsigned kind, struct span entity);
const CcProvider *guide_provider_of(const CcClaim *c, CcProviderRole role);
bool guide_same_address(const CcAddress *a, const CcAddress *b);

/* --- seg_hi.c */
bool hi_sort(struct put *p);                             /* fills p->dx; false: over the arena */
unsigned hi_pointer(const struct put *p, uint32_t rank); /* position from 1; 0: no such rank */
void hi_write(struct put *p, const struct seg *r, size_t i);
void hi_read(struct take *t, const struct seg *r);

/* --- seg_other.c */
const char *guide_relation_code(CcRelationship r); /* SBR02, PAT01 */
CcRelationship guide_relation_of(struct span code);
bool guide_is_self(const CcClaimCoverage *c);

/* --- seg_adjudication.c */
size_t cas_count(CcAdjustment *const *list, size_t n);
void cas_write(struct put *p, CcAdjustment *const *list, size_t n, size_t i);
void cas_read(struct take *t, CcAdjustment ***list, size_t *n);

/* --- seg_cob.c */
void put_others(struct put *p);

/* --- seg_date.c */
size_t dtp_count(CcQualifiedDate *const *list, size_t n, const char *qualifier);
void dtp_write(struct put *p, CcQualifiedDate *const *list, const char *qualifier); /* counted */
CcQualifiedDate *take_date(struct take *t);

/* --- seg_shared.c: segments that a claim and a line share */
void put_attachment(struct put *p, const CcAttachment *a);
CcAttachment *take_attachment(struct take *t);
void put_contract(struct put *p, const CcContract *c, const char *type);
void cn1_read(struct take *t, const struct seg *r);
size_t ref_count(const struct put *p, const struct seg *r);
void ref_write(struct put *p, const struct seg *r, size_t i);
void ref_read(struct take *t, const struct seg *r);
size_t k3_count(const struct put *p, const struct seg *r);
void k3_write(struct put *p, const struct seg *r, size_t i);
void k3_read(struct take *t, const struct seg *r);

/* --- seg_price.c */
size_t hcp_count(const struct put *p, const struct seg *r);
void hcp_write(struct put *p, const struct seg *r, size_t i);
void hcp_read(struct take *t, const struct seg *r);

/* --- seg_subscriber.c: REF SY of the subscriber in hand, the destination's or another payer's */
size_t subscriber_id_count(const struct put *p, const struct seg *r);
void subscriber_id_write(struct put *p, const struct seg *r, size_t i);
void subscriber_id_read(struct take *t, const struct seg *r);

/* --- seg_equipment.c */
size_t cr3_count(const struct put *p, const struct seg *r);
void cr3_write(struct put *p, const struct seg *r, size_t i);
void cr3_read(struct take *t, const struct seg *r);

/* --- seg_line.c */
const char *guide_procedure_code(const CcServiceLine *l); /* or the rate; "" = none */
void put_lines(struct put *p);

#endif
