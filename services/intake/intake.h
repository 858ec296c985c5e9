/* intake.h - one message, bundle or file becomes encounter events: the same functions behind MLLP,
 * HTTP and the command.
 *
 * A *message* is one HL7 message or one FHIR JSON text. It gives an intake_result: one CcEncounter
 * per line of `cleanclaim encounter`, refused ones included, in order. Nothing is dropped unseen:
 * over the events of one message `mapped` + `ignored` equals what came in, per segment or resource
 * name.
 *
 * Mapping is pure: (bytes, conf, received_ms) -> events. Memory is of the caller's arena, one arena
 * a message. What HL7 and FHIR share when they map stands in note.h (counts, problems), ident.h
 * (keys and ids), vocab.h (words) and value.h (times, money, units); other services include this
 * header only. */
#ifndef CC_INTAKE_INTAKE_H
#define CC_INTAKE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/event/event.h"
#include "common/sys/conf.h"

/* The settings of intake, as rows. What a message means: SITE_SECRET, FACILITY, CLASS_MAP,
 * TIME_ZONE, MAX_MESSAGE_BYTES, X12_MAX_BYTES, HL7_CHARSET_DEFAULT, FHIR_EOB. Where the worker
 * listens, and who is let in: MLLP_…, FHIR_…, TLS_…, JWT_…. */
extern const struct conf_row intake_settings[];

/* One row of CLASS_MAP: what a word of PV1-2.1 / Encounter.class.code ("field" 0) or of PV1-18
 * ("field" 18) means here. */
struct intake_class {
    unsigned field;
    char word[32]; /* upper case */
    CcEncounterClass class;
};

struct intake_conf {
    const char *secret;   /* HMAC key of patient keys, encounter and event ids */
    const char *facility; /* where a message names no facility */
    struct intake_class *classes;
    size_t n_classes;
    size_t max_bytes;     /* of one message */
    size_t x12_max_bytes; /* of one file of POST /x12 */
    const char *charset;  /* HL7 messages that name none: "ASCII", "UNICODE UTF-8", "8859/1" … */
    int tz_min;           /* zone of times that name none, minutes east of UTC */
    bool tz_known;        /* false: UTC is assumed and a `time-zone` problem says so */
    bool eob_charges;     /* ExplanationOfBenefit.item are charges, not history */
};

/* Reads the rows of intake_settings. The conf must outlive it. ERR_FATAL "setting" names the row.
 */
struct intake_conf *intake_conf_new(const struct conf *c, struct err *e);
void intake_conf_free(struct intake_conf *c); /* accepts NULL */

struct intake_input {
    const char *source; /* file name or listener; no patient data */
    const void *bytes;
    size_t n;
    uint64_t offset;         /* of bytes[0] in the source */
    uint32_t message;        /* from 1 */
    int64_t received_ms;     /* 0: by hand, from a file */
    const char *traceparent; /* of the HTTP request; NULL: none */
};

struct intake_result {
    CcEncounter **events; /* never none; all with the same source, message, offset and ack */
    size_t n;
    const char *ack;     /* "AA" "AE" "AR", or the HTTP status */
    const char *control; /* MSH-10, Bundle.id; "" */
    bool refused;        /* the message gives nothing to publish */
    struct intake_input input;
};

/* One message. 0: *out is set (a refused message too); -1: ERR_RETRY, the arena cannot even hold a
 * refusal. */
int intake_hl7(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
               struct intake_result *out, struct err *e);
int intake_fhir(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
                struct intake_result *out, struct err *e);

/* All messages of a file in order: batches, MLLP streams, several MSH; a Bundle, an array, NDJSON.
 * The arena is reset before each; the result lives until `sink` returns. A sink that returns
 * non-zero ends it with -1. A file is never without a call. */
typedef int (*intake_sink)(void *arg, const struct intake_result *r, struct err *e);
typedef int (*intake_each_fn)(const struct intake_conf *conf, struct arena *a,
                              const struct intake_input *file, intake_sink sink, void *arg,
                              struct err *e);
int intake_hl7_each(const struct intake_conf *conf, struct arena *a,
                    const struct intake_input *file, intake_sink sink, void *arg, struct err *e);
int intake_fhir_each(const struct intake_conf *conf, struct arena *a,
                     const struct intake_input *file, intake_sink sink, void *arg, struct err *e);

/* The reader of a format ("hl7", "fhir"): a row of intake.c; NULL: none. */
intake_each_fn intake_reader(const char *format);

/* One claim of an 837, on its way to `claims.coded`, or refused. What a system that codes by itself
 * has billed is a coded claim: its number stays its own. No claim goes on without what stood in the
 * file: where a value is none, or a segment has no place in the claim that would be sent, it is
 * refused.
 *
 * Claim id: CLM01 where that is 1 to 20 of [A-Z0-9], else (and for another claim of the same file
 * with the same CLM01) "X" and 16 hex digits of an HMAC; CLM01 itself is the account. Version:
 * minutes since 2000 of BHT04, BHT05, so that what is sent again later is newer. Patient key: of
 * facility and medical record number (REF EA) as for messages, else of payer, member id, birth date
 * and first name. Event id: of the claim itself, so that the same claim again is the same event;
 * the validator, which remembers what it was given, writes its first status. */
struct intake_claim {
    CcClaim *claim; /* NULL: refused */
    const char *key, *event_id;
    const char *account;     /* CLM01 as it stands there; "" = not reached */
    uint32_t segment;        /* of CLM, ST = 1; 0 = not reached */
    const char *code, *why;  /* refused: "x12" "guide" "size" "value" "segment"; no patient data */
    bool repeated;           /* the same claim stood in the file before, or the broker held it */
    const char *traceparent; /* of the HTTP request; NULL: none */
};
typedef int (*intake_claim_sink)(void *arg, struct arena *a, struct intake_claim *c, struct err *e);

/* Every claim of an 837 in order, each in an arena of its own that lives until `sink` returns; a
 * sink that returns non-zero ends it with -1. `in`: where the bytes come from, its listener and
 * limit are not used. A file is never without a call. */
struct claim_input;
int intake_x12_each(const struct intake_conf *conf, const struct claim_input *in,
                    int64_t received_ms, intake_claim_sink sink, void *arg, struct err *e);

/* Where results go: 0 = the broker holds every event, -1 with ERR_RETRY = none may be assumed
 * stored. Thread safe. */
struct intake_out {
    int (*publish)(void *arg, struct arena *a, const struct intake_result *r, struct err *e);
    void *arg;
    /* A refused message is kept as it came, so that it can be looked at and sent again after the
     * fix; its answer does not depend on it. NULL: it is not kept. */
    int (*refuse)(void *arg, const struct intake_result *r, struct err *e);
    /* Claims that are not refused: as publish. Those that the broker held before are marked as
     * repeated. NULL: none are taken. */
    int (*claims)(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                  struct err *e);
};

/* The records that a result becomes: each event under its patient key, a merge under the keys that
 * end as well. Refused events are none. Returns their number, at most `max`; key and ce_id point
 * into the event. */
struct intake_record {
    const char *key, *ce_id;
    const CcEncounter *event;
};
size_t intake_records(const struct intake_result *r, struct intake_record *out, size_t max);

/* A file of POST /x12 (`in`: bytes, received_ms, traceparent): all its claims are with the broker
 * when `status` is 200 (some refused or known) or 201 (all new). 400: nothing of it is an 837; 422:
 * no claim could be taken; 503: the broker does not hold them all, send again. What became of each
 * (jansson; the caller's):
 * {"taken","repeated","refused","claims":[{"claim","account","segment","version","result","code",
 * "message"}]}. */
struct json_t;
struct json_t *intake_x12_answer(const struct intake_conf *conf, const struct intake_out *out,
                                 const struct intake_input *in, unsigned *status);

/* The HTTP face: POST /fhir, POST /x12. Own threads; stop waits for requests in hand. Each is one
 * row of `faces` in main.c. */
struct intake_http;
int intake_http_start(const struct conf *c, const struct intake_conf *conf,
                      const struct intake_out *out, struct intake_http **http, struct err *e);
void intake_http_stop(struct intake_http *http); /* accepts NULL */

#endif
