/* envelope.c - CAQH CORE's SOAP envelope, written and read */
#include "services/submitter/deliver/envelope.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/sys/digest.h"

/* envelope_id - 16 bytes of SHA-256 as RFC 4122 writes them, version 5, its variant */
void envelope_id(const char *text, char out[ENVELOPE_ID])
{
    uint8_t raw[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];

    digest_sha256(text, strlen(text), raw);
    raw[6] = (uint8_t)((raw[6] & 0x0f) | 0x50);
    raw[8] = (uint8_t)((raw[8] & 0x3f) | 0x80);
    digest_to_hex(raw, DIGEST_BYTES, hex);
    snprintf(out, ENVELOPE_ID, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
}

/* escaped - text of an element */
static void escaped(struct buf *b, const char *s)
{
    for (; *s; s++) {
        if (*s == '&')
            buf_adds(b, "&amp;");
        else if (*s == '<')
            buf_adds(b, "&lt;");
        else if (*s == '>')
            buf_adds(b, "&gt;");
        else
            buf_addc(b, *s);
    }
}

/* element - <name>text</name> */
static void element(struct buf *b, const char *name, const char *text)
{
    buf_addf(b, "<%s>", name);
    escaped(b, text);
    buf_addf(b, "</%s>\n", name);
}

/* write_login - the rule's submitter authentication by name and password (WS-Security) */
static void write_login(struct buf *b, const struct envelope *m)
{
    buf_adds(b, "<soap:Header>");
    if (m->user) {
        buf_adds(b, "<wsse:Security xmlns:wsse=\"http://docs.oasis-open.org/wss/2004/01/"
                    "oasis-200401-wss-wssecurity-secext-1.0.xsd\">\n<wsse:UsernameToken>\n");
        element(b, "wsse:Username", m->user);
        element(b, "wsse:Password", m->password);
        buf_adds(b, "</wsse:UsernameToken>\n</wsse:Security>");
    }
    buf_adds(b, "</soap:Header>\n");
}

/* write_length - of the payload, if there is one: the order is that of the rule's schema */
static void write_length(struct buf *b, const struct envelope *m)
{
    char text[24];

    snprintf(text, sizeof(text), "%zu", m->size);
    if (m->payload)
        element(b, "PayloadLength", text);
}

/* write_body - the message */
static void write_body(struct buf *b, const struct envelope *m)
{
    char at[TIME_TEXT], sha1[41];

    buf_addf(
        b,
        "<soap:Body>\n<core:%s xmlns:core=\"http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd\">\n",
        m->message);
    element(b, "PayloadType", m->payload_type);
    element(b, "ProcessingMode", "Batch");
    element(b, "PayloadID", m->payload_id);
    write_length(b, m);
    time_text(m->at_ms, at);
    snprintf(at + 19, sizeof(at) - 19, "Z"); /* whole seconds, UTC */
    element(b, "TimeStamp", at);
    element(b, "SenderID", m->sender);
    element(b, "ReceiverID", m->receiver);
    element(b, "CORERuleVersion", "2.2.0");
    if (m->payload) {
        element(b, "CheckSum", digest_sha1_hex(m->payload, m->size, sha1));
        buf_adds(b, "<Payload><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" "
                    "href=\"cid:payload\"/></Payload>\n");
    }
    buf_addf(b, "</core:%s>\n</soap:Body>\n", m->message);
}

/* envelope_write - see envelope.h */
void envelope_write(const struct envelope *m, const char *action, struct buf *out)
{
    buf_addf(out,
             "--" ENVELOPE_BOUNDARY "\r\nContent-Type: application/xop+xml; charset=UTF-8; "
             "type=\"application/soap+xml\"; action=\"%s\"\r\nContent-Transfer-Encoding: "
             "binary\r\nContent-ID: <envelope>\r\n\r\n<?xml version=\"1.0\" "
             "encoding=\"UTF-8\"?>\n<soap:Envelope "
             "xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\">\n",
             action);
    write_login(out, m);
    write_body(out, m);
    buf_adds(out, "</soap:Envelope>\r\n");
    if (m->payload) {
        buf_adds(out, "--" ENVELOPE_BOUNDARY "\r\nContent-Type: application/octet-stream\r\n"
                      "Content-Transfer-Encoding: binary\r\nContent-ID: <payload>\r\n\r\n");
        buf_add(out, m->payload, m->size);
        buf_adds(out, "\r\n");
    }
    buf_adds(out, "--" ENVELOPE_BOUNDARY "--\r\n");
}

/* after - what stands behind a text; p NULL: it is not there */
static struct span after(struct span s, const char *text)
{
    const char *at = s.n ? memmem(s.p, s.n, text, strlen(text)) : NULL;

    if (!at)
        return (struct span){NULL, 0};
    at += strlen(text);
    return (struct span){at, (size_t)(s.p + s.n - at)};
}

/* value - the text of the first element of this name, whatever its prefix; p NULL: none */
static struct span value(struct span xml, const char *name)
{
    for (struct span s = after(xml, "<"); s.p; s = after(s, "<")) {
        const size_t n = strcspn(s.p, " />\t\r\n");
        const char *colon = n <= s.n ? memchr(s.p, ':', n) : NULL;
        const struct span local =
            colon ? (struct span){colon + 1, n - (size_t)(colon + 1 - s.p)} : (struct span){s.p, n};

        if (n <= s.n && span_is(local, name)) {
            struct span text = after(s, ">");
            const char *end = text.n ? memchr(text.p, '<', text.n) : NULL;

            return end ? (struct span){text.p, (size_t)(end - text.p)} : (struct span){NULL, 0};
        }
    }
    return (struct span){NULL, 0};
}

/* word - of a value: only what may be logged */
static void word(struct span v, char out[ENVELOPE_WORD])
{
    size_t n = 0;

    for (size_t i = 0; i < v.n && n + 1 < ENVELOPE_WORD; i++)
        if (isalnum((unsigned char)v.p[i]) || strchr("_-.", v.p[i]))
            out[n++] = v.p[i];
    out[n] = '\0';
}

/* part - the next part of several behind its headers; *rest begins at the boundary after it */
static struct span part(struct span *rest, struct span boundary)
{
    struct span body = after(*rest, "\r\n\r\n");
    const char *end = body.n ? memmem(body.p, body.n, boundary.p, boundary.n) : NULL;

    if (!end)
        return (struct span){NULL, 0};
    *rest = (struct span){end, (size_t)(body.p + body.n - end)};
    body.n = (size_t)(end - body.p);
    if (body.n >= 2 && memcmp(body.p + body.n - 2, "\r\n", 2) == 0)
        body.n -= 2;
    return body;
}

/* inline_payload - base64 of the element itself */
static void inline_payload(struct span xml, struct buf *out)
{
    const struct span v = span_trim(value(xml, "Payload"));

    if (v.p && v.n)
        digest_from_base64(v.p, v.n, out);
}

/* envelope_read - see envelope.h */
bool envelope_read(const struct buf *body, struct envelope_answer *out)
{
    struct span rest = {body->data, body->len}, xml = rest, payload = {NULL, 0};

    memset(out, 0, sizeof(*out));
    buf_init(&out->payload);
    if (rest.n > 2 && memcmp(rest.p, "--", 2) == 0) {
        const char *end = memmem(rest.p, rest.n, "\r\n", 2);
        const struct span boundary = {rest.p, end ? (size_t)(end - rest.p) : 0};

        xml = end ? part(&rest, boundary) : (struct span){NULL, 0};
        if (xml.p)
            payload = part(&rest, boundary);
    }
    if (!value(xml, "PayloadType").p && !value(xml, "ErrorCode").p)
        return false;
    word(value(xml, "PayloadType"), out->payload_type);
    word(value(xml, "PayloadID"), out->payload_id);
    word(value(xml, "ErrorCode"), out->error);
    if (payload.p)
        buf_add(&out->payload, payload.p, payload.n);
    else
        inline_payload(xml, &out->payload);
    return true;
}
