/* https.c - requests by HTTPS */
#include "services/submitter/deliver/https.h"

#include <stdio.h>
#include <string.h>

enum { URL = DEST_PATH + 3 * PARCEL_NAME };

/* identify - who we are: a client's certificate, and a password or token */
static int identify(CURL *c, const struct dest *d, bool login, struct err *e)
{
    struct buf secret;
    int r;

    if (d->client_cert[0]) {
        curl_easy_setopt(c, CURLOPT_SSLCERT, d->client_cert);
        curl_easy_setopt(c, CURLOPT_SSLKEY, d->client_cert);
    }
    if (!login || !d->secret[0])
        return 0;
    buf_init(&secret);
    r = wire_secret(d, &secret, e);
    if (r == 0 && d->user[0]) {
        curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(c, CURLOPT_USERNAME, d->user);
        curl_easy_setopt(c, CURLOPT_PASSWORD, secret.data);
    } else if (r == 0) {
        curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
        curl_easy_setopt(c, CURLOPT_XOAUTH2_BEARER, secret.data);
    }
    buf_wipe(&secret);
    return r;
}

/* address - dir/name */
static CURL *address(struct dest *d, const struct https_request *r, struct err *e)
{
    const char *slash = r->name[0] && r->dir[strlen(r->dir) - 1] != '/' ? "/" : "";
    char *safe = curl_easy_escape(NULL, r->name, 0), url[URL];
    CURL *c = NULL;

    if (safe && snprintf(url, sizeof(url), "%s%s%s", r->dir, slash, safe) < (int)sizeof(url))
        c = wire_begin(d, url, "https", e);
    else
        err_set(e, ERR_RETRY, "address", "a file's name is too long");
    curl_free(safe);
    return c;
}

/* begin - everything but headers and body; NULL: *e says why */
static CURL *begin(struct dest *d, const struct https_request *r, struct err *e)
{
    CURL *c = address(d, r, e);

    if (!c)
        return NULL;
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, r->method);
    /* libcurl sends a request again when a connection that was used before is dead */
    curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, r->body ? 1L : 0L);
    if (d->ca[0])
        curl_easy_setopt(c, CURLOPT_CAINFO, d->ca);
    return identify(c, d, r->login, e) == 0 ? c : NULL;
}

/* meaning - of no answer: could the file have gone out? */
static enum outcome meaning(struct dest *d, CURL *c, CURLcode code, struct err *e)
{
    static const CURLcode stops[] = {CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                                     CURLE_SSL_CACERT_BADFILE,       CURLE_URL_MALFORMAT,
                                     CURLE_UNSUPPORTED_PROTOCOL,     CURLE_SSL_ISSUER_ERROR};
    curl_off_t ready_us = 0;

    (void)d;
    for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
        if (stops[i] == code) {
            str_copy(e->code, sizeof(e->code), "tls");
            return OUT_STOPPED;
        }
    curl_easy_getinfo(c, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
    return ready_us == 0 ? OUT_AGAIN : OUT_AWAY;
}

/* https_run - see https.h */
long https_run(struct dest *d, const struct https_request *r, struct wire_in *in, enum outcome *o,
               struct err *e)
{
    struct wire_out out = {NULL, 0, 0};
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    CURL *c = begin(d, r, e);
    CURLcode code;
    long status = 0;

    *o = OUT_STOPPED;
    for (const char *const *h = r->headers; *h; h++)
        headers = curl_slist_append(headers, *h);
    if (c) {
        curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
        if (r->body) {
            out = (struct wire_out){r->body->data, r->body->len, 0};
            wire_send(c, &out);
        }
        wire_receive(c, in);
        code = wire_run(d, e);
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && in->over)) {
            *o = meaning(d, c, code, e);
            status = 0;
        }
        curl_easy_setopt(c, CURLOPT_HTTPHEADER, NULL);
    }
    curl_slist_free_all(headers);
    return status;
}

/* https_outcome - see https.h */
enum outcome https_outcome(long status, struct err *e)
{
    if (status / 100 == 2)
        return OUT_DONE;
    err_set(e, ERR_RETRY, "http", "the receiver answered with status %ld", status);
    switch (status) {
    case 401:
    case 403:
    case 407:
        str_copy(e->code, sizeof(e->code), "login");
        return OUT_STOPPED;
    case 404:
    case 405:
    case 410:
        str_copy(e->code, sizeof(e->code), "mailbox");
        return OUT_STOPPED;
    case 408:
    case 425:
    case 429:
        return OUT_AGAIN; /* it says itself that it did not take it */
    default:
        break;
    }
    if (status / 100 == 4) {
        str_copy(e->code, sizeof(e->code), "refused");
        return OUT_REFUSED;
    }
    return status / 100 == 3 ? OUT_STOPPED : OUT_AWAY; /* a 5xx may come after the file was kept */
}
