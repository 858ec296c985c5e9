/* core.c - files by CAQH CORE's SOAP envelope (Connectivity Rule vC2.2.0), in batch mode
 *
 * PayloadID is made of receiver, name and content, so that a file has the same one however often it
 * is sent. When the answer is lost, the receiver is asked for the acknowledgment of that PayloadID;
 * none there says nothing, since acknowledgments take their time.
 *
 * Names and order of the elements are those of clients generated from the rule's CORERule2.2.0.wsdl
 * and .xsd; the payload types of batches and acknowledgments stand in the rule's sequence diagrams
 * (vC2.2.0 §8.3.2), those of the guides in its list of payload types, as the documentation of
 * webMethods' module for HIPAA 9.6 reprints it ("Support for CORE Phase I and II"). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/submitter/deliver/envelope.h"
#include "services/submitter/deliver/https.h"

enum { ANSWER_MAX = 64 << 20 };

#define TYPE                                                                                       \
    "Content-Type: multipart/related; boundary=\"" ENVELOPE_BOUNDARY                               \
    "\"; type=\"application/xop+xml\"; start=\"<envelope>\"; start-info=\"application/soap+xml\""

/* The operations that are used. */
static const struct operation {
    const char *action, *message;
} submit = {"BatchSubmitTransaction", "COREEnvelopeBatchSubmission"},
  acknowledgment = {"BatchSubmitAckRetrievalTransaction",
                    "COREEnvelopeBatchSubmissionAckRetrievalRequest"},
  results = {"GenericBatchRetrievalTransaction", "COREEnvelopeBatchResultsRetrievalRequest"},
  confirm = {"GenericBatchReceiptConfirmationTransaction", "COREEnvelopeBatchResultsAckSubmission"};

/* The payload types of what we send, by guide. That of the 837I names the guide as it was published
 * with its first addendum, and the second behind it. */
static const struct {
    const char *guide, *type;
} types[] = {
    {"005010X222A1", "X12_837_Request_005010X222A1"},
    {"005010X223A2", "X12_837_Request_005010X223A1_2"},
    {"005010X212", "X12_276_Request_005010X212"},
};

/* type_of - of a file: the row's word, else by its guide; NULL: there is none */
static const char *type_of(const struct dest *d, const struct parcel *p)
{
    if (d->submit_type[0])
        return d->submit_type;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(types[i].guide, p->guide) == 0)
            return types[i].type;
    return NULL;
}

/* call - one operation; the answer's status, 0: none, and *o says what that means */
static long call(struct dest *d, const char *to, const struct operation *op, struct envelope *m,
                 struct envelope_answer *answer, enum outcome *o, struct err *e)
{
    struct buf request, text, secret;
    struct wire_in in = {&text, ANSWER_MAX, 0, false};
    struct https_request r = {"POST", to, "", {TYPE, NULL}, &request, false};
    long status = 0;

    buf_init(&request);
    buf_init(&text);
    buf_init(&secret);
    *o = OUT_STOPPED;
    m->message = op->message;
    if (!d->secret[0] || wire_secret(d, &secret, e) == 0) {
        m->user = d->secret[0] ? d->user : NULL;
        m->password = secret.data;
        envelope_write(m, op->action, &request);
        status = https_run(d, &r, &in, o, e);
        if (status == 200 && !envelope_read(&text, answer)) {
            err_set(e, ERR_RETRY, "envelope", "the receiver's answer is no CORE envelope");
            *o = OUT_AWAY;
            status = 0;
        }
    }
    buf_wipe(&request);
    buf_wipe(&text);
    buf_wipe(&secret);
    return status;
}

/* envelope_of - for a file: its own PayloadID */
static struct envelope envelope_of(const struct dest *d, const struct parcel *p, const char *type,
                                   char id[ENVELOPE_ID])
{
    char text[DEST_TEXT + PARCEL_NAME + sizeof(p->sha256) + 4];

    snprintf(text, sizeof(text), "%s|%s|%s", d->receiver, p->name, p->sha256);
    envelope_id(text, id);
    return (struct envelope){.payload_type = type,
                             .payload_id = id,
                             .sender = p->sender_id,
                             .receiver = p->receiver_id,
                             .at_ms = p->created_ms};
}

/* judge - what the receiver's envelope says of a file */
static enum outcome judge(const struct envelope_answer *a, struct err *e)
{
    if (strcmp(a->error, "Success") == 0 || strstr(a->error, "Duplicate"))
        return OUT_DONE;
    if (!a->error[0]) {
        err_set(e, ERR_RETRY, "envelope", "the receiver's envelope has no ErrorCode");
        return OUT_AWAY;
    }
    err_set(e, ERR_REJECT, "refused", "the receiver answered with ErrorCode %s", a->error);
    return OUT_REFUSED;
}

/* put - the file as the payload of a batch submission */
static enum outcome put(struct dest *d, const struct parcel *p, const char *as, struct err *e)
{
    const char *type = type_of(d, p);
    char id[ENVELOPE_ID];
    struct envelope_answer a;
    struct envelope m;
    enum outcome o;
    long status;

    (void)as;
    if (!type) {
        err_set(e, ERR_REJECT, "payload-type", "no payload type is known for the file's guide");
        return OUT_REFUSED;
    }
    m = envelope_of(d, p, type, id);
    m.payload = p->data;
    m.size = p->size;
    status = call(d, d->mailbox, &submit, &m, &a, &o, e);
    if (status == 0)
        return o;
    if (status != 200)
        return https_outcome(status, e);
    buf_wipe(&a.payload);
    return judge(&a, e);
}

/* look - has it acknowledged the file? */
static enum presence look(struct dest *d, const struct parcel *p, const char *as, struct err *e)
{
    char id[ENVELOPE_ID];
    struct envelope m = envelope_of(d, p, "X12_005010_Request_Acks", id);
    struct envelope_answer a;
    enum outcome o;
    const long status = call(d, d->mailbox, &acknowledgment, &m, &a, &o, e);
    bool acknowledged;

    (void)as;
    if (status == 0)
        return o == OUT_STOPPED ? THERE_STOPPED : THERE_AWAY;
    if (status != 200)
        return https_outcome(status, e) == OUT_STOPPED ? THERE_STOPPED : THERE_AWAY;
    acknowledged = strcmp(a.error, "Success") == 0 && a.payload.len > 0;
    buf_wipe(&a.payload);
    return acknowledged ? THERE_SAME : THERE_UNKNOWN;
}

/* retrieve - what lies ready of one payload type; 1: something, 0: nothing, -1: error */
static int retrieve(struct dest *d, const char *type, struct envelope_answer *a, struct err *e)
{
    struct envelope m = {.payload_type = type,
                         .payload_id = type,
                         .sender = d->sender_id,
                         .receiver = d->receiver_id,
                         .at_ms = d->now_ms};
    enum outcome o;
    const long status = call(d, d->replies, &results, &m, a, &o, e);

    if (status != 200)
        return status && https_outcome(status, e) == OUT_DONE ? 0 : -1;
    if (a->payload.len > 0 && a->payload_id[0])
        return 1;
    buf_wipe(&a->payload);
    return 0;
}

/* list - one reply a payload type; its name is type and PayloadID */
static int list(struct dest *d, reply_fn fn, void *arg, struct err *e)
{
    struct span rest = span_of(d->pickup_types);
    int r = 0;

    while (r >= 0 && rest.n) {
        const struct span type = span_trim(span_cut(&rest, ' '));
        struct envelope_answer a;
        char text[ENVELOPE_WORD], name[PARCEL_NAME];

        if (type.n == 0)
            continue;
        snprintf(text, sizeof(text), "%.*s", (int)type.n, type.p);
        r = retrieve(d, text, &a, e);
        if (r <= 0)
            continue;
        snprintf(name, sizeof(name), "%.127s %.127s", text, a.payload_id);
        buf_wipe(&a.payload);
        r = fn(arg, name, "", e);
    }
    return r < 0 ? -1 : 0;
}

/* get - the reply that list named; it lies ready until it is confirmed */
static int get(struct dest *d, const char *name, size_t limit, struct buf *out, struct err *e)
{
    struct envelope_answer a;
    char type[ENVELOPE_WORD];
    int r;

    snprintf(type, sizeof(type), "%.*s", (int)strcspn(name, " "), name);
    r = retrieve(d, type, &a, e);
    if (r <= 0)
        return r < 0 ? -1 : err_set(e, ERR_RETRY, "gone", "a reply was there and is no more");
    if (strcmp(a.payload_id, strchr(name, ' ') + 1) != 0)
        r = err_set(e, ERR_RETRY, "gone", "another reply lies ready");
    else if (a.payload.len > limit)
        r = err_set(e, ERR_REJECT, "size", "a reply is larger than REPLY_MAX_BYTES");
    else
        buf_add(out, a.payload.data, a.payload.len);
    buf_wipe(&a.payload);
    return r < 0 ? -1 : 0;
}

/* take_away - confirms that we have it */
static int take_away(struct dest *d, const char *name, struct err *e)
{
    struct envelope m = {.payload_type = "X12_BatchReceiptConfirmation",
                         .payload_id = strchr(name, ' ') + 1,
                         .sender = d->sender_id,
                         .receiver = d->receiver_id,
                         .at_ms = d->now_ms};
    struct envelope_answer a;
    enum outcome o;
    const long status = call(d, d->replies, &confirm, &m, &a, &o, e);

    if (status != 200)
        return status && https_outcome(status, e) == OUT_DONE ? 0 : -1;
    buf_wipe(&a.payload);
    return judge(&a, e) == OUT_DONE ? 0 : -1;
}

const struct transport core_transport = {
    .name = "core",
    .put = put,
    .look = look,
    .list = list,
    .get = get,
    .remove = take_away,
    .end = wire_end,
};
