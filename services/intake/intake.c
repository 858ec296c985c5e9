/* intake.c - the settings of what a message means, the formats, and the records that a result
 * becomes */
#include "services/intake/intake.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "services/intake/note.h"
#include "services/intake/value.h"

/* clang-format off */
const struct conf_row intake_settings[] = {
    {"SITE_SECRET", CONF_SECRET, "", 0, 0, NULL, "key of patient keys and encounter ids; the worker does not start without; never change it"},
    {"FACILITY", CONF_TEXT, "MAIN", 0, 0, NULL, "facility of messages that name none (key of the providers table)"},
    {"CLASS_MAP", CONF_TEXT, "", 0, 0, NULL, "patient classes of this site: WORD=class,… for PV1-2 and Encounter.class, 18:WORD=class for PV1-18"},
    {"TIME_ZONE", CONF_TEXT, "", 0, 0, NULL, "zone of times that name none: +HHMM or -HHMM; empty: UTC, and each event says so"},
    {"MAX_MESSAGE_BYTES", CONF_NUMBER, "8388608", 1024, 1073741824, NULL, "largest message or bundle taken"},
    {"X12_MAX_BYTES", CONF_NUMBER, "67108864", 1024, 1073741824, NULL, "largest 837 file taken by POST /x12"},
    {"HL7_CHARSET_DEFAULT", CONF_TEXT, "UNICODE UTF-8", 0, 0, NULL, "character set of HL7 messages whose MSH-18 is empty, in HL7's words"},
    {"FHIR_EOB", CONF_WORD, "history", 0, 0, "history charges", "ExplanationOfBenefit is history, or its items are charges"},
    {"MLLP_ADDRESS", CONF_TEXT, "127.0.0.1", 0, 0, NULL, "IPv4 address of the MLLP listener; 0.0.0.0: all"},
    {"MLLP_PORT", CONF_NUMBER, "2575", 0, 65535, NULL, "its port; 0: a free one, said in the log"},
    {"MLLP_CONNECTIONS", CONF_NUMBER, "256", 1, 10000, NULL, "most connections at a time; further ones are closed"},
    {"MLLP_CONNECTIONS_EACH", CONF_NUMBER, "0", 0, 10000, NULL, "most of one address; 0: no limit of its own (behind a proxy all have one address)"},
    {"MLLP_MAX_BYTES", CONF_NUMBER, "8388608", 1024, 67108864, NULL, "largest frame; a larger one is answered AR"},
    {"MLLP_FRAME_SECONDS", CONF_NUMBER, "60", 1, 3600, NULL, "a frame that is not whole by then is answered AE and the connection closed"},
    {"MLLP_IDLE_SECONDS", CONF_NUMBER, "86400", 1, 604800, NULL, "a connection without a message for so long is closed"},
    {"FHIR_ADDRESS", CONF_TEXT, "127.0.0.1", 0, 0, NULL, "IPv4 address of POST /fhir and POST /x12; 0.0.0.0: all"},
    {"FHIR_PORT", CONF_NUMBER, "8090", 0, 65535, NULL, "its port; 0: a free one, said in the log"},
    {"FHIR_CONNECTIONS", CONF_NUMBER, "256", 4, 10000, NULL, "most HTTP connections at a time; further ones wait"},
    {"FHIR_CONNECTIONS_EACH", CONF_NUMBER, "0", 0, 10000, NULL, "most of one address; 0: no limit of its own (behind an ingress all have one address)"},
    {"FHIR_REQUEST_SECONDS", CONF_NUMBER, "60", 1, 3600, NULL, "a request that is not whole by then, however its bytes drip, is cut off"},
    {"FHIR_RATE", CONF_NUMBER, "0", 0, 100000, NULL, "requests a second of one source (token's subject, else address), twice as many at once; more: 429; 0: no limit"},
    {"TLS_CERT_FILE", CONF_TEXT, "", 0, 0, NULL, "certificate chain of both listeners, PEM; read again when it changes; empty: no TLS"},
    {"TLS_KEY_FILE", CONF_TEXT, "", 0, 0, NULL, "its key, PEM"},
    {"TLS_CLIENT_CA_FILE", CONF_TEXT, "", 0, 0, NULL, "authorities of clients, PEM; set: who has no certificate by them is not let in"},
    {"JWT_JWKS_FILE", CONF_TEXT, "", 0, 0, NULL, "keys of bearer tokens, JWKS; read again when it changes; set: HTTP requests need a token"},
    {"JWT_ISSUER", CONF_TEXT, "", 0, 0, NULL, "iss of tokens; needed with JWT_JWKS_FILE"},
    {"JWT_AUDIENCE", CONF_TEXT, "", 0, 0, NULL, "aud of tokens; needed with JWT_JWKS_FILE"},
    {"JWT_ALGORITHMS", CONF_TEXT, "RS256 ES256", 0, 0, NULL, "signatures that are taken: of RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};

static const struct {
    const char *format;
    intake_each_fn each;
} readers[] = {
    {"hl7", intake_hl7_each},
    {"fhir", intake_fhir_each},
};
/* clang-format on */

enum { CLASSES_MAX = 64 };

/* class_row - "WORD=class" or "18:WORD=class" */
static int class_row(struct span s, struct intake_class *out, struct err *e)
{
    const char *equals = memchr(s.p, '=', s.n);
    struct span word = {s.p, equals ? (size_t)(equals - s.p) : 0};
    char class[EVENT_WORD] = "";
    int value;

    out->field = 0;
    if (word.n > 3 && strncmp(word.p, "18:", 3) == 0) {
        out->field = 18;
        word = (struct span){word.p + 3, word.n - 3};
    }
    if (equals && (size_t)(s.p + s.n - equals - 1) < sizeof(class))
        memcpy(class, equals + 1, (size_t)(s.p + s.n - equals - 1));
    value = event_word_value(&cc_encounter_class__descriptor, class);
    if (!word.n || word.n >= sizeof(out->word) || value < 0)
        return err_set(e, ERR_FATAL, "setting",
                       "CLASS_MAP: WORD=class is wanted, with a class of the contract");
    memcpy(out->word, word.p, word.n);
    out->word[word.n] = '\0';
    out->class = (CcEncounterClass)value;
    return 0;
}

/* read_classes - the rows of CLASS_MAP */
static int read_classes(struct intake_conf *conf, const char *text, struct err *e)
{
    conf->classes = calloc(CLASSES_MAX, sizeof(*conf->classes));
    if (!conf->classes)
        return err_set(e, ERR_FATAL, "memory", "CLASS_MAP: no memory");
    while (*text) {
        size_t n = strcspn(text, ",");
        struct span row = span_trim((struct span){text, n});

        if (conf->n_classes == CLASSES_MAX)
            return err_set(e, ERR_FATAL, "setting", "CLASS_MAP: at most %d rows", CLASSES_MAX);
        if (row.n && class_row(row, &conf->classes[conf->n_classes++], e) != 0)
            return -1;
        text += n + (text[n] == ',');
    }
    return 0;
}

/* read_zone - "+HHMM", or nothing */
static int read_zone(struct intake_conf *conf, const char *text, struct err *e)
{
    char stamp[40];
    struct value_time t;

    if (!*text)
        return 0;
    snprintf(stamp, sizeof(stamp), "202601010000%.20s", text);
    if (value_time(conf, span_of(stamp), NULL, &t) != VALUE_OK || !t.zone || t.bad_clock ||
        t.odd_zone)
        return err_set(e, ERR_FATAL, "setting", "TIME_ZONE: +HHMM or -HHMM is wanted");
    conf->tz_min = t.tz_min;
    conf->tz_known = true;
    return 0;
}

/* intake_conf_new - see intake.h */
struct intake_conf *intake_conf_new(const struct conf *c, struct err *e)
{
    struct intake_conf *conf = calloc(1, sizeof(*conf));

    if (!conf) {
        err_set(e, ERR_FATAL, "memory", "settings: no memory");
        return NULL;
    }
    conf->secret = conf_text(c, "SITE_SECRET");
    conf->facility = conf_text(c, "FACILITY");
    conf->max_bytes = (size_t)conf_number(c, "MAX_MESSAGE_BYTES");
    conf->x12_max_bytes = (size_t)conf_number(c, "X12_MAX_BYTES");
    conf->charset = conf_text(c, "HL7_CHARSET_DEFAULT");
    conf->eob_charges = conf_is(c, "FHIR_EOB", "charges");
    if (read_classes(conf, conf_text(c, "CLASS_MAP"), e) == 0 &&
        read_zone(conf, conf_text(c, "TIME_ZONE"), e) == 0)
        return conf;
    intake_conf_free(conf);
    return NULL;
}

/* intake_conf_free - see intake.h */
void intake_conf_free(struct intake_conf *c)
{
    if (c)
        free(c->classes);
    free(c);
}

/* intake_reader - the row of a format */
intake_each_fn intake_reader(const char *format)
{
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
        if (str_eq(readers[i].format, format))
            return readers[i].each;
    return NULL;
}

/* key_of - an event without patient still needs a key that spreads */
static const char *key_of(const CcEncounter *ev)
{
    if (!str_empty(ev->patient_key))
        return ev->patient_key;
    return str_empty(ev->encounter) ? ev->event_id : ev->encounter;
}

/* intake_records - see intake.h */
size_t intake_records(const struct intake_result *r, struct intake_record *out, size_t max)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++) {
        const CcEncounter *ev = r->events[i];

        if (note_is_refused(ev))
            continue;
        if (n < max)
            out[n++] = (struct intake_record){key_of(ev), ev->event_id, ev};
        for (size_t k = 0; k < ev->n_merged_patients && n < max; k++)
            if (!str_eq(ev->merged_patients[k], ev->patient_key))
                out[n++] = (struct intake_record){ev->merged_patients[k], ev->event_id, ev};
    }
    return n;
}
