/* intake_http_test.c - what is asked of POST /fhir and POST /x12, and what is answered: status,
 * media type, OperationOutcome with its expression. Bodies are JSON with ' for ". */
#include "tests/support/test.h"

#include <jansson.h>
#include <stdio.h>

#include "services/intake/intake.h"
#include "tests/support/http.h"
#include "tests/support/port.h"
#include "tests/support/x12_faults.h"

enum { LIMIT = 3000, ROOM = 1 << 16 };

/* The listener, and a broker that can be away. */
static struct {
    struct conf *settings;
    struct intake_conf *conf;
    struct intake_out out;
    struct intake_http *http;
    int port;
    bool away;
    size_t published, refused;
    char traceparent[64];
} face;

/* publish - an intake_out.publish */
static int publish(void *arg, struct arena *a, const struct intake_result *r, struct err *e)
{
    const char *from = r->input.traceparent;

    (void)arg;
    (void)a;
    if (face.away)
        return err_set(e, ERR_RETRY, "broker", "away");
    face.published += r->n;
    snprintf(face.traceparent, sizeof(face.traceparent), "%s", from ? from : "");
    return 0;
}

/* refuse_one - an intake_out.refuse */
static int refuse_one(void *arg, const struct intake_result *r, struct err *e)
{
    (void)arg;
    (void)e;
    assert_true(r->refused);
    face.refused++;
    return 0;
}

/* claims - an intake_out.claims */
static int claims(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                  struct err *e)
{
    (void)arg;
    (void)a;
    if (face.away)
        return err_set(e, ERR_RETRY, "broker", "away");
    face.published += n;
    for (size_t i = 0; i < n; i++)
        snprintf(face.traceparent, sizeof(face.traceparent), "%s",
                 list[i]->traceparent ? list[i]->traceparent : "");
    return 0;
}

/* open_settings - with a limit, a secret and a port */
static struct conf *open_settings(int port)
{
    static const struct conf_row *const rows[] = {intake_settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);
    char text[16];

    assert_non_null(c);
    snprintf(text, sizeof(text), "%d", port);
    assert_int_equal(conf_set(c, "FHIR_PORT", text, &e), 0);
    assert_int_equal(conf_set(c, "SITE_SECRET", "s", &e), 0);
    snprintf(text, sizeof(text), "%d", LIMIT);
    assert_int_equal(conf_set(c, "MAX_MESSAGE_BYTES", text, &e), 0);
    assert_int_equal(conf_set(c, "X12_MAX_BYTES", text, &e), 0);
    return c;
}

/* setup - it listens */
static int setup(void **state)
{
    struct err e = {0};

    (void)state;
    face.port = port_free();
    face.settings = open_settings(face.port);
    face.conf = intake_conf_new(face.settings, &e);
    assert_non_null(face.conf);
    face.conf->x12_max_bytes = LIMIT; /* less than the setting may be */
    face.out = (struct intake_out){publish, NULL, refuse_one, claims};
    return intake_http_start(face.settings, face.conf, &face.out, &face.http, &e);
}

/* teardown - and stops */
static int teardown(void **state)
{
    (void)state;
    intake_http_stop(face.http);
    intake_conf_free(face.conf);
    conf_free(face.settings);
    return 0;
}

/* What came back. */
struct answer {
    long status;
    char text[ROOM]; /* headers and body */
    const char *body;
    json_t *root; /* NULL: the body is no JSON */
};

/* ask - a request as it is written; the answer's tree is the caller's */
static struct answer *ask(const char *method, const char *path, const char *headers,
                          const void *body, size_t n)
{
    static struct answer a;

    a.status = http_ask(face.port, method, path, headers, body, n, a.text, sizeof(a.text));
    a.body = strstr(a.text, "\r\n\r\n");
    a.root = a.body ? json_loads(a.body + 4, 0, NULL) : NULL;
    return &a;
}

/* ask_json - of a body with ' for " */
static struct answer *ask_json(const char *method, const char *path, const char *headers,
                               const char *body)
{
    static char text[2 * LIMIT];

    assert_true(strlen(body) < sizeof(text));
    for (size_t i = 0; i <= strlen(body); i++)
        text[i] = body[i];
    text[strlen(body)] = '\0';
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return ask(method, path, headers, text, strlen(text));
}

/* at - the text at a place of the answer, "entry.0.response.status" as json_unpack has it */
static const char *issue_text(const json_t *outcome, const char *name)
{
    const json_t *issue = json_array_get(json_object_get(outcome, "issue"), 0),
                 *value = json_object_get(issue, name);
    const char *s = json_string_value(json_is_array(value) ? json_array_get(value, 0) : value);

    return s ? s : "";
}

#define INSIDE                                                                                     \
    "'subject':{'reference':'#q'},'contained':[{'resourceType':'Patient','id':'q','identifier':["  \
    "{'value':'PLANTEDMRN'}],'name':[{'family':'PLANTEDNAME'}]}]"
#define BUNDLE(type, entries) "{'resourceType':'Bundle','type':'" type "','entry':[" entries "]}"

/* clang-format off */
static const struct {
    const char *method, *path, *body;
    long status;
    const char *severity, *code, *expression, *says; /* of the one issue */
    size_t published, refused;
} outcomes[] = {
    {"POST", "/fhir",  "{'resourceType':'Patient','id':'p'}", 201, "information", "informational", "", "taken", 1, 0},
    {"POST", "/fhir/", "{'resourceType':'Patient','id':'p'}", 201, "information", "informational", "", "taken", 1, 0},
    {"POST", "/fhir",  "{'resourceType':'Encounter','id':'e','class':{'code':'AMB'}," INSIDE "}", 201, "information", "informational", "", "taken", 1, 0},
    {"POST", "/fhir",  "{'resourceType':'Encounter','id':'e'," INSIDE "}", 201, "warning", "informational", "Encounter/e", "class is missing", 1, 0},
    {"POST", "/fhir",  "{'resourceType':'Encounter','id':'e','subject':{'reference':'Patient/PLANTEDID'}}", 422, "error", "invalid", "Encounter.subject", "the Encounter's Patient is not in the message", 0, 1},
    {"POST", "/fhir",  BUNDLE("history", ""), 422, "error", "invalid", "Bundle.type", "transaction, batch, collection, message, document or searchset is wanted", 0, 1},
    {"POST", "/fhir",  BUNDLE("batch", ""), 422, "error", "invalid", "Bundle.entry", "the bundle is empty", 0, 1},
    {"POST", "/fhir",  BUNDLE("batch", "{'request':{'method':'GET','url':'Patient/PLANTEDID'}}"), 422, "error", "invalid", "Bundle.entry", "no entry has a resource", 0, 1},
    {"POST", "/fhir",  "{}", 400, "error", "invalid", "resourceType", "no FHIR resource: resourceType is missing", 0, 1},
    {"POST", "/fhir",  "<Patient xmlns='http://hl7.org/fhir'/>", 400, "error", "invalid", "", "not JSON at line 1, column 1", 0, 1},
    {"POST", "/fhir",  "{'resourceType':'Patient','id':'PLANTEDID'", 400, "error", "invalid", "", "not JSON at line 1, column 42: the text is cut", 0, 1},
    {"POST", "/fhir",  "", 400, "error", "invalid", "", "not JSON at line 1, column 0: the text is cut", 0, 0},
    {"GET",  "/fhir",  "", 405, "error", "not-supported", "", "POST is wanted", 0, 0},
    {"PUT",  "/fhir/", "{'resourceType':'Patient'}", 405, "error", "not-supported", "", "POST is wanted", 0, 0},
    {"GET",  "/x12",   "", 405, "error", "not-supported", "", "POST is wanted", 0, 0},
    {"POST", "/",      "{}", 404, "error", "not-found", "", "POST /fhir and POST /x12 are all there is", 0, 0},
    {"POST", "/fhirs", "{}", 404, "error", "not-found", "", "POST /fhir and POST /x12 are all there is", 0, 0},
    {"POST", "/fhir/Patient", "{}", 404, "error", "not-found", "", "POST /fhir and POST /x12 are all there is", 0, 0},
    {"GET",  "/fhir/metadata", "", 404, "error", "not-found", "", "POST /fhir and POST /x12 are all there is", 0, 0},
};
/* clang-format on */

/* test_outcomes - one issue each; nothing of the patient in it */
static void test_outcomes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++) {
        size_t published = face.published, refused = face.refused;
        const struct answer *a = ask_json(outcomes[i].method, outcomes[i].path,
                                          "traceparent: 00-1-2-01\r\n", outcomes[i].body);

        if (a->status != outcomes[i].status)
            fail_msg("%s %s: %ld, not %ld", outcomes[i].path, outcomes[i].body, a->status,
                     outcomes[i].status);
        assert_non_null(strstr(a->text, "Content-Type: application/fhir+json; charset=utf-8"));
        assert_int_equal(strstr(a->text, "Allow: POST") != NULL, a->status == 405);
        assert_null(strstr(a->text, "PLANTED"));
        assert_string_equal(json_string_value(json_object_get(a->root, "resourceType")),
                            "OperationOutcome");
        assert_int_equal(json_array_size(json_object_get(a->root, "issue")), 1);
        assert_string_equal(issue_text(a->root, "severity"), outcomes[i].severity);
        assert_string_equal(issue_text(a->root, "code"), outcomes[i].code);
        assert_string_equal(issue_text(a->root, "expression"), outcomes[i].expression);
        assert_string_equal(issue_text(a->root, "diagnostics"), outcomes[i].says);
        assert_int_equal(face.published - published, outcomes[i].published);
        assert_int_equal(face.refused - refused, outcomes[i].refused);
        if (outcomes[i].published)
            assert_string_equal(face.traceparent, "00-1-2-01");
        json_decref(a->root);
    }
}

#define ENTRY(type, id, more) "{'resource':{'resourceType':'" type "','id':'" id "'" more "}}"

/* One of everything that can become of an entry. */
#define ENTRIES                                                                                                  \
    ENTRY("Patient", "p", "")                                                                                    \
    "," ENTRY("Encounter", "e", ",'subject':{'reference':'Patient/p'}") "," ENTRY("Patient", "p", "") "," ENTRY( \
        "AllergyIntolerance", "a",                                                                               \
        "") "," ENTRY("Basic", "b",                                                                              \
                      "") "," ENTRY("ExplanationOfBenefit", "x",                                                 \
                                    "") ",{'request':{'method':'DELETE'}},"                                      \
                                        "{'resource':{'id':'n'}}," ENTRY(                                        \
                                            "Binary", "t",                                                       \
                                            ",'data':'QQ=='") "," ENTRY("Binary", "u",                           \
                                                                        "") "," ENTRY("Diagnostic"               \
                                                                                      "Report",                  \
                                                                                      "r",                       \
                                                                                      ",'"                       \
                                                                                      "presentedF"               \
                                                                                      "orm':[{'"                 \
                                                                                      "url':"                    \
                                                                                      "'Binary/"                 \
                                                                                      "t'}]")

/* clang-format off */
static const struct {
    const char *status, *location, *says;
} entries[] = {
    {"201 Created",    "Patient/p",   "part of event "},
    {"201 Created",    "Encounter/e", "part of event "},
    {"200 OK",         "",            "seen, not used: duplicate"},
    {"200 OK",         "",            "seen, not used: not-billing"},
    {"200 OK",         "",            "seen, not used: unsupported"},
    {"200 OK",         "",            "seen, not used: history"},
    {"204 No Content", "",            ""},
    {"200 OK",         "",            "seen, not used: unsupported"},
    {"201 Created",    "Binary/t",    "part of event "},
    {"200 OK",         "",            "seen, not used: unsupported"},
    {"201 Created",    "DiagnosticReport/r", "part of event "},
};
/* clang-format on */

/* check_entry - of the answer to ENTRIES */
static void check_entry(const json_t *root, size_t i)
{
    const json_t *response =
        json_object_get(json_array_get(json_object_get(root, "entry"), i), "response");
    const char *location = json_string_value(json_object_get(response, "location")),
               *says = issue_text(json_object_get(response, "outcome"), "diagnostics");

    assert_string_equal(json_string_value(json_object_get(response, "status")), entries[i].status);
    assert_string_equal(location ? location : "", entries[i].location);
    if (strncmp(says, entries[i].says, strlen(entries[i].says)) != 0)
        fail_msg("entry %zu: %s, not %s", i, says, entries[i].says);
}

/* test_bundle - answered entry by entry, in the order of the request */
static void test_bundle(void **state)
{
    static const struct {
        const char *body, *type;
    } rows[] = {
        {BUNDLE("transaction", ENTRIES), "transaction-response"},
        {BUNDLE("batch", ENTRIES), "batch-response"},
        {BUNDLE("collection", ENTRIES), "transaction-response"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct answer *a = ask_json("POST", "/fhir", "", rows[i].body);

        assert_int_equal(a->status, 200);
        assert_string_equal(json_string_value(json_object_get(a->root, "type")), rows[i].type);
        assert_int_equal(json_array_size(json_object_get(a->root, "entry")),
                         sizeof(entries) / sizeof(entries[0]));
        for (size_t k = 0; k < sizeof(entries) / sizeof(entries[0]); k++)
            check_entry(a->root, k);
        json_decref(a->root);
    }
}

/* test_explained - where its items are charges, an ExplanationOfBenefit is used, and the answer
 * says so */
static void test_explained(void **state)
{
    const struct answer *a;
    const json_t *response;

    (void)state;
    face.conf->eob_charges = true;
    a = ask_json("POST", "/fhir", "", BUNDLE("batch", ENTRY("ExplanationOfBenefit", "x", "")));
    face.conf->eob_charges = false;
    response = json_object_get(json_array_get(json_object_get(a->root, "entry"), 0), "response");
    assert_string_equal(json_string_value(json_object_get(response, "status")), "201 Created");
    json_decref(a->root);
}

/* test_away - the broker holds nothing: come again, and when; the same for claims */
static void test_away(void **state)
{
    const struct answer *a;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    face.away = true;
    a = ask_json("POST", "/fhir", "", "{'resourceType':'Patient','id':'p'}");
    assert_int_equal(a->status, 503);
    assert_non_null(strstr(a->text, "Retry-After: 5"));
    assert_string_equal(issue_text(a->root, "code"), "transient");
    json_decref(a->root);
    a = ask("POST", "/x12", "", b.data, b.len);
    face.away = false;
    assert_int_equal(a->status, 503);
    assert_non_null(strstr(a->text, "Retry-After: 5"));
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(a->root, "error"), "code")), "transient");
    json_decref(a->root);
    buf_release(&b);
}

/* test_claims - an 837 by either path, and nothing at all; its claims belong to its sender's trace
 */
static void test_claims(void **state)
{
    static const char *const traces[] = {"", "00-1-2-01"};
    const struct answer *a;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    for (int slash = 0; slash < 2; slash++) {
        size_t published = face.published;

        a = ask("POST", slash ? "/x12/" : "/x12", slash ? "traceparent: 00-1-2-01\r\n" : "", b.data,
                b.len);
        assert_int_equal(a->status, 201);
        assert_string_equal(face.traceparent, traces[slash]);
        assert_non_null(strstr(a->text, "Content-Type: application/json\r\n"));
        assert_int_equal(json_integer_value(json_object_get(a->root, "taken")), 2);
        assert_int_equal(face.published - published, 2);
        json_decref(a->root);
    }
    a = ask("POST", "/x12", "", "", 0);
    assert_int_equal(a->status, 400);
    assert_int_equal(json_integer_value(json_object_get(a->root, "taken")), 0);
    json_decref(a->root);
    buf_release(&b);
}

/* test_large - to the limit it is judged, over it it is not, in one piece or in many */
static void test_large(void **state)
{
    static char body[LIMIT + 1];
    const struct answer *a;
    json_t *error;

    (void)state;
    memset(body, ' ', sizeof(body));
    a = ask("POST", "/fhir", "", body, LIMIT);
    assert_int_equal(a->status, 400);
    json_decref(a->root);
    a = ask("POST", "/fhir", "", body, LIMIT + 1);
    assert_int_equal(a->status, 413);
    assert_string_equal(issue_text(a->root, "code"), "too-long");
    assert_string_equal(issue_text(a->root, "diagnostics"),
                        "the message is over MAX_MESSAGE_BYTES");
    json_decref(a->root);
    a = ask("POST", "/x12", "", body, LIMIT + 1);
    assert_int_equal(a->status, 413);
    error = json_object_get(a->root, "error");
    assert_string_equal(json_string_value(json_object_get(error, "code")), "size");
    json_decref(a->root);
}

/* test_not_started - what cannot be listened to is said, and nothing is left behind */
static void test_not_started(void **state)
{
    static const struct {
        const char *name, *value, *code;
    } rows[] = {
        {"FHIR_ADDRESS", "localhost", "listen"},
        {"FHIR_PORT", NULL, "listen"}, /* which is taken */
        {"JWT_JWKS_FILE", "/no/such", "setting"},
        {"TLS_CERT_FILE", "/no/such", "setting"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct conf *c = open_settings(rows[i].value ? 0 : face.port);
        struct intake_http *http = NULL;
        struct err e = {0};

        if (rows[i].value)
            assert_int_equal(conf_set(c, rows[i].name, rows[i].value, &e), 0);
        assert_int_equal(intake_http_start(c, face.conf, &face.out, &http, &e), -1);
        assert_int_equal(e.class, ERR_FATAL);
        assert_string_equal(e.code, rows[i].code);
        assert_null(http);
        intake_http_stop(http); /* as a worker does whose start failed */
        conf_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outcomes),    cmocka_unit_test(test_bundle),
        cmocka_unit_test(test_explained),   cmocka_unit_test(test_away),
        cmocka_unit_test(test_claims),      cmocka_unit_test(test_large),
        cmocka_unit_test(test_not_started),
    };

    return cmocka_run_group_tests_name("intake_http", tests, setup, teardown);
}
